import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";
import { describePopulation, Population, type PopulationOptions, TraceWriter } from "./population";

/** @see steadyState */
export interface SteadyStateOptions extends PopulationOptions {
  /** Blocks that are live throughout; at least 1. */
  readonly live: number;
  /** Steps after the first `live` mallocs; each frees a block and allocates another. */
  readonly steps: number;
}

/**
 * The equilibrium in which Knuth (TAOCP 1, section 2.5) studies first fit and finds the fifty-percent rule: `live` blocks
 * are allocated, then every step frees one and allocates one. `live + 2 · steps` operations; the blocks stay live.
 */
export function steadyState(random: Random, options: SteadyStateOptions): Trace {
  const { live, steps } = options;
  checkNumber("options.live", live, 1, "give the number of live blocks");
  checkNumber("options.steps", steps, 0, "give the number of blocks to replace");
  const source = `steady state of ${live} blocks, ${steps} steps; ${describePopulation(options)}; ${random.name}`;
  const writer = new TraceWriter("steady state", source);
  const blocks = new Population(writer, random, options);
  blocks.resize(live);
  blocks.replace(steps);
  return writer.build();
}
