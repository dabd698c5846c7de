import { describe, expect, it } from "vitest";
import type { FreeEvent, MallocEvent } from "./event";
import { FreeList } from "./free-list";
import { eventOf } from "./testing/event-of";
import { heapOf } from "./testing/heap-of";

describe("malloc", () => {
  it("uses up a hole that fits exactly", () => {
    const heap = heapOf("A8 f16 A8");
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(16)).toBe(8));
    expect(String(heap)).toBe("A8 A16 A8");
    expect(event).toMatchObject({
      hole: { address: 8, size: 16 },
      remainder: null,
      examined: 1,
      failure: null,
    });
    expect(heap.holeCount).toBe(0);
    expect(heap.largestHole).toBe(0);
  });

  it("splits a larger hole and leaves the upper part free", () => {
    const heap = heapOf("A8 f16 A8");
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(10)).toBe(8));
    expect(String(heap)).toBe("A8 A10 f6 A8");
    expect(event).toMatchObject({ hole: { address: 8, size: 16 }, remainder: { address: 18, size: 6 } });
  });

  it("answers null and changes nothing when no hole is large enough", () => {
    const heap = heapOf("f8 A8 f8");
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(9)).toBeNull());
    expect(event).toMatchObject({ address: null, hole: null, examined: 2, failure: "fragmented" });
    expect(String(heap)).toBe("f8 A8 f8");
  });

  it("says that the heap is full when fewer bytes are free than asked for", () => {
    const heap = heapOf("f8 A8 f8");
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(17)).failure).toBe("full");
  });

  it("of 0 bytes takes the smallest block, so that its address is its own", () => {
    const heap = new FreeList(64, 4);
    expect([heap.malloc(0), heap.malloc(0), heap.malloc(4)]).toEqual([0, 4, 8]);
    const event = eventOf<MallocEvent>(heap, () => heap.malloc(0));
    expect(event).toMatchObject({ request: 0, header: 0, rounding: 4, size: 4 });
  });

  it("takes the whole heap at once", () => {
    const heap = new FreeList(64, 4);
    expect(heap.malloc(64)).toBe(0);
    expect(heap.malloc(0)).toBeNull();
    expect([heap.usedBytes, heap.freeBytes, heap.liveBlocks, heap.holeCount]).toEqual([64, 0, 1, 0]);
  });
});

describe("free", () => {
  it.each([
    ["no neighbour", "A4 A8 A4", "A4 f8 A4", null, null],
    ["the left neighbour", "f4 A8 A4", "f12 A4", { address: 0, size: 4 }, null],
    ["the right neighbour", "A4 A8 f4", "A4 f12", null, { address: 12, size: 4 }],
    ["both neighbours", "f4 A8 f4", "f16", { address: 0, size: 4 }, { address: 12, size: 4 }],
  ])("with %s free", (_, before, after, left, right) => {
    const heap = heapOf(before);
    const event = eventOf<FreeEvent>(heap, () => expect(heap.free(4)).toBe(true));
    expect(String(heap)).toBe(after);
    expect(event).toMatchObject({ block: { address: 4, size: 8 }, left, right, failure: null });
    const start = left ? 0 : 4;
    const size = 8 + (left?.size ?? 0) + (right?.size ?? 0);
    expect(event.hole).toEqual({ address: start, size });
  });

  it("of the first and of the last block looks for no neighbour beyond the heap", () => {
    const heap = heapOf("A8 A8");
    heap.free(0);
    heap.free(8);
    expect(String(heap)).toBe("f16");
  });

  it.each(["deferred", "never"] as const)(
    "leaves neighbouring holes apart when coalescing is %s",
    (coalesce) => {
      const heap = heapOf("f4 A8 f4", { coalesce });
      const event = eventOf<FreeEvent>(heap, () => heap.free(4));
      expect(String(heap)).toBe("f4 f8 f4");
      expect(event).toMatchObject({ left: null, right: null, hole: { address: 4, size: 8 } });
    },
  );
});

