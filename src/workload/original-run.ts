import { checkNumber } from "../base/wrong-argument";
import type { Heap } from "../heap/heap";
import { numpyRandom } from "../random/numpy-random";
import { python2KeyOrder } from "../random/python2-key-order";
import type { Random } from "../random/random";

/** What the original program's run depends on; the defaults are its own values, in `originalParameters`. */
export interface OriginalParameters {
  /** Seed of NumPy's stream; or another source of random numbers, drawn from in the same order. */
  readonly seed: number | Random;
  /** Steps of the run. */
  readonly steps: number;
  /** Requests drawn at the start, among them perhaps some twice. By default a quarter of `steps`, rounded down. */
  readonly requests: number;
  /** The smallest request, in pages. */
  readonly minRequest: number;
  /** One more than the largest request, in pages. */
  readonly maxRequest: number;
  /** Bytes of a page: requests are multiples of it. */
  readonly pageSize: number;
  /** Bytes of the heap that the original ran on. */
  readonly heapSize: number;
  /** Probability that a step allocates; otherwise it frees. */
  readonly mallocProbability: number;
}

/** The original program's values. */
export const originalParameters: OriginalParameters = Object.freeze({
  seed: 0,
  steps: 100,
  requests: 25,
  minRequest: 1,
  maxRequest: 1024,
  pageSize: 4,
  heapSize: 8192,
  mallocProbability: 0.3,
});

/** One step of the original program: allocates or frees for the key `request`. */
export interface OriginalStep {
  readonly kind: "malloc" | "free";
  /** The key of the step: one of the requests, in bytes. */
  readonly request: number;
}

/** The original program's requests and steps, as they are before any heap has served them. */
export interface OriginalRun {
  readonly parameters: OriginalParameters;
  /** The requests in the order in which they were drawn, in bytes. */
  readonly requests: readonly number[];
  /** Each request once, in the order in which the original's dict listed its keys; the steps choose from this. */
  readonly keys: readonly number[];
  readonly steps: readonly OriginalStep[];
}

/** A step as a heap answered it. */
export interface PlayedStep extends OriginalStep {
  /** What was given to `malloc` (bytes) or `free` (an address, or null when none is kept). */
  readonly argument: number | null;
  /** What `malloc` (an address, or null) or `free` (whether it freed) returned. */
  readonly result: number | null | boolean;
}

/**
 * The workload of the original program: a few requests are drawn and become the keys of a dict (Python 2.7) that keeps
 * an address for each. Every step draws whether to allocate, then a key, and allocates or frees for this key. With the
 * defaults it is the published run; with another `seed`, what the original does after `np.random.seed(seed)`.
 * @throws RangeError or TypeError for parameters that cannot be drawn with.
 */
export function originalRun(parameters: Partial<OriginalParameters> = {}): OriginalRun {
  const { steps = originalParameters.steps } = parameters;
  checkNumber("steps", steps, 0, "give the number of steps");
  const all = { ...originalParameters, steps, requests: Math.floor(steps / 4), ...parameters };
  checkNumber("requests", all.requests, steps > 0 ? 1 : 0, "draw one request or more to choose from");
  checkNumber("pageSize", all.pageSize, 1, "give the bytes of a page, for example 4");
  const random = typeof all.seed === "number" ? numpyRandom(all.seed) : all.seed;
  const pages = random.randint(all.minRequest, all.maxRequest, all.requests);
  const requests = pages.map((each) => each * all.pageSize);
  const keys = python2KeyOrder(requests);
  const step = (): OriginalStep => {
    const allocates = random.binomial(1, all.mallocProbability) === 1;
    return { kind: allocates ? "malloc" : "free", request: random.choice(keys) };
  };
  return { parameters: all, requests, keys, steps: Array.from({ length: steps }, step) };
}

/**
 * Plays the run on `heap`, one step at a time, as the original did: its `free` is given the request's size, not the
 * address kept for it, so that it frees what happens to lie at that address.
 */
export function* playAsPublished(run: OriginalRun, heap: Heap): Generator<PlayedStep, void, undefined> {
  for (const { kind, request } of run.steps) {
    const result = kind === "malloc" ? heap.malloc(request) : heap.free(request);
    yield { kind, request, argument: request, result };
  }
}

/**
 * Plays the run on `heap`, one step at a time, as the original meant it: `free` is given the address that was kept for
 * the key, which is then forgotten; null when there is none. A denied `malloc` leaves the address as it was. A key that
 * allocates again keeps the new address alone, so that its former block stays allocated: that leak is the original's own.
 */
export function* playAsIntended(run: OriginalRun, heap: Heap): Generator<PlayedStep, void, undefined> {
  const addresses = new Map<number, number>();
  for (const { kind, request } of run.steps) {
    if (kind === "malloc") {
      const address = heap.malloc(request);
      if (address !== null) addresses.set(request, address);
      yield { kind, request, argument: request, result: address };
    } else {
      const address = addresses.get(request) ?? null;
      addresses.delete(request);
      yield { kind, request, argument: address, result: heap.free(address) };
    }
  }
}
