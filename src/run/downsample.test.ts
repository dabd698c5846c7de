import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { downsample } from "./downsample";

describe("downsample", () => {
  test("returns a short curve whole", () => {
    const { steps, values } = downsample([3, 1, 2], 4);
    expect([[...steps], [...values]]).toEqual([
      [0, 1, 2],
      [3, 1, 2],
    ]);
  });

  test("keeps a single peak among a million steps", () => {
    const curve = new Float64Array(1_000_001);
    curve[765_432] = 1;
    const { steps, values } = downsample(curve, 100);
    expect(steps.length).toBeLessThanOrEqual(100);
    expect(steps[values.indexOf(1)]).toBe(765_432);
  });

  test("keeps ends, extremes, order and the values themselves, within the points asked for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 4, max: 60 }),
        (curve, n) => {
          const { steps, values } = downsample(curve, n);
          expect(steps.length).toBeLessThanOrEqual(n);
          expect([steps[0], steps.at(-1)]).toEqual([0, curve.length - 1]);
          for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1]!);
          expect([...values]).toEqual(Array.from(steps, (step) => curve[step]));
          expect(Math.max(...values)).toBe(Math.max(...curve));
          expect(Math.min(...values)).toBe(Math.min(...curve));
        },
      ),
    );
  });

  test("keeps of each stretch the first of the lowest and the first of the highest, in their order", () => {
    expect([...downsample([0, 3, 1, 3, 2, 7, 7, 5, 5, 4], 6).steps]).toEqual([0, 1, 2, 5, 7, 9]);
    expect([...downsample([0, 1, 3, 1, 3, 5, 5, 7, 7, 4], 7).steps]).toEqual([0, 1, 2, 5, 7, 9]);
    expect([...downsample(new Array(10).fill(1), 6).steps]).toEqual([0, 1, 5, 9]);
    expect([...downsample([4, 1, 2, 3, 4], 4).steps]).toEqual([0, 1, 3, 4]);
    expect([...downsample([4, 1, 1, 4], 4).steps]).toEqual([0, 1, 2, 3]);
  });

  test("refuses fewer than four points", () => {
    expect(() => downsample([1, 2, 3], 3)).toThrow("at least 4 points, not 3");
  });
});
