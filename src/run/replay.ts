import { NO_BLOCK } from "../heap/block";
import type { Heap } from "../heap/heap";
import type { Trace } from "../trace/trace";
import { searchOf } from "./event-summary";
import { History } from "./history";

/** How a trace is replayed. Every option has a default. */
export interface ReplayOptions {
  /**
   * Whether to count what searches cost and how many holes there are: fills `searches`, `examined`, `meanHoles` and
   * `mostHoles` of the result, which are null otherwise. The heap then explains each operation. Default false.
   */
  readonly statistics?: boolean;
  /** Whether to record the run: fills `history` of the result, which has any frame and metric of any step. Default false. */
  readonly history?: boolean;
  /** Whether to stop at the first request that is denied; that operation is the last one counted. Default false. */
  readonly stopAtFailure?: boolean;
  /**
   * Called with the result so far after every `progressEvery` operations, and at the end. Answer false to stop: what
   * was done until then is kept, in the heap and in the result.
   */
  readonly onProgress?: (result: ReplayResult) => unknown;
  /** Operations between two calls of `onProgress` and between two looks at `signal`; at least 1. Default 65,536. */
  readonly progressEvery?: number;
  /** Stops the replay when `aborted` is true, for example an `AbortSignal`. */
  readonly signal?: { readonly aborted: boolean };
}

