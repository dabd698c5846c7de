import { describe, expect, it } from "vitest";
import { createHeap } from "./create-heap";
import type { FreeEvent, MallocEvent, ReallocEvent } from "./event";
import { OriginalHeap } from "./original-heap";
import { eventOf } from "./testing/event-of";

/** `A8 f4 A20 f32`, in the order in which the records come to be. */
function someHeap(): OriginalHeap {
  const heap = new OriginalHeap(64, 4);
  for (const size of [8, 4, 20]) heap.malloc(size);
  heap.free(8);
  return heap;
}

describe("malloc", () => {
  it("shrinks the first free record to the request and puts the rest in front", () => {
    const heap = new OriginalHeap(64, 4);
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(9)).toBe(0));
    expect(event).toEqual({
      kind: "malloc",
      request: 9,
      header: 0,
      rounding: 0,
      unsplit: 0,
      size: 9,
      address: 0,
      examined: 1,
      hole: { address: 0, size: 64 },
      remainder: { address: 9, size: 55 },
      merges: 0,
      grown: 0,
      failure: null,
    });
    expect(heap.toString()).toBe("[ 9,55,True ]->[ 0,9,False ]->");
  });

  it("counts the free records up to the one that it takes", () => {
    const heap = someHeap();
    heap.free(0);
    expect(heap.toString()).toBe("[ 0,12,True ]->[ 12,20,False ]->[ 32,32,True ]->");
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(4))).toMatchObject({ address: 0, examined: 1 });
  });

  it("raises a request to a page, and uses up a record that fits", () => {
    const heap = someHeap();
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(1)).toBe(8));
    expect(event).toMatchObject({ rounding: 3, size: 4, remainder: null, examined: 1 });
    expect([heap.usedBytes, heap.liveBlocks, heap.holeCount, heap.largestHole]).toEqual([32, 3, 1, 32]);
  });

  it("walks past what is too small, and says why it finds nothing", () => {
    const heap = someHeap();
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(37))).toMatchObject({ failure: "full", examined: 2 });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(36))).toMatchObject({
      failure: "fragmented",
      address: null,
      examined: 2,
    });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(5))).toMatchObject({ address: 32, examined: 2 });
  });

  it.each([0, -1])("answers −1 to %d, and allocates nothing", (request) => {
    const heap = someHeap();
    const before = String(heap);
    expect(eventOf<MallocEvent>(heap, () => expect(heap.malloc(request)).toBe(-1))).toMatchObject({
      examined: 0,
      hole: null,
      failure: null,
    });
    expect(String(heap)).toBe(before);
  });
});

describe("free", () => {
  it("merges with the record behind, then with the one before", () => {
    const heap = someHeap();
    const event = eventOf<FreeEvent>(heap, () => expect(heap.free(12)).toBe(true));
    expect(event).toEqual({
      kind: "free",
      address: 12,
      block: { address: 12, size: 20 },
      left: { address: 8, size: 4 },
      right: { address: 32, size: 32 },
      hole: { address: 8, size: 56 },
      failure: null,
    });
    expect(heap.toString()).toBe("[ 0,8,False ]->[ 8,56,True ]->");
    heap.free(0);
    expect(heap.toString()).toBe("[ 0,64,True ]->");
  });

  it("answers true for a free record as well", () => {
    const heap = someHeap();
    expect([heap.free(8), heap.free(32)]).toEqual([true, true]);
    heap.check();
  });

  it.each([
    [4, "inside"],
    [10, "hole"],
    [31, "inside"],
    [63, "hole"],
    [64, "outside"],
    [-1, "outside"],
  ])("of %d answers false: %s", (address, failure) => {
    const heap = someHeap();
    const event = eventOf<FreeEvent>(heap, () => expect(heap.free(address)).toBe(false));
    const nothing = { block: null, left: null, right: null, hole: null };
    expect(event).toEqual({ kind: "free", address, ...nothing, failure });
  });
});

it("asMatrix gives a page that two blocks share to the second of them", () => {
  const heap = new OriginalHeap(16, 4);
  expect([heap.malloc(6), heap.malloc(5), heap.malloc(4)]).toEqual([0, 6, 11]);
  heap.free(6);
  expect(heap.asMatrix()).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

describe("realloc", () => {
  it("moves a block that gets another size", () => {
    const heap = someHeap();
    const event = eventOf<ReallocEvent>(heap, () => expect(heap.realloc(0, 9)).toBe(32));
    expect(event).toMatchObject({ how: "moved", size: 9, block: { address: 0, size: 8 }, address: 32 });
    expect(event.free).toMatchObject({ address: 0, hole: { address: 0, size: 12 } });
  });

  it.each([
    ["keeps one that has the size", 0, 8, 0, "kept"],
    ["takes a page for less", 0, 2, 8, "moved"],
    ["allocates for no address", null, 4, 8, "allocated"],
    ["frees for no bytes", 0, 0, null, "freed"],
    ["is denied what no record has", 0, 33, null, "denied"],
    ["knows no address within a block", 4, 4, null, "unknown"],
    ["knows no free record", 8, 4, null, "unknown"],
  ] as const)("%s", (_, from, request, answer, how) => {
    const heap = someHeap();
    const event = eventOf<ReallocEvent>(heap, () => expect(heap.realloc(from, request)).toBe(answer));
    expect(event).toMatchObject({ how, address: answer, from, request });
  });
});

describe("its documents", () => {
  it("are those of a heap without options, and what restores its records in their order", () => {
    const heap = new OriginalHeap(64, 4);
    heap.malloc(8);
    expect(heap.describe()).toEqual({ kind: "original", heapSize: 64, pageSize: 4, options: {} });
    const twin = createHeap(heap.describe());
    twin.restore(heap.snapshot());
    expect(String(twin)).toBe("[ 8,56,True ]->[ 0,8,False ]->");
    expect([...twin.holes()]).toEqual([{ address: 8, size: 56, free: true }]);
    expect([...twin.blocks()].map(({ address }) => address)).toEqual([0, 8]);
    expect(twin.storageBytes).toBeNaN();
  });

  it.each([
    [[{ address: 4, size: 60, free: true }], "a record where the one before ends, at 0, not at 4"],
    [
      [
        { address: 0, size: 8, free: true },
        { address: 4, size: 60, free: true },
      ],
      "a record where the one before ends, at 8, not at 4",
    ],
    [[{ address: 0, size: 60, free: true }], "must have 64 bytes in all, not 60"],
    [[{ address: -1, size: 65, free: true }], "must be a number of bytes from 0"],
    [[{ address: 0, size: 0, free: true }], "must be a number of bytes above 0"],
    [[{ address: 0, size: 64, free: 1 }], "must be true or false"],
  ])("of records that are none are refused: %j", (state, sentence) => {
    const heap = new OriginalHeap(64, 4);
    expect(() => heap.restore({ ...heap.snapshot(), state })).toThrow(sentence);
    expect(String(heap)).toBe("[ 0,64,True ]->");
  });
});
