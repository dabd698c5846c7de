import { expect, test } from "vitest";
import { gridOf, zoomed, zoomedAround } from "./grid";

test("gridOf gives a cell a page while there are few enough, in the smallest square", () => {
  expect(gridOf(0, 8192, 4, 16_384)).toMatchObject({ pagesPerCell: 1, cells: 2048, side: 46 });
  expect(gridOf(64, 16_384 * 16, 16, 16_384)).toMatchObject({ pagesPerCell: 1, cells: 16_384, side: 128 });
});

test("gridOf aggregates a heap of 2^32 bytes, and never has more cells than asked for", () => {
  const grid = gridOf(0, 2 ** 32, 16, 16_384);
  expect(grid).toMatchObject({ pagesPerCell: 16_384, cells: 16_384, side: 128 });
  for (const maxCells of [64, 100, 5000, 16_384]) {
    const { side } = gridOf(0, 12_345_678, 8, maxCells);
    expect(side * side).toBeLessThanOrEqual(maxCells);
  }
});

test("zoomed spans from a box's first cell to its last, down to single pages", () => {
  let grid = gridOf(4096, 2 ** 32, 4096, 16_384);
  const box = { left: 10, right: 20, top: 3, bottom: 5 };
  const finer = zoomed(grid, box, 16_384)!;
  const each = 64 * 4096;
  expect(finer.from).toBe(4096 + (3 * 128 + 10) * each);
  expect(finer.from + finer.bytes).toBe(4096 + (5 * 128 + 21) * each);
  expect(finer.pagesPerCell).toBeLessThan(grid.pagesPerCell);
  for (let i = 0; i < 4 && grid.pagesPerCell > 1; i++) grid = zoomed(grid, box, 16_384)!;
  expect(grid.pagesPerCell).toBe(1);
  expect(zoomed(grid, box, 16_384)).toBeNull();
});

test("zoomed stays within the heap for a box that reaches beyond the picture", () => {
  const grid = gridOf(0, 2 ** 20, 16, 1024);
  const finer = zoomed(grid, { left: -5, right: 90, top: 30, bottom: 99 }, 1024)!;
  expect(finer.from + finer.bytes).toBe(2 ** 20);
});

test("zoomedAround shows a sixteenth around an address, within what was shown", () => {
  const grid = gridOf(0, 2 ** 24, 16, 1024);
  const finer = zoomedAround(grid, 2 ** 23, 1024)!;
  expect(finer.bytes).toBe(2 ** 20);
  expect(finer.from).toBe(2 ** 23 - 2 ** 19);
  expect(zoomedAround(grid, 0, 1024)!.from).toBe(0);
  expect(zoomedAround(grid, 2 ** 24 - 1, 1024)!.from).toBe(2 ** 24 - 2 ** 20);
  expect(zoomedAround(gridOf(0, 1024, 16, 1024), 5, 1024)).toBeNull();
});

test("gridOf has one cell of no bytes, and rounds up to whole cells", () => {
  expect(gridOf(16, 0, 8)).toEqual({
    from: 16,
    bytes: 0,
    pageSize: 8,
    pagesPerCell: 1,
    cells: 1,
    side: 1,
    wholePages: false,
  });
  expect(gridOf(0, 81, 8, 9, true)).toEqual({
    from: 0,
    bytes: 81,
    pageSize: 8,
    pagesPerCell: 2,
    cells: 6,
    side: 3,
    wholePages: true,
  });
  expect(gridOf(0, 72, 8, 9)).toMatchObject({ pagesPerCell: 1, cells: 9, side: 3 });
});

test("zoomed takes a box that reaches beyond the picture for the part within, and the last cell as it is", () => {
  // 32 × 32 cells of 64 pages, and one page more.
  const grid = gridOf(256, 2 ** 20 - 1008, 16, 1024, true);
  const part = (left: number, right: number, top: number, bottom: number) => {
    const { from, bytes, wholePages } = zoomed(grid, { left, right, top, bottom }, 1024)!;
    expect(wholePages).toBe(true);
    return [(from - 256) / 1024, bytes / 1024];
  };
  expect(part(3, 5, 1, 1)).toEqual([35, 3]);
  expect(part(-5, 2, -3, 0)).toEqual([0, 3]);
  expect(part(30, 90, 0, 1)).toEqual([30, 34]);
  expect(part(4, 4, 31, 99)).toEqual([996, (2 ** 20 - 1008) / 1024 - 996]);
  expect(part(4, 4, 99, 120)).toEqual([1023, 16 / 1024]);
  expect(zoomed(grid, { left: 0, right: 31, top: 0, bottom: 31 }, 1024)).toBeNull();
});

test("zoomedAround takes whole pages around an address", () => {
  const grid = gridOf(160, 1000 * 16, 16, 100, true);
  // 62.5 pages are a sixteenth.
  expect(zoomedAround(grid, 160 + 500 * 16, 100)).toMatchObject({
    from: 160 + 468 * 16,
    bytes: 63 * 16,
    pageSize: 16,
    wholePages: true,
  });
  expect(zoomedAround(grid, 160 + 990 * 16, 100)!.from).toBe(160 + 937 * 16);
});
