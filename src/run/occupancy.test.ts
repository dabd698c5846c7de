import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "./history";
import { type Occupancy, occupancy, type PageWindow } from "./occupancy";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

function arrays(grid: Occupancy) {
  const { allocated, blocks, owner, born, size, side, cells, pagesPerCell, shown } = grid;
  return { allocated, blocks, owner, born, size, side, cells, pagesPerCell, shown };
}

describe.each(policies)("the grid of a run with $name", ({ make, reallocs }) => {
  const heap = make();
  const history = History.of(heap);
  randomRun(heap, 200, 3, { reallocs });

  test("has an allocated share above 0 exactly where the matrix has 0, at every step", () => {
    const cursor = history.cursor();
    const grid = occupancy(cursor);
    do {
      grid.update();
      const zeros = grid.rows(grid.allocated).map((row) => Array.from(row, (share) => (share > 0 ? 0 : 1)));
      expect(zeros).toEqual(cursor.heap.asMatrix());
      expect(Number.isNaN(grid.allocated.at(-1) ?? 0)).toBe(grid.cells < grid.side ** 2);
    } while (cursor.next());
  });

  test.each<[string, number, PageWindow | undefined]>([
    ["one page a cell", 16_384, undefined],
    ["some pages a cell", 40, undefined],
    ["a window", 20, { from: 5, to: 90 }],
  ])("followed step by step equals one made afresh, forwards and backwards: %s", (_, cells, window) => {
    const cursor = history.cursor();
    const grid = occupancy(cursor, cells, window);
    const seen = [structuredClone(arrays(grid))];
    while (cursor.next()) {
      expect(arrays(grid.update())).toEqual(arrays(occupancy(cursor, cells, window)));
      seen.push(structuredClone(arrays(grid)));
    }
    for (let k = history.length; k >= 0; k--) {
      expect(arrays(grid.update())).toEqual(seen[k]);
      cursor.previous();
    }
  });
});

describe("occupancy", () => {
  const heap = new FreeList(640, 10, { align: 5 });
  const history = History.of(heap);
  heap.malloc(15);
  heap.malloc(40);
  const cursor = history.cursor().seek(2);

  test("says whose each page is, since when, how large the block is", () => {
    const grid = occupancy(cursor);
    expect([grid.side, grid.cells, grid.pagesPerCell]).toEqual([8, 64, 1]);
    expect([...grid.allocated.slice(0, 7)]).toEqual([1, 1, 1, 1, 1, 0.5, 0]);
    expect([...grid.blocks.slice(0, 7)]).toEqual([1, 2, 1, 1, 1, 1, 0]);
    expect([...grid.owner.slice(0, 7)]).toEqual([1, 0, 2, 2, 2, 2, 0]);
    expect([...grid.born.slice(0, 7)]).toEqual([1, 1.5, 2, 2, 2, 2, Number.NaN]);
    expect([...grid.size.slice(0, 3)]).toEqual([15, 27.5, 40]);
  });

  test("lets a cell stand for a power of two of pages when there are more pages than cells", () => {
    const grid = occupancy(cursor, 20);
    expect([grid.side, grid.cells, grid.pagesPerCell]).toEqual([4, 16, 4]);
    expect([...grid.allocated.slice(0, 3)]).toEqual([1, 0.375, 0]);
    expect(grid.extentOf(1)).toEqual({ address: 40, size: 40 });
    expect(grid.extentOf(16)).toBeNull();
    expect(grid.cellOf(79)).toBe(1);
    expect(grid.cellOf(640)).toBeNull();
  });

  test("shows single pages of a window", () => {
    const grid = occupancy(cursor, 20, { from: 4, to: 9 });
    expect([grid.side, grid.cells, grid.pagesPerCell]).toEqual([3, 5, 1]);
    expect([...grid.allocated]).toEqual([1, 0.5, 0, 0, 0, ...Array(4).fill(Number.NaN)]);
    expect(grid.extentOf(0)).toEqual({ address: 40, size: 10 });
  });

  test("draws a heap of 2^32 bytes in at most 16,384 cells", () => {
    const large = new FreeList(2 ** 32, 4096);
    const run = History.of(large);
    large.malloc(2 ** 31);
    const grid = occupancy(run.cursor().seek(1));
    expect(grid.cells).toBe(16_384);
    expect(grid.pagesPerCell).toBe(64);
    expect(grid.allocated.reduce((sum, share) => sum + share, 0)).toBe(8192);
  });

  test("refuses no cells, and a window without pages", () => {
    expect(() => occupancy(cursor, 0)).toThrow(RangeError);
    expect(() => occupancy(cursor, 10, { from: 3, to: 3 })).toThrow("{ from: 3, to: 3 }");
  });
});
