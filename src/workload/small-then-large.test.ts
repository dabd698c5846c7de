import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import { smallThenLarge } from "./small-then-large";

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
