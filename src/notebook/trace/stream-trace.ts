import { basename } from "node:path";
import { Crc32 } from "../../base/crc32";
import { otherFile, type ReadPart } from "../../run/replay-checkpoint";
import { DamagedData } from "../../trace/compression";
import { TraceError } from "../../trace/trace-error";
import { TraceParser, type TraceParserOptions, type TraceReport } from "../../trace/trace-parser";
import type { TraceSink } from "../../trace/trace-reader";
import { TracePieces } from "./trace-pieces";

/**
 * Tells the operations in a file to `sink` as they are read, in memory that does not depend on the file's length: only
 * what names the live blocks is held. `replayFile` replays them so.
 * @throws as `readTrace`; the sink has then been told the operations before the line that is wrong
 */
export async function streamTrace(
  path: string,
  sink: TraceSink,
  options: TraceParserOptions = {},
): Promise<TraceReport> {
  const stream = new TraceStream(path, sink, options);
  while (await stream.readOn());
  return stream.report!;
}

/** How a file is read. */
export interface TraceStreamOptions extends TraceParserOptions {
  /** @internal Bytes that are read at a time. */
  readonly pieceSize?: number;
}

/** A file whose operations are told to a sink, a piece of the file at a time: as far as one asks. */
export class TraceStream {
  readonly #pieces: TracePieces;
  readonly #parser: TraceParser;
  #report: TraceReport | null = null;
  /** Bytes that were read, and their checksum where it is wanted. */
  #read = 0;
  #crc: Crc32 | null = null;
  /** What the file must begin with. */
  #start: ReadPart | null = null;

  constructor(path: string, sink: TraceSink, options: TraceStreamOptions = {}) {
    this.#parser = new TraceParser(sink, options);
    this.#pieces = new TracePieces(path, options.pieceSize);
  }

  /** Bytes of the file; 0 of what has no length. */
  length(): Promise<number> {
    return this.#pieces.length();
  }

  /**
   * Has the stream keep the checksum of what it reads. To be called before it reads.
   * @param start what the file must begin with: where it does not, `readOn` throws a RangeError at the end of that part
   */
  checkSum(start: ReadPart | null = null): void {
    this.#crc = new Crc32();
    this.#start = start;
  }

  /** What was read so far, where `checkSum` was called. */
  async part(): Promise<ReadPart> {
    return { bytes: await this.length(), read: this.#read, crc: this.#crc!.value };
  }

  /** The share of the file that was read, from 0 to 1; 0 of what has no length, such as a pipe. */
  get share(): number {
    return this.ended ? 1 : this.#pieces.share;
  }

  /** Whether the file was read to its end. */
  get ended(): boolean {
    return this.#report !== null;
  }

  /** What was found in the text besides its operations; null before its end. */
  get report(): TraceReport | null {
    return this.#report;
  }

  /**
   * Reads the next piece of the file.
   * @returns false at its end
   * @throws as `readTrace`; the file is closed then
   */
  async readOn(): Promise<boolean> {
    if (this.ended) return false;
    try {
      const piece = await this.#nextPiece();
      this.#check(piece);
      if (piece === null) this.#report = this.#parser.end();
      else this.#parser.push(piece);
    } catch (error) {
      this.#pieces.close();
      throw error;
    }
    return !this.ended;
  }

  /** Closes the file, wherever its reading stands: nothing more is read. */
  close(): void {
    this.#pieces.close();
  }

  /** Takes the next piece, or the end, into the checksum, and compares that where the file's start ends. */
  #check(piece: Uint8Array | null): void {
    const crc = this.#crc;
    if (crc === null) return;
    const start = this.#start;
    const length = piece?.length ?? 0;
    const missing = start === null ? 0 : start.read - this.#read;
    if (start !== null && (piece === null || missing <= length)) {
      if (piece !== null) crc.push(piece.subarray(0, missing));
      if (piece === null || crc.value !== start.crc) throw otherFile(start.read);
      this.#start = null;
      crc.push(piece.subarray(missing));
    } else if (piece !== null) crc.push(piece);
    this.#read += length;
  }

  async #nextPiece(): Promise<Uint8Array | null> {
    try {
      return await this.#pieces.next();
    } catch (error) {
      if (!(error instanceof DamagedData)) throw error;
      throw new TraceError(Math.max(1, this.#parser.lines), error.message, null);
    }
  }
}

/** What a trace in a file is called unless one says otherwise: after its program, else after the file, up to its first dot. */
export function traceName(path: string, report: TraceReport | null): string {
  return report?.program || basename(path).replace(/(?<=.)\..*$/, "");
}
