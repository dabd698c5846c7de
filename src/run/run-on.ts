import { REALLOC } from "../trace/operation";
import type { OperationLog } from "./operation-log";
import type { Figures, Landing } from "./survey";

/**
 * Runs on from a landing to a later step without a survey of the way: nobody listens to the heap, which takes a third of the time.
 * @param figures those of `step`, if they are known from elsewhere
 */
export function runOn(from: Landing, step: number, log: OperationLog, figures: Figures | null): Landing {
  const { rerun } = from;
  const births = new Map(from.births);
  while (rerun.step < step) {
    const i = rerun.step;
    rerun.execute();
    const before = rerun.previousTenant;
    if (before === 0) continue;
    const given = log.kinds[i] === REALLOC && log.results[i]! >= 0;
    if (given) births.set(rerun.step, births.get(before) ?? before);
    if (given || log.requests[i] === 0) births.delete(before);
  }
  return { ...from, figures, births };
}
