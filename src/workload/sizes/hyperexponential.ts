import { randomExponential } from "d3-random";
import { checkBytes, roundedSizes, type Sizes } from "./sizes";

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
