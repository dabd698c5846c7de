import { randomExponential, randomNormal } from "d3-random";
import { checkNumber } from "../base/wrong-argument";
import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";

/** A distribution of request sizes. */
export interface Sizes {
  /** What it is, for a trace's source: "uniform from 1 to 1000". */
  readonly name: string;
  /** A function that draws one size after the other from `random`: integers of at least 1, in bytes. */
  sampler(random: Random): () => number;
}

/** Each size from `low` to `high`, both included, is equally likely; mean (low + high) / 2. `1 <= low <= high`. */
export function uniformSizes(low: number, high: number): Sizes {
  checkNumber("low", low, 1, "the smallest size is a byte");
  checkNumber("high", high, low, "give a largest size that is not below the smallest");
  return { name: `uniform from ${low} to ${high}`, sampler: (random) => () => random.randint(low, high + 1) };
}

/**
 * Normally distributed sizes, rounded; those below 1 are drawn again, which raises the mean where `deviation` is not
 * small against `mean` (by 0.15 % when it is a third of it).
 * @param mean at least 1 byte
 * @param deviation the standard deviation in bytes, at least 0
 */
export function normalSizes(mean: number, deviation: number): Sizes {
  checkBytes("mean", mean, 1);
  checkBytes("deviation", deviation, 0);
  return {
    name: `normal with mean ${mean} and deviation ${deviation}`,
    sampler({ random }) {
      const draw = randomNormal.source(random)(mean, deviation);
      return () => {
        for (;;) {
          const size = Math.round(draw());
          if (size >= 1) return size;
        }
      };
    },
  };
}

/**
 * Exponentially distributed sizes, rounded: many small, few large, as Shore (On the external storage fragmentation
 * produced by first-fit and best-fit allocation strategies. CACM 18, 1975) drew them.
 * @param mean of the distribution before sizes below 1 are raised to 1; at least 1 byte.
 */
export function exponentialSizes(mean: number): Sizes {
  checkBytes("mean", mean, 1);
  return roundedSizes(`exponential with mean ${mean}`, ({ random }) =>
    randomExponential.source(random)(1 / mean),
  );
}

/** One of the exponential distributions that a hyperexponential one mixes. */
export interface ExponentialBranch {
  /** How often this branch is drawn, relative to the others; above 0. */
  readonly weight: number;
  /** Its mean, at least 1 byte. */
  readonly mean: number;
}

/**
 * Hyperexponentially distributed sizes, rounded: each is drawn from one of several exponential distributions, so that
 * sizes vary more than exponential ones (a coefficient of variation above 1), as Shore drew them (CACM 18, 1975).
 * The mean is the branches' weighted mean.
 */
export function hyperexponentialSizes(branches: readonly ExponentialBranch[]): Sizes {
  if (!Array.isArray(branches)) throw new TypeError("branches is an array of { weight, mean }: list them.");
  if (branches.length === 0) throw new RangeError("branches has at least one { weight, mean }: add one.");
  for (const { weight, mean } of branches) {
    checkBytes("mean", mean, 1);
    if (!(Number.isFinite(weight) && weight > 0)) {
      throw new RangeError(
        `weight is a finite number above 0, not ${weight}: leave out what is never drawn.`,
      );
    }
  }
  const total = branches.reduce((sum, branch) => sum + branch.weight, 0);
  const means = branches.map((branch) => branch.mean).join(", ");
  return roundedSizes(`hyperexponential with means ${means}`, ({ random }) => {
    const draws = branches.map((branch) => randomExponential.source(random)(1 / branch.mean));
    return () => draws[branchAt(branches, random() * total)]!();
  });
}

/** Index of the branch in which `point` lies when the weights are laid end to end. */
function branchAt(branches: readonly ExponentialBranch[], point: number): number {
  let end = 0;
  for (let i = 0; i < branches.length - 1; i++) {
    end += branches[i]!.weight;
    if (point < end) return i;
  }
  return branches.length - 1;
}

/**
 * The sizes that a program's mallocs asked for, as often as it asked for them, in random order: its histogram without its
 * phases. Mallocs of 0 bytes are left out. The trace must have a malloc of 1 byte or more.
 */
export function sizesFrom(trace: Trace): Sizes {
  const sizes: number[] = [];
  for (let i = 0; i < trace.length; i++) {
    if (trace.kindAt(i) === "malloc" && trace.sizeAt(i) > 0) sizes.push(trace.sizeAt(i));
  }
  if (sizes.length === 0) {
    throw new RangeError(
      `The trace ${trace.name || "given"} has no malloc of 1 byte or more: take another trace.`,
    );
  }
  return { name: `those of ${trace.name || "a trace"}`, sampler: (random) => () => random.choice(sizes) };
}

/** Sizes whose sampler rounds the numbers of `draw` to whole bytes, at least 1. */
function roundedSizes(name: string, draw: (random: Random) => () => number): Sizes {
  return {
    name,
    sampler(random) {
      const next = draw(random);
      return () => Math.max(1, Math.round(next()));
    },
  };
}

/** Checks the mean or deviation of a distribution: a finite number of at least `least` bytes. */
function checkBytes(name: string, value: number, least: number): void {
  if (typeof value !== "number") checkNumber(name, value, least, "give a number of bytes");
  if (Number.isFinite(value) && value >= least) return;
  throw new RangeError(`${name} is a finite number of bytes from ${least}, not ${value}: choose one.`);
}