describe("a growable heap", () => {
  it("starts with 0 bytes and grows by exactly what is missing", () => {
    const heap = new FreeList(0, 8, { growable: true });
    expect([heap.capacity, String(heap), heap.largestHole]).toEqual([0, "", 0]);
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(13)).toBe(0));
    expect(event).toMatchObject({ grown: 16, hole: null, remainder: null });
    expect(heap.top).toBe(16);
  });

  it("counts a hole at the top towards the block", () => {
    const heap = heapOf("A8 f8", { growable: true });
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(20)).toBe(8));
    expect(event).toMatchObject({ grown: 12, hole: { address: 8, size: 8 }, remainder: null });
    expect(String(heap)).toBe("A8 A20");
  });

  it("does not grow while a hole is large enough", () => {
    const heap = heapOf("f8 A8", { growable: true });
    heap.malloc(8);
    expect(heap.capacity).toBe(16);
  });

  it("coalesces before it grows, when coalescing is deferred", () => {
    const heap = heapOf("A8 f8 f8", { growable: true, coalesce: "deferred" });
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(20)).toBe(8));
    expect(event).toMatchObject({ merges: 1, grown: 4 });
  });

  it("grows from the last hole alone when coalescing is never done", () => {
    const heap = heapOf("A8 f8 f8", { growable: true, coalesce: "never" });
    expect(heap.malloc(20)).toBe(16);
    expect(String(heap)).toBe("A8 f8 A20");
  });

  it("does not grow beyond 2^53: addresses stay exact", () => {
    const heap = new FreeList(0, 8, { growable: true, base: Number.MAX_SAFE_INTEGER - 15 });
    expect(heap.malloc(8)).toBe(Number.MAX_SAFE_INTEGER - 15);
    expect(heap.malloc(8)).toBeNull();
    expect(heap.realloc(heap.base, 16)).toBeNull();
    heap.check();
    expect(heap.capacity).toBe(8);
  });

  it("does not grow beyond 2^30 units", () => {
    const heap = new FreeList(0, 2 ** 20, { growable: true });
    expect(heap.malloc(2 ** 50 + 1)).toBeNull();
    expect(heap.malloc(Number.MAX_SAFE_INTEGER)).toBeNull();
    expect(heap.capacity).toBe(0);
  });
});

describe("sizes and addresses", () => {
  it("rounds up to the page unless align says otherwise", () => {
    const sizes = (options: { align?: number; header?: number }) => {
      const heap = new FreeList(960, 16, options);
      for (const size of [1, 16, 17]) heap.malloc(size);
      return Array.from(heap.blocks(), (block) => block.size).slice(0, 3);
    };
    expect(sizes({})).toEqual([16, 16, 32]);
    expect(sizes({ align: 1 })).toEqual([1, 16, 17]);
    expect(sizes({ align: 24 })).toEqual([24, 24, 24]);
    expect(sizes({ header: 8 })).toEqual([16, 32, 32]);
    expect(sizes({ header: 8, align: 1 })).toEqual([9, 24, 25]);
  });

  it("explains a block's size: request + header + rounding", () => {
    const heap = new FreeList(256, 16, { header: 8 });
    const event = eventOf<MallocEvent>(heap, () => heap.malloc(20));
    expect(event).toMatchObject({ request: 20, header: 8, rounding: 4, size: 32 });
  });

  it("returns the payload's address: behind base and header", () => {
    const heap = new FreeList(256, 16, { header: 8, base: 1000 });
    expect([heap.malloc(8), heap.malloc(8)]).toEqual([1008, 1024]);
    expect(Array.from(heap.blocks(), (block) => block.address)).toEqual([1000, 1016, 1032]);
    expect([heap.free(1000), heap.free(1008)]).toEqual([false, true]);
    expect([heap.base, heap.top, heap.capacity]).toEqual([1000, 1256, 256]);
  });

  it("lets the last block end before a heap that is no multiple of the alignment", () => {
    const heap = new FreeList(100, 4, { align: 16 });
    for (let i = 0; i < 6; i++) expect(heap.malloc(1)).toBe(16 * i);
    expect(heap.malloc(1)).toBeNull();
    expect(String(heap)).toBe("A16 A16 A16 A16 A16 A16 f4");
    heap.check();
  });

  it("allows a header larger than the alignment, and one larger than the heap", () => {
    expect(new FreeList(64, 4, { header: 10 }).malloc(0)).toBe(10);
    expect(new FreeList(64, 4, { header: 100 }).malloc(0)).toBeNull();
    expect(
      new FreeList(64, 4, { header: Number.MAX_SAFE_INTEGER }).malloc(Number.MAX_SAFE_INTEGER),
    ).toBeNull();
  });
});
