import { widened } from "../base/column";
import type { TraceSink } from "../trace/trace-reader";

/** Counts the bytes of the blocks that a trace asks for, each as large as `sizeOf` makes a request. */
export class BlockBytes implements TraceSink {
  readonly #sizeOf: (request: number) => number;
  /** Bytes of each id's live block; 0 when it has none. */
  #sizes = new Float64Array(64);
  #live = 0;
  /** Operations so far. */
  operations = 0;
  /** The most bytes of live blocks at once. */
  peak = 0;
  /** Bytes of all blocks, those that a realloc resized counted again: enough for them to lie side by side. */
  all = 0;

  constructor(sizeOf: (request: number) => number) {
    this.#sizeOf = sizeOf;
  }

  malloc(id: number, request: number): void {
    this.realloc(id, request);
  }

  realloc(id: number, request: number): void {
    const size = this.#sizeOf(request);
    this.all += size;
    this.#set(id, size);
  }

  free(id: number): void {
    this.#set(id, 0);
  }

  #set(id: number, size: number): void {
    this.operations++;
    if (id >= this.#sizes.length) this.#sizes = widened(this.#sizes, 2 * id);
    this.#live += size - this.#sizes[id]!;
    this.#sizes[id] = size;
    if (this.#live > this.peak) this.peak = this.#live;
  }
}
