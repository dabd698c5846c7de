import { NumberTable } from "../base/number-table";
import { IdPool } from "./id-pool";
import type { Line } from "./line";
import {
  MOST_LIVE,
  ReadCounts,
  type ReadOptions,
  type TraceReader,
  type TraceSink,
  tooManyLive,
} from "./trace-reader";

/** What a recording calls a block: its address (a number while that is exact, else its hexadecimal digits), or any other name. */
export type BlockName = number | string;

/**
 * Turns what a recording calls its blocks into the ids of a trace, and tells a sink. A name may be used again once its block is
 * freed. Holds the live blocks only.
 */
export class BlockBook {
  readonly counts = new ReadCounts();
  readonly #sink: TraceSink;
  readonly #mostLive: number;
  readonly #pool = new IdPool();
  /** The ids + 1 of the live blocks whose names are numbers, */
  readonly #numbered = new NumberTable();
  /** and of the others. */
  readonly #named = new Map<string, number>();
  #blocks = 0;

  constructor(sink: TraceSink, mostLive = MOST_LIVE) {
    this.#sink = sink;
    this.#mostLive = mostLive;
  }

  /** Blocks that were allocated so far. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Whether a live block has this name. */
  isLive(name: BlockName): boolean {
    return this.idOf(name) >= 0;
  }

  /** The id of the live block of this name; −1 when there is none. */
  idOf(name: BlockName): number {
    return (typeof name === "number" ? this.#numbered.get(name) : (this.#named.get(name) ?? 0)) - 1;
  }

  /** A block of `size` bytes gets a name that no live one has. @returns null, or why that cannot be */
  malloc(name: BlockName, size: number): string | null {
    const reason = checkSize(size) ?? this.#checkLive(name);
    if (reason !== null) return reason;
    const id = this.#pool.take();
    this.#blocks++;
    this.#name(name, id);
    this.#sink.malloc(id, size);
    return null;
  }

  /**
   * The block `from` gets room for `size` bytes and is called `to`, as no other live one is; it may keep its name.
   * @returns null, or why that cannot be
   */
  realloc(from: BlockName, to: BlockName, size: number): string | null {
    const id = this.idOf(from);
    if (id < 0) return this.malloc(to, size);
    const reason = checkSize(size);
    if (reason !== null) return reason;
    if (size === 0) {
      this.free(from);
      return this.malloc(to, 0);
    }
    if (from !== to) {
      this.#forget(from);
      this.#name(to, id);
    }
    this.#sink.realloc(id, size);
    return null;
  }

  /** The block of this name is freed; a stray when no live one has it. @returns null: that can always be */
  free(name: BlockName): null {
    const id = this.idOf(name);
    if (id < 0) {
      this.counts.strays++;
      return null;
    }
    this.#forget(name);
    this.#pool.give(id);
    this.#sink.free(id);
    return null;
  }

  #name(name: BlockName, id: number): void {
    if (typeof name === "number") this.#numbered.set(name, id + 1);
    else this.#named.set(name, id + 1);
  }

  #forget(name: BlockName): void {
    if (typeof name === "number") this.#numbered.delete(name);
    else this.#named.delete(name);
  }

  /** Why no block of this name can become live: there are too many. A `Map` is sure to hold half of the most that it can. */
  #checkLive(name: BlockName): string | null {
    const most = typeof name === "number" ? this.#mostLive : Math.min(this.#mostLive, 2 ** 23);
    return this.#numbered.size + this.#named.size < most ? null : tooManyLive(most);
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

  constructor(sink: TraceSink, options: ReadOptions = {}) {
    this.book = new BlockBook(sink, options.mostLive);
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
