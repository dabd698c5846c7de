import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { MOST_CELLS } from "../run/grid";
import { History } from "../run/history";
import { heapCells } from "./heap-cells";

describe("heapCells", () => {
  it("is the matrix, cell for cell, while a cell is a page", () => {
    const heap = new FreeList(40, 4);
    heap.malloc(12);
    heap.malloc(8);
    heap.free(0);
    const { side, count, free } = heapCells(heap);
    expect([side, count]).toEqual([4, 10]);
    expect([...free]).toEqual(
      heap
        .asMatrix()
        .flat()
        .map((cell) => cell * 255),
    );
  });

  it("shades a cell that stands for many pages by its free part", () => {
    const heap = new FreeList(4 * MOST_CELLS * 8, 8);
    heap.malloc(32 + 24);
    const { side, count, free } = heapCells(heap);
    expect([side, count]).toEqual([128, MOST_CELLS]);
    expect([...free.subarray(0, 3)]).toEqual([0, Math.round(255 / 4), 255]);
  });

  it("takes a heap of 2^32 bytes and never more cells than its bound", () => {
    const heap = new FreeList(2 ** 32, 4);
    heap.malloc(2 ** 31);
    const { side, count, free } = heapCells(heap);
    expect(count).toBeLessThanOrEqual(MOST_CELLS);
    expect(free.length).toBe(side * side);
    expect(free.indexOf(255)).toBe(count / 2);
  });

  it("is empty for a growable heap that has not grown yet", () => {
    const heap = new FreeList(0, 4, { growable: true });
    expect(heapCells(heap).count).toBe(0);
  });
});

describe("heapCells of a run", () => {
  const agrees = (pages: number, pageSize: number) => {
    const heap = new FreeList(pages * pageSize, pageSize, { align: 1 });
    const history = History.of(heap);
    for (const part of [0.11, 0.23, 0.31]) heap.malloc(Math.ceil(heap.capacity * part));
    heap.free([...heap.blocks()][1]!.address);
    expect(heapCells(history.cursor().seek(history.length).heap)).toEqual(heapCells(heap));
  };

  it("is what heapCells draws of the same heap, with a cell a page", () => agrees(1000, 8));

  it("is what heapCells draws of the same heap, with many pages a cell", () => agrees(3 * MOST_CELLS + 5, 8));
});
