import type { Line } from "./line";
import { MOST_BLOCKS, ReadCounts, TOO_MANY_BLOCKS, type TraceReader, type TraceSink } from "./trace-reader";

/** An address of the recorded program: a number while that is exact, else its hexadecimal digits. */
export type AddressKey = number | string;

/** Turns the addresses of a recording into the ids of a trace, and tells a sink. Holds the live blocks only. */
export class AddressBook {
  readonly counts = new ReadCounts();
  readonly #sink: TraceSink;
  readonly #live = new Map<AddressKey, number>();
  #next = 0;

  constructor(sink: TraceSink) {
    this.#sink = sink;
  }

  /** Blocks that were allocated so far. */
  get blocks(): number {
    return this.#next;
  }

  /** Whether a block lives at `address`. */
  isLive(address: AddressKey): boolean {
    return this.#live.has(address);
  }

  /** A block of `size` bytes at `address`, where none lives. @returns null, or why that cannot be. */
  malloc(address: AddressKey, size: number): string | null {
    const reason = checkSize(size) ?? (this.#next >= MOST_BLOCKS ? TOO_MANY_BLOCKS : null);
    if (reason !== null) return reason;
    this.#live.set(address, this.#next);
    this.#sink.malloc(this.#next++, size);
    return null;
  }

  /** The block at `from` is now at `to`, where no other one lives, with room for `size` bytes. */
  realloc(from: AddressKey, to: AddressKey, size: number): string | null {
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

  /** The block at `address` is freed; a stray when none lives there. */
  free(address: AddressKey): void {
    const id = this.#live.get(address);
    if (id === undefined) {
      this.counts.strays++;
      return;
    }
    this.#live.delete(address);
    this.#sink.free(id);
  }
}

function checkSize(size: number): string | null {
  if (size <= Number.MAX_SAFE_INTEGER) return null;
  return "a size of more than 2^53 − 1 bytes was granted, which no machine can: the line is damaged";
}

/** What the readers of recordings have in common: they name blocks by addresses, and a program may end at any time. */
export abstract class RecordingReader implements TraceReader {
  protected readonly book: AddressBook;
  abstract readonly source: string;
  program = "";
  hopeless = false;
  readonly mayBeCut = true;

  constructor(sink: TraceSink) {
    this.book = new AddressBook(sink);
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

  /** Gives `reason` as one for which the whole recording is refused, even where bad lines are skipped. */
  protected refuseAll(reason: string): string {
    this.hopeless = true;
    return reason;
  }
}
