import { Inflate } from "pako";

/** Whether `bytes` begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
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
