import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import { type AdaptiveWorkload, drive, robsonAdversary, robsonBound, smallThenLarge } from "./adversaries";

describe("smallThenLarge", () => {
  it("leaves half of a full heap free and is denied every large block", () => {
    const trace = smallThenLarge({ count: 100, small: 16 });
    const heap = new FreeList(1600, 1);
    const result = replay(trace, heap);
    expect(result).toMatchObject({ failures: 25, peakLive: 1600 });
    expect(heap.freeBytes).toBe(800);
    expect(heap.holeCount).toBe(50);
  });

  it("makes a growable heap grow by half", () => {
    for (const fit of ["first", "best", "worst", "next"] as const) {
      const heap = new FreeList(0, 1, { growable: true, fit });
      replay(smallThenLarge({ count: 100, small: 16 }), heap);
      expect(heap.capacity).toBe(2400);
    }
  });

  it("asks for as many large blocks as would fill what was freed", () => {
    const trace = smallThenLarge({ count: 5, small: 10, large: 11 });
    expect([...trace].slice(5)).toEqual([
      { kind: "free", id: 0 },
      { kind: "free", id: 2 },
      { kind: "free", id: 4 },
      { kind: "malloc", id: 5, size: 11 },
      { kind: "malloc", id: 6, size: 11 },
    ]);
  });

  it("refuses what is no attack", () => {
    expect(() => smallThenLarge({ count: 1, small: 8 })).toThrow("options.count");
    expect(() => smallThenLarge({ count: 4, small: 0 })).toThrow("options.small");
    expect(() => smallThenLarge({ count: 4, small: 8, large: 8 })).toThrow("larger than a small one");
  });
});

describe("drive", () => {
  it("tells the workload each address and records what was granted", () => {
    const answers: (number | null)[] = [];
    function* workload(): AdaptiveWorkload {
      answers.push(yield { kind: "malloc", id: 0, size: 16 });
      answers.push(yield { kind: "malloc", id: 1, size: 8 });
      answers.push(yield { kind: "malloc", id: 2, size: 100 });
      answers.push(yield { kind: "free", id: 0 });
      answers.push(yield { kind: "realloc", id: 1, size: 20 });
      answers.push(yield { kind: "realloc", id: 1, size: 50 });
    }
    const heap = new FreeList(64, 4, { base: 1000 });
    const trace = drive(workload(), heap, "mine");
    expect(answers).toEqual([1000, 1016, null, null, 1016, null]);
    expect([...trace]).toEqual([
      { kind: "malloc", id: 0, size: 16 },
      { kind: "malloc", id: 1, size: 8 },
      { kind: "free", id: 0 },
      { kind: "realloc", id: 1, size: 20 },
    ]);
    expect(trace.name).toBe("mine");
    expect(trace.source).toContain("free-list");
  });

  it("refuses a workload that names a block it does not have", () => {
    function* workload(): AdaptiveWorkload {
      yield { kind: "malloc", id: 0, size: 100 };
      yield { kind: "free", id: 0 };
    }
    expect(() => drive(workload(), new FreeList(64, 4))).toThrow("free names block 0, which is not live");
  });
});

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
