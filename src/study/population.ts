import type { Random } from "../random/random";
import type { ExponentialBranch } from "../workload/sizes";
import { EventQueue } from "./event-queue";

/** What an experiment needs of a heap; every heap of this library has it, and so have the models. */
export interface StudiedHeap {
  malloc(request: number): number | null;
  free(address: number): unknown;
}

/** A steady state: blocks that come one a step, and stay for as many steps as each draws. */
export interface SteadyState {
  /** Draws a request in bytes. */
  readonly size: () => number;
  /** Draws how many steps a block stays; its mean is the mean number of live blocks. */
  readonly lifetime: () => number;
  /** Steps, half of which are for the heap to settle. */
  readonly steps: number;
}

/** Runs a steady state; `observe` is called after every step of its second half, when a block has just been allocated. */
export function runSteadyState(
  heap: StudiedHeap,
  { size, lifetime, steps }: SteadyState,
  observe: () => void,
): void {
  const deaths = new EventQueue<number>();
  for (let step = 0; step < steps; step++) {
    while (deaths.next <= step) heap.free(deaths.take());
    const address = heap.malloc(size());
    if (address !== null) deaths.add(step + lifetime(), address);
    if (step >= steps / 2) observe();
  }
}

/** Draws from an exponential distribution of mean `mean`. */
export function exponential(random: Random, mean: number): () => number {
  return () => -mean * Math.log(1 - random.random());
}

/** Draws from a hyperexponential distribution: see `balancedBranches`. */
export function hyperexponential(random: Random, mean: number, variation: number): () => number {
  const [short, long] = balancedBranches(mean, variation);
  const [drawShort, drawLong] = [exponential(random, short.mean), exponential(random, long.mean)];
  return () => (random.random() < short.weight ? drawShort() : drawLong());
}

/**
 * The two exponential distributions whose mixture has this mean and this squared coefficient of variation, at least 1, and which
 * contribute the same to the mean.
 */
export function balancedBranches(
  mean: number,
  variation: number,
): [short: ExponentialBranch, long: ExponentialBranch] {
  const often = (1 + Math.sqrt((variation - 1) / (variation + 1))) / 2;
  return [
    { weight: often, mean: mean / (2 * often) },
    { weight: 1 - often, mean: mean / (2 * (1 - often)) },
  ];
}
