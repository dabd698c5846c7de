import { describe, expect, test } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { normalSizes } from "../workload/sizes";
import { tInterval, tQuantile } from "./t-interval";

describe("tQuantile", () => {
  test.each([1, 2, 3, 7, 12, 30, 31, 60, 200])(
    "leaves 2.5 %% of Student's density above it: %i degrees",
    (freedom) => {
      expect(above(tQuantile(freedom), freedom)).toBeCloseTo(0.025, 4);
    },
  );
});

/** The integral of Student's density from `t` on, by Simpson's rule over x = t / u, and without its constant's formula: normalised. */
function above(t: number, freedom: number): number {
  const density = (x: number) => (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
  // From a to infinity as u from 0 to 1: x = a / u.
  const tail = (a: number) =>
    simpson((u) => (u === 0 ? (freedom === 1 ? 1 / a : 0) : (density(a / u) * a) / (u * u)));
  const body = (a: number) => simpson((u) => density(a * u) * a);
  return tail(t) / (2 * (body(1) + tail(1)));
}

function simpson(f: (u: number) => number, steps = 20_000): number {
  let sum = f(0) + f(1);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 0 ? 2 : 4) * f(i / steps);
  return sum / (3 * steps);
}

describe("tInterval", () => {
  test("of three samples, by hand", () => {
    // Mean 2, deviation 1: 2 ± 4.303 / √3.
    const { n, mean, low, high } = tInterval([1, 2, 3]);
    expect([n, mean]).toEqual([3, 2]);
    expect(low).toBeCloseTo(2 - 2.4843, 3);
    expect(high).toBeCloseTo(2 + 2.4843, 3);
  });

  test("of equal samples has no width, of one no bounds", () => {
    expect(tInterval([5, 5])).toEqual({ n: 2, mean: 5, low: 5, high: 5 });
    expect(tInterval([5]).high).toBe(Number.POSITIVE_INFINITY);
  });

  test("holds the true mean 95 times of 100", () => {
    const draw = normalSizes(10_000, 500).sampler(seededRandom("coverage"));
    let held = 0;
    for (let i = 0; i < 4000; i++) {
      const { low, high } = tInterval(Array.from({ length: 5 }, draw));
      if (low <= 10_000 && high >= 10_000) held++;
    }
    expect(held / 4000).toBeGreaterThan(0.94);
    expect(held / 4000).toBeLessThan(0.96);
  });

  test("refuses no samples, and what is no number", () => {
    expect(() => tInterval([])).toThrow("at least one sample, not none");
    expect(() => tInterval([1, Number.NaN])).toThrow("a finite number, not NaN");
  });
});
