import type { Line } from "./line";
import { type LeftOut, MOST_BLOCKS, TOO_MANY_BLOCKS, type TraceReader, type TraceSink } from "./trace-reader";

const A = 97;
const R = 114;
const F = 102;
const MINUS = 45;

/** What is known of a block. `NULLED`: freed by a realloc to 0 bytes, so that a program's pointer to it is NULL. */
const DEAD = 0;
const LIVE = 1;
const NULLED = 2;

/**
 * Reads CS:APP malloc-lab's `.rep`: a header of four numeric lines (suggested heap size, ids, operations, weight), or two
 * (ids, operations), or none; then `a ID SIZE`, `r ID SIZE`, `f ID`. The header's numbers are not relied upon.
 * As in C: `f -1` frees NULL, `r` of a dead id allocates, `r ID 0` frees; an id may be used again after its free.
 */
export class RepReader implements TraceReader {
  readonly #sink: TraceSink;
  readonly #ids = new DenseIds();
  #state = new Uint8Array(64);
  #headerLines = 0;
  #inHeader = true;
  readonly leftOut: LeftOut = { failed: 0, nullFrees: 0, strays: 0 };
  readonly hopeless = false;
  readonly mayBeCut = false;
  readonly program = "";
  readonly source = "CS:APP .rep";

  constructor(sink: TraceSink) {
    this.#sink = sink;
  }

  read(line: Line): string | null {
    if (line.done()) return null;
    const letter = line.bytes[line.at]!;
    if (letter !== A && letter !== R && letter !== F) return this.#header(line);
    line.at++;
    if (!line.blanks()) return `${line.quote()} is none of "a ID SIZE", "r ID SIZE", "f ID"`;
    if (this.#inHeader && this.#headerLines % 2 === 1) {
      this.#inHeader = false;
      return `the header has ${this.#headerLines} numeric lines, not four (heap size, ids, operations, weight) or two (ids, operations)`;
    }
    this.#inHeader = false;
    return letter === F ? this.#free(line) : this.#allocate(line, letter);
  }

  end(): string | null {
    return null;
  }

  #header(line: Line): string | null {
    line.take(MINUS);
    const value = line.decimal();
    if (Number.isNaN(value) || !line.done())
      return `${line.quote()} is none of "a ID SIZE", "r ID SIZE", "f ID"`;
    if (!this.#inHeader) return `${line.quote()} is a line of the header, but operations have begun`;
    if (++this.#headerLines > 4) return "the header has a fifth numeric line: it has four or two";
    return null;
  }

  #allocate(line: Line, letter: number): string | null {
    const form = letter === A ? "a ID SIZE" : "r ID SIZE";
    const fileId = line.decimal();
    if (Number.isNaN(fileId)) return `${line.quote()} has no id: the line is "${form}"`;
    if (!line.blanks() || line.at === line.end) return `${line.quote()} has no size: the line is "${form}"`;
    const size = line.decimal();
    if (Number.isNaN(size) || !line.done()) return `${line.quote()} has no whole size: the line is "${form}"`;
    if (fileId > Number.MAX_SAFE_INTEGER || size > Number.MAX_SAFE_INTEGER) {
      return `${line.quote()} has a number beyond 2^53 − 1`;
    }
    const live = this.#stateOf(fileId) === LIVE;
    if (letter === A && live) return `block ${fileId} is allocated a second time without a free between`;
    if (live) return this.#realloc(fileId, size);
    const id = this.#ids.of(fileId);
    if (id >= MOST_BLOCKS) return TOO_MANY_BLOCKS;
    this.#setState(id, LIVE);
    this.#sink.malloc(id, size);
    return null;
  }

  #realloc(fileId: number, size: number): null {
    const id = this.#ids.of(fileId);
    if (size > 0) this.#sink.realloc(id, size);
    else {
      this.#setState(id, NULLED);
      this.#sink.free(id);
    }
    return null;
  }

  #free(line: Line): string | null {
    const negative = line.take(MINUS);
    const fileId = line.decimal();
    if (Number.isNaN(fileId) || !line.done()) return `${line.quote()} has no whole id: the line is "f ID"`;
    if (negative && fileId !== 1) return `${line.quote()}: of the negative ids only -1, NULL, can be freed`;
    const state = negative ? NULLED : this.#stateOf(fileId);
    if (state === DEAD) return `block ${fileId} is freed, but it is not allocated at this point`;
    if (state === NULLED) {
      this.leftOut.nullFrees++;
      return null;
    }
    const id = this.#ids.of(fileId);
    this.#setState(id, DEAD);
    this.#sink.free(id);
    return null;
  }

  #stateOf(fileId: number): number {
    const id = this.#ids.known(fileId);
    return id === undefined ? DEAD : (this.#state[id] ?? DEAD);
  }

  #setState(id: number, state: number): void {
    if (id >= this.#state.length) {
      const longer = new Uint8Array(2 * id);
      longer.set(this.#state);
      this.#state = longer;
    }
    this.#state[id] = state;
  }
}

/**
 * Numbers the ids of a file 0, 1, 2… in the order of their first use, so that an id of 2^31 costs no more than one of 3.
 * While a file does that itself, as most do, nothing is stored.
 */
class DenseIds {
  /** File ids below this are their own numbers. */
  #same = 0;
  readonly #others = new Map<number, number>();

  /** The number of `fileId`; undefined when it was never used. */
  known(fileId: number): number | undefined {
    return fileId < this.#same ? fileId : this.#others.get(fileId);
  }

  /** The number of `fileId`, a new one on its first use. */
  of(fileId: number): number {
    const known = this.known(fileId);
    if (known !== undefined) return known;
    const number = this.#same + this.#others.size;
    if (fileId === number && this.#others.size === 0) this.#same++;
    else if (number < MOST_BLOCKS) this.#others.set(fileId, number);
    return number;
  }
}
