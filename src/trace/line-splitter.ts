const NEWLINE = 10;

/** Bytes of the longest line that is read: far beyond any mangled name, and what bounds the memory of reading. */
export const LONGEST_LINE = 2 ** 20;

/** What a `LineSplitter` tells. */
export interface LineListener {
  /** A line: `bytes` from `start` up to `end`, valid during the call. `ended` is false for a last line without "\n". */
  line(bytes: Uint8Array, start: number, end: number, ended: boolean): void;
  /** A line of more than `LONGEST_LINE` bytes, which was dropped. */
  tooLong(): void;
}

/** Cuts a stream of bytes into lines without copying those that lie within a chunk. */
export class LineSplitter {
  readonly #listener: LineListener;
  /** The beginning of a line whose end has not come yet. */
  #kept = new Uint8Array(4096);
  #length = 0;
  #dropping = false;

  constructor(listener: LineListener) {
    this.#listener = listener;
  }

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    let from = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, from);
      if (newline < 0) break;
      if (this.#length > 0 || this.#dropping) this.#finish(chunk, from, newline);
      else if (newline - from > LONGEST_LINE) this.#listener.tooLong();
      else this.#listener.line(chunk, from, newline, true);
      from = newline + 1;
    }
    this.#keep(chunk, from, chunk.length);
  }

  /** Says that there are no more bytes: what is left is the last line. */
  end(): void {
    if (this.#dropping) this.#listener.tooLong();
    else if (this.#length > 0) this.#listener.line(this.#kept, 0, this.#length, false);
  }

  #finish(chunk: Uint8Array, from: number, newline: number): void {
    this.#keep(chunk, from, newline);
    const length = this.#length;
    const dropped = this.#dropping;
    this.#length = 0;
    this.#dropping = false;
    if (dropped) this.#listener.tooLong();
    else this.#listener.line(this.#kept, 0, length, true);
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (this.#dropping || from === to) return;
    const length = this.#length + to - from;
    if (length > LONGEST_LINE) {
      this.#dropping = true;
      this.#length = 0;
      return;
    }
    if (length > this.#kept.length) {
      const kept = new Uint8Array(2 * length);
      kept.set(this.#kept.subarray(0, this.#length));
      this.#kept = kept;
    }
    this.#kept.set(chunk.subarray(from, to), this.#length);
    this.#length = length;
  }
}
