import { createReadStream, type ReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { type Duplex, pipeline, Readable } from "node:stream";
import * as zlib from "node:zlib";
import { DamagedData, isZstd } from "../../trace/compression";
import { ZstdFrames } from "./zstd-frames";

/** Bytes that are read at a time. */
const PIECE = 2 ** 18;

/** Node's own decompressor of zstd, which is in it from 22.15 on; undefined in an older one. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Duplex };

/** The bytes of a trace's file, piece by piece; unpacked where they are zstd and this Node can. It is opened for the first. */
export class TracePieces {
  readonly #path: string;
  #bytes = 0;
  #file: ReadStream | null = null;
  #pieces: AsyncGenerator<Uint8Array | null> | null = null;

  constructor(
    path: string,
    private readonly pieceSize = PIECE,
  ) {
    this.#path = path;
  }

  /** The share of the file that was read, from 0 to 1; of what has no length, such as a pipe, 0. */
  get share(): number {
    return this.#file && this.#bytes > 0 ? Math.min(1, this.#file.bytesRead / this.#bytes) : 0;
  }

  /**
   * Bytes of the file; 0 of what has no length.
   * @throws Node's error when it cannot be looked at
   */
  async length(): Promise<number> {
    const status = await stat(this.#path);
    return status.isFile() ? status.size : 0;
  }

  /**
   * The next piece; null when there is none.
   * @throws Node's error when the file cannot be read; DamagedData where what is packed cannot be unpacked
   */
  async next(): Promise<Uint8Array | null> {
    if (this.#pieces === null) {
      this.#bytes = (await stat(this.#path)).size;
      this.#file = createReadStream(this.#path, { highWaterMark: this.pieceSize });
      this.#pieces = unpacked(this.#file);
    }
    const { done, value } = await this.#pieces.next();
    if (value === null) throw new DamagedData("the data compressed with zstd is damaged or cut short");
    return done ? null : value;
  }

  /** Gives the file back: no piece follows. */
  close(): void {
    this.#file?.destroy();
  }
}

/** The pieces of a file, unpacked where they are zstd and this Node can, with null where they are damaged; others as they are. */
async function* unpacked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const frames = new ZstdFrames();
  const all = startingWith(first.value, iterator, frames);
  if (createZstdDecompress === undefined || !isZstd(first.value)) {
    yield* all;
    return;
  }
  try {
    // An error on either side ends both, and reaches who reads the last stream.
    yield* pipeline(Readable.from(all), createZstdDecompress(), () => {});
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith("ZSTD_")) throw error;
    yield null;
  }
  if (!frames.isWhole) yield null;
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  frames: ZstdFrames,
): AsyncGenerator<Uint8Array> {
  for (let piece = first; ; ) {
    frames.push(piece);
    yield piece;
    const next = await rest.next();
    if (next.done) return;
    piece = next.value;
  }
}
