import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import { type Trace, TraceBuilder } from "../trace/trace";
import { Churn, describePopulation, Population, type PopulationOptions, TraceWriter } from "./population";

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

/** @see randomRequests */
export interface RandomRequestsOptions {
  /** The sizes that the program may ask for, one a key, in bytes; at least one. */
  readonly requests: readonly number[];
  /** Steps; those that can do nothing add no operation. */
  readonly steps: number;
  /** Probability that a step allocates; otherwise it frees. Default 0.3, the original program's. */
  readonly mallocProbability?: number;
}

/**
 * The original program's kind of workload for any heap: every step draws whether to allocate, then one of the keys; it
 * allocates the key's request, or frees its block. A step that would allocate for a key with a block, or free for one
 * without, does nothing, so that no block is lost. (The original's own run, slip and all: `originalRun`.)
 */
export function randomRequests(random: Random, options: RandomRequestsOptions): Trace {
  const { requests, steps, mallocProbability = 0.3 } = options;
  checkNumber("options.steps", steps, 0, "give the number of steps");
  const source = `${steps} random steps on ${requests?.length} keys, malloc with probability ${mallocProbability}; ${random.name}`;
  const builder = new TraceBuilder({ name: "random requests", source });
  const keys = Array.from(requests, (_, key) => key);
  for (let step = 0; step < steps; step++) {
    const allocates = random.binomial(1, mallocProbability) === 1;
    const key = random.choice(keys);
    if (allocates && !builder.isLive(key)) builder.malloc(key, requests[key]!);
    else if (!allocates && builder.isLive(key)) builder.free(key);
  }
  return builder.build();
}
