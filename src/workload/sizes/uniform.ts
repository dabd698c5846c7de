import { checkNumber } from "../../base/wrong-argument";
import type { Sizes } from "./sizes";

/** Each size from `low` to `high`, both included, is equally likely; mean (low + high) / 2. `1 <= low <= high`. */
export function uniformSizes(low: number, high: number): Sizes {
  checkNumber("low", low, 1, "the smallest size is a byte");
  checkNumber("high", high, low, "give a largest size that is not below the smallest");
  return { name: `uniform from ${low} to ${high}`, sampler: (random) => () => random.randint(low, high + 1) };
}
