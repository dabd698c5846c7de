import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import { drive } from "./adaptive";
import { robsonAdversary, robsonBound } from "./robson";

const FITS = ["first", "best", "worst", "next"] as const;

describe("robsonBound", () => {
  it("is M · (1 + ½ · log2 n) − n + 1", () => {
    expect(robsonBound({ live: 4096, largest: 64 })).toBe(16_321);
    expect(robsonBound({ live: 16_384, largest: 1024 })).toBe(97_281);
    expect(robsonBound({ live: 100, largest: 1 })).toBe(100);
  });
});

describe("robsonAdversary", () => {
  it.each(FITS)("forces %s fit to exactly the bound, with M = 4096 and n = 64", (fit) => {
    const heap = new FreeList(0, 1, { growable: true, fit });
    const trace = drive(robsonAdversary({ live: 4096, largest: 64 }), heap);
    expect(heap.capacity).toBe(16_321);
    expect(trace.peakLive).toBe(4096);
  });

  it.each(["lifo", "fifo", "size-ascending", "size-descending"] as const)(
    "forces the order %s to the bound at least",
    (order) => {
      const options = { live: 512, largest: 32 };
      const heap = new FreeList(0, 1, { growable: true, order, base: 40 });
      drive(robsonAdversary(options), heap);
      expect(heap.capacity).toBeGreaterThanOrEqual(robsonBound(options));
    },
  );

  it("asks for powers of two, never more than M bytes at once", () => {
    const trace = drive(robsonAdversary({ live: 256, largest: 16 }), new FreeList(0, 1, { growable: true }));
    const sizes = new Set(
      [...trace].flatMap((operation) => (operation.kind === "malloc" ? [operation.size] : [])),
    );
    expect([...sizes]).toEqual([1, 2, 4, 8, 16]);
    expect(trace.peakLive).toBe(256);
  });

  it("is recorded as a trace that does the same to the same heap again", () => {
    const make = () => new FreeList(0, 1, { growable: true, fit: "best" });
    const heap = make();
    const trace = drive(robsonAdversary({ live: 256, largest: 16 }), heap);
    expect(replay(trace, make()).highWater).toBe(heap.capacity);
  });

  it("stops when it is denied a request", () => {
    const options = { live: 256, largest: 16 };
    const heap = new FreeList(robsonBound(options) - 1, 1);
    drive(robsonAdversary(options), heap);
    expect(heap.malloc(16)).toBe(null);
    expect(heap.usedBytes).toBeLessThanOrEqual(256 - 16);
  });

  it("refuses bounds that are none", () => {
    const start = (live: number, largest: number) => () => robsonAdversary({ live, largest }).next();
    expect(start(64, 3)).toThrow("options.largest is a power of two, not 3");
    expect(start(32, 64)).toThrow("options.live must be an integer from 64");
    expect(start(100, 64)).toThrow("options.live is a multiple of options.largest, not 100 of 64");
  });
});
