import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import { type Trace, TraceBuilder } from "../trace/trace";

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
