import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { turns } from "../base/testing/turns";
import { BuddySystem, type BuddySystemOptions } from "./buddy-system";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "./event";
import { SlowBuddies } from "./testing/slow-buddies";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

function watched(heapSize: number, unit: number, options?: BuddySystemOptions): [BuddySystem, HeapEvent[]] {
  const heap = new BuddySystem(heapSize, unit, options);
  const events: HeapEvent[] = [];
  heap.listen((event) => events.push(event));
  return [heap, events];
}

describe("malloc", () => {
  it("halves the smallest large enough hole until it fits", () => {
    const [heap, events] = watched(1024, 1);
    expect(heap.malloc(100)).toBe(0);
    expect(String(heap)).toBe("A128 f128 f256 f512");
    expect(events[0]).toMatchObject({
      size: 128,
      rounding: 28,
      examined: 4,
      hole: { address: 0, size: 1024 },
      remainder: { address: 128, size: 896 },
    });
  });

  it("serves the textbook's sequence", () => {
    // Tanenbaum, Modern Operating Systems: 1 MB, requests of 70, 35 and 80 KB, then frees.
    const heap = new BuddySystem(1024, 1);
    expect([heap.malloc(70), heap.malloc(35), heap.malloc(80)]).toEqual([0, 128, 256]);
    expect(String(heap)).toBe("A128 A64 f64 A128 f128 f512");
    heap.free(0);
    expect(heap.malloc(60)).toBe(192);
    expect(String(heap)).toBe("f128 A64 A64 A128 f128 f512");
    heap.free(128);
    heap.free(192);
    heap.free(256);
    expect(String(heap)).toBe("f1024");
  });

  it("takes the lowest of several holes of one size", () => {
    const heap = new BuddySystem(64, 16);
    for (let i = 0; i < 4; i++) heap.malloc(16);
    heap.free(32);
    heap.free(0);
    expect(heap.malloc(16)).toBe(0);
  });

  it("rounds request plus header up to a power of two times the smallest block", () => {
    const [heap, events] = watched(1024, 4, { align: 32, header: 8, base: 1000 });
    expect(heap.malloc(56)).toBe(1008);
    expect(events[0]).toMatchObject({ request: 56, header: 8, rounding: 0, size: 64 });
    heap.malloc(57);
    expect(events[1]).toMatchObject({ rounding: 63, size: 128 });
    heap.malloc(0);
    expect(events[2]).toMatchObject({ request: 0, rounding: 24, size: 32 });
  });

  it("says why nothing fits, after how many lists", () => {
    const [heap, events] = watched(64, 16);
    heap.malloc(1);
    expect(heap.malloc(33)).toBeNull();
    expect(events.at(-1)).toMatchObject({ failure: "full", examined: 1, hole: null, remainder: null });
    heap.malloc(17);
    heap.free(0);
    expect(heap.malloc(64)).toBeNull();
    heap.free(32);
    heap.malloc(1);
    heap.malloc(1);
    heap.malloc(1);
    heap.free(0);
    expect(String(heap)).toBe("f16 A16 A16 f16");
    expect(heap.malloc(32)).toBeNull();
    expect(events.at(-1)).toMatchObject({ failure: "fragmented", examined: 2 });
  });

  it("looks at no list for a size beyond the heap", () => {
    const [heap, events] = watched(64, 16);
    heap.malloc(1000);
    heap.malloc(Number.MAX_SAFE_INTEGER);
    expect(events.map((event) => (event as MallocEvent).examined)).toEqual([0, 0]);
  });
});

describe("free", () => {
  it("merges with the buddy again and again", () => {
    const [heap, events] = watched(64, 16);
    heap.malloc(1);
    heap.free(0);
    expect(events[1]).toMatchObject({
      block: { address: 0, size: 16 },
      left: null,
      right: { address: 16, size: 48 },
      hole: { address: 0, size: 64 },
    });
  });

  it("does not merge neighbours that are no buddies", () => {
    const [heap, events] = watched(64, 16);
    for (let i = 0; i < 4; i++) heap.malloc(1);
    heap.free(16);
    heap.free(32);
    expect(String(heap)).toBe("A16 f16 f16 A16");
    expect((events.at(-1) as FreeEvent).left).toBeNull();
    heap.free(0);
    expect(events.at(-1)).toMatchObject({ left: null, right: { address: 16, size: 16 } });
    heap.free(48);
    expect(events.at(-1)).toMatchObject({ left: { address: 0, size: 48 }, right: null, hole: { size: 64 } });
  });

  it.each([
    [8, "inside"],
    [16, "hole"],
    [64, "outside"],
    [-16, "outside"],
    [Number.NaN, "outside"],
    [0.5, "inside"],
  ])("of %d, which malloc did not return, is false and changes nothing", (address, failure) => {
    const [heap, events] = watched(64, 16);
    heap.malloc(1);
    const before = String(heap);
    expect(heap.free(address)).toBe(false);
    expect(events.at(-1)).toMatchObject({ failure, block: null });
    expect(String(heap)).toBe(before);
  });
});

