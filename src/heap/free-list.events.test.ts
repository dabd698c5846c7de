import { describe, expect, it } from "vitest";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "./event";
import { FITS } from "./fits";
import { FixedPartitions } from "./fixed-partitions";
import { FreeList } from "./free-list";
import { AddressList } from "./index/address-list";
import { ArrivalList } from "./index/record-list";
import { ORDERS, type Order } from "./orders";
import { eventOf } from "./testing/event-of";
import { heapOf } from "./testing/heap-of";

describe("why a request is denied, at its edge", () => {
  it("as many free bytes as it needs, but in two holes: fragmented", () => {
    const heap = heapOf("f8 A8 f8");
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(16)).failure).toBe("fragmented");
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(17)).failure).toBe("full");
  });

  it("a hole of just its size that the policy did not choose: declined", () => {
    const heap = new FreeList(16, 1, { fit: () => null });
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(16)).failure).toBe("declined");
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(17)).failure).toBe("full");
  });

  it("a growable heap does not grow for what the policy declined", () => {
    const heap = new FreeList(16, 1, { fit: () => null, growable: true });
    expect([heap.malloc(16), heap.malloc(17), heap.top]).toEqual([null, 0, 17]);
  });
});

describe("why an address is unknown, at the edges of blocks and heap", () => {
  it.each([
    [99, "outside"],
    [100, "inside"],
    [104, null],
    [105, "inside"],
    [112, "hole"],
    [116, "hole"],
    [131, "hole"],
    [132, "outside"],
    [2 ** 40, "outside"],
  ])("free(%d): %s", (address, failure) => {
    const heap = heapOf("A12 f20", { base: 100, header: 4 });
    const event = eventOf<FreeEvent>(heap, () => expect(heap.free(address)).toBe(failure === null));
    expect(event.failure).toBe(failure);
  });

  it("a hole at the base", () => {
    const heap = heapOf("f12 A8", { base: 100, header: 4 });
    for (const address of [100, 104])
      expect(eventOf<FreeEvent>(heap, () => heap.free(address)).failure).toBe("hole");
  });

  it("realloc tells it of its free, and has no block", () => {
    const heap = heapOf("A8 f8");
    const event = eventOf<ReallocEvent>(heap, () => expect(heap.realloc(3, 5)).toBeNull());
    expect(event).toMatchObject({ how: "unknown", block: null, address: null, malloc: null, grown: 0 });
    expect(event.free).toMatchObject({ address: 3, failure: "inside" });
  });
});

describe("listening", () => {
  it("goes on for one when another ends, and counts the records from any time on", () => {
    const heap = heapOf("f4 A4 f8 A4 f16");
    const heard: [HeapEvent[], HeapEvent[]] = [[], []];
    const [first, second] = heard.map((events) => heap.listen((event) => events.push(event)));
    heap.malloc(1);
    first!();
    heap.malloc(8);
    second!();
    heap.malloc(8);
    expect(heard.map((events) => events.map((event) => (event as MallocEvent).examined))).toEqual([
      [1],
      [1, 2],
    ]);
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(8))).toMatchObject({ examined: 2, address: 28 });
    heap.restore(heap.snapshot());
    expect(eventOf<MallocEvent>(heap, () => heap.malloc(9))).toMatchObject({ examined: 1 });
  });

  it("survives a state that is taken meanwhile", () => {
    const heap = heapOf("f4 A4 f8 A4 f16");
    const events: MallocEvent[] = [];
    heap.listen((event) => events.push(event as MallocEvent));
    heap.restore(heap.snapshot());
    heap.malloc(9);
    expect(events).toMatchObject([{ address: 20, examined: 3 }]);
  });
});

describe("storageBytes", () => {
  it("counts a byte a unit and more, and what the index takes", () => {
    const bytes = (options: object) => new FreeList(2 ** 16, 4, options).storageBytes;
    const units = 2 ** 14;
    expect(bytes({})).toBeGreaterThan(units);
    expect(bytes({})).toBeLessThan(2 * units);
    for (const options of [{ fit: "best" }, { order: "lifo" }, { order: "size-ascending" }])
      expect(bytes(options)).toBeGreaterThan(units);
    expect(bytes({ fit: "best", order: "lifo" })).toBeGreaterThan(bytes({ order: "lifo" }));
  });
});

describe("check notices", () => {
  /** A heap `A4 A4 f8` whose list is kept by another order's index, or by one that is broken. */
  function heapWith(index: Order["index"]): FreeList {
    const search = FITS.first.index!;
    const heap = new FreeList(
      16,
      4,
      {},
      { kind: "test", given: {}, order: { ...ORDERS.address, index }, search },
    );
    heap.malloc(4);
    heap.malloc(4);
    return heap;
  }

  it("a list in another order", () => {
    const heap = heapWith((arena) => new ArrivalList(arena, "front", false));
    heap.check();
    heap.malloc(4);
    heap.free(0);
    heap.free(8);
    expect(() => heap.check()).toThrow("Broken heap: the holes at 8 and 0 are not in the list's order.");
  });

  it("an index without one of the holes", () => {
    class Forgetful extends AddressList {
      override put(hole: number, size: number, left: number, right: number): void {
        if (hole !== 0) super.put(hole, size, left, right);
      }
    }
    const heap = heapWith((arena) => new Forgetful(arena));
    heap.free(0);
    expect(() => heap.check()).toThrow(/^Broken /);
  });
});

it("a snapshot with another first partition is refused by its number and size", () => {
  const heap = new FixedPartitions([16, 64, 32], 8);
  const { state, ...rest } = heap.snapshot();
  for (const [blocks, place] of [
    [[-4, -6, -4], "state.blocks[0] must be the partition of 16 bytes"],
    [[-2, -9, -3], "state.blocks[1] must be the partition of 64 bytes"],
  ] as const) {
    const list = [0, -blocks[0], -blocks[0] - blocks[1]];
    expect(() => heap.restore({ ...rest, state: { ...(state as object), blocks, list } })).toThrow(place);
  }
});
