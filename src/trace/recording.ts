import type { Line } from "./line";
import { MOST_BLOCKS, ReadCounts, type TraceReader, type TraceSink, tooManyBlocks } from "./trace-reader";

/** What a recording calls a block: its address (a number while that is exact, else its hexadecimal digits), or any other name. */
export type BlockName = number | string;

/**
 * Turns what a recording calls its blocks into the ids of a trace, and tells a sink. A name may be used again once its block is
 * freed. Holds the live blocks only.
 */
export class BlockBook {
  readonly counts = new ReadCounts();
  readonly #sink: TraceSink;
  readonly #live = new Map<BlockName, number>();
  #next = 0;

  constructor(sink: TraceSink) {
    this.#sink = sink;
  }

  /** Blocks that were allocated so far. */
  get blocks(): number {
    return this.#next;
  }

  /** Whether a live block has this name. */
  isLive(name: BlockName): boolean {
    return this.#live.has(name);
  }

  /** A block of `size` bytes gets a name that no live one has. @returns null, or why that cannot be */
  malloc(name: BlockName, size: number): string | null {
    const reason = checkSize(size) ?? (this.#next >= MOST_BLOCKS ? tooManyBlocks() : null);
    if (reason !== null) return reason;
    this.#live.set(name, this.#next);
    this.#sink.malloc(this.#next++, size);
    return null;
  }

  /**
   * The block `from` gets room for `size` bytes and is called `to`, as no other live one is; it may keep its name.
   * @returns null, or why that cannot be
   */
  realloc(from: BlockName, to: BlockName, size: number): string | null {
    const id = this.#live.get(from);
    if (id === undefined) return this.malloc(to, size);
    const reason = checkSize(size);
    if (reason !== null) return reason;
    if (size === 0) {
      this.free(from);
      return this.malloc(to, 0);
    }
    if (from !== to) {
      this.#live.delete(from);
      this.#live.set(to, id);
    }
    this.#sink.realloc(id, size);
    return null;
  }

  /** The block of this name is freed; a stray when no live one has it. @returns null: that can always be */
  free(name: BlockName): null {
    const id = this.#live.get(name);
    if (id === undefined) {
      this.counts.strays++;
      return null;
    }
    this.#live.delete(name);
    this.#sink.free(id);
    return null;
  }
}

function checkSize(size: number): string | null {
  if (size <= Number.MAX_SAFE_INTEGER) return null;
  return "a size of more than 2^53 − 1 bytes was granted, which no machine can: the line is damaged";
}

/**
 * What the readers of recordings have in common: a program may end at any time, and blocks have names that are used again, such as
 * addresses, which `book` turns into ids. What is left to write is `read`.
 */
export abstract class RecordingReader implements TraceReader {
  protected readonly book: BlockBook;
  abstract readonly source: string;
  program = "";
  hopeless = false;
  readonly mayBeCut = true;

  constructor(sink: TraceSink) {
    this.book = new BlockBook(sink);
  }

  get counts() {
    return this.book.counts;
  }

  get blocks() {
    return this.book.blocks;
  }

  abstract read(line: Line): string | null;

  end(): string | null {
    return null;
  }

  /** Gives `reason` as one for which the whole recording is refused, even where bad lines are skipped: an unknown version of it. */
  protected refuseAll(reason: string): string {
    this.hopeless = true;
    return reason;
  }
}
