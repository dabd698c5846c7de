import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";
import { describePopulation, Population, type PopulationOptions, TraceWriter } from "./population";

/** One phase of a program: its own sizes and lifetimes. */
export interface Phase extends PopulationOptions {
  /** Blocks that the phase builds up; at least 1. */
  readonly live: number;
  /** Blocks that it then frees and allocates anew. Default 0. */
  readonly steps?: number;
  /** Blocks that outlive the phase, to the end of the program; from 0 to `live`. Default 0. */
  readonly keep?: number;
}

/**
 * Phases (Wilson et al. 1995, section 2.4): a program's requests are alike within a phase, change from one to the next,
 * and most blocks of a phase die with it. Each phase allocates its blocks, replaces some, then frees all but `keep`. What
 * survives stays live to the end, strewn over what the phase leaves.
 */
export function phases(random: Random, list: readonly Phase[]): Trace {
  if (!Array.isArray(list)) throw new TypeError("phases takes an array of phases: list them.");
  const source = list.map((phase) => `${phase.live} blocks, ${describePopulation(phase)}`).join("; then ");
  const writer = new TraceWriter("phases", `${source}; ${random.name}`);
  for (const phase of list) {
    const { live, steps = 0, keep = 0 } = phase;
    checkNumber("phase.live", live, 1, "give the number of blocks that the phase builds up");
    checkNumber("phase.steps", steps, 0, "give the number of blocks to replace");
    checkNumber("phase.keep", keep, 0, "give the number of blocks that survive");
    if (keep > live) {
      throw new RangeError(`phase.keep is at most phase.live, not ${keep} > ${live}: fewer can survive.`);
    }
    const blocks = new Population(writer, random, phase);
    blocks.resize(live);
    blocks.replace(steps);
    blocks.resize(keep);
  }
  return writer.build();
}
