import { expect, test } from "vitest";
import type { ComparedCell } from "./compare-cell";
import { bestOf, FIGURES } from "./figures";

const cell = (extent: number, bytes: number, exact = true): ComparedCell => ({
  operations: 12_345,
  peakLive: 1_234_567,
  peakRounded: 1000,
  peakBlocks: 1000,
  extent,
  searches: 10,
  examined: 12_345,
  meanHoles: 1,
  mostHoles: 2,
  failures: 0,
  arena: { bytes, failsBelow: exact ? bytes : 1000, exact, runs: 3 },
});

test("figures are written with grouped digits and a fixed number of decimals", () => {
  const one = cell(1500, 2_000_000, false);
  const texts = Object.values(FIGURES).map(({ text }) => text(one));
  expect(texts).toEqual(["1,234,567", "1.500", "1,234.5", "1.0", "0", "1,000..2,000,000", "<=2,000.000"]);
  expect(FIGURES.failures.text({ ...one, failures: -0 })).toBe("0");
});

test("bestOf() is the lowest value of those that differ", () => {
  const cells = [cell(1500, 3000), null, cell(1200, 4000), cell(1200, 3000)];
  expect(bestOf(FIGURES.extent, cells)).toBe(1.2);
  expect(bestOf(FIGURES.arena, cells)).toBe(3000);
  expect(bestOf(FIGURES.holes, cells)).toBeNull();
  expect(bestOf(FIGURES.peakLive, cells)).toBeNull();
  expect(bestOf(FIGURES.extent, [])).toBeNull();
});

test("bestOf() is null where a value is only a bound", () => {
  expect(bestOf(FIGURES.arena, [cell(1500, 3000, false), cell(1500, 4000)])).toBeNull();
});
