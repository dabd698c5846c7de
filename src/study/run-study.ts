import { checkNames, checkNumber, show } from "../base/wrong-argument";
import { seededRandom } from "../random/seeded-random";
import type { Trace } from "../trace/trace";
import type { ClassicResult } from "./classic-result";
import { CLASSIC_RESULTS, type ClassicResultName } from "./classic-results";
import { Study } from "./study";

/** How a study is run. Every option has a default, but programs need their traces. */
export interface StudyOptions {
  /** Independent runs, each with a seed of its own; at least 2. Default 8. Of no account where nothing is drawn. */
  readonly seeds?: number;
  /** What the seeds begin with: `"classic 1"`, `"classic 2"`, … Default `"classic"`. */
  readonly seed?: string;
  /** Parameters of the experiment that are to differ from its own. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** The traces of programs, for results that are about programs: `traceNames.map(loadTrace)`. */
  readonly traces?: readonly Trace[];
}

/**
 * Runs the experiment of a published result, and compares what it measures with what was claimed.
 * @throws RangeError or TypeError for a name, option or parameter that is not known, and where a result about programs is given
 *   fewer than two traces
 */
export function runStudy(name: ClassicResultName, options: StudyOptions = {}): Study {
  if (!Object.hasOwn(CLASSIC_RESULTS, name)) {
    const names = Object.keys(CLASSIC_RESULTS).join(", ");
    throw new RangeError(`There is no classic result ${show(name)}; the results are ${names}.`);
  }
  checkNames(options, ["seeds", "seed", "parameters", "traces"]);
  const result: ClassicResult = CLASSIC_RESULTS[name];
  const { seeds = 8, seed = "classic", traces = [] } = options;
  checkNumber("options.seeds", seeds, 2, "an interval takes two");
  const parameters = checkedParameters(result, options.parameters ?? {});
  const samples = samplesOf(name, result, seeds, seed, traces);
  const rows = samples.map((sample, i) => {
    const random = seededRandom(result.over === "programs" ? `${seed} ${sample}` : sample);
    return result.measure({ random, parameters, trace: traces[i]! });
  });
  return new Study(name, result, samples, parameters, rows);
}

function samplesOf(
  name: string,
  { over }: ClassicResult,
  seeds: number,
  seed: string,
  traces: readonly Trace[],
): string[] {
  if (over === "nothing") return ["exact"];
  if (over === "seeds") return Array.from({ length: seeds }, (_, i) => `${seed} ${i + 1}`);
  if (traces.length >= 2) return traces.map((trace) => trace.name);
  throw new RangeError(
    `${show(name)} is about programs: give at least two, { traces: traceNames.map(loadTrace) }, not ${traces.length}.`,
  );
}

function checkedParameters(
  result: ClassicResult,
  given: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  checkNames(given, Object.keys(result.parameters));
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "number" || !(Number.isFinite(value) && value > 0)) {
      throw new RangeError(`The parameter ${name} is a finite number above 0, not ${show(value)}.`);
    }
  }
  return { ...result.parameters, ...given };
}
