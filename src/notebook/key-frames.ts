import { StepFlag } from "../run/event-summary";
import type { History } from "../run/history";
import type { Overview } from "../run/overview";

/** A step that is worth a picture, and why. */
export interface KeyFrame {
  readonly step: number;
  /** What is special about it; "" for a step that only fills a gap. */
  readonly reason: string;
}

/**
 * The few steps that tell a run, in their order: its start, the first merge, the first denied request, the step with the
 * most memory allocated, the one with the most holes, and its end. Further steps fill the widest gaps.
 * @param most how many at most, from 3 on; fewer when the run has fewer steps
 * @param opened a step that has to be among them
 */
export function keyFrames(history: History, most: number, opened: number = history.length): KeyFrame[] {
  const overview = overviewOf(history);
  const frames = new Map<number, string>();
  const add = (step: number | null, reason: string) => {
    if (step === null || (frames.size >= most && !frames.has(step))) return;
    frames.set(step, frames.get(step) || reason);
  };
  add(0, "start");
  add(history.length, "end");
  add(Math.min(opened, history.length), "");
  add(overview.next(0, StepFlag.denied, 1), "first denied request");
  add(overview.highestOf("allocated").step, "most memory allocated");
  add(overview.next(0, StepFlag.merge, 1), "first merge");
  add(overview.highestOf("holes").step, "most holes");
  const steps = [...frames.keys()].sort((a, b) => a - b);
  while (steps.length < Math.min(most, history.length + 1)) {
    const middle = middleOfWidestGap(steps);
    add(middle, "");
    steps.push(middle);
    steps.sort((a, b) => a - b);
  }
  return steps.map((step) => ({ step, reason: frames.get(step) ?? "" }));
}

function overviewOf(history: History): Overview {
  history.prepare();
  return history.overview;
}

function middleOfWidestGap(steps: readonly number[]): number {
  let widest = 0;
  for (let at = 1; at + 1 < steps.length; at++) {
    if (steps[at + 1]! - steps[at]! > steps[widest + 1]! - steps[widest]!) widest = at;
  }
  return Math.floor((steps[widest]! + steps[widest + 1]!) / 2);
}

/**
 * The step at which a player of runs opens where nobody says another one, so that something is to be seen: the last, or, where
 * the first run has less than half of its most memory allocated then, the step with the most.
 */
export function posterStep(histories: readonly History[]): number {
  const last = Math.max(...histories.map(({ length }) => length));
  const overview = overviewOf(histories[0]!);
  const fullest = overview.highestOf("allocated");
  return overview.lastOf("allocated") * 2 >= fullest.value ? last : fullest.step;
}
