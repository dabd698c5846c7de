import { readable } from "../base/readable";
import type { Line } from "./line";

/**
 * Takes the operations of a trace as they are read; a `TraceBuilder` is one. Live blocks have ids of their own, in the order of their
 * allocation: 0, 1, 2… From the 65,537th block on the id of a freed one is given again, so that ids stay below 65,536, or below the
 * number of blocks that were ever live at once. (A `.rep` file that numbers its blocks so itself keeps its ids as long.)
 */
export interface TraceSink {
  /** True once nothing more need be told: who tells may stop, and what is told all the same does nothing. Default false. */
  readonly done?: boolean;
  /** A new block `id` of `size` bytes. */
  malloc(id: number, size: number): unknown;
  /** The live block `id` gets room for `size` bytes, at least 1. */
  realloc(id: number, size: number): unknown;
  /** The live block `id` is freed. */
  free(id: number): unknown;
}

/** What a reader counts besides the operations. */
export class ReadCounts {
  /** Requests that the program was denied, or whose result the recording does not hold: nothing was allocated. Left out. */
  failed = 0;
  /** Frees of NULL. Left out. */
  nullFrees = 0;
  /** Frees of blocks that the recording never saw allocated: it began after them, or the program freed twice. Left out. */
  strays = 0;
  /** Operations without a size, which took that of the operation before: see `ReadOptions.missingSizes`. */
  sizesAssumed = 0;
}

/** How a format is to be read where it leaves something open. */
export interface ReadOptions {
  /**
   * What an allocation in a `.rep` file that has no size (`a 7`) means: refused by default; with `"previous"` it has the size of
   * the allocation or reallocation before it, as in CS:APP's `mdriver`, whose `fscanf` leaves the variable as it was.
   */
  readonly missingSizes?: "previous";
  /** @internal Blocks that may be live at once: see `MOST_LIVE`. */
  readonly mostLive?: number;
}

/** Reads the lines of one format. */
export interface TraceReader {
  readonly counts: ReadCounts;
  /** Blocks that were allocated so far. */
  readonly blocks: number;
  /** True once nothing that follows can be trusted: the refusal stands even where bad lines are skipped. */
  readonly hopeless: boolean;
  /** True for a recording, whose last line may be cut short because the program was killed. */
  readonly mayBeCut: boolean;
  /** The program's name and where the trace comes from, as far as the text says; else "". */
  readonly program: string;
  readonly source: string;
  /** Reads a line. @returns null, or why it is wrong; then the sink was told nothing. */
  read(line: Line): string | null;
  /** Says that the text is over. @returns null, or why it may not end here. */
  end(): string | null;
}

/**
 * A format that traces are read from: a line of the table `FORMATS`.
 *
 * Of each text the reader gets every line from the one that `sign` matched on, in order: blank lines and comments, too, which it passes
 * over as its format has them. For each line it tells the sink at most what the line says, or gives the reason why the line is wrong
 * and tells nothing. Where blocks have names, such as addresses, it extends `RecordingReader`, whose `book` tells the sink; `compact.ts`
 * is the simplest that does without. A format that knows its version has a `sign` that matches any version, and refuses the others:
 *
 *     class ToyReader extends RecordingReader {             // reads "#toy 1", then "a=10": a block a of 10 bytes, "a": its free
 *       readonly source = "toy";
 *       #begun = false;
 *
 *       read(line: Line): string | null {
 *         if (!this.#begun) {
 *           this.#begun = true;
 *           return line.rest() === "#toy 1" ? null : this.refuseAll(`${line.quote()} is not "#toy 1"`);
 *         }
 *         const name = line.word();
 *         const size = line.take(EQUALS) ? line.decimal() : null;
 *         const wrong = name === "" || Number.isNaN(size) || !line.done();
 *         if (wrong) return `${line.quote()} is neither "NAME=SIZE" nor "NAME"`;
 *         if (size === null) return this.book.free(name);
 *         return this.book.isLive(name) ? `${name} is live already` : this.book.malloc(name, size);
 *       }
 *     }
 */
export interface Format {
  /** What a text of this format is called in a sentence: "glibc's mtrace". */
  readonly title: string;
  /**
   * Matches the beginning, up to 200 bytes, of the line with which it begins: the first that is not blank and no comment, or a comment
   * (`# …`) that is the format's own. Other comments may stand before it.
   */
  readonly sign: RegExp;
  /** How to get a text of this format with calls in it: what stands behind "…, which holds no calls: ". */
  readonly remedy: string;
  /** A text of this format that holds no calls: it is refused with the remedy. The tests of all formats begin with it. */
  readonly empty: string;
  /** Its cells in the table of `notebooks/traces/README.md`, as Markdown: how a file is had, and what variants of it are read. */
  readonly obtained: string;
  readonly variants: string;
  readonly Reader: new (sink: TraceSink, options: ReadOptions) => TraceReader;
}

/** Blocks that may be live at once: more than any program has, and what bounds the memory of reading. Ids are below this. */
export const MOST_LIVE = 2 ** 24;

/** The reason for refusing a trace of more than `most` live blocks. */
export function tooManyLive(most: number): string {
  return `more than ${readable(most)} blocks are live at once; cut the recording shorter`;
}
