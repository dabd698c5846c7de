import { describe, expect, it } from "vitest";
import type { MallocEvent } from "./event";
import { eventOf } from "./testing/event-of";
import { heapOf, listOf } from "./testing/heap-of";

describe("fit", () => {
  // Wilson et al. 1995, section 3: what each takes for 12 bytes.
  const HOLES = "f20 A1 f12 A1 f40 A1 f12 A1 f40";
  it.each([
    ["first", 0, 1],
    ["best", 21, 5],
    ["worst", 34, 5],
    ["next", 0, 1],
  ] as const)("%s takes the textbook's hole", (fit, address, examined) => {
    const heap = heapOf(HOLES, { fit });
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(12)).toBe(address));
    expect(event.examined).toBe(examined);
  });

  it.each([
    ["best", "lifo", 75],
    ["best", "fifo", 21],
    ["worst", "lifo", 88],
    ["worst", "fifo", 34],
    ["best", "size-descending", 21],
    ["worst", "size-ascending", 34],
  ] as const)("%s breaks a tie by the order of the list: %s", (fit, order, address) => {
    expect(heapOf(HOLES, { fit, order }).malloc(12)).toBe(address);
  });

  it.each([
    ["first", 4],
    ["next", 4],
    ["best", 4],
    ["worst", 4],
  ] as const)("%s looks at the whole list before it gives up", (fit, examined) => {
    const heap = heapOf("f4 A4 f4 A4 f4 A4 f4", { fit });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(5)).examined).toBe(examined);
  });
});

describe("order", () => {
  const TEXT = "f8 A1 f24 A1 f16 A1 f8";
  const FREED = [34, 0, 51, 9]; // The holes of 16, 8, 8 and 24 bytes.
  it.each([
    ["address", [0, 9, 34, 51]],
    ["lifo", [9, 51, 0, 34]],
    ["fifo", [34, 0, 51, 9]],
    ["size-ascending", [0, 51, 34, 9]],
    ["size-descending", [9, 34, 0, 51]],
  ] as const)("%s", (order, list) => {
    expect(listOf(heapOf(TEXT, { order }, FREED))).toEqual(list);
  });

  it.each([
    ["address", 9, 2],
    ["lifo", 9, 1],
    ["fifo", 34, 1],
    ["size-ascending", 34, 3],
    ["size-descending", 9, 1],
  ] as const)("%s decides what first fit finds, and after how many records", (order, address, examined) => {
    const heap = heapOf(TEXT, { order }, FREED);
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(10)).toBe(address));
    expect(event.examined).toBe(examined);
  });

  it.each([
    ["lifo", [15, 51, 0, 34]],
    ["fifo", [34, 0, 51, 15]],
    ["size-ascending", [0, 51, 34, 15]],
    ["size-descending", [15, 34, 0, 51]],
  ] as const)("%s: what a split leaves over keeps its place, or moves to that of its size", (order, list) => {
    const heap = heapOf(TEXT, { order, fit: "worst" }, FREED);
    heap.malloc(6);
    expect(listOf(heap)).toEqual(list);
  });

  it.each([31, 32, 1023, 1024])(
    "size-descending counts records from its head in a heap of %d units",
    (units) => {
      const heap = heapOf(`f10 A1 f5 A${units - 16}`, { order: "size-descending" });
      expect(eventOf<MallocEvent>(heap, () => heap.malloc(8))).toMatchObject({ address: 0, examined: 1 });
    },
  );

  it("size-ascending: a remainder that became the smallest moves to the front", () => {
    const heap = heapOf(TEXT, { order: "size-ascending", fit: "worst" }, FREED);
    heap.malloc(20);
    expect(listOf(heap)).toEqual([29, 0, 51, 34]);
  });

  it.each([
    ["lifo", [0, 30]],
    ["fifo", [30, 0]],
  ] as const)("%s: a hole that comes from a merge is a new hole", (order, list) => {
    const heap = heapOf("f10 A10 A10 f10", { order }, [0, 30]);
    heap.free(10);
    expect(listOf(heap)).toEqual(list);
  });
});

