import { describe, expect, it } from "vitest";
import { BuddySystem } from "./buddy-system";
import type { FreeEvent, MallocEvent, ReallocEvent } from "./event";
import type { HeapSnapshot } from "./heap";
import { eventOf } from "./testing/event-of";

/** 256 bytes from 1024 on, headers of 4: `A32 A16 f16 f64 f128`, with blocks of 16 at least. */
function someHeap(): BuddySystem {
  const heap = new BuddySystem(256, 16, { header: 4, base: 1024 });
  for (const request of [20, 12]) heap.malloc(request);
  return heap;
}

describe("malloc", () => {
  it("tells the hole that was halved, what is left of it, and the lists that were looked at", () => {
    const heap = someHeap();
    expect(String(heap)).toBe("A32 A16 f16 f64 f128");
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(30))).toEqual({
      kind: "malloc",
      request: 30,
      header: 4,
      rounding: 30,
      unsplit: 0,
      size: 64,
      address: 1092,
      examined: 1,
      hole: { address: 1088, size: 64 },
      remainder: null,
      merges: 0,
      grown: 0,
      failure: null,
    });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(17))).toMatchObject({
      size: 32,
      examined: 3,
      hole: { address: 1152, size: 128 },
      remainder: { address: 1184, size: 96 },
    });
  });

  it("is denied for want of memory, or of a hole that is large enough", () => {
    const heap = new BuddySystem(64, 16);
    for (let i = 0; i < 4; i++) heap.malloc(16);
    for (const address of [0, 32]) heap.free(address);
    const denied = { address: null, hole: null, remainder: null };
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(32))).toMatchObject({
      ...denied,
      failure: "fragmented",
    });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(33))).toMatchObject({ ...denied, failure: "full" });
  });

  it("of more than the heap looks at no list", () => {
    const heap = someHeap();
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(253))).toMatchObject({ size: 512, examined: 0 });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(252))).toMatchObject({ size: 256, examined: 1 });
  });

  it.each([
    [2 ** 40 - 4, 0, 2 ** 40],
    [2 ** 40 - 3, 2 ** 40 - 1, 2 ** 41],
    [2 ** 52 + 1, 2 ** 52 - 5, 2 ** 53],
  ])("of %d bytes tells the power of two that it would take", (request, rounding, size) => {
    const heap = someHeap();
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(request))).toMatchObject({
      request,
      header: 4,
      rounding,
      size,
      address: null,
      failure: "full",
    });
  });
});

describe("free", () => {
  it("tells the buddies that it merged with, on both sides", () => {
    const heap = someHeap();
    expect(eventOf<FreeEvent>(heap, () => heap.free(1028))).toEqual({
      kind: "free",
      address: 1028,
      block: { address: 1024, size: 32 },
      left: null,
      right: null,
      hole: { address: 1024, size: 32 },
      failure: null,
    });
    expect(eventOf<FreeEvent>(heap, () => heap.free(1060))).toEqual({
      kind: "free",
      address: 1060,
      block: { address: 1056, size: 16 },
      left: { address: 1024, size: 32 },
      right: { address: 1072, size: 208 },
      hole: { address: 1024, size: 256 },
      failure: null,
    });
  });

  it("tells the buddy before the block, wherever in the heap", () => {
    const heap = new BuddySystem(64, 16);
    for (let i = 0; i < 4; i++) heap.malloc(16);
    heap.free(32);
    expect(eventOf<FreeEvent>(heap, () => heap.free(48))).toMatchObject({
      block: { address: 48, size: 16 },
      left: { address: 32, size: 16 },
      right: null,
      hole: { address: 32, size: 32 },
    });
  });

  it.each([
    [1023, "outside"],
    [1024, "inside"],
    [1055, "inside"],
    [1072, "hole"],
    [1279, "hole"],
    [1280, "outside"],
  ])("of %d: %s", (address, failure) => {
    const heap = someHeap();
    const event = eventOf<FreeEvent>(heap, () => expect(heap.free(address)).toBe(false));
    expect(event).toEqual({
      kind: "free",
      address,
      block: null,
      left: null,
      right: null,
      hole: null,
      failure,
    });
  });
});

