import type { HeapEvent } from "../../heap/event";
import { Cursor, checkStep, type RecordedRun } from "../cursor";
import { type HeapState, stateOf } from "../heap-state";
import { type DecisionOptions, decision } from "./decision";
import type { DecisionStep } from "./step";

/** A cursor for each run that is asked, so that the next step asked for is near. */
const cursors = new WeakMap<RecordedRun, Cursor>();

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

/** The state before a step of a run, and its event; null for a call of `coalesce()`. @throws RangeError when there is no such step */
export function momentOf(
  run: RecordedRun,
  step: number,
): { readonly before: HeapState; readonly event: HeapEvent | null } {
  checkStep(step, 1, run.length);
  let cursor = cursors.get(run);
  if (cursor === undefined) {
    cursor = new Cursor(run);
    cursors.set(run, cursor);
  }
  const before = stateOf(cursor.seek(step - 1).heap);
  cursor.next();
  return { before, event: cursor.event };
}