describe("next fit", () => {
  it("goes on behind the block that it placed last", () => {
    const heap = heapOf("f20 A4 f20 A4 f20", { fit: "next" });
    expect([heap.malloc(10), heap.malloc(10), heap.malloc(10)]).toEqual([0, 10, 24]);
  });

  it("wraps around, and counts the records on both sides", () => {
    const heap = heapOf("f20 A4 f8 A4 f8", { fit: "next" });
    heap.malloc(20);
    heap.free(0);
    heap.malloc(8); // At 24, used up: the rover stands on the hole at 36.
    expect(String(heap)).toBe("f20 A4 A8 A4 f8");
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(12)).toBe(0));
    expect(event.examined).toBe(2);
  });

  it("starts at the head when the last hole of the list was used up", () => {
    const heap = heapOf("f8 A4 f8", { fit: "next" });
    heap.malloc(8);
    heap.malloc(8);
    heap.free(0);
    heap.free(12);
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(4)).toBe(0));
    expect(event.examined).toBe(1);
  });

  it("stays with its hole when that merges to the left", () => {
    const heap = heapOf("f8 A4 A4 f16", { fit: "next" });
    heap.malloc(8);
    heap.malloc(8); // At 16: the rover stands on the hole at 24.
    heap.free(0);
    heap.free(16); // Merges with the rover's hole.
    expect(String(heap)).toBe("f8 A4 A4 f16");
    expect(heap.malloc(4)).toBe(16);
  });

  it("moves to the next hole when realloc takes its own", () => {
    const heap = heapOf("A8 f16 A4 f8", { fit: "next" });
    heap.malloc(8); // At 8: the rover stands on the hole at 16.
    heap.realloc(8, 16);
    expect(String(heap)).toBe("A8 A16 A4 f8");
    expect(heap.malloc(4)).toBe(28);
  });

  it("starts at the head after the heap has grown for a new block", () => {
    const heap = heapOf("f8 A4 f8 A4", { fit: "next", growable: true });
    heap.malloc(4);
    heap.malloc(8); // At 12: the rover is past the last hole, then at the head.
    heap.malloc(50);
    expect(heap.malloc(4)).toBe(4);
  });

  it("follows the order of the list, not that of the addresses", () => {
    const heap = heapOf("f8 A1 f8 A1 f8", { fit: "next", order: "fifo" }, [18, 0, 9]);
    expect([heap.malloc(8), heap.malloc(8), heap.malloc(8)]).toEqual([18, 0, 9]);
  });
});

describe("deferred coalescing", () => {
  it("merges all neighbours when a search has failed, and searches again", () => {
    const heap = heapOf("f8 f8 A4 f8 f8 f8", { coalesce: "deferred" });
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(20)).toBe(20));
    expect(event).toMatchObject({ merges: 3, examined: 7, hole: { address: 20, size: 24 } });
    expect(String(heap)).toBe("f16 A4 A20 f4");
  });

  it("has merged the holes when the second search fails as well", () => {
    const heap = heapOf("f8 f8 A4", { coalesce: "deferred" });
    const event = eventOf<MallocEvent>(heap, () => expect(heap.malloc(17)).toBeNull());
    expect(event).toMatchObject({ merges: 1, examined: 3, failure: "full" });
    expect(String(heap)).toBe("f16 A4");
  });

  it("searches once only when there is nothing to merge", () => {
    const heap = heapOf("f8 A4 f8", { coalesce: "deferred" });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(9))).toMatchObject({ merges: 0, examined: 2 });
  });

  it("gives the merged hole the foremost place of its parts", () => {
    const heap = heapOf("f8 f8 A1 f8 A1 f8 f8", { coalesce: "deferred", order: "fifo" }, [34, 17, 0, 26, 8]);
    expect(heap.coalesce()).toBe(2);
    expect(listOf(heap)).toEqual([26, 17, 0]);
  });
});

describe("coalesce", () => {
  it("finds nothing to do under immediate coalescing", () => {
    expect(heapOf("f8 A1 f8").coalesce()).toBe(0);
  });

  it("merges by hand where coalescing is never done", () => {
    const heap = heapOf("f8 f8 A1 f8 f8 f8", { coalesce: "never" });
    expect(heap.malloc(16)).toBeNull();
    expect(heap.coalesce()).toBe(3);
    expect(String(heap)).toBe("f16 A1 f24");
    expect(heap.coalesce()).toBe(0);
    heap.check();
  });

  it("is eventOf to recorders", () => {
    const heap = heapOf("f8 f8", { coalesce: "never" });
    let calls = 0;
    heap.record({ malloc() {}, free() {}, realloc() {}, coalesce: () => calls++ });
    heap.coalesce();
    expect(calls).toBe(1);
  });
});