describe("realloc", () => {
  it("halves a block where it is", () => {
    const heap = someHeap();
    expect(eventOf<ReallocEvent>(heap, () => heap.realloc(1028, 5))).toEqual({
      kind: "realloc",
      from: 1028,
      request: 5,
      header: 4,
      rounding: 7,
      unsplit: 0,
      size: 16,
      address: 1028,
      how: "shrunk",
      block: { address: 1024, size: 32 },
      grown: 0,
      malloc: null,
      free: null,
    });
    expect(String(heap)).toBe("A16 f16 A16 f16 f64 f128");
  });

  it.each([
    ["moved", 1028, 29, 1092, [4, 31, 64]],
    ["kept", 1028, 28, 1028, [4, 0, 32]],
    ["freed", 1028, 0, null, [0, 0, 0]],
    ["allocated", null, 1, 1076, [4, 11, 16]],
    ["denied", 1028, 125, null, [4, 127, 256]],
    ["unknown", 1029, 8, null, [4, 4, 16]],
  ] as const)("%s", (how, from, request, answer, [header, rounding, size]) => {
    const heap = someHeap();
    const event = eventOf<ReallocEvent>(heap, () => expect(heap.realloc(from, request)).toBe(answer));
    expect(event).toMatchObject({ kind: "realloc", how, from, request, address: answer });
    expect(event).toMatchObject({ header, rounding, unsplit: 0, size, grown: 0 });
  });
});

describe("what a buddy system cannot be", () => {
  it.each([
    [48, 16, "its smallest block of 16 bytes, and 48 is not; 64 is."],
    [16 * 5, 16, "and 80 is not; 64 is."],
    [2 ** 33, 4, `and ${2 ** 33} is not; ${2 ** 32} is.`],
  ])("%d bytes in blocks of %d", (size, page, sentence) => {
    expect(() => new BuddySystem(size, page)).toThrow(RangeError);
    expect(() => new BuddySystem(size, page)).toThrow(sentence);
  });

  it.each([
    [
      [-3, -1],
      false,
      "its state[0] must be a power of two units, at a multiple of its size, not 3 units at 0",
    ],
    [
      [-1, -2, -1],
      false,
      "its state[1] must be a power of two units, at a multiple of its size, not 2 units at 1",
    ],
    [[-2, -2], false, "its state[1] must not be a hole whose buddy is a hole as well: they merge"],
    [[4, 4], false, "its state must have 4 units in all, not 8"],
    [[2], true, "its state must have a power of two, at least 4 units in all, not 2"],
    [[4, 2], true, "its state must have a power of two, at least 4 units in all, not 6"],
  ] as const)("blocks %j, growable: %j", (state, growable, sentence) => {
    const heap = new BuddySystem(64, 16, { growable });
    expect(() => heap.restore({ ...heap.snapshot(), state } as HeapSnapshot)).toThrow(sentence);
    expect(String(heap)).toBe("f64");
  });

  it.each([[[1, -1, -2]], [[1, -1, -1, 1]], [[-1, 1, -2]], [[2, -1, 1]], [[-2, 2]], [[-4]], [[4]]])(
    "but it can have the blocks %j",
    (state) => {
      const heap = new BuddySystem(64, 16);
      heap.restore({ ...heap.snapshot(), state });
      heap.check();
      expect(heap.snapshot().state).toEqual(state);
    },
  );
});

it("storageBytes counts a byte a unit and more, and what the index takes", () => {
  expect(new BuddySystem(2 ** 16, 4).storageBytes).toBeGreaterThan(2 ** 14 + 2 ** 12);
});
