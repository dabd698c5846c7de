import { describe, expect, it } from "vitest";
import { FreeList } from "./free-list";
import { parseHeapText } from "./heap-text";
import { matrixOf } from "./matrix";

/** The matrix of a heap as lines of digits. */
function lines(text: string, pageSize: number, endOf?: (pages: number) => number): string[] {
  const blocks = parseHeapText(text, 1000);
  const capacity = blocks.reduce((sum, block) => sum + block.size, 0);
  return matrixOf(blocks, 1000, capacity, pageSize, endOf).map((row) => row.join(""));
}

describe("matrixOf", () => {
  it("has 0 for allocated pages and 1 for free ones, row by row", () => {
    expect(lines("A8 f8 A12 f8", 4)).toEqual(["001", "100", "011"]);
  });

  it("pads to the smallest square with 1", () => {
    expect(lines("A20", 4)).toEqual(["000", "001", "111"]);
    expect(lines("A16", 4)).toEqual(["00", "00"]);
    expect(lines("A4", 4)).toEqual(["0"]);
    expect(lines("", 4)).toEqual([]);
  });

  it("shows a page that blocks share as allocated, or with Math.floor leaves it to the next block", () => {
    expect(lines("A5 f11", 4)).toEqual(["00", "11"]);
    expect(lines("A5 f11", 4, Math.floor)).toEqual(["01", "11"]);
    expect(lines("f5 A2 f9", 4)).toEqual(["10", "11"]);
  });

  it("shows a last page that is not whole", () => {
    expect(lines("f8 A2", 4)).toEqual(["11", "01"]);
  });

  it("refuses more than 2^24 pages with the remedy", () => {
    const heap = new FreeList(2 ** 30, 4);
    expect(() => heap.asMatrix()).toThrow(/at most 2\^24 of them, not 268435456; use larger pages/);
  });

  it("has up to 2^24 pages", () => {
    const rows = matrixOf([], 0, 2 ** 24, 1);
    expect([rows.length, rows[4095]!.length]).toEqual([4096, 4096]);
    expect(() => matrixOf([], 0, 2 ** 24 + 1, 1)).toThrow(RangeError);
  });

  it("is fresh each time", () => {
    const heap = new FreeList(16, 4);
    heap.asMatrix()[0]![0] = 7;
    expect(heap.asMatrix()).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});
