import type { Heap } from "../heap/heap";
import type { Trace } from "../trace/trace";
import { progressEvery, type ReplayOptions, type ReplayResult } from "./replay-options";
import { ReplaySink } from "./replay-sink";

/**
 * Runs `trace` on `heap`, which need not be empty, and leaves the heap as the trace left it.
 *
 * A malloc that is denied leaves its id without a block: later operations on it are skipped and counted as such. The heap is asked for
 * them all the same, with the address −1, which names no block: so every heap's run has a step for each operation, and runs side by
 * side are at the same operation. A realloc that is denied leaves its block as it was.
 * @throws RangeError for a `progressEvery` below 1; TypeError when `trace` or `heap` is none.
 */
export function replay(trace: Trace, heap: Heap, options: ReplayOptions = {}): ReplayResult {
  return new Replay(trace, heap, options).advance();
}

/** A replay that can be run in parts: in slices from a notebook, or on after an interruption. */
export class Replay {
  readonly trace: Trace;
  readonly heap: Heap;
  readonly #options: ReplayOptions;
  readonly #every: number;
  readonly #sink: ReplaySink;

  constructor(trace: Trace, heap: Heap, options: ReplayOptions = {}) {
    if (typeof trace?.kindAt !== "function") {
      throw new TypeError(
        "replay takes a Trace as its first argument: make one with parseTrace or Trace.from.",
      );
    }
    this.#every = progressEvery(options);
    this.trace = trace;
    this.heap = heap;
    this.#options = options;
    this.#sink = new ReplaySink(heap, options);
  }

  /** Whether there is nothing left to run: the trace's end, or a denied request under `stopAtFailure`. */
  get done(): boolean {
    return this.#sink.operations === this.trace.length || this.#sink.done;
  }

  /** Operations of the trace that were run. */
  get position(): number {
    return this.#sink.position;
  }

  /** How much of the trace was run, from 0 to 1. */
  get share(): number {
    return this.trace.length === 0 ? 1 : this.#sink.operations / this.trace.length;
  }

  /** The result so far. */
  get result(): ReplayResult {
    return this.#sink.result(this.trace.name, this.#sink.operations === this.trace.length);
  }

  /**
   * Runs up to `operations` more operations (default: all that are left), and stops early when done, aborted or when
   * `onProgress` answers false. The heap must not be changed by others between two calls.
   * @returns the result so far.
   */
  advance(operations = Number.POSITIVE_INFINITY): ReplayResult {
    const { signal, onProgress } = this.#options;
    const sink = this.#sink;
    const end = Math.min(this.trace.length, sink.operations + Math.max(0, operations));
    sink.begin();
    try {
      while (sink.operations < end && !this.done && !signal?.aborted) {
        this.trace.tell(sink, sink.operations, Math.min(end, sink.operations + this.#every));
        if (onProgress?.(this.result, this.share) === false) break;
      }
    } finally {
      sink.pause();
      if (this.done) sink.end();
    }
    return this.result;
  }
}
