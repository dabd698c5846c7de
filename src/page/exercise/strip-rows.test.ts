import { expect, it } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { stripRows } from "./strip-rows";

const sizes = (...all: number[]) => all.map((size) => ({ size }));

it("draws a heap to scale where there is room", () => {
  expect(stripRows(sizes(10, 30, 60), 200, () => 20)).toEqual([
    [
      { part: { size: 10 }, left: 0, width: 20 },
      { part: { size: 30 }, left: 20, width: 60 },
      { part: { size: 60 }, left: 80, width: 120 },
    ],
  ]);
});

it("makes no part narrower than what is written in it, and takes more rows before that", () => {
  const random = numbers(3);
  for (let round = 0; round < 300; round++) {
    const parts = Array.from({ length: 1 + random(16) }, (_, id) => ({ id, size: 1 + random(400) }));
    const width = 100 + random(900);
    const least = 20 + random(60);
    const rows = stripRows(parts, width, () => least);
    expect(rows.flat().map(({ part }) => part)).toEqual(parts);
    expect(rows.length).toBe(Math.ceil(parts.length / Math.floor(width / least)));
    const scale = (placed: (typeof rows)[number][number]) => placed.width / placed.part.size;
    const wide = rows.flat().filter((placed) => placed.width > least + 1);
    for (const placed of rows.flat()) {
      expect(placed.width).toBeGreaterThanOrEqual(least - 1);
      expect(placed.left + placed.width).toBeLessThanOrEqual(width);
    }
    // The same scale in all rows, but for the rounding to pixels.
    for (const a of wide)
      for (const b of wide)
        expect(Math.abs(a.width - scale(b) * a.part.size)).toBeLessThan(2 + (2 * a.part.size) / b.part.size);
  }
});

it("draws nothing of nothing", () => expect(stripRows([], 100, () => 20)).toEqual([]));