describe("realloc", () => {
  it("shrinks by halving in place, moves to grow, and keeps what fits", () => {
    const [heap, events] = watched(256, 16);
    heap.malloc(128);
    expect(heap.realloc(0, 20)).toBe(0);
    expect(String(heap)).toBe("A32 f32 f64 f128");
    expect(heap.realloc(0, 30)).toBe(0);
    expect(heap.realloc(0, 40)).toBe(64);
    expect(String(heap)).toBe("f64 A64 f128");
    expect(heap.realloc(64, 1000)).toBeNull();
    expect(heap.realloc(64, 0)).toBeNull();
    expect(heap.realloc(64, 8)).toBeNull();
    expect(heap.realloc(null, 8)).toBe(0);
    const hows = events.slice(1).map((event) => (event as ReallocEvent).how);
    expect(hows).toEqual(["shrunk", "kept", "moved", "denied", "freed", "unknown", "allocated"]);
    heap.check();
  });
});

describe("a growable buddy system", () => {
  it("doubles, and says what of the new half stays free", () => {
    const [heap, events] = watched(64, 16, { growable: true });
    heap.malloc(64);
    expect(heap.malloc(1)).toBe(64);
    expect(String(heap)).toBe("A64 A16 f16 f32");
    expect(events[1]).toMatchObject({
      grown: 64,
      hole: null,
      remainder: { address: 80, size: 48 },
      examined: 3,
    });
  });

  it("merges the new half with the old one where that is all free", () => {
    const heap = new BuddySystem(64, 16, { growable: true });
    expect(heap.malloc(200)).toBe(0);
    expect(heap.capacity).toBe(256);
  });

  it("does not grow at all when it could not grow enough", () => {
    const heap = new BuddySystem(64, 16, { growable: true });
    heap.malloc(1);
    expect(heap.malloc(2 ** 30 * 16)).toBeNull();
    expect(heap.malloc(Number.MAX_SAFE_INTEGER)).toBeNull();
    expect(heap.capacity).toBe(64);
    heap.check();
  });

  it("stays below 2^53", () => {
    const heap = new BuddySystem(64, 16, { growable: true, base: Number.MAX_SAFE_INTEGER - 64 });
    expect(heap.malloc(64)).toBe(heap.base);
    expect(heap.malloc(1)).toBeNull();
    expect(heap.capacity).toBe(64);
  });

  it("doubles up to 2^53 - 1", () => {
    const heap = new BuddySystem(64, 16, { growable: true, base: Number.MAX_SAFE_INTEGER - 128 });
    expect([heap.malloc(64), heap.malloc(64), heap.malloc(1)]).toEqual([heap.base, heap.base + 64, null]);
    expect(heap.top).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("new BuddySystem", () => {
  it.each([
    [0, 16],
    [48, 16],
    [2 ** 31, 1],
    [2 ** 52, 1],
  ])("refuses a heap of %d bytes with blocks of %d", (heapSize, unit) => {
    expect(() => new BuddySystem(heapSize, unit, { growable: heapSize === 0 })).toThrow(RangeError);
  });

  it.each(["fit", "order", "coalesce", "classes"])("refuses the option %s: it has no such policy", (name) => {
    expect(() => new BuddySystem(64, 16, { [name]: "best" } as BuddySystemOptions)).toThrow(
      `There is no option "${name}"; the options are align, header, base, growable.`,
    );
  });
});

describe(`against buddies kept as a set of strings (seed ${SEED})`, () => {
  it.each([
    [1024, 1, 0],
    [4096, 16, 8],
    [64, 64, 0],
  ])("%d bytes in blocks of %d with a header of %d: same answers, same holes", (heapSize, unit, header) => {
    const random = numbers(SEED + heapSize);
    const fast = new BuddySystem(heapSize, unit, { header });
    const slow = new SlowBuddies(heapSize, unit, header);
    const live: number[] = [];
    for (let i = 0; i < turns(3000); i++) {
      if (random(100) < 50) {
        const size = random(random(8) === 0 ? heapSize : 100);
        const address = fast.malloc(size);
        expect(address).toBe(slow.malloc(size));
        if (address !== null) live.push(address);
      } else {
        const address = live.splice(random(live.length || 1), 1)[0] ?? random(heapSize);
        expect(fast.free(address)).toBe(slow.free(address));
      }
      if (i % 20 === 0) {
        fast.check();
        expect(Array.from(fast.holes(), (hole) => [hole.address, hole.size])).toEqual(slow.holes());
      }
    }
  });
});
