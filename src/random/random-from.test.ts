import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numpyRandom } from "./numpy-random";
import { pythonRandom } from "./python-random";
import type { Random } from "./random";
import { uniformBelow } from "./random-from";
import { seededRandom } from "./seeded-random";

const SEED = 20;
const SOURCES: [string, () => Random][] = [
  ["numpyRandom", () => numpyRandom(SEED)],
  ["pythonRandom", () => pythonRandom(SEED)],
  ["seededRandom", () => seededRandom(SEED)],
];

/** Pearson's statistic of counts that should be equal, over its mean: about 1, and hardly ever above 2 for 50 counts. */
function unevenness(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return chiSquare / (counts.length - 1);
}

describe.each(SOURCES)(`%s(${SEED})`, (_, source) => {
  it("is named after its seed", () => {
    expect(source().name).toContain(`seed`);
    expect(source().name).toContain(String(SEED));
  });

  it("random() fills [0, 1) evenly", () => {
    const random = source();
    const counts = new Array<number>(64).fill(0);
    for (let i = 0; i < 64_000; i++) counts[Math.floor(random.random() * 64)]!++;
    expect(unevenness(counts)).toBeLessThan(2);
  });

  it("randint gives each integer from low to high - 1 equally often, and no other", () => {
    const random = source();
    const counts = new Map<number, number>();
    for (const value of random.randint(-20, 33, 53_000)) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 53 }, (_, i) => i - 20));
    expect(unevenness([...counts.values()])).toBeLessThan(2);
  });

  it("randint has no modulo bias on the widest ranges", () => {
    const high = 3 * 2 ** 51;
    const draws = source().randint(0, high, 20_000);
    const low = draws.filter((value) => value < high / 3).length;
    expect(low / 20_000).toBeCloseTo(1 / 3, 1.5);
    expect(new Set(draws.map((value) => value % 2)).size).toBe(2);
  });

  it("choice gives each item equally often", () => {
    const random = source();
    const counts = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 30_000; i++) counts[random.choice(["a", "b", "c"] as const)]++;
    for (const count of Object.values(counts)) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it.each([
    [1, 0.3],
    [40, 0.9],
    [1000, 0.4],
  ])("binomial(%d, %d) has mean n·p and variance n·p·(1 − p)", (n, p) => {
    const random = source();
    const draws = Array.from({ length: 20_000 }, () => random.binomial(n, p));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean - n * p)).toBeLessThan(4 * Math.sqrt((n * p * (1 - p)) / draws.length));
    expect(variance / (n * p * (1 - p))).toBeCloseTo(1, 1);
  });

  it("triangular stays between its corners, around their mean", () => {
    const draws = source().triangular(-3, 1, 8, 20_000);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...draws)).toBeLessThanOrEqual(8);
    expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(2, 1);
  });

  it("draws with a size as often as without", () => {
    const one = source();
    expect(source().randint(5, 900, 10)).toEqual(Array.from({ length: 10 }, () => one.randint(5, 900)));
    expect(source().randint(5, 900, 0)).toEqual([]);
    const other = source();
    expect(source().triangular(0, 1, 2, 3)).toEqual([0, 1, 2].map(() => other.triangular(0, 1, 2)));
  });

  const outOfRange: [string, (random: Random) => unknown][] = [
    ["low is below high, not 4 >= 4", (random) => random.randint(4, 4)],
    ["low is below high, not 5 >= 4", (random) => random.randint(5, 4)],
    ["low is an integer within ±(2^53 − 1), not 0.5", (random) => random.randint(0.5, 4)],
    ["high is an integer within ±(2^53 − 1), not NaN", (random) => random.randint(0, Number.NaN)],
    ["high − low is at most 2^53 − 1", (random) => random.randint(-(2 ** 52), 2 ** 53 - 1)],
    ["size is an integer from 0 to 2^32 − 1, not -1", (random) => random.randint(0, 4, -1)],
    ["size is an integer from 0 to 2^32 − 1, not 1.5", (random) => random.triangular(0, 1, 2, 1.5)],
    ["n is an integer from 0 to 2^53 − 1, not -1", (random) => random.binomial(-1, 0.5)],
    ["p is from 0 to 1, not 1.1", (random) => random.binomial(1, 1.1)],
    ["p is from 0 to 1, not -0.1", (random) => random.binomial(1, -0.1)],
    ["p is from 0 to 1, not NaN", (random) => random.binomial(1, Number.NaN)],
    ["choice takes at least one item", (random) => random.choice([])],
    ["must hold, not 1, 0, 2", (random) => random.triangular(1, 0, 2)],
    ["must hold, not 1, 1, 1", (random) => random.triangular(1, 1, 1)],
    ["right is finite, not Infinity", (random) => random.triangular(0, 1, Number.POSITIVE_INFINITY)],
  ];
  it.each(outOfRange)("throws a RangeError, drawing nothing: %s", (message, call) => {
    const random = source();
    expect(() => call(random)).toThrow(RangeError);
    expect(() => call(random)).toThrow(message);
    expect(random.random()).toBe(source().random());
  });

  it("throws a TypeError for an argument of another kind", () => {
    const random = source();
    expect(() => random.randint("1" as unknown as number, 4)).toThrow(
      "low is a number, not a value of type string",
    );
    expect(() => random.randint(1, undefined as unknown as number)).toThrow(TypeError);
    expect(() => random.binomial(1, null as unknown as number)).toThrow("p is a number, not null");
    expect(() => random.choice("abc" as unknown as string[])).toThrow(TypeError);
    expect(() => random.triangular(0, 1n as unknown as number, 2)).toThrow(TypeError);
  });

  it("binomial stays within 0 and n for any n and p", () => {
    const random = source();
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.double({ min: 0, max: 1, noNaN: true }), (n, p) => {
        const draw = random.binomial(n, p);
        expect(Number.isInteger(draw) && draw >= 0 && draw <= n).toBe(true);
      }),
    );
  });
});

it("uniformBelow rejects the draws that would favour the lower integers", () => {
  const limit = 3 * 2 ** 51; // 2^53 is limit + 2^51: the topmost quarter of the draws is one too many
  const draws = [0.999, 0.75, 0.7499];
  expect(uniformBelow(() => draws.shift()!, limit)).toBe(Math.floor(0.7499 * 2 ** 53));
  expect(draws).toEqual([]);
});

it("uniformBelow uses the whole range of its draws", () => {
  expect(uniformBelow(() => 1 - 2 ** -53, 2 ** 52)).toBe(2 ** 52 - 1);
  expect(uniformBelow(() => 0, 5)).toBe(0);
  expect(uniformBelow(() => 0.3, 1)).toBe(0);
});
