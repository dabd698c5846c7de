import { randomExponential } from "d3-random";
import { checkBytes, roundedSizes, type Sizes } from "./sizes";

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
