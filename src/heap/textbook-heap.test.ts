import { describe, expect, it } from "vitest";
import type { HeapEvent, MallocEvent } from "./event";
import { FreeList } from "./free-list";
import type { Heap } from "./heap";
import { type HeapFromOptions, heapFrom } from "./heap-from";
import type { CustomFit } from "./options";
import { eventOf } from "./testing/event-of";
import { TextbookHeap } from "./textbook-heap";

describe("what a TextbookHeap says of itself", () => {
  it("counts its bytes, blocks and holes, and does not measure its storage", () => {
    const heap = heapFrom("A8 f16 A4 f20 f2", { coalesce: "never", base: 100 }, TextbookHeap);
    expect([heap.base, heap.top, heap.capacity]).toEqual([100, 150, 50]);
    expect([heap.usedBytes, heap.freeBytes, heap.liveBlocks]).toEqual([12, 38, 2]);
    expect([heap.holeCount, heap.largestHole]).toEqual([3, 20]);
    expect(heap.storageBytes).toBeNaN();
    expect([...heap.holes()]).toEqual([...heap.blocks()].filter(({ free }) => free));
    heap.check();
  });

  it("may have no byte at all", () => {
    const heap = new TextbookHeap(0, 4, { growable: true, base: 8 });
    expect([heap.top, heap.holeCount, heap.largestHole, [...heap.blocks()]]).toEqual([8, 0, 0, []]);
    heap.check();
    expect([heap.malloc(6), heap.top, String(heap)]).toEqual([8, 16, "A8"]);
  });

  it("is the same for those who look at a block that they were given", () => {
    const heap = heapFrom("A8 f16", {}, TextbookHeap);
    for (const block of [...heap.blocks(), ...heap.holes()]) Object.assign(block, { size: 1, free: true });
    expect(String(heap)).toBe("A8 f16");
    heap.check();
  });
});

describe("coalesce()", () => {
  it("merges all neighbouring holes, and tells the recorders", () => {
    const heap = heapFrom("f4 f8 A1 f2 f2 f2", { coalesce: "never" }, TextbookHeap);
    const told: string[] = [];
    const tell = (what: string) => () => told.push(what);
    heap.record({
      malloc: tell("malloc"),
      free: tell("free"),
      realloc: tell("realloc"),
      coalesce: tell("coalesce"),
    });
    expect([heap.coalesce(), String(heap)]).toEqual([3, "f12 A1 f6"]);
    expect([heap.coalesce(), told]).toEqual([0, ["coalesce", "coalesce"]]);
  });
});

describe("a fit of one's own in a TextbookHeap", () => {
  const last: CustomFit = (holes, size) => holes.filter((hole) => hole.size >= size).at(-1);
  const none: CustomFit = () => null;

  it.each([
    [last, 4, {}],
    [last, 9, { growable: true }],
    [none, 4, { growable: true }],
    [none, 8, { growable: true }],
    [none, 9, { growable: true }],
    [none, 4, {}],
    [none, 8, {}],
    [none, 12, {}],
    [none, 40, {}],
  ] as const)("answers as in a FreeList: %o for %d bytes, %j", (fit, request, options) => {
    const text = "f8 A1 f8 A1 f4";
    const heaps = [heapFrom(text, { ...options, fit }), heapFrom(text, { ...options, fit }, TextbookHeap)];
    const [fast, slow] = heaps.map((heap) => eventOf<MallocEvent>(heap, () => heap.malloc(request)));
    expect(slow).toEqual(fast);
    expect(String(heaps[1])).toBe(String(heaps[0]));
  });

  it("cannot change the heap's own holes", () => {
    const seen: HeapEvent[] = [];
    const heap = heapFrom("f8 A1 f8", { fit: (holes) => ({ ...holes[0]! }) }, TextbookHeap);
    heap.listen((event) => seen.push(event));
    expect(() => heap.malloc(4)).toThrow("must return one of the holes it was given");
    expect([String(heap), seen]).toEqual(["f8 A1 f8", []]);
  });
});

describe("a TextbookHeap like a FreeList", () => {
  const LAST = Number.MAX_SAFE_INTEGER;
  it.each([
    [
      "knows no address before it, behind it, or in a hole",
      {},
      (heap) => {
        for (const address of [99, 100, 101, 108, 110, 123, 124]) heap.free(address);
        for (const address of [99, 101, 110, 124]) heap.realloc(address, 4);
      },
    ],
    [
      "shrinks a block by no less than the least remainder",
      { leastRemainder: 4 },
      (heap) => {
        for (const size of [7, 5, 4]) heap.realloc(100, size);
      },
    ],
    [
      "grows up to 2^53 - 1, and no further",
      { growable: true, base: LAST - 40 },
      (heap) => {
        for (const size of [24, 25, 1]) heap.malloc(size);
      },
    ],
    [
      "grows to the last page below 2^53",
      { growable: true, base: LAST - 47, pageSize: 8 },
      (heap) => {
        for (const size of [17, 16, 1]) heap.malloc(size);
      },
    ],
    [
      "grows to just 2^53 - 1",
      { growable: true, base: LAST - 40 },
      (heap) => {
        for (const size of [33, 32, 1]) heap.malloc(size);
      },
    ],
    [
      "stretches the block at the top up to 2^53 - 1, and no further",
      { growable: true, base: LAST - 40 },
      (heap) => {
        heap.malloc(16);
        for (const size of [20, 33, 32, 33]) heap.realloc(LAST - 32, size);
      },
    ],
  ] as [string, HeapFromOptions, (heap: Heap) => void][])("%s", (_, given, act) => {
    const options = { base: 100, ...given };
    const told = [heapFrom("A8 f16", options), heapFrom("A8 f16", options, TextbookHeap)].map((heap) => {
      const events: HeapEvent[] = [];
      heap.listen((event) => events.push(event));
      act(heap);
      heap.check();
      return [String(heap), heap.top, events];
    });
    expect(told[1]).toEqual(told[0]);
  });
});

describe("a snapshot of a TextbookHeap", () => {
  it("is one of a FreeList, which goes on alike", () => {
    const options = { fit: "next", order: "lifo", align: 12, header: 4, base: 100 } as const;
    const heaps = [new TextbookHeap(600, 4, options), new FreeList(600, 4, options)];
    for (const [from, to] of [heaps, [...heaps].reverse()]) {
      for (const size of [20, 30, 4, 60]) from!.malloc(size);
      for (const address of [...from!.blocks()].filter(({ free }) => !free).slice(1, 3))
        from!.free(address.address + 4);
      from!.malloc(10);
      to!.restore(from!.snapshot());
      expect(to!.snapshot()).toEqual(from!.snapshot());
      for (const size of [10, 30, 500, 8]) expect(to!.malloc(size)).toBe(from!.malloc(size));
      expect([String(to), [...to!.holes()]]).toEqual([String(from), [...from!.holes()]]);
      to!.check();
    }
  });

  it("that no such heap can have is refused, and the heap is as before", () => {
    const heap = new TextbookHeap(64, 1);
    heap.malloc(5);
    const state = { blocks: [1, -63], list: [0], rover: -1 };
    expect(() => heap.restore({ ...heap.snapshot(), state })).toThrow(
      "its state.list[0] must be the first unit",
    );
    expect(String(heap)).toBe("A5 f59");
    expect(() => heap.restore({ ...heap.snapshot(), state: { ...state, list: [1], rover: 1 } })).toThrow(
      "its state.rover must be -1, not 1",
    );
  });
});
