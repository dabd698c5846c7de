import { checkNumber } from "../base/wrong-argument";
import type { Trace } from "../trace/trace";
import { type ComparedCell, type CompareOptions, measurePolicy } from "./compare-cell";
import { comparedPolicy, type PolicyOptions } from "./compared-policy";
import { Comparison } from "./comparison";
import { type ComparedTrace, type Passes, type PassProgress, passOver, passOverAny } from "./passes";
import type { ComparedPolicy } from "./policy-model";

/** A comparison to be measured: its pairs of trace and policy are its numbered cells, traces outermost. */
export interface ComparisonPlan<T extends ComparedTrace = ComparedTrace> {
  readonly traces: readonly T[];
  readonly policies: readonly ComparedPolicy[];
  readonly arenaRuns: number;
}

/**
 * Checks what is to be compared.
 * @throws RangeError when there is nothing to compare, a trace has no operations, a name stands twice or an option is out of range; TypeError for what
 * is no trace.
 */
export function planComparison<T extends ComparedTrace>(
  traces: readonly T[],
  policies: readonly (string | PolicyOptions)[],
  options: CompareOptions = {},
): ComparisonPlan<T> {
  for (const trace of traces) {
    if (typeof trace?.tell !== "function") {
      throw new TypeError("Only traces can be compared: make them with parseTrace or Trace.from.");
    }
    if (trace.length === 0) {
      throw new RangeError(
        `The trace ${JSON.stringify(trace.name)} has no operations, so that no policy can be told from another; leave it out.`,
      );
    }
  }
  const arenaRuns = options.arenaRuns ?? 250;
  checkNumber("options.arenaRuns", arenaRuns, 0, "give 0 to leave the smallest arena out");
  const plan = { traces, policies: policies.map(comparedPolicy), arenaRuns };
  oneEach(
    "trace",
    traces.map(({ name }, i) => name || `trace ${i + 1}`),
  );
  oneEach(
    "policy",
    plan.policies.map(({ name }) => name),
  );
  return plan;
}

/** The trace of cell `index` of `plan`. */
export function traceOfCell<T extends ComparedTrace>(
  { traces, policies }: ComparisonPlan<T>,
  index: number,
): T {
  return traces[Math.floor(index / policies.length)]!;
}

/** Measures cell `index` of `plan`. */
export function measureCell(
  plan: ComparisonPlan,
  index: number,
  onProgress?: (progress: PassProgress) => void,
): Promise<ComparedCell> {
  return passOverAny(traceOfCell(plan, index), passesOf(plan, index), onProgress);
}

function passesOf({ policies, arenaRuns }: ComparisonPlan, index: number): Passes<ComparedCell> {
  return measurePolicy(policies[index % policies.length]!, { arenaRuns });
}

/**
 * Compares `traces` under `policies`, one after the other, here and now: for where there are no workers, as in a browser.
 * @throws as `planComparison` does.
 */
export function compareHere(
  traces: readonly Trace[],
  policies: readonly (string | PolicyOptions)[],
  options: CompareOptions = {},
): Comparison {
  const plan = planComparison(traces, policies, options);
  const cells = Array.from({ length: traces.length * policies.length }, (_, i) =>
    passOver(traceOfCell(plan, i), passesOf(plan, i)),
  );
  return Comparison.of(traces, plan.policies, plan.arenaRuns, cells);
}

function oneEach(what: string, names: readonly string[]): void {
  if (names.length === 0)
    throw new RangeError(`A comparison needs at least one ${what}, not none; give some.`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new RangeError(
    `Each ${what} of a comparison has a name of its own, and ${JSON.stringify(twice)} stands twice; leave one out or name it.`,
  );
}
