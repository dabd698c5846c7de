import { uniform53, wordsByKey } from "./mt19937";
import type { Random } from "./random";
import { randomFrom, uniformBelow } from "./random-from";

/**
 * The stream of CPython's `random.random()` after `random.seed(seed, version=1)`, which for an integer is the same as
 * version 2 and as Python 2.7.
 *
 * Only `random()` is CPython's. The other methods are made of `random()` as those of `seededRandom` are.
 * @param seed an integer; only its absolute value counts, as in CPython. Give a bigint beyond ±(2^53 − 1).
 */
export function pythonRandom(seed: number | bigint): Random {
  if (typeof seed !== "number" && typeof seed !== "bigint") {
    throw new TypeError(
      `A Python seed is a number or bigint, not a value of type ${typeof seed}: convert it.`,
    );
  }
  if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
    throw new RangeError(
      `A Python seed is an integer, as a bigint beyond ±(2^53 − 1), not ${seed}: round it.`,
    );
  }
  const words = wordsByKey(wordsOf(BigInt(seed)));
  const uniform = () => uniform53(words);
  return randomFrom(`Python's stream of seed ${seed}`, {
    uniform,
    below: (limit) => uniformBelow(uniform, limit),
  });
}

/** The absolute value in words of 32 bits, the lowest first; one word for 0. */
function wordsOf(value: bigint): number[] {
  const words: number[] = [];
  let rest = value < 0n ? -value : value;
  do {
    words.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}
