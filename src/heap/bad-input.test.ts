import { describe, expect, it } from "vitest";
import { NO_BLOCK } from "./block";
import { BuddySystem } from "./buddy-system";
import { FreeList } from "./free-list";
import type { Heap } from "./heap";
import { OriginalHeap } from "./original-heap";
import { SegregatedFits } from "./segregated-fits";

/** All that can be seen of a heap. */
function state(heap: Heap): unknown {
  const { base, top, capacity, usedBytes, freeBytes, liveBlocks, holeCount, largestHole } = heap;
  const counters = { base, top, capacity, usedBytes, freeBytes, liveBlocks, holeCount, largestHole };
  return [String(heap), [...heap.blocks()], [...heap.holes()], heap.snapshot(), counters, heap.asMatrix()];
}

/** A heap with the blocks A B C D, of which B was freed; 8 bytes a block, the first payload at 108. */
function used(heap: Heap): Heap {
  const [, b] = [heap.malloc(4), heap.malloc(4), heap.malloc(4), heap.malloc(4)];
  heap.free(b!);
  return heap;
}

const OPTIONS = { base: 100, header: 4 };
const HEAPS: Record<string, () => Heap> = {
  "free list": () => used(new FreeList(64, 8, OPTIONS)),
  "free list, next fit, lifo": () => used(new FreeList(64, 8, { ...OPTIONS, fit: "next", order: "lifo" })),
  "free list, growable": () => used(new FreeList(32, 8, { ...OPTIONS, growable: true })),
  "free list, fit of one's own": () =>
    used(new FreeList(64, 8, { ...OPTIONS, fit: (holes, size) => holes.find((hole) => hole.size >= size) })),
  "segregated fits": () => used(new SegregatedFits(64, 8, OPTIONS)),
  "buddy system": () => used(new BuddySystem(64, 8, OPTIONS)),
};

const NO_SIZE: [unknown, typeof RangeError | typeof TypeError][] = [
  [-1, RangeError],
  [-0.5, RangeError],
  [Number.NaN, RangeError],
  [1.5, RangeError],
  [Number.POSITIVE_INFINITY, RangeError],
  [Number.NEGATIVE_INFINITY, RangeError],
  [2 ** 53, RangeError],
  ["8", TypeError],
  [undefined, TypeError],
  [null, TypeError],
  [8n, TypeError],
  [{}, TypeError],
  [Symbol("8"), TypeError],
];

describe.each(Object.entries(HEAPS))("%s", (_, make) => {
  it.each(NO_SIZE)("malloc(%s) throws and changes nothing", (size, error) => {
    const heap = make();
    const before = state(heap);
    const fresh = heap.snapshot();
    for (const loud of [false, true]) {
      const end = loud ? heap.listen(() => {}) : () => {};
      expect(() => heap.malloc(size as number)).toThrow(error);
      expect(() => heap.realloc(104, size as number)).toThrow(error);
      expect(() => heap.realloc(null, size as number)).toThrow(error);
      expect(() => heap.realloc(77, size as number)).toThrow(error);
      end();
    }
    expect(state(heap)).toEqual(before);
    expect(heap.snapshot()).toEqual(fresh);
    heap.check();
  });

  it("names the rule, the size and the remedy", () => {
    expect(() => make().malloc(1.5)).toThrow(
      "request must be an integer from 0 to 2^53 - 1, not 1.5; ask for a whole number of bytes.",
    );
  });

  it("malloc of the largest number there is answers null", () => {
    const heap = make();
    const before = state(heap);
    expect(heap.malloc(Number.MAX_SAFE_INTEGER)).toBeNull();
    expect(heap.realloc(104, Number.MAX_SAFE_INTEGER)).toBeNull();
    expect(state(heap)).toEqual(before);
  });

  it.each([
    ["freed before", 112],
    ["a block's, not its payload's", 100],
    ["inside a payload", 105],
    ["before the heap", 4],
    ["0", 0],
    ["minus 0", -0],
    ["negative", -104],
    ["behind the heap", 1004],
    ["never returned, in free memory", 113],
    ["a fraction inside a block", 104.5],
    ["NaN", Number.NaN],
    ["infinite", Number.POSITIVE_INFINITY],
    ["beyond 2^53", 2 ** 53],
    ["equal in its lower 32 bits", 104 + 2 ** 32],
    ["equal in its lower 32 bits after division", 104 + 8 * 2 ** 32],
    ["null", null],
  ])("free of an address that is %s is false and changes nothing", (_why, address) => {
    const heap = make();
    const before = state(heap);
    expect(heap.free(address)).toBe(false);
    heap.listen(() => {});
    expect(heap.free(address)).toBe(false);
    if (address !== null) expect(heap.realloc(address, 4)).toBeNull();
    if (address !== null) expect(heap.realloc(address, 0)).toBeNull();
    expect(state(heap)).toEqual(before);
    heap.check();
  });

  it.each(["104", undefined, {}, 104n, true])("free(%s) is a TypeError and changes nothing", (address) => {
    const heap = make();
    const before = state(heap);
    expect(() => heap.free(address as number)).toThrow(TypeError);
    expect(() => heap.realloc(address as number, 4)).toThrow(TypeError);
    expect(state(heap)).toEqual(before);
  });

  it("an address freed twice is true, then false", () => {
    const heap = make();
    expect([heap.free(104), heap.free(104)]).toEqual([true, false]);
  });
});

