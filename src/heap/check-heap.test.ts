import { describe, expect, it } from "vitest";
import type { Block } from "./block";
import { checkHeap, checkOrder, checkState } from "./check-heap";
import type { Heap } from "./heap";
import { parseHeapText } from "./heap-text";
import { ORDERS } from "./orders";

/** What `checkHeap` looks at in the heap `A8 f16 A4 f4` at 100, with some of it changed. */
function heapWith(changes: Partial<Record<keyof Heap, unknown>> = {}): Heap {
  const blocks = parseHeapText("A8 f16 A4 f4", 100);
  const sound = {
    base: 100,
    top: 132,
    capacity: 32,
    usedBytes: 12,
    freeBytes: 20,
    liveBlocks: 2,
    holeCount: 2,
    largestHole: 16,
    blocks: () => blocks,
    holes: () => blocks.filter((block) => block.free).reverse(),
  };
  return { ...sound, ...changes } as unknown as Heap;
}

const hole = (address: number, size: number): Block => ({ address, size, free: true });

describe("checkHeap", () => {
  it("is content with a sound heap, in whatever order the list is", () => {
    expect(() => checkHeap(heapWith())).not.toThrow();
    const empty = { base: 5, top: 5, capacity: 0, usedBytes: 0, freeBytes: 0, liveBlocks: 0, holeCount: 0 };
    expect(() =>
      checkHeap(heapWith({ ...empty, largestHole: 0, blocks: () => [], holes: () => [] })),
    ).not.toThrow();
  });

  it.each([
    [
      "a gap",
      { blocks: () => [...parseHeapText("A8", 100), ...parseHeapText("f15 A4 f4", 109)] },
      "starts at 109",
    ],
    [
      "an overlap",
      { blocks: () => [...parseHeapText("A8", 100), ...parseHeapText("f16 A4 f4", 104)] },
      "starts at 104",
    ],
    ["a late start", { base: 99 }, "starts at 100, but the one before ends at 99"],
    ["a block of 0 bytes", { blocks: () => [hole(100, 0)] }, "has 0 bytes"],
    ["a block of NaN bytes", { blocks: () => [hole(100, Number.NaN)] }, "has NaN bytes"],
    ["an early end", { top: 133 }, "the blocks end at 132, but the heap at 133"],
    ["wrong usedBytes", { usedBytes: 11 }, "usedBytes is 11"],
    ["wrong freeBytes", { freeBytes: 19 }, "freeBytes 19"],
    ["a wrong capacity", { capacity: 33 }, "capacity 33"],
    ["wrong liveBlocks", { liveBlocks: 3 }, "liveBlocks is 3"],
    ["a wrong holeCount", { holeCount: 1 }, "holeCount is 1"],
    ["a wrong largestHole", { largestHole: 20 }, "largestHole is 20"],
    [
      "a hole that is not listed",
      { holes: () => [hole(108, 16)] },
      "the hole at 128 is not in the free list",
    ],
    [
      "a hole that is listed twice",
      { holes: () => [hole(108, 16), hole(128, 4), hole(108, 16)] },
      "listed twice",
    ],
    ["a hole of another size", { holes: () => [hole(108, 15), hole(128, 4)] }, "15 bytes at 108"],
    [
      "an allocated block in the list",
      { holes: () => [hole(100, 8), hole(108, 16), hole(128, 4)] },
      "8 bytes at 100",
    ],
  ])("finds %s", (_, changes, message) => {
    expect(() => checkHeap(heapWith(changes))).toThrow(message);
  });
});

describe("checkOrder", () => {
  const inOrder = [hole(0, 8), hole(20, 8), hole(40, 16)];
  it.each([
    ["address", inOrder, [hole(20, 8), hole(0, 8)]],
    ["size-ascending", inOrder, [hole(0, 16), hole(20, 8)]],
    ["size-ascending", inOrder, [hole(20, 8), hole(0, 8)]],
    ["size-descending", [hole(40, 16), hole(0, 8), hole(20, 8)], [hole(0, 8), hole(20, 16)]],
    ["size-descending", [hole(40, 16), hole(0, 8), hole(20, 8)], [hole(20, 8), hole(0, 8)]],
  ] as const)("%s: accepts a list in order and finds one that is not", (order, good, bad) => {
    expect(() => checkOrder(ORDERS[order], good)).not.toThrow();
    expect(() => checkOrder(ORDERS[order], bad)).toThrow("are not in the list's order");
  });

  it.each(["lifo", "fifo"] as const)("%s: any list may have arrived so", (order) => {
    expect(() => checkOrder(ORDERS[order], [...inOrder].reverse())).not.toThrow();
  });
});

describe("checkState", () => {
  it("takes the reason why a state is refused for a broken invariant", () => {
    const refuse = () => {
      throw new RangeError("its state[2] must be another");
    };
    expect(() => checkState(refuse)).toThrow(new Error("Broken heap: its state[2] must be another."));
    expect(() => checkState(() => {})).not.toThrow();
  });

  it("passes on any other error", () => {
    const other = new TypeError("no function");
    expect(() =>
      checkState(() => {
        throw other;
      }),
    ).toThrow(other);
  });
});