/** What became of a trace on a heap. All sizes are in bytes. */
export interface ReplayResult {
  /** The trace's name; "" when it has none. */
  readonly trace: string;
  /** Operations of the trace that were run, the denied and the skipped ones included: 0 to `trace.length`. */
  readonly operations: number;
  /** Whether every operation of the trace was run. */
  readonly finished: boolean;
  /** Requests that were denied: mallocs and reallocs. */
  readonly failures: number;
  /** Frees and reallocs of a block whose malloc had been denied: they name no block, nothing was done for them, and none is a failure. */
  readonly skipped: number;
  /** Index of the first operation that was denied; null when none was. */
  readonly firstFailure: number | null;
  /**
   * The most bytes asked for by granted, live blocks at any time: without header and rounding. Equals the trace's own
   * `peakLive` when nothing was denied. 0 for an empty trace.
   */
  readonly peakLive: number;
  /** Bytes asked for by the blocks still live at the end. */
  readonly live: number;
  /**
   * How far up the heap was used: the highest end of a block that the replay allocated, header and rounding included,
   * counted from the heap's base. 0 when nothing was allocated.
   */
  readonly highWater: number;
  /** Searches of the free list: one a malloc, and one a realloc that could not stay. Null unless `statistics`. */
  readonly searches: number | null;
  /** Free-list records examined over all searches, the failed ones included. Null unless `statistics`. */
  readonly examined: number | null;
  /** Holes after an operation, averaged over the operations; 0 for an empty trace. Null unless `statistics`. */
  readonly meanHoles: number | null;
  /** The most holes after any operation. Null unless `statistics`. */
  readonly mostHoles: number | null;
  /** The recorded run: its step k is the trace's operation k, whatever was denied. Null unless `history`. */
  readonly history: History | null;
}

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
  /** Payload address of each id's block; -1 when it has none. */
  readonly #addresses: Float64Array;
  /** Bytes that each id's live block asked for. */
  readonly #requests: Float64Array;
  /** Bytes of each id's live block, header and rounding included. */
  readonly #sizes: Float64Array;
  readonly #history: History | null;
  #at = 0;
  #failures = 0;
  #skipped = 0;
  #firstFailure = -1;
  #live = 0;
  #peakLive = 0;
  #highWater = 0;
  #searches = 0;
  #examined = 0;
  #holeSum = 0;
  #mostHoles = 0;

  constructor(trace: Trace, heap: Heap, options: ReplayOptions = {}) {
    if (typeof trace?.kindAt !== "function") {
      throw new TypeError(
        "replay takes a Trace as its first argument: make one with parseTrace or Trace.from.",
      );
    }
    if (typeof heap?.malloc !== "function") {
      throw new TypeError("replay takes a heap as its second argument: make one with new FreeList(...).");
    }
    this.#every = options.progressEvery ?? 65_536;
    if (!Number.isInteger(this.#every) || this.#every < 1) {
      throw new RangeError(
        `options.progressEvery is a whole number of operations from 1, not ${this.#every}; leave it out for 65,536.`,
      );
    }
    this.trace = trace;
    this.heap = heap;
    this.#options = options;
    this.#addresses = new Float64Array(trace.ids).fill(-1);
    this.#requests = new Float64Array(trace.ids);
    this.#sizes = new Float64Array(trace.ids);
    this.#history = options.history ? History.of(heap) : null;
  }

  /** Whether there is nothing left to run: the trace's end, or a denied request under `stopAtFailure`. */
  get done(): boolean {
    return this.#at === this.trace.length || (this.#options.stopAtFailure === true && this.#failures > 0);
  }

  /** The result so far. */
  get result(): ReplayResult {
    const counted = this.#options.statistics === true;
    return {
      trace: this.trace.name,
      operations: this.#at,
      finished: this.#at === this.trace.length,
      failures: this.#failures,
      skipped: this.#skipped,
      firstFailure: this.#firstFailure < 0 ? null : this.#firstFailure,
      peakLive: this.#peakLive,
      live: this.#live,
      highWater: this.#highWater,
      searches: counted ? this.#searches : null,
      examined: counted ? this.#examined : null,
      meanHoles: counted ? this.#holeSum / Math.max(1, this.#at) : null,
      mostHoles: counted ? this.#mostHoles : null,
      history: this.#history,
    };
  }

  /**
   * Runs up to `operations` more operations (default: all that are left), and stops early when done, aborted or when
   * `onProgress` answers false. The heap must not be changed by others between two calls.
   * @returns the result so far.
   */
  advance(operations = Number.POSITIVE_INFINITY): ReplayResult {
    const { statistics, signal, onProgress } = this.#options;
    const end = Math.min(this.trace.length, this.#at + Math.max(0, operations));
    const unwatch = statistics ? this.#countSearches() : () => {};
    try {
      while (this.#at < end && !this.done && !signal?.aborted) {
        this.#run(Math.min(end, this.#at + this.#every));
        if (onProgress?.(this.result) === false) break;
      }
    } finally {
      unwatch();
      if (this.done) this.#history?.stop();
    }
    return this.result;
  }

  #run(end: number): void {
    const { trace, heap } = this;
    const statistics = this.#options.statistics === true;
    const stop = this.#options.stopAtFailure === true;
    let used = heap.usedBytes;
    while (this.#at < end) {
      const i = this.#at++;
      const id = trace.idAt(i);
      const kind = trace.kindAt(i);
      let granted = true;
      if (kind === "malloc") granted = this.#malloc(id, trace.sizeAt(i), used);
      else if (this.#addresses[id]! < 0) this.#skip(kind, trace.sizeAt(i));
      else if (kind === "free") this.#free(id);
      else granted = this.#realloc(id, trace.sizeAt(i), used);
      used = heap.usedBytes;
      if (statistics) this.#countHoles();
      if (granted) continue;
      this.#failures++;
      if (this.#firstFailure < 0) this.#firstFailure = i;
      if (stop) return;
    }
  }

  #malloc(id: number, request: number, used: number): boolean {
    const address = this.heap.malloc(request);
    if (address === null || address < 0) return false;
    this.#requests[id] = 0;
    this.#sizes[id] = 0;
    this.#place(id, address, request, used);
    return true;
  }

  #realloc(id: number, request: number, used: number): boolean {
    const address = this.heap.realloc(this.#addresses[id]!, request);
    if (address === null) return false;
    this.#place(id, address, request, used);
    return true;
  }

  /** Notes where the block of `id` lies; its size changed by as much as the heap's used bytes did. */
  #place(id: number, address: number, request: number, used: number): void {
    const { heap } = this;
    const size = this.#sizes[id]! + heap.usedBytes - used;
    const end = address - heap.header + size - heap.base;
    if (end > this.#highWater) this.#highWater = end;
    this.#live += request - this.#requests[id]!;
    if (this.#live > this.#peakLive) this.#peakLive = this.#live;
    this.#addresses[id] = address;
    this.#requests[id] = request;
    this.#sizes[id] = size;
  }

  /** An operation on a block that there is not. */
  #skip(kind: "free" | "realloc", request: number): void {
    this.#skipped++;
    if (kind === "free") this.heap.free(NO_BLOCK);
    else this.heap.realloc(NO_BLOCK, request);
  }

  #free(id: number): void {
    this.heap.free(this.#addresses[id]!);
    this.#live -= this.#requests[id]!;
    this.#addresses[id] = -1;
  }

  /** Counts the searches of the free list from now on. @returns a function that ends it */
  #countSearches(): () => void {
    return this.heap.listen((event) => {
      const search = searchOf(event);
      if (search === null) return;
      this.#searches++;
      this.#examined += search.examined;
    });
  }

  #countHoles(): void {
    const holes = this.heap.holeCount;
    this.#holeSum += holes;
    if (holes > this.#mostHoles) this.#mostHoles = holes;
  }
}
