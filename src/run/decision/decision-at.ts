import type { HeapEvent } from "../../heap/event";
import { Cursor, checkStep, type RecordedRun } from "../cursor";
import { type HeapState, stateOf } from "../heap-state";
import { type DecisionOptions, decision } from "./decision";
import type { DecisionStep } from "./step";

/** An operation of a run: what it reported, and the state before it. */
interface Moment {
  readonly before: HeapState;
  /** Null for a call of `coalesce()`. */
  readonly event: HeapEvent | null;
}

/** Where a run was asked last: the next step asked for is near, and often the same. */
interface Asked {
  /** Made when it is needed. */
  cursor: Cursor | null;
  step: number;
  moment: Moment | null;
}

const asked = new WeakMap<RecordedRun, Asked>();

/**
 * The decision of a step of a recorded run: `decision` of its event, in the state that the step before left.
 * @param step 1 to the run's length
 * @throws RangeError when there is no such step, and for options that are not allowed
 *
 * @example
 * for (const { text } of decisionAt(history, 17)) console.log(text);
 */
export function decisionAt(
  run: RecordedRun,
  step: number,
  options?: DecisionOptions,
): readonly DecisionStep[] {
  const { before, event } = momentOf(run, step);
  return decision(event, before, options);
}

/**
 * An operation of a run.
 * @param given a cursor of the run, which is at the step afterwards: to whoever goes there anyway, a second one would be twice the work
 * @throws RangeError when there is no such step
 */
export function momentOf(run: RecordedRun, step: number, given?: Cursor): Moment {
  checkStep(step, 1, run.length);
  let last = asked.get(run);
  if (last === undefined) {
    last = { cursor: null, step: 0, moment: null };
    asked.set(run, last);
  }
  if (last.step === step && last.moment) return last.moment;
  if (given === undefined) last.cursor ??= new Cursor(run);
  const cursor = given ?? last.cursor!;
  const before = stateOf(cursor.seek(step - 1).heap);
  cursor.next();
  last.step = step;
  last.moment = { before, event: cursor.event };
  return last.moment;
}
