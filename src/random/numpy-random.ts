import { uniform53, type Words, wordsBySeed } from "./mt19937";
import type { Random } from "./random";
import { randomFrom } from "./random-from";

/**
 * The stream of NumPy's `np.random.seed(seed)` and `np.random.RandomState(seed)`, draw for draw: NumPy has frozen it,
 * so every version gives the same (NEP 19). `choice` and `randint` match `np.random.choice` of a list and
 * `np.random.randint` of the default type on a 64-bit machine that is not Windows before NumPy 2.
 *
 * Draws that go through a logarithm (`binomial`) could differ once in some 10^15, where the last bit of JavaScript's
 * logarithm is not C's.
 * @param seed an integer from 0 to 2^32 − 1, as NumPy demands; default 0.
 */
export function numpyRandom(seed = 0): Random {
  if (typeof seed !== "number") {
    throw new TypeError(`A NumPy seed is a number, not a value of type ${typeof seed}: convert it.`);
  }
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(`A NumPy seed is an integer from 0 to 2^32 − 1, not ${seed}: choose one of those.`);
  }
  const words = wordsBySeed(seed);
  return randomFrom(`NumPy's stream of seed ${seed}`, {
    uniform: () => uniform53(words),
    below: (limit) => maskedBelow(words, limit),
  });
}

/**
 * NumPy's masked rejection: draws as many bits as `limit − 1` has, until they are not above it. Nothing is drawn when
 * there is but one answer.
 */
function maskedBelow(words: Words, limit: number): number {
  const highest = limit - 1;
  if (highest === 0) return 0;
  if (highest < 2 ** 32) {
    const mask = maskOver(highest);
    for (;;) {
      const draw = (words() & mask) >>> 0;
      if (draw <= highest) return draw;
    }
  }
  const mask = maskOver(Math.floor(highest / 2 ** 32));
  for (;;) {
    const high = (words() & mask) >>> 0;
    const draw = high * 2 ** 32 + words();
    if (draw <= highest) return draw;
  }
}

/** The smallest 2^k − 1 that is at least `value`, which is from 1 to 2^32 − 1. */
function maskOver(value: number): number {
  return -1 >>> Math.clz32(value);
}
