import type { Line } from "./line";

/**
 * Takes the operations of a trace as they are read; a `TraceBuilder` is one. Ids are given in the order of the blocks'
 * first allocation: 0, 1, 2 and so on.
 */
export interface TraceSink {
  /** A new block `id` of `size` bytes. */
  malloc(id: number, size: number): unknown;
  /** The live block `id` gets room for `size` bytes, at least 1. */
  realloc(id: number, size: number): unknown;
  /** The live block `id` is freed. */
  free(id: number): unknown;
}

/** What a recording holds that is no operation of a trace: counted, left out. */
export interface LeftOut {
  /** Requests that the program was denied: nothing was allocated. */
  failed: number;
  /** Frees of NULL. */
  nullFrees: number;
  /** Frees of blocks that the recording never saw allocated: it began after them, or the program freed twice. */
  strays: number;
}

/** Reads the lines of one format. */
export interface TraceReader {
  /** What was left out so far. */
  readonly leftOut: LeftOut;
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
 * The most blocks that one trace may name: ids are below this, so that a table indexed by id stays small. More live blocks at
 * once than any trace has.
 */
export const MOST_BLOCKS = 2 ** 24;

/** The reason for refusing a trace of more than `MOST_BLOCKS` blocks. */
export const TOO_MANY_BLOCKS = `more than ${MOST_BLOCKS.toLocaleString("en")} blocks; cut the recording shorter`;
