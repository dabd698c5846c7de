import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";
import { describePopulation, Population, type PopulationOptions, TraceWriter } from "./population";

/** @see plateau */
export interface PlateauOptions extends PopulationOptions {
  /** Blocks of the data that the program works on; at least 1. */
  readonly live: number;
  /** Short-lived blocks allocated while it works. */
  readonly steps: number;
  /** Short-lived blocks that are live at once; at least 1. Default 1. */
  readonly temporaries?: number;
}

/**
 * A plateau (Wilson et al. 1995, section 2.4): a program that builds its data quickly and then works on it for long.
 * `live` blocks are allocated and kept; then `steps` short-lived blocks come and go, `temporaries` at a time; at the end
 * everything is freed. `2 · (live + steps)` operations.
 */
export function plateau(random: Random, options: PlateauOptions): Trace {
  const { live, steps, temporaries = 1 } = options;
  checkNumber("options.live", live, 1, "give the number of blocks that are kept");
  checkNumber("options.steps", steps, 0, "give the number of short-lived blocks");
  checkNumber("options.temporaries", temporaries, 1, "leave it out for one at a time");
  const source = `plateau of ${live} blocks, ${steps} temporaries, ${temporaries} at a time`;
  const writer = new TraceWriter("plateau", `${source}; ${describePopulation(options)}; ${random.name}`);
  const data = new Population(writer, random, options);
  const working = new Population(writer, random, options);
  data.resize(live);
  const atOnce = Math.min(temporaries, steps);
  working.resize(atOnce);
  working.replace(steps - atOnce);
  working.resize(0);
  data.resize(0);
  return writer.build();
}
