import { randomNormal } from "d3-random";
import { checkBytes, type Sizes } from "./sizes";

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
