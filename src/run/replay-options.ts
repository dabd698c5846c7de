import type { History } from "./history";
import type { MetricCurves } from "./metric-curves";
import type { MetricName } from "./metrics";

/** How a trace is replayed. Every option has a default. */
export interface ReplayOptions {
  /**
   * Whether to count what searches cost and how many holes there are: fills `searches`, `examined`, `meanHoles` and
   * `mostHoles` of the result, which are null otherwise. The heap then explains each operation. Default false.
   */
  readonly statistics?: boolean;
  /** Whether to record the run: fills `history` of the result, which has any frame and metric of any step. Default false. */
  readonly history?: boolean;
  /**
   * Metrics to draw curves of while the trace runs, without a record of the run, which may be of any length: fills `curves` of the
   * result. The heap then explains each operation. Default none.
   */
  readonly curves?: readonly MetricName[];
  /** Points of each curve at most, 4 or more. Default 2,000. */
  readonly curvePoints?: number;
  /** Whether to stop at the first request that is denied; that operation is the last one counted. Default false. */
  readonly stopAtFailure?: boolean;
  /**
   * Called with the result so far, and with the share of the trace that was run, from 0 to 1, after every `progressEvery`
   * operations, and at the end. Answer false to stop: what was done until then is kept, in the heap and in the result.
   */
  readonly onProgress?: (result: ReplayResult, share: number) => unknown;
  /** Operations between two calls of `onProgress` and between two looks at `signal`; at least 1. Default 65,536. */
  readonly progressEvery?: number;
  /** Stops the replay when `aborted` is true, for example an `AbortSignal`. */
  readonly signal?: { readonly aborted: boolean };
}

/** What became of a trace on a heap. All sizes are in bytes. */
export interface ReplayResult {
  /** The trace's name; "" when it has none. */
  readonly trace: string;
  /** Operations of the trace that were run, the denied and the skipped ones included: 0 to the trace's length. */
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
  /**
   * The curves that were asked for: step k is the state after k operations. Of each stretch of steps the lowest and the highest value are
   * kept. Null unless `curves`.
   */
  readonly curves: MetricCurves | null;
  /** The recorded run: its step k is the trace's operation k, whatever was denied. Null unless `history`. */
  readonly history: History | null;
}

/** The option of this name, checked. @throws RangeError for a number below 1 */
export function progressEvery({ progressEvery: every = 65_536 }: ReplayOptions): number {
  if (Number.isInteger(every) && every >= 1) return every;
  throw new RangeError(
    `options.progressEvery is a whole number of operations from 1, not ${every}; leave it out for 65,536.`,
  );
}
