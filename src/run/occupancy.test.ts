import { describe, expect, test } from "vitest";
import { numbers } from "../base/testing/numbers";
import { once } from "../base/testing/once";
import { turns } from "../base/testing/turns";
import { traitsOf } from "../heap/create-heap";
import { FreeList } from "../heap/free-list";
import type { Cursor } from "./cursor";
import { gridOf, MOST_CELLS } from "./grid";
import { History } from "./history";
import { Lives } from "./lives";
import { type Occupancy, occupancy, RunOccupancy } from "./occupancy";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

/** The grid of the whole heap at its largest. */
function gridOfRun(history: History, maxCells?: number) {
  const { base, capacity, pageSize } = history.cursor().seek(history.length).heap;
  return gridOf(base, capacity, pageSize, maxCells, traitsOf(history.description).wholePages);
}

/** What lies in each cell, from the blocks at the cursor's step, one by one. */
function counted(cursor: Cursor, cells: Occupancy["grid"]) {
  const each = cells.pageSize * cells.pagesPerCell;
  const owners = Array.from({ length: cells.cells }, (): [id: number, bytes: number][] => []);
  const page = (address: number) =>
    cells.wholePages
      ? Math.floor((address - cells.from) / cells.pageSize) * cells.pageSize
      : address - cells.from;
  for (const block of cursor.blocks()) {
    if (!("id" in block)) continue;
    const [start, stop] = [page(block.address), page(block.address + block.size)];
    owners.forEach((of, cell) => {
      const bytes = Math.min(stop, (cell + 1) * each) - Math.max(start, cell * each);
      if (bytes > 0) of.push([block.id, bytes]);
    });
  }
  return owners;
}

describe.each(policies)("the pictures of a run with $name", ({ make, reallocs }) => {
  const recorded = once(() => {
    const heap = make();
    randomRun(heap, 30, 2, { reallocs });
    const history = History.of(heap);
    randomRun(heap, turns(70), 3, { reallocs });
    history.stop();
    return { history, lives: new Lives(history).read(history.length) };
  });

  test("have an allocated share above 0 exactly where the matrix has 0, at every step", () => {
    const { history } = recorded();
    const cursor = history.cursor();
    do {
      const matrix = cursor.heap.asMatrix().flat();
      const now = occupancy(cursor.heap);
      const pages = Math.ceil(cursor.heap.capacity / cursor.heap.pageSize);
      for (let page = 0; page < pages; page++) expect(now.share(page) > 0 ? 0 : 1).toBe(matrix[page]);
    } while (cursor.next());
  });

  test.each([
    ["one page a cell", MOST_CELLS],
    ["some pages a cell", 40],
  ])("are the blocks counted one by one, forwards, backwards and at random: %s", (_, maxCells) => {
    const { history, lives } = recorded();
    const grid = gridOfRun(history, maxCells);
    const cells = new RunOccupancy(grid, lives);
    const cursor = history.cursor();
    const random = numbers(5);
    const steps = Array.from({ length: history.length + 1 }, (_, step) => step);
    for (const step of [...steps, ...[...steps].reverse(), ...steps.map(() => random(steps.length))]) {
      const owners = counted(cursor.seek(step), grid);
      cells.seek(step);
      expect(cells.step).toBe(step);
      expect([...cells.used]).toEqual(owners.map((of) => of.reduce((sum, [, bytes]) => sum + bytes, 0)));
      expect([...cells.blocks]).toEqual(owners.map((of) => of.length));
      expect([...cells.made]).toEqual(
        owners.map((of) => of.reduce((sum, [id, bytes]) => sum + bytes * Math.max(0, id), 0)),
      );
      const alone = owners.map((of) => (of.length === 1 ? of[0]![0] : null));
      const ids = alone.map((_, cell) => {
        const life = cells.lifeIn(cell);
        return life < 0 ? null : lives.id[life];
      });
      expect(ids).toEqual(alone);
    }
  });

  test("are the same from the heap and from the lives, in every sum that a heap has", () => {
    const { history, lives } = recorded();
    const grid = gridOfRun(history, 40);
    const last = new RunOccupancy(grid, lives).seek(history.length);
    const now = occupancy(history.cursor().seek(history.length).heap, 40);
    expect(now.grid).toEqual(grid);
    for (const sums of ["used", "blocks", "sizes"] as const) expect(now[sums]).toEqual(last[sums]);
  });
});

describe("occupancy", () => {
  const used = once(() => {
    const heap = new FreeList(640, 10, { align: 5 });
    heap.malloc(15);
    heap.malloc(40);
    return heap;
  });

  test("says how much of each page is allocated, and by how many blocks", () => {
    const cells = occupancy(used());
    expect(cells.grid).toMatchObject({ side: 8, cells: 64, pagesPerCell: 1 });
    expect([0, 1, 2, 3, 4, 5, 6].map((cell) => cells.share(cell))).toEqual([1, 1, 1, 1, 1, 0.5, 0]);
    expect([...cells.blocks.slice(0, 7)]).toEqual([1, 2, 1, 1, 1, 1, 0]);
    expect(cells.lifeIn(0)).toBe(-1);
  });

  test("lets a cell stand for a power of two of pages when there are more pages than cells", () => {
    const cells = occupancy(used(), 20);
    expect(cells.grid).toMatchObject({ side: 4, cells: 16, pagesPerCell: 4 });
    expect([0, 1, 2].map((cell) => cells.share(cell))).toEqual([1, 0.375, 0]);
  });

  test("shows single pages of a window, and of a window beyond the heap what is in it", () => {
    const cells = occupancy(used(), 20, { from: 4, to: 9 });
    expect(cells.grid).toMatchObject({ from: 40, bytes: 50, side: 3, cells: 5, pagesPerCell: 1 });
    expect([...cells.used]).toEqual([10, 5, 0, 0, 0]);
    expect(occupancy(used(), 20, { from: 60, to: 90 }).grid).toMatchObject({
      from: 600,
      bytes: 40,
      cells: 4,
    });
  });

  test("draws a heap of 2^32 bytes in at most 16,384 cells", () => {
    const large = new FreeList(2 ** 32, 4096);
    large.malloc(2 ** 31);
    const cells = occupancy(large);
    expect(cells.grid).toMatchObject({ cells: 16_384, pagesPerCell: 64 });
    expect(
      Array.from(cells.used, (_, cell) => cells.share(cell)).filter((share) => share === 1),
    ).toHaveLength(8192);
  });

  test("refuses no cells, and a window without pages", () => {
    expect(() => occupancy(used(), 0)).toThrow(RangeError);
    expect(() => occupancy(used(), 10, { from: 3, to: 3 })).toThrow("{ from: 3, to: 3 }");
  });
});
