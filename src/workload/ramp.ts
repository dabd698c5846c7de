import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";
import { Churn } from "./churn";
import { describePopulation, Population, type PopulationOptions, TraceWriter } from "./population";

/** @see ramp */
export interface RampOptions extends PopulationOptions {
  /** Blocks that are live at the end; at least 1. */
  readonly live: number;
  /** Blocks replaced for each one that the program keeps, on average; at least 0. Default 1. */
  readonly churn?: number;
}

/**
 * A ramp (Wilson, Johnstone, Neely, Boles: Dynamic storage allocation, a survey and critical review. 1995, section 2.4): a
 * program that accumulates data over its whole life. The number of live blocks grows by one at a time to `live`; after
 * each, `churn` blocks are freed and allocated anew. The blocks stay live at the end.
 */
export function ramp(random: Random, options: RampOptions): Trace {
  const { live, churn = 1 } = options;
  checkNumber("options.live", live, 1, "give the number of live blocks at the end");
  const source = `ramp to ${live} blocks, churn ${churn}; ${describePopulation(options)}; ${random.name}`;
  const writer = new TraceWriter("ramp", source);
  const blocks = new Population(writer, random, options);
  const replacements = new Churn(churn);
  for (let count = 1; count <= live; count++) {
    blocks.resize(count);
    blocks.replace(replacements.next());
  }
  return writer.build();
}