it("the address of no block is that of no payload", () => {
  const heap = new FreeList(64, 1, { header: 1 });
  expect(heap.malloc(1)).toBe(1);
  expect(heap.free(NO_BLOCK)).toBe(false);
});

describe("OriginalHeap answers as the original", () => {
  const make = () => {
    const heap = new OriginalHeap(64, 4);
    for (let i = 0; i < 4; i++) heap.malloc(8);
    heap.free(8);
    return heap;
  };

  it.each([0, -0, -1, -0.5, Number.NEGATIVE_INFINITY])("malloc(%d) is -1 and allocates nothing", (size) => {
    const heap = make();
    const before = state(heap);
    expect(heap.malloc(size)).toBe(-1);
    expect(state(heap)).toEqual(before);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, 65])("malloc(%d) finds no record: null", (size) => {
    const heap = make();
    const before = state(heap);
    expect(heap.malloc(size)).toBeNull();
    expect(state(heap)).toEqual(before);
  });

  it("sizes below a page become a page; others are not rounded, not even fractions", () => {
    const heap = new OriginalHeap(64, 4);
    expect([heap.malloc(0.5), heap.malloc(5), heap.malloc(6.5), heap.malloc(4)]).toEqual([0, 4, 9, 15.5]);
    expect(heap.freeBytes).toBe(64 - 19.5);
  });

  it("free of any record's address is true, free or allocated", () => {
    const heap = make();
    const before = String(heap);
    expect(heap.free(8)).toBe(true);
    expect(String(heap)).toBe(before);
    expect(heap.free(32)).toBe(true);
    expect(String(heap)).toBe(before);
  });

  it.each([4, 9, 64, -8, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "free(%d), no record, is false",
    (address) => {
      const heap = make();
      const before = state(heap);
      expect(heap.free(address)).toBe(false);
      expect(state(heap)).toEqual(before);
    },
  );

  it.each(["8", undefined, null, 8n])("malloc(%s) is a TypeError: no number", (size) => {
    const heap = make();
    const before = state(heap);
    expect(() => heap.malloc(size as never)).toThrow(TypeError);
    expect(() => heap.malloc(size as never)).toThrow(
      /^request must be a number, not .+; ask for a number of bytes\.$/,
    );
    expect(() => heap.realloc(null, size as never)).toThrow(TypeError);
    expect(state(heap)).toEqual(before);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("realloc to %d, which the original has not, throws", (size) => {
    const heap = make();
    const before = state(heap);
    expect(() => heap.realloc(0, size)).toThrow(RangeError);
    expect(state(heap)).toEqual(before);
  });
});
