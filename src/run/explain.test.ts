import { describe, expect, test } from "vitest";
import { BuddySystem } from "../heap/buddy-system";
import type { HeapEvent } from "../heap/event";
import { FreeList } from "../heap/free-list";
import type { FreeListOptions } from "../heap/options";
import { OriginalHeap } from "../heap/original-heap";
import { SegregatedFits } from "../heap/segregated-fits";
import { eventOf } from "../heap/testing/event-of";
import { explain } from "./explain";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

/** The explanations of what `act` does to a heap. */
function explained(options: FreeListOptions, act: (heap: FreeList) => void, size = 128): string[] {
  const heap = new FreeList(size, 8, options);
  const events: HeapEvent[] = [];
  heap.listen((event) => events.push(event));
  act(heap);
  return events.map((event) => explain(event, heap.describe()));
}

const deniedEvent = {
  kind: "malloc",
  request: 8,
  header: 0,
  rounding: 0,
  unsplit: 0,
  size: 8,
  address: null,
  examined: 1,
  hole: null,
  remainder: null,
  merges: 0,
  grown: 0,
} as const;

describe("explain", () => {
  test("writes addresses and bytes in hexadecimal where that is wished, calls without separators", () => {
    const heap = new FreeList(8192, 8, { header: 8, base: 4096 });
    const events: HeapEvent[] = [];
    heap.listen((event) => events.push(event));
    heap.malloc(1400);
    heap.free(4104);
    expect(events.map((event) => explain(event, heap.describe(), "hexadecimal"))).toEqual([
      "malloc(0x578): 0x578 bytes + 0x8 of header = 0x580 bytes. First fit examined 1 hole and took the one at 0x1000 (0x2000 bytes); the block is at 0x1000, its payload at 0x1008. 0x1a80 bytes stay free at 0x1580.",
      "free(0x1008): the block at 0x1000 (0x580 bytes) becomes free and merges with the hole behind it at 0x1580 (0x1a80 bytes): one hole at 0x1000 (0x2000 bytes).",
    ]);
    expect(explain(events[0]!)).toMatch(/^malloc\(1400\): 1,400 bytes/);
  });

  test("malloc: how the size comes about, the search, the place, the rest", () => {
    expect(explained({ header: 8, align: 16, base: 4096 }, (heap) => heap.malloc(24))).toEqual([
      "malloc(24): 24 bytes + 8 of header = 32 bytes. First fit examined 1 hole and took the one at 4,096 (128 bytes); the block is at 4,096, its payload at 4,104. 96 bytes stay free at 4,128.",
    ]);
    expect(explained({ header: 4, fit: "best" }, (heap) => heap.malloc(21))).toEqual([
      "malloc(21): 21 bytes + 4 of header, rounded up by 7 to 32 bytes (a multiple of 8). Best fit examined 1 hole and took the one at 0 (128 bytes); the block is at 0, its payload at 4. 96 bytes stay free at 32.",
    ]);
    expect(explained({}, (heap) => heap.malloc(128))).toEqual([
      "malloc(128): 128 bytes, without header or rounding. First fit examined 1 hole and took the one at 0 (128 bytes); the block is at 0. It fits exactly: nothing is left over.",
    ]);
  });

  test("malloc denied: full, fragmented, declined", () => {
    const full = explained({}, (heap) => {
      heap.malloc(128);
      heap.malloc(1);
    });
    expect(full[1]).toBe(
      "malloc(1): 1 byte, rounded up by 7 to 8 bytes (a multiple of 8). First fit examined 0 holes; denied, and the answer is null: fewer bytes are free in all than the block needs.",
    );
    const fragmented = explained({}, (heap) => {
      const a = heap.malloc(64);
      heap.malloc(8);
      heap.free(a);
      heap.malloc(72);
    });
    expect(fragmented[3]).toBe(
      "malloc(72): 72 bytes, without header or rounding. First fit examined 2 holes; denied, and the answer is null: enough bytes are free in all, but no single hole is large enough: the free memory is fragmented.",
    );
    const declined = explain({ ...deniedEvent, failure: "declined" });
    expect(declined).toBe(
      "malloc(8): 8 bytes, without header or rounding. The search examined 1 hole; denied, and the answer is null: a hole would have been large enough, but the policy chose none.",
    );
  });

  test("malloc: what sizes are rounded up to, one byte, and what is not split off", () => {
    expect(explained({ align: 16 }, (heap) => heap.malloc(9))[0]).toBe(
      "malloc(9): 9 bytes, rounded up by 7 to 16 bytes (a multiple of 16). First fit examined 1 hole and took the one at 0 (128 bytes); the block is at 0. 112 bytes stay free at 16.",
    );
    expect(explained({ align: 1 }, (heap) => heap.malloc(127))[0]).toBe(
      "malloc(127): 127 bytes, without header or rounding. First fit examined 1 hole and took the one at 0 (128 bytes); the block is at 0. 1 byte stays free at 127.",
    );
    expect(explained({ leastRemainder: 16 }, (heap) => heap.malloc(120))[0]).toBe(
      "malloc(120): 120 bytes, without header or rounding. First fit examined 1 hole and took the one at 0 (128 bytes); the block is at 0. It gets all of it: what would be left, 8 bytes, is not split off.",
    );
  });

  test.each([
    ["Worst fit", new FreeList(64, 8, { fit: "worst" })],
    ["A fit of one's own", new FreeList(64, 8, { fit: (holes) => holes[0] })],
    ["Segregated fits", new SegregatedFits(64, 8)],
    ["The original program", new OriginalHeap(64, 8)],
  ])("malloc: who searches: %s", (who, heap) => {
    const event = eventOf(heap, () => heap.malloc(64));
    expect(explain(event, heap.describe())).toMatch(`. ${who} examined `);
  });

  test("malloc in a heap that grows, and after deferred coalescing", () => {
    const bare = explained(
      { growable: true },
      (heap) => {
        heap.malloc(16);
        heap.malloc(8);
      },
      16,
    );
    expect(bare[1]).toBe(
      "malloc(8): 8 bytes, without header or rounding. First fit examined 0 holes and found none large enough, so the heap grew by 8 bytes: the block is at 16.",
    );
    const grown = explained(
      { growable: true },
      (heap) => {
        heap.malloc(8);
        heap.malloc(24);
      },
      16,
    );
    expect(grown[1]).toBe(
      "malloc(24): 24 bytes, without header or rounding. First fit examined 1 hole and found none large enough, so the heap grew by 16 bytes: the hole at its top, at 8 (8 bytes), counts towards it; the block is at 8.",
    );
    const deferred = explained({ coalesce: "deferred" }, (heap) => {
      const blocks = [heap.malloc(64), heap.malloc(64)];
      for (const block of blocks) heap.free(block);
      heap.malloc(128);
    });
    const denied = explained({ coalesce: "deferred" }, (heap) => {
      const blocks = Array.from({ length: 4 }, () => heap.malloc(32));
      for (const block of blocks.slice(0, 3)) heap.free(block);
      heap.malloc(104);
    });
    expect(denied.at(-1)).toBe(
      "malloc(104): 104 bytes, without header or rounding. First fit examined 4 holes, merged 2 pairs of neighbouring holes when the first search had failed; denied, and the answer is null: fewer bytes are free in all than the block needs.",
    );
    expect(deferred.at(-1)).toBe(
      "malloc(128): 128 bytes, without header or rounding. First fit examined 3 holes, merged 1 pair of neighbouring holes when the first search had failed and took the one at 0 (128 bytes); the block is at 0. It fits exactly: nothing is left over.",
    );
  });

  test("free: alone, merging, refused", () => {
    const texts = explained({}, (heap) => {
      const [a, b, c] = [heap.malloc(8), heap.malloc(16), heap.malloc(8)];
      heap.free(a);
      heap.free(c);
      heap.free(b);
      heap.free(b);
      heap.free(500);
      heap.malloc(16);
      heap.free(4);
    });
    expect(texts.slice(3, 8)).toEqual([
      "free(0): the block at 0 (8 bytes) becomes free. It merges with no neighbour and is a hole of its own.",
      "free(24): the block at 24 (8 bytes) becomes free and merges with the hole behind it at 32 (96 bytes): one hole at 24 (104 bytes).",
      "free(8): the block at 8 (16 bytes) becomes free and merges with the hole before it at 0 (8 bytes) and with the hole behind it at 24 (104 bytes): one hole at 0 (128 bytes).",
      "free(8): nothing is freed and the answer is false: the address is in free memory, freed before or never allocated.",
      "free(500): nothing is freed and the answer is false: the address is not in the heap.",
    ]);
    expect(texts[9]).toBe(
      "free(4): nothing is freed and the answer is false: the address is in a block but is not the payload address that malloc returned for it.",
    );
  });

  test("realloc: allocated, kept, shrunk, grown, moved, denied, freed, unknown", () => {
    const texts = explained({}, (heap) => {
      const a = heap.realloc(null, 16);
      heap.realloc(a, 9);
      heap.realloc(a, 8);
      heap.realloc(a, 24);
      heap.malloc(8);
      const moved = heap.realloc(a, 32);
      heap.realloc(moved, 1000);
      heap.realloc(moved, 0);
      heap.realloc(moved, 8);
    });
    expect(texts).toEqual([
      "realloc(null, 16): without a block this is malloc(16). 16 bytes, without header or rounding. First fit examined 1 hole and took the one at 0 (128 bytes); the block is at 0. 112 bytes stay free at 16.",
      "realloc(0, 9): 9 bytes, rounded up by 7 to 16 bytes (a multiple of 8). The block at 0 (16 bytes) has that size already and stays.",
      "realloc(0, 8): 8 bytes, without header or rounding. The block at 0 (16 bytes) shrinks in place; its last 8 bytes become free at 8.",
      "realloc(0, 24): 24 bytes, without header or rounding. The block at 0 (8 bytes) grows in place and takes 16 bytes from the hole behind it.",
      "malloc(8): 8 bytes, without header or rounding. First fit examined 1 hole and took the one at 24 (104 bytes); the block is at 24. 96 bytes stay free at 32.",
      "realloc(0, 32): the block at 0 (24 bytes) cannot grow in place and moves. 32 bytes, without header or rounding. First fit examined 1 hole and took the one at 32 (96 bytes); the block is at 32. 64 bytes stay free at 64. Its contents are copied to 32, and the block at 0 (24 bytes) becomes free. It merges with no neighbour and is a hole of its own.",
      "realloc(32, 1000): the block at 32 (32 bytes) cannot grow in place and stays as it is. 1,000 bytes, without header or rounding. First fit examined 2 holes; denied, and the answer is null: fewer bytes are free in all than the block needs.",
      "realloc(32, 0): a size of 0 makes this free(32): the block at 32 (32 bytes) becomes free and merges with the hole behind it at 64 (64 bytes): one hole at 32 (96 bytes).",
      "realloc(32, 8): nothing is freed and the answer is false: the address is in free memory, freed before or never allocated. A realloc needs the address of a block.",
    ]);
  });

  test("realloc: in place although something could be split off, and at the top of a heap that grows", () => {
    expect(explained({ leastRemainder: 16 }, (heap) => heap.realloc(heap.malloc(128), 120))[1]).toBe(
      "realloc(0, 120): 120 bytes, without header or rounding. The block at 0 (128 bytes) stays: what it has more is not split off.",
    );
    const texts = explained(
      { growable: true },
      (heap) => {
        heap.realloc(heap.malloc(8), 24);
        heap.realloc(0, 32);
      },
      16,
    );
    expect(texts.slice(1)).toEqual([
      "realloc(0, 24): 24 bytes, without header or rounding. The block at 0 (8 bytes) grows in place and takes 8 bytes from the hole behind it and 8 bytes by which the heap grew at its top.",
      "realloc(0, 32): 32 bytes, without header or rounding. The block at 0 (24 bytes) grows in place and takes 8 bytes by which the heap grew at its top.",
    ]);
  });

  test("realloc: in place after deferred coalescing", () => {
    const texts = explained({ coalesce: "deferred" }, (heap) => {
      for (let i = 0; i < 4; i++) heap.malloc(32);
      heap.free(32);
      heap.free(64);
      heap.realloc(0, 80);
    });
    expect(texts.at(-1)).toBe(
      "realloc(0, 80): 80 bytes, without header or rounding. First fit examined 2 holes, merged 1 pair of neighbouring holes when the first search had failed. The block at 0 (32 bytes) grows in place and takes 48 bytes from the hole behind it.",
    );
  });

  test("the original program's odd answer", () => {
    const heap = new OriginalHeap(128, 8);
    const texts: string[] = [];
    heap.listen((event) => texts.push(explain(event, heap.describe())));
    heap.malloc(0);
    heap.malloc(5);
    expect(texts).toEqual([
      "malloc(0): the original program answers -1 to a request of nothing, and nothing changes.",
      "malloc(5): 5 bytes, rounded up by 3 to 8 bytes (a page of 8 bytes at least). The original program examined 1 hole and took the one at 0 (128 bytes); the block is at 0. 120 bytes stay free at 8.",
    ]);
  });

  test("a buddy system that looks, grows and denies", () => {
    const texts: string[] = [];
    for (const growable of [true, false]) {
      const heap = new BuddySystem(64, 8, { growable });
      heap.malloc(64);
      heap.listen((event) => texts.push(explain(event, heap.describe())));
      heap.malloc(16);
      heap.malloc(16);
    }
    expect(texts).toEqual([
      "malloc(16): 16 bytes, without header or rounding. The buddy system looked at the holes of 3 sizes and found no hole, so the heap grew by 64 bytes: the block is at 64. 48 bytes stay free at 80, as buddies.",
      "malloc(16): 16 bytes, without header or rounding. The buddy system looked at the holes of 1 size and took the hole at 80 (16 bytes); the block is at 80. It fits exactly: nothing is left over.",
      "malloc(16): 16 bytes, without header or rounding. The buddy system looked at the holes of 3 sizes; denied, and the answer is null: fewer bytes are free in all than the block needs.",
      "malloc(16): 16 bytes, without header or rounding. The buddy system looked at the holes of 3 sizes; denied, and the answer is null: fewer bytes are free in all than the block needs.",
    ]);
  });

  test("the buddy system's powers of two", () => {
    const heap = new BuddySystem(256, 8);
    const texts: string[] = [];
    heap.listen((event) => texts.push(explain(event, heap.describe())));
    heap.free(heap.malloc(20));
    expect(texts[0]).toBe(
      "malloc(20): 20 bytes, rounded up by 12 to 32 bytes (a power of two). The buddy system looked at the holes of 4 sizes and took the hole at 0 (256 bytes); the block is at 0. 224 bytes stay free at 32, as buddies.",
    );
    expect(texts[1]).toMatch(
      /merges with the free buddies behind it at 32 \(224 bytes\): one hole at 0 \(256 bytes\)\.$/,
    );
  });

  test("without a description it names no policy", () => {
    const heap = new FreeList(64, 8);
    let text = "";
    heap.listen((event) => {
      text = explain(event);
    });
    heap.malloc(5);
    expect(text).toBe(
      "malloc(5): 5 bytes, rounded up by 3 to 8 bytes. The search examined 1 hole and took the one at 0 (64 bytes); the block is at 0. 56 bytes stay free at 8.",
    );
    heap.free(0);
    expect(text).toBe(
      "free(0): the block at 0 (8 bytes) becomes free and merges with the hole behind it at 8 (56 bytes): one hole at 0 (64 bytes).",
    );
  });

  test.each(policies)(
    "speaks in whole sentences of every event of a run with $name",
    ({ make, reallocs }) => {
      const heap = make();
      const texts: string[] = [];
      heap.listen((event) => texts.push(explain(event, heap.describe())));
      randomRun(heap, 400, 23, { reallocs });
      for (const text of texts) {
        expect(text).toMatch(/^(malloc|free|realloc)\([^)]+\): .+\.$/);
        expect(text).not.toMatch(/undefined|NaN|\[object|\.\.|, and the block is at null| {2}/);
      }
    },
  );
});
