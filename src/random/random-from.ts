import { drawBinomial } from "./binomial";
import type { Random } from "./random";

/** @internal The two draws that all others are made of. */
export interface Draws {
  /** A number uniformly distributed over [0, 1). */
  uniform(): number;
  /** An integer uniformly distributed over 0 to `limit − 1`; `limit` is from 1 to 2^53 − 1. */
  below(limit: number): number;
}

/** @internal The source of random numbers of this name that checks arguments and draws with `draws`. */
export function randomFrom(name: string, { uniform, below }: Draws): Random {
  function randint(low: number, high: number): number;
  function randint(low: number, high: number, size: number): number[];
  function randint(low: number, high: number, size?: number): number | number[] {
    const limit = checkRange(low, high);
    return repeat(size, () => low + below(limit));
  }

  function triangular(left: number, mode: number, right: number): number;
  function triangular(left: number, mode: number, right: number, size: number): number[];
  function triangular(left: number, mode: number, right: number, size?: number): number | number[] {
    checkTriangle(left, mode, right);
    return repeat(size, () => drawTriangular(uniform, left, mode, right));
  }

  return {
    name,
    random: uniform,
    randint,
    binomial(n, p) {
      checkTrials(n, p);
      return drawBinomial(uniform, n, p);
    },
    choice<T>(items: readonly T[]): T {
      if (!Array.isArray(items))
        throw new TypeError(`choice takes an array, not ${kindOf(items)}: list the items.`);
      if (items.length === 0)
        throw new RangeError("choice takes at least one item, not an empty array: add one.");
      return items[below(items.length)] as T;
    },
    triangular,
  };
}

/** Inverts the distribution function of the triangle, in the order of operations of NumPy's `random_triangular`. */
function drawTriangular(uniform: () => number, left: number, mode: number, right: number): number {
  const base = right - left;
  const leftBase = mode - left;
  const u = uniform();
  if (u <= leftBase / base) return left + Math.sqrt(u * (leftBase * base));
  return right - Math.sqrt((1 - u) * ((right - mode) * base));
}

/** One draw when `size` is left out, else an array of `size` draws. */
function repeat(size: number | undefined, draw: () => number): number | number[] {
  if (size === undefined) return draw();
  checkNumber("size", size);
  if (!Number.isSafeInteger(size) || size < 0 || size >= 2 ** 32) {
    throw new RangeError(
      `size is an integer from 0 to 2^32 − 1, not ${size}: leave it out for a single number.`,
    );
  }
  return Array.from({ length: size }, draw);
}

/** The number of integers from `low` up to, not including, `high`. */
function checkRange(low: number, high: number): number {
  for (const [name, value] of [["low", low] as const, ["high", high] as const]) {
    checkNumber(name, value);
    if (!Number.isSafeInteger(value)) {
      throw new RangeError(`${name} is an integer within ±(2^53 − 1), not ${value}: round it.`);
    }
  }
  if (low >= high) {
    throw new RangeError(
      `low is below high, not ${low} >= ${high}: high itself is never drawn, so add 1 to include it.`,
    );
  }
  if (!Number.isSafeInteger(high - low)) {
    throw new RangeError(`high − low is at most 2^53 − 1, not ${high} − ${low}: draw from a narrower range.`);
  }
  return high - low;
}

function checkTrials(n: number, p: number): void {
  checkNumber("n", n);
  checkNumber("p", p);
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new RangeError(`n is an integer from 0 to 2^53 − 1, not ${n}: it counts trials.`);
  }
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p is from 0 to 1, not ${p}: it is a probability.`);
}

function checkTriangle(left: number, mode: number, right: number): void {
  for (const [name, value] of [["left", left] as const, ["mode", mode] as const, ["right", right] as const]) {
    checkNumber(name, value);
    if (!Number.isFinite(value))
      throw new RangeError(`${name} is finite, not ${value}: give the triangle corners.`);
  }
  if (!(left <= mode && mode <= right && left < right)) {
    const corners = `${left}, ${mode}, ${right}`;
    throw new RangeError(
      `left <= mode <= right and left < right must hold, not ${corners}: give them in that order.`,
    );
  }
}

function checkNumber(name: string, value: unknown): void {
  if (typeof value !== "number")
    throw new TypeError(`${name} is a number, not ${kindOf(value)}: convert it.`);
}

/** The kind of a value, for a message: "undefined", "null", "a string". */
function kindOf(value: unknown): string {
  return value === undefined || value === null ? String(value) : `a value of type ${typeof value}`;
}

/**
 * @internal An integer uniformly distributed over 0 to `limit − 1`, from numbers of 53 random bits over [0, 1): the
 * draws that would make the lower integers more likely are rejected. `limit` is from 1 to 2^53 − 1.
 */
export function uniformBelow(uniform: () => number, limit: number): number {
  const fair = 2 ** 53 - (2 ** 53 % limit);
  for (;;) {
    const draw = Math.floor(uniform() * 2 ** 53);
    if (draw < fair) return draw % limit;
  }
}
