import seedrandom from "seedrandom";
import type { Random } from "./random";
import { randomFrom, uniformBelow } from "./random-from";

/**
 * The package `seedrandom` (ARC4) as a source of random numbers: `random()` is its generator for this seed.
 * @param seed any text, or a finite number, which counts as its decimal text: `seededRandom(7)` is `seededRandom("7")`. A
 *   text and its repetitions are one seed, as ARC4 repeats its key: `"1"` and `"11"` draw the same numbers.
 */
export function seededRandom(seed: string | number): Random {
  if (typeof seed !== "string" && typeof seed !== "number") {
    throw new TypeError(`A seed is a text or a number, not a value of type ${typeof seed}: name one.`);
  }
  if (typeof seed === "number" && !Number.isFinite(seed)) {
    throw new RangeError(`A seed that is a number is finite, not ${seed}: choose another, or a text.`);
  }
  const uniform = seedrandom(String(seed));
  return randomFrom(`seed ${JSON.stringify(String(seed))}`, {
    uniform: () => uniform(),
    below: (limit) => uniformBelow(uniform, limit),
  });
}
