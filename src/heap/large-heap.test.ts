import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { BuddySystem } from "./buddy-system";
import { FreeList } from "./free-list";
import type { Heap } from "./heap";
import type { FreeListOptions } from "./options";
import { SegregatedFits } from "./segregated-fits";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);
const FITS = ["first", "next", "best", "worst"] as const;
const ORDERS = ["address", "lifo", "fifo", "size-ascending", "size-descending"] as const;
const POLICIES = FITS.flatMap((fit) => ORDERS.map((order) => ({ fit, order })));

/** Allocates at both ends of a heap and makes it whole again. */
function useBothEnds(heap: Heap): void {
  const size = heap.capacity;
  const [low, high] = [heap.malloc(size - 4096), heap.malloc(4096)];
  expect([low, high]).toEqual([0, size - 4096]);
  expect(heap.malloc(1)).toBeNull();
  expect(heap.free(low!)).toBe(true);
  expect(heap.malloc(5)).toBe(0);
  expect([heap.free(high!), heap.free(0)]).toEqual([true, true]);
  expect([heap.largestHole, heap.holeCount]).toEqual([size, 1]);
}

describe("a heap of 2^32 bytes", () => {
  it.each([4096, 4])("in pages of %d works from end to end", (page) => {
    useBothEnds(new FreeList(2 ** 32, page));
  });

  it.each(POLICIES)("works in each policy, listened to: %o", (options) => {
    const heap = new FreeList(2 ** 32, 4, options);
    heap.listen(() => {});
    useBothEnds(heap);
  });

  it("works with size classes and with buddies", () => {
    useBothEnds(new SegregatedFits(2 ** 32, 4));
    const buddies = new BuddySystem(2 ** 32, 4);
    expect([buddies.malloc(2 ** 31), buddies.malloc(1), buddies.malloc(2 ** 31)]).toEqual([0, 2 ** 31, null]);
  });

  it("is reached by growing", () => {
    const heap = new FreeList(0, 4, { growable: true });
    expect([heap.malloc(2 ** 31), heap.malloc(2 ** 31), heap.malloc(1)]).toEqual([0, 2 ** 31, null]);
    expect(heap.realloc(2 ** 31, 2 ** 31 + 4)).toBeNull();
    expect(heap.top).toBe(2 ** 32);
  });
});

describe("a heap too large", () => {
  it.each([2 ** 33, 2 ** 40, 2 ** 53 - 4])("of %d bytes is refused, with the remedy", (size) => {
    for (const options of [
      {},
      { fit: "best" },
      { order: "lifo" },
      { fit: "next", order: "size-ascending" },
    ] as const) {
      const make = () => new FreeList(size, 4, options as FreeListOptions);
      expect(make).toThrow(RangeError);
      expect(make).toThrow(/2\^30 units.*use a larger alignment or a smaller heap/);
    }
    expect(() => new SegregatedFits(size, 4)).toThrow(/2\^30 units/);
    expect(() => new BuddySystem(size, 4)).toThrow(RangeError);
  });

  it("in bytes is none in large pages", () => {
    const heap = new FreeList(2 ** 52, 2 ** 30, { fit: "best" });
    expect([heap.malloc(1), heap.malloc(2 ** 51)]).toEqual([0, 2 ** 30]);
    heap.check();
  });
});

describe(`a heap of 10^6 blocks (seed ${SEED})`, () => {
  it.each([
    { fit: "first", order: "address" },
    { fit: "best", order: "address" },
    { fit: "next", order: "lifo" },
    { fit: "first", order: "fifo" },
    { fit: "worst", order: "address" },
  ] as const)("works: %o", (options) => {
    const heap = new FreeList(2 ** 26, 16, options);
    const random = numbers(SEED);
    const live: number[] = [];
    const fill = () => {
      while (live.length < 1_000_000) live.push(heap.malloc(1 + random(48))!);
    };
    fill();
    for (let i = 0; i < 300_000; i++) {
      const at = random(live.length);
      heap.free(live[at]!);
      live[at] = live.at(-1)!;
      live.pop();
    }
    fill();
    expect(heap.liveBlocks).toBe(1_000_000);
    expect(heap.storageBytes).toBeLessThan(64 * 1e6 + 8 * 2 ** 22);
    heap.check();
    for (const address of live) heap.free(address);
    expect(String(heap)).toBe("f67108864");
  });
});

// Milliseconds; sorting all holes at every request would take longer.
const HANGS_AFTER = 20_000;

describe("20,000 holes of one size", () => {
  const listening = (options: FreeListOptions) => {
    const [count, size] = [20_000, 16];
    const heap = new FreeList(2 * count * size, size, options);
    heap.listen(() => {});
    for (let i = 0; i < 2 * count; i++) heap.malloc(size);
    for (let i = 0; i < count; i++) heap.free(2 * i * size);
    expect(heap.holeCount).toBe(count);
    for (let i = 0; i < count; i++) heap.malloc(size);
    expect([heap.holeCount, heap.liveBlocks]).toEqual([0, 2 * count]);
  };
  for (const options of POLICIES) {
    const title = `are no trouble to the policy ${options.fit}/${options.order}, listened to`;
    it(title, () => listening(options), HANGS_AFTER);
  }
});
