import { Inflate } from "pako";

/** How something packed begins, and what to say of it. */
interface Packing {
  readonly name: string;
  readonly begins: readonly number[];
  readonly reason: string;
}

const compressedWith = (name: string, command: string, begins: readonly number[]): Packing => ({
  name,
  begins,
  reason: `this is compressed with ${name}: unpack it with "${command}"`,
});

const ZSTD: Packing = {
  name: "zstd",
  begins: [0x28, 0xb5, 0x2f, 0xfd],
  reason:
    'this is compressed with zstd: unpack it with "zstd -d FILE", or let readTrace do so in Node 22.15 or newer',
};

/** What a file may be packed with that is not unpacked here. */
const PACKINGS: readonly Packing[] = [
  ZSTD,
  compressedWith("xz", "xz -d FILE", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
  compressedWith("bzip2", "bzip2 -d FILE", [0x42, 0x5a, 0x68]), // "BZh"
  compressedWith("lz4", "lz4 -d FILE", [0x04, 0x22, 0x4d, 0x18]),
  compressedWith("lzip", "lzip -d FILE", [0x4c, 0x5a, 0x49, 0x50]), // "LZIP"
  compressedWith("compress", "gzip -d FILE", [0x1f, 0x9d]),
  compressedWith("zip", "unzip FILE", [0x50, 0x4b, 0x03, 0x04]), // "PK"
  compressedWith("7z", "7z x FILE", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), // "7z"
  {
    name: "UTF-16",
    begins: [0xff, 0xfe],
    reason: 'this is text in UTF-16: convert it with "iconv -f UTF-16 -t UTF-8 FILE"',
  },
];

/** Bytes that are enough to recognise what a file is packed with. */
export const LONGEST_SIGN = Math.max(...PACKINGS.map(({ begins }) => begins.length));

/** Why data that begins like this can't be read before it is unpacked; null when it is text or gzip. */
export function packedReason(bytes: Uint8Array): string | null {
  return PACKINGS.find(({ begins }) => beginsWith(bytes, begins))?.reason ?? null;
}

/** Says of packed data, when it is unpacked, that it is damaged. */
export class DamagedData extends Error {
  override readonly name = "DamagedData";
}

/** Whether `bytes` begin as zstd does. */
export function isZstd(bytes: Uint8Array): boolean {
  return beginsWith(bytes, ZSTD.begins);
}

/** Whether `bytes` begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return beginsWith(bytes, [0x1f, 0x8b]);
}

function beginsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return bytes.length >= beginning.length && beginning.every((byte, i) => bytes[i] === byte);
}

/** Unpacks a gzipped stream piece by piece, in memory that does not depend on its length; checks its checksums. */
export class Gunzip {
  readonly #inflate = new Inflate();

  /** @param take is given the unpacked bytes, at most 64 KB at a time */
  constructor(take: (bytes: Uint8Array) => void) {
    this.#inflate.onData = take;
    this.#inflate.onEnd = () => {};
  }

  /**
   * Takes the next piece; `last` says that none follows.
   * @returns null, or what is wrong with the data
   */
  push(bytes: Uint8Array, last: boolean): string | null {
    const inflate = this.#inflate;
    if (inflate.ended && inflate.err === 0) {
      return bytes.length > 0 ? "something that is not gzip follows the gzipped data" : null;
    }
    if (!inflate.push(bytes, last) || inflate.err !== 0) {
      const cut = inflate.err === -5;
      return cut
        ? "the gzipped data is cut short"
        : `the gzipped data is damaged (${inflate.msg || "unreadable"})`;
    }
    if (last && !inflate.ended) return "the gzipped data is cut short";
    return null;
  }
}
