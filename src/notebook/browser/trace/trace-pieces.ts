import { readFile } from "node:fs/promises";
import { isZstd } from "../../../trace/compression";

// In the browser: `../../trace/trace-pieces.ts`, where a file is one of the site's or of the file browser's, and is read as a whole.

/** Bytes that are handed on at a time. */
const PIECE = 2 ** 18;

/** The bytes of a trace's file, piece by piece. */
export class TracePieces {
  readonly #path: string;
  #bytes: Uint8Array | null = null;
  #at = 0;

  constructor(
    path: string,
    private readonly pieceSize = PIECE,
  ) {
    this.#path = path;
  }

  /** The share of the file that was handed on, from 0 to 1. */
  get share(): number {
    return this.#bytes?.length ? this.#at / this.#bytes.length : 0;
  }

  /**
   * Bytes of the file.
   * @throws Error when there is no such file, or it is packed with zstd
   */
  async length(): Promise<number> {
    this.#bytes ??= await bytesOf(this.#path);
    return this.#bytes.length;
  }

  /**
   * The next piece; null when there is none.
   * @throws Error when there is no such file, or it is packed with zstd
   */
  async next(): Promise<Uint8Array | null> {
    this.#bytes ??= await bytesOf(this.#path);
    const from = this.#at;
    this.#at = Math.min(this.#bytes.length, from + this.pieceSize);
    return from < this.#at ? this.#bytes.subarray(from, this.#at) : null;
  }

  /** No piece follows. */
  close(): void {
    this.#bytes = new Uint8Array(0);
    this.#at = 0;
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (!isZstd(bytes)) return bytes;
  throw new Error(
    `A browser cannot unpack zstd, in which ${JSON.stringify(path)} is packed: in a terminal, zstd -d ${path} unpacks it.`,
  );
}
