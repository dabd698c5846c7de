import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { turns } from "../base/testing/turns";
import { BuddySystem } from "./buddy-system";
import { createHeap } from "./create-heap";
import type { HeapEvent } from "./event";
import { FreeList } from "./free-list";
import type { Heap } from "./heap";
import { OriginalHeap } from "./original-heap";
import { SegregatedFits } from "./segregated-fits";
import { ByteMap } from "./testing/byte-map";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

const HEAPS: Record<string, () => Heap> = {
  "free list": () => new FreeList(4096, 4),
  "free list, fit of one's own": () =>
    new FreeList(4096, 4, { fit: (holes, size) => holes.filter((hole) => hole.size >= size).at(-1) }),
  "free list, next fit, deferred": () =>
    new FreeList(4096, 8, { fit: "next", coalesce: "deferred", order: "lifo" }),
  "segregated fits": () => new SegregatedFits(4096, 8, { header: 8, base: 64 }),
  "segregated fits, deferred, own classes": () =>
    new SegregatedFits(4096, 4, { coalesce: "deferred", classes: [16, 100, 1000] }),
  "segregated fits, growable": () => new SegregatedFits(0, 16, { growable: true }),
  "buddy system": () => new BuddySystem(4096, 16),
  "buddy system with header": () => new BuddySystem(4096, 4, { align: 32, header: 8, base: 1024 }),
  "buddy system, growable": () => new BuddySystem(64, 16, { growable: true }),
};

describe.each(Object.entries(HEAPS))(`%s (seed ${SEED})`, (_, make) => {
  it("keeps its invariants and gives no byte away twice", () => {
    randomRun(make(), SEED, turns(4000));
  });

  it("has its free blocks for holes, each as blocks() has it", () => {
    const heap = make();
    randomRun(heap, SEED + 6, turns(500));
    const holes = [...heap.holes()].sort((a, b) => a.address - b.address);
    expect(holes).toEqual([...heap.blocks()].filter((block) => block.free));
  });

  it("is whole again when all is freed", () => {
    const heap = make();
    const live = randomRun(heap, SEED + 1, turns(1000));
    for (const address of live) expect(heap.free(address)).toBe(true);
    heap.check();
    if (heap instanceof FreeList) heap.coalesce();
    expect(heap.usedBytes).toBe(0);
    const whole = heap.capacity - heap.header;
    expect(heap.malloc(whole)).toBe(heap.base + heap.header);
  });

  it("answers alike with and without a listener", () => {
    const [quiet, loud] = [make(), make()];
    const events: HeapEvent[] = [];
    loud.listen((event) => events.push(event));
    expect(randomRun(loud, SEED + 2, turns(1000))).toEqual(randomRun(quiet, SEED + 2, turns(1000)));
    expect(String(loud)).toBe(String(quiet));
    expect(events.length).toBe(turns(1000));
  });

  it("goes on from a snapshot as from the state itself", () => {
    const heap = make();
    const live = randomRun(heap, SEED + 3, turns(500));
    const saved = heap.snapshot();
    const [text, holes] = [String(heap), [...heap.holes()]];
    const first = randomRun(heap, SEED + 4, turns(300), [...live]);
    heap.restore(saved);
    heap.check();
    expect([String(heap), [...heap.holes()]]).toEqual([text, holes]);
    expect(randomRun(heap, SEED + 4, turns(300), [...live])).toEqual(first);
  });

  it("is made again from its description", () => {
    const heap = make();
    const description = JSON.parse(JSON.stringify(heap.describe()));
    if (description.options.fit === "custom")
      return expect(() => createHeap(description)).toThrow(/fit of one's own/);
    const twin = createHeap(description);
    expect(randomRun(twin, SEED + 5, turns(500))).toEqual(randomRun(heap, SEED + 5, turns(500)));
  });

  it("refuses a snapshot of another kind of heap and stays as it was", () => {
    const heap = make();
    heap.malloc(16);
    const before = String(heap);
    expect(() => heap.restore(new OriginalHeap(64, 4).snapshot())).toThrow(RangeError);
    expect(String(heap)).toBe(before);
  });
});

/** Random operations with all checks after each; returns the live addresses. */
function randomRun(heap: Heap, seed: number, operations: number, live: number[] = []): number[] {
  const random = numbers(seed);
  const bytes = live.length === 0 ? new ByteMap(heap.header) : null;
  for (let i = 0; i < operations; i++) {
    const dice = random(10);
    const at = random(live.length || 1);
    if (dice < 5) {
      const size = random(150);
      const address = heap.malloc(size);
      if (address !== null) {
        bytes?.malloc(address, size);
        live.push(address);
      }
    } else if (dice < 9 || live.length === 0) {
      const address = live.length === 0 || dice === 5 ? heap.base + random(5000) : live[at]!;
      const known = live.indexOf(address);
      if (heap.free(address) !== known >= 0) throw new Error(`free(${address}) is wrong.`);
      if (known >= 0) {
        bytes?.free(address);
        live.splice(known, 1);
      }
    } else {
      const size = random(300);
      const from = live[at]!;
      const address = heap.realloc(from, size);
      if (address !== null || size === 0) {
        bytes?.free(from);
        live.splice(at, 1);
      }
      if (address !== null) {
        bytes?.malloc(address, size);
        live.push(address);
      }
    }
    heap.check();
  }
  return live;
}
