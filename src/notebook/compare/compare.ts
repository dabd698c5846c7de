import { planComparison } from "../../compare/compare";
import type { CompareOptions } from "../../compare/compare-cell";
import type { PolicyOptions } from "../../compare/compared-policy";
import { Comparison } from "../../compare/comparison";
import type { Trace } from "../../trace/trace";
import type { TraceFile } from "../trace/trace-file";
import { type MeasureOptions, measureCells } from "./measure-cells";

/** How to compare. */
export interface ParallelCompareOptions extends CompareOptions, MeasureOptions {}

/**
 * Replays each trace under each policy and tabulates what it took: extent, records examined, holes, requests denied, the smallest
 * arena. On all cores; the figures do not depend on how many there are. See `FIGURES` for what each means, and to which model
 * of the heap it belongs; `compareHere` does the same on this thread.
 *
 * A policy is a name such as `"best"`, `"first/lifo"`, `"next/deferred/align=8/header=8"`, `"buddy"`, or an object; without
 * further words sizes are multiples of 16 and blocks have no header.
 *
 * A trace that `openTrace` left in its file is read from there, twice for each policy and once more for each arena that is tried: give
 * `arenaRuns: 0` for a long one.
 *
 * @example
 * const comparison = await compare([trace], ["first", "best", "worst"]);
 * comparison.table("extent");
 * @returns the comparison; when `signal` ended it, with what was measured until then.
 * @throws RangeError when there is nothing to compare, a name stands twice, or an option is not allowed.
 */
export async function compare(
  traces: readonly (Trace | TraceFile)[],
  policies: readonly (string | PolicyOptions)[],
  options: ParallelCompareOptions = {},
): Promise<Comparison> {
  const plan = planComparison(traces, policies, options);
  const all = Array.from({ length: plan.traces.length * plan.policies.length }, (_, index) => index);
  return Comparison.of(traces, plan.policies, plan.arenaRuns, await measureCells(plan, all, options));
}
