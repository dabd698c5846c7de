import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";
import { Churn } from "./churn";
import { describePopulation, Population, type PopulationOptions, TraceWriter } from "./population";

/** @see peak */
export interface PeakOptions extends PopulationOptions {
  /** Blocks that are live at the top of a peak; at least 1. */
  readonly live: number;
  /** Blocks that are live before, between and after peaks; from 0 to `live`. Default 0. */
  readonly rest?: number;
  /** Number of peaks; at least 1. Default 1. */
  readonly peaks?: number;
  /** Blocks replaced for each one by which the number of live blocks rises, on average; at least 0. Default 0. */
  readonly churn?: number;
}

/**
 * Peaks (Wilson et al. 1995, section 2.4): a program that builds up data, uses it and drops it, as a compiler does for
 * each function. The number of live blocks rises one at a time from `rest` to `live` and falls back, `peaks` times.
 */
export function peak(random: Random, options: PeakOptions): Trace {
  const { live, rest = 0, peaks = 1, churn = 0 } = options;
  checkNumber("options.live", live, 1, "give the number of live blocks at the top");
  checkNumber("options.rest", rest, 0, "give the number of live blocks between peaks");
  checkNumber("options.peaks", peaks, 1, "leave it out for one");
  if (rest > live)
    throw new RangeError(`options.rest is at most options.live, not ${rest} > ${live}: swap them.`);
  const source = `${peaks} peaks from ${rest} to ${live} blocks, churn ${churn}; ${describePopulation(options)}; ${random.name}`;
  const writer = new TraceWriter("peak", source);
  const blocks = new Population(writer, random, options);
  const replacements = new Churn(churn);
  blocks.resize(rest);
  for (let i = 0; i < peaks; i++) {
    for (let count = rest + 1; count <= live; count++) {
      blocks.resize(count);
      blocks.replace(replacements.next());
    }
    blocks.resize(rest);
  }
  return writer.build();
}
