import { describe, expect, it } from "vitest";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "./event";
import { FreeList } from "./free-list";
import { heapOf, listOf } from "./testing/heap-of";

/** What the next operation on a heap tells. */
function told<Event extends HeapEvent>(heap: FreeList, operation: () => unknown): Event {
  const events: HeapEvent[] = [];
  const end = heap.listen((event) => events.push(event));
  operation();
  end();
  expect(events).toHaveLength(1);
  heap.check();
  return events[0] as Event;
}

describe("malloc", () => {
  it("uses up a hole that fits exactly", () => {
    const heap = heapOf("A8 f16 A8");
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(16)).toBe(8));
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
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(10)).toBe(8));
    expect(String(heap)).toBe("A8 A10 f6 A8");
    expect(event).toMatchObject({ hole: { address: 8, size: 16 }, remainder: { address: 18, size: 6 } });
  });

  it("answers null and changes nothing when no hole is large enough", () => {
    const heap = heapOf("f8 A8 f8");
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(9)).toBeNull());
    expect(event).toMatchObject({ address: null, hole: null, examined: 2, failure: "fragmented" });
    expect(String(heap)).toBe("f8 A8 f8");
  });

  it("says that the heap is full when fewer bytes are free than asked for", () => {
    const heap = heapOf("f8 A8 f8");
    expect(told<MallocEvent>(heap, () => heap.malloc(17)).failure).toBe("full");
  });

  it("of 0 bytes takes the smallest block, so that its address is its own", () => {
    const heap = new FreeList(64, 4);
    expect([heap.malloc(0), heap.malloc(0), heap.malloc(4)]).toEqual([0, 4, 8]);
    const event = told<MallocEvent>(heap, () => heap.malloc(0));
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
    const event = told<FreeEvent>(heap, () => expect(heap.free(4)).toBe(true));
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
      const event = told<FreeEvent>(heap, () => heap.free(4));
      expect(String(heap)).toBe("f4 f8 f4");
      expect(event).toMatchObject({ left: null, right: null, hole: { address: 4, size: 8 } });
    },
  );
});

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
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(12)).toBe(address));
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
    expect(told<MallocEvent>(heap, () => heap.malloc(5)).examined).toBe(examined);
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
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(10)).toBe(address));
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
      expect(told<MallocEvent>(heap, () => heap.malloc(8))).toMatchObject({ address: 0, examined: 1 });
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
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(12)).toBe(0));
    expect(event.examined).toBe(2);
  });

  it("starts at the head when the last hole of the list was used up", () => {
    const heap = heapOf("f8 A4 f8", { fit: "next" });
    heap.malloc(8);
    heap.malloc(8);
    heap.free(0);
    heap.free(12);
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(4)).toBe(0));
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
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(20)).toBe(20));
    expect(event).toMatchObject({ merges: 3, examined: 7, hole: { address: 20, size: 24 } });
    expect(String(heap)).toBe("f16 A4 A20 f4");
  });

  it("has merged the holes when the second search fails as well", () => {
    const heap = heapOf("f8 f8 A4", { coalesce: "deferred" });
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(17)).toBeNull());
    expect(event).toMatchObject({ merges: 1, examined: 3, failure: "full" });
    expect(String(heap)).toBe("f16 A4");
  });

  it("searches once only when there is nothing to merge", () => {
    const heap = heapOf("f8 A4 f8", { coalesce: "deferred" });
    expect(told<MallocEvent>(heap, () => heap.malloc(9))).toMatchObject({ merges: 0, examined: 2 });
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

  it("is told to recorders", () => {
    const heap = heapOf("f8 f8", { coalesce: "never" });
    let calls = 0;
    heap.record({ malloc() {}, free() {}, realloc() {}, coalesce: () => calls++ });
    heap.coalesce();
    expect(calls).toBe(1);
  });
});

describe("a growable heap", () => {
  it("starts with 0 bytes and grows by exactly what is missing", () => {
    const heap = new FreeList(0, 8, { growable: true });
    expect([heap.capacity, String(heap), heap.largestHole]).toEqual([0, "", 0]);
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(13)).toBe(0));
    expect(event).toMatchObject({ grown: 16, hole: null, remainder: null });
    expect(heap.top).toBe(16);
  });

  it("counts a hole at the top towards the block", () => {
    const heap = heapOf("A8 f8", { growable: true });
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(20)).toBe(8));
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
    const event = told<MallocEvent>(heap, () => expect(heap.malloc(20)).toBe(8));
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
    const event = told<MallocEvent>(heap, () => heap.malloc(20));
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

