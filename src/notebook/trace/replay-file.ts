import type { Heap } from "../../heap/heap";
import { progressEvery, type ReplayOptions, type ReplayResult } from "../../run/replay-options";
import { ReplaySink } from "../../run/replay-sink";
import type { ParseTraceOptions } from "../../trace/trace-parser";
import { TraceStream, traceName } from "./stream-trace";

/**
 * How a file is replayed: what `replay` and `readTrace` take. `onProgress` and `signal` are heard between two pieces of the file,
 * thousands of operations each; `history` takes 25 bytes an operation, and nothing else here grows with their number.
 */
export interface ReplayFileOptions extends ReplayOptions, Omit<ParseTraceOptions, "source"> {}

/**
 * Runs the trace in a file on `heap` in one pass, without holding it: the result is that of `replay(await readTrace(path), heap)`, in
 * memory that follows the live blocks, of the trace and of the heap. A file of 10^8 operations takes no more than one of 10^6.
 *
 * @example
 * await replayFile("huge.rep", new FreeList(0, 16, { growable: true }), {
 *   onProgress: ({ operations }, share) => console.log(operations, share),
 * });
 * @throws as `readTrace` does; the heap is then as the operations before the line that is wrong have left it
 */
export function replayFile(path: string, heap: Heap, options: ReplayFileOptions = {}): Promise<ReplayResult> {
  return new FileReplay(path, heap, options).advance();
}

/**
 * A replay of a trace's file that can be stopped and goes on where it stopped, in this process: the heap, the ids of the live blocks and
 * the place in the file are kept in memory alone.
 */
export class FileReplay {
  readonly path: string;
  readonly heap: Heap;
  readonly #options: ReplayFileOptions;
  readonly #every: number;
  readonly #sink: ReplaySink;
  readonly #stream: TraceStream;

  constructor(path: string, heap: Heap, options: ReplayFileOptions = {}) {
    this.#every = progressEvery(options);
    this.path = path;
    this.heap = heap;
    this.#options = options;
    this.#sink = new ReplaySink(heap, options);
    this.#stream = new TraceStream(path, this.#sink, options);
  }

  /** Whether there is nothing left to run: the file's end, or a denied request under `stopAtFailure`. */
  get done(): boolean {
    // Whether the request that was denied is the file's last, the next piece tells.
    return this.#stream.ended || this.#sink.isOverrun;
  }

  /** How much of the file was read, from 0 to 1; 0 before the end of what has no length, such as a pipe. */
  get share(): number {
    return this.#stream.share;
  }

  /** The result so far. A name that stands in the text is known at the end. */
  get result(): ReplayResult {
    const name = this.#options.name ?? traceName(this.path, this.#stream.report);
    return this.#sink.result(name, this.#stream.ended && !this.#sink.isOverrun);
  }

  /**
   * Runs at least `operations` more operations (default: all that are left), up to the end of a piece of the file, and stops early
   * when done, aborted or when `onProgress` answers false. The heap must not be changed by others between two calls.
   * @returns the result so far.
   */
  async advance(operations = Number.POSITIVE_INFINITY): Promise<ReplayResult> {
    const { signal, onProgress, onReport } = this.#options;
    const sink = this.#sink;
    const end = sink.operations + operations;
    let next = sink.operations + this.#every;
    sink.begin();
    try {
      while (!this.done && sink.operations < end && !signal?.aborted) {
        if (!(await this.#stream.readOn())) onReport?.(this.#stream.report!);
        if (sink.operations < next && !this.done) continue;
        next = sink.operations + this.#every;
        if (onProgress?.(this.result, this.share) === false) break;
      }
    } finally {
      sink.pause();
      if (this.done) this.close();
    }
    return this.result;
  }

  /** Gives up what is left, and closes the file. */
  close(): void {
    this.#sink.end();
    this.#stream.close();
  }
}
