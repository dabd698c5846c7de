import { describe, expect, it } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { Trace } from "../trace/trace";
import {
  exponentialSizes,
  hyperexponentialSizes,
  normalSizes,
  type Sizes,
  sizesFrom,
  uniformSizes,
} from "./sizes";

const SEED = "sizes";
const COUNT = 50_000;

function draw(sizes: Sizes, count = COUNT): number[] {
  const next = sizes.sampler(seededRandom(SEED));
  return Array.from({ length: count }, next);
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** The branches of a mixture whose mean is 0.75 · 100 + 0.25 · 900 = 300 and whose deviation is 552.3. */
const BRANCHES = [
  { weight: 3, mean: 100 },
  { weight: 1, mean: 900 },
];

const DISTRIBUTIONS: [Sizes, number, number][] = [
  [uniformSizes(1, 1000), 500.5, 288.7],
  [exponentialSizes(300), 300, 300],
  [hyperexponentialSizes(BRANCHES), 300, 552.3],
  [normalSizes(500, 100), 500, 100],
];

describe.each(DISTRIBUTIONS)(`$name, seed ${SEED}`, (sizes, mean, deviation) => {
  it("has its mean and deviation", () => {
    const measured = moments(draw(sizes));
    expect(Math.abs(measured.mean - mean)).toBeLessThan((4 * deviation) / Math.sqrt(COUNT) + 0.01);
    expect(measured.deviation / deviation).toBeCloseTo(1, 1);
  });

  it("draws whole bytes, at least 1, the same for the same seed", () => {
    const sample = draw(sizes);
    expect(sample.every((size) => Number.isSafeInteger(size) && size >= 1)).toBe(true);
    expect(draw(sizes)).toEqual(sample);
  });
});

describe("the shape of", () => {
  it("uniform sizes includes both ends and nothing beyond", () => {
    expect(new Set(draw(uniformSizes(3, 7), 500))).toEqual(new Set([3, 4, 5, 6, 7]));
    expect(new Set(draw(uniformSizes(9, 9), 20))).toEqual(new Set([9]));
  });

  it("exponential sizes halves every mean · ln 2", () => {
    const sample = draw(exponentialSizes(1000));
    const above = (bound: number) => sample.filter((size) => size > bound).length / COUNT;
    expect(above(693)).toBeCloseTo(0.5, 1.5);
    expect(above(2 * 693)).toBeCloseTo(0.25, 1.5);
  });

  it("normal sizes has two thirds within a deviation, and never less than a byte", () => {
    const within = draw(normalSizes(500, 100)).filter((size) => Math.abs(size - 500) <= 100).length;
    expect(within / COUNT).toBeCloseTo(0.683, 1.5);
    expect(Math.min(...draw(normalSizes(2, 50)))).toBe(1);
    expect(new Set(draw(normalSizes(64, 0), 20))).toEqual(new Set([64]));
  });

  it("hyperexponential sizes with one branch is exponential", () => {
    const { mean, deviation } = moments(draw(hyperexponentialSizes([{ weight: 0.1, mean: 400 }])));
    expect(deviation / mean).toBeCloseTo(1, 1);
  });
});

describe("sizesFrom", () => {
  const trace = Trace.from(
    [8, 8, 8, 0, 640].map((size, id) => ({ kind: "malloc", id, size })),
    { name: "five" },
  );

  it("draws the trace's sizes as often as it has them, without those of 0", () => {
    const sample = draw(sizesFrom(trace), 8000);
    const large = sample.filter((size) => size === 640).length;
    expect(new Set(sample)).toEqual(new Set([8, 640]));
    expect(large / 8000).toBeCloseTo(1 / 4, 1.5);
    expect(sizesFrom(trace).name).toBe("those of five");
  });

  it("refuses a trace without sizes", () => {
    expect(() => sizesFrom(Trace.from([{ kind: "malloc", id: 0, size: 0 }]))).toThrow(RangeError);
  });
});

describe("bad parameters", () => {
  const bad: [string, () => unknown][] = [
    ["low must be an integer from 1", () => uniformSizes(0, 5)],
    ["high must be an integer from 6", () => uniformSizes(6, 5)],
    ["mean is a finite number of bytes from 1, not 0", () => exponentialSizes(0)],
    ["not NaN", () => exponentialSizes(Number.NaN)],
    ["deviation is a finite number of bytes from 0, not -1", () => normalSizes(5, -1)],
    ["mean is a finite number of bytes from 1, not -5", () => normalSizes(-5, 1)],
    ["at least one { weight, mean }", () => hyperexponentialSizes([])],
    ["weight is a finite number above 0, not 0", () => hyperexponentialSizes([{ weight: 0, mean: 5 }])],
  ];
  it.each(bad)("throws a RangeError: %s", (message, make) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });

  it("throws a TypeError for another kind", () => {
    expect(() => exponentialSizes("5" as unknown as number)).toThrow(TypeError);
    expect(() => hyperexponentialSizes({} as unknown as [])).toThrow(TypeError);
  });
});
