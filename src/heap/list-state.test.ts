import { describe, expect, it } from "vitest";
import { FreeList } from "./free-list";

describe("restore", () => {
  const broken: [string, object][] = [
    ["a fraction of a unit", { blocks: [-2.5, 61.5], list: [0], rover: -1 }],
    ["a block of nothing", { blocks: [0, -64], list: [0], rover: -1 }],
    ["no number", { blocks: [Number.NaN], list: [0], rover: -1 }],
    ["a list without a hole", { blocks: [1, -63], list: [], rover: -1 }],
    ["a list with a hole twice", { blocks: [1, -63], list: [1, 1], rover: -1 }],
    ["a list with a block that is no hole", { blocks: [1, -63], list: [0], rover: -1 }],
    ["a rover beside the holes", { blocks: [1, -63], list: [1], rover: 0 }],
  ];
  it.each(broken)("refuses a state with %s, and the heap is as before", (_, state) => {
    const heap = new FreeList(64, 1);
    heap.malloc(5);
    const before = [String(heap), [...heap.holes()]];
    expect(() => heap.restore({ version: 1, description: heap.describe(), state })).toThrow(RangeError);
    expect([String(heap), [...heap.holes()]]).toEqual(before);
    heap.check();
  });
});
