import * as v from "valibot";
import { wholeNumber } from "../base/document";
import { MOST_LIVE } from "../trace/trace-reader";
import { CURVES_STATE, type CurvesState } from "./metric-curves";

/** Among `ReplayState.owners`: a block that was in the heap before the replay. */
export const NOBODY = -1;

/**
 * How far a replay has come, as plain data: with a snapshot of the heap all that it takes to go on. The names are those of
 * `ReplayResult`; where a block lies and how long it is, the heap knows.
 */
export interface ReplayState {
  readonly operations: number;
  readonly failures: number;
  readonly skipped: number;
  /** −1 for none. */
  readonly firstFailure: number;
  readonly peakLive: number;
  readonly highWater: number;
  readonly searches: number;
  readonly examined: number;
  /** Holes after each operation, added up. */
  readonly holeSum: number;
  readonly mostHoles: number;
  /** Of the heap's allocated blocks in address order, the id of each in the trace, or NOBODY. */
  readonly owners: readonly number[];
  /** Bytes that those with an id asked for. */
  readonly requests: readonly number[];
  readonly curves: CurvesState | null;
}

/** The fields of a `ReplayState`, each with what it may hold by itself. */
export const REPLAY_STATE: v.GenericSchema<unknown, ReplayState> = v.pipe(
  v.object({
    operations: wholeNumber(),
    failures: wholeNumber(),
    skipped: wholeNumber(),
    firstFailure: v.custom<number>(
      (n) => Number.isSafeInteger(n) && (n as number) >= -1,
      "must be an index, or -1",
    ),
    peakLive: wholeNumber(),
    highWater: wholeNumber(),
    searches: wholeNumber(),
    examined: wholeNumber(),
    holeSum: wholeNumber(),
    mostHoles: wholeNumber(),
    owners: integers(NOBODY, MOST_LIVE - 1, "ids of blocks, or -1"),
    requests: integers(0, Number.MAX_SAFE_INTEGER, "bytes"),
    curves: v.nullable(CURVES_STATE),
  }),
  v.check(
    ({ operations, failures, skipped }) => failures + skipped <= operations,
    "must have an operation for each request that was denied or skipped",
  ),
  v.check(
    ({ operations, failures, firstFailure }) =>
      failures === 0 ? firstFailure === -1 : firstFailure >= 0 && firstFailure < operations,
    "must have as firstFailure one of its operations if there was one",
  ),
);

/** A list of whole numbers, of which there may be millions. */
function integers(least: number, most: number, what: string): v.GenericSchema<unknown, readonly number[]> {
  return v.custom<readonly number[]>(
    (list) => Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= least && n <= most),
    `must be a list of ${what}`,
  );
}
