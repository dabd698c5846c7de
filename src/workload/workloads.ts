import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";
import { smallThenLarge } from "./adversaries";
import { lifoLifetimes } from "./lifetimes";
import { type Phase, peak, phases, plateau, ramp, randomRequests, steadyState } from "./shapes";
import { exponentialSizes, uniformSizes } from "./sizes";

/** A kind of workload as it may stand in a list to choose from. */
export interface Workload<Options extends object> {
  /** What the program does, in a line. */
  readonly description: string;
  /** Options that show what is typical of it, in a few thousand operations at most. */
  readonly defaults: Options;
  /**
   * A trace of that kind; options that are left out are the defaults.
   * @throws RangeError or TypeError for an option that is not allowed
   */
  make(random: Random, options?: Partial<Options>): Trace;
}

/**
 * The workloads that are made of a random source and options alone, by the names of their makers: `WORKLOADS.ramp.make(random)` is
 * `ramp(random, WORKLOADS.ramp.defaults)`. A new one is a maker and an entry here.
 */
export const WORKLOADS = {
  steadyState: workload(
    "A fixed number of blocks; each step frees one and allocates another (Knuth's equilibrium)",
    { live: 200, steps: 1000, sizes: uniformSizes(16, 1024) },
    steadyState,
  ),
  ramp: workload(
    "Data that accumulate over the program's whole life, with some churn",
    { live: 400, churn: 1, sizes: exponentialSizes(128) },
    ramp,
  ),
  peak: workload(
    "Data that are built up, used and dropped, again and again, as in a compiler",
    { live: 200, rest: 20, peaks: 5, churn: 0.25, sizes: exponentialSizes(128) },
    peak,
  ),
  plateau: workload(
    "Data that are built quickly and kept, while short-lived blocks come and go",
    { live: 200, steps: 800, temporaries: 10, sizes: exponentialSizes(128) },
    plateau,
  ),
  phases: workload(
    "Phases with sizes of their own; most blocks of a phase end with it, a few stay to the end",
    { phases: threePhases() },
    (random, options) => phases(random, options.phases),
  ),
  randomRequests: workload(
    "The original program's: each step allocates or frees one of a few keys, drawn at random",
    {
      requests: [40, 284, 352, 700, 772, 1112, 1440, 1892, 2240, 2824, 3344],
      steps: 2000,
      mallocProbability: 0.3,
    },
    randomRequests,
  ),
  smallThenLarge: workload(
    "An attack: every second small block is freed, and no hole serves a larger request",
    { count: 200, small: 16, large: 32 },
    (_, options) => smallThenLarge(options),
  ),
} as const;

/** The name of a workload in `WORKLOADS`. */
export type WorkloadName = keyof typeof WORKLOADS;

/** Small blocks that come and go, then a few large ones on a stack, then small ones again. */
function threePhases(): readonly Phase[] {
  const small = { live: 200, steps: 200, keep: 10, sizes: uniformSizes(8, 64) };
  const large = { live: 40, steps: 40, keep: 2, sizes: uniformSizes(512, 2048), lifetimes: lifoLifetimes };
  return [small, large, small];
}

function workload<Options extends object>(
  description: string,
  defaults: Options,
  maker: (random: Random, options: Options) => Trace,
): Workload<Options> {
  return Object.freeze({
    description,
    defaults: Object.freeze(defaults),
    make: (random: Random, options: Partial<Options> = {}) => maker(random, { ...defaults, ...options }),
  });
}