describe("realloc", () => {
  const how = (heap: FreeList, from: number | null, size: number) =>
    told<ReallocEvent>(heap, () => heap.realloc(from, size));

  it("keeps a block that has the size already", () => {
    const heap = new FreeList(64, 16);
    heap.malloc(10);
    expect(how(heap, 0, 16)).toMatchObject({ how: "kept", address: 0, block: { address: 0, size: 16 } });
  });

  it("shrinks in place; the tail becomes a hole and merges with one behind it", () => {
    const heap = heapOf("A16 f8 A8");
    expect(how(heap, 0, 10)).toMatchObject({ how: "shrunk", address: 0, malloc: null, free: null });
    expect(String(heap)).toBe("A10 f14 A8");
  });

  it("shrinks in place; the tail stays apart unless coalescing is immediate", () => {
    const heap = heapOf("A16 f8 A8", { coalesce: "deferred" });
    heap.realloc(0, 10);
    expect(String(heap)).toBe("A10 f6 f8 A8");
  });

  it("grows into the hole behind it, part of it or all", () => {
    const heap = heapOf("A16 f8 A8");
    expect(how(heap, 0, 20)).toMatchObject({ how: "grown", address: 0, grown: 0 });
    expect(String(heap)).toBe("A20 f4 A8");
    heap.realloc(0, 24);
    expect(String(heap)).toBe("A24 A8");
    expect(heap.holeCount).toBe(0);
  });

  it("grows at the top of a growable heap", () => {
    const heap = heapOf("A8 A8", { growable: true });
    expect(how(heap, 8, 20)).toMatchObject({ how: "grown", address: 8, grown: 12 });
    expect(String(heap)).toBe("A8 A20");
  });

  it("grows at the top of a growable heap with the last hole first", () => {
    const heap = heapOf("A8 A8 f8", { growable: true });
    expect(how(heap, 8, 20)).toMatchObject({ how: "grown", address: 8, grown: 4 });
    expect(String(heap)).toBe("A8 A20");
  });

  it("moves a block that cannot grow where it is, and frees the old place", () => {
    const heap = heapOf("A8 A8 f20");
    const event = how(heap, 0, 12);
    expect(event).toMatchObject({ how: "moved", address: 16, block: { address: 0, size: 8 } });
    expect(event.malloc).toMatchObject({ kind: "malloc", address: 16, size: 12 });
    expect(event.free).toMatchObject({ kind: "free", address: 0, hole: { address: 0, size: 8 } });
    expect(String(heap)).toBe("f8 A8 A12 f8");
  });

  it("does not grow to the left: the new place is found before the old one is free", () => {
    const heap = heapOf("f8 A8 A8");
    expect(how(heap, 8, 12)).toMatchObject({ how: "denied", address: null });
    expect(String(heap)).toBe("f8 A8 A8");
  });

  it("answers null when nothing fits and leaves the block as it was", () => {
    const heap = heapOf("A8 A8 f4");
    const event = how(heap, 0, 100);
    expect(event).toMatchObject({ how: "denied", address: null, block: { address: 0, size: 8 }, free: null });
    expect(event.malloc).toMatchObject({ address: null, failure: "full" });
    expect(String(heap)).toBe("A8 A8 f4");
  });

  it("of null is malloc", () => {
    const heap = heapOf("f16");
    expect(how(heap, null, 8)).toMatchObject({ how: "allocated", from: null, address: 0, block: null });
    expect(how(heap, null, 100)).toMatchObject({ how: "allocated", address: null });
    expect(how(heap, null, 0)).toMatchObject({ how: "allocated", address: 8, size: 1 });
  });

  it("to 0 bytes frees the block and answers null", () => {
    const heap = heapOf("A8 A8");
    const event = how(heap, 0, 0);
    expect(event).toMatchObject({ how: "freed", address: null, size: 0, header: 0, rounding: 0 });
    expect(event.free).toMatchObject({ address: 0, failure: null });
    expect(String(heap)).toBe("f8 A8");
  });

  it("of an address that is none answers null and changes nothing", () => {
    const heap = heapOf("A8 f8");
    for (const [address, failure] of [
      [8, "hole"],
      [4, "inside"],
      [99, "outside"],
    ] as const) {
      const event = how(heap, address, 4);
      expect(event).toMatchObject({ how: "unknown", address: null, block: null, free: { failure } });
    }
    expect(String(heap)).toBe("A8 f8");
  });

  it("answers and moves alike with and without a listener", () => {
    for (const [text, from, size] of [
      ["A16 f8 A8", 0, 10],
      ["A16 f8 A8", 0, 20],
      ["A8 A8 f20", 0, 12],
      ["A8 A8 f4", 0, 100],
      ["A8 A8", 0, 0],
      ["A8 A8", 0, 8],
      ["A8 A8", 3, 8],
    ] as const) {
      const [quiet, loud] = [heapOf(text), heapOf(text)];
      loud.listen(() => {});
      expect(quiet.realloc(from, size)).toBe(loud.realloc(from, size));
      expect(String(quiet)).toBe(String(loud));
      quiet.check();
    }
  });
});
