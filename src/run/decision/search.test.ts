import { describe, expect, test } from "vitest";
import { FITS, type Fit, type FitName } from "../../heap/fits";
import type { FreeList } from "../../heap/free-list";
import type { FreeListOptions } from "../../heap/options";
import { eventOf } from "../../heap/testing/event-of";
import { heapOf } from "../../heap/testing/heap-of";
import { stateOf } from "../heap-state";
import { decision } from "./decision";

/** Holes of these sizes with allocated memory between them. */
function holesOf(sizes: readonly number[], options: FreeListOptions): FreeList {
  return heapOf(`${sizes.map((size) => `f${size}`).join(" A1 ")} A1`, options);
}

/** What is told of the records that a search looks at. */
function walked(heap: FreeList, request: number, most: number): string[] {
  const before = stateOf(heap);
  const steps = decision(
    eventOf(heap, () => heap.malloc(request)),
    before,
    { most },
  );
  return steps.filter(({ kind }) => kind === "record" || kind === "skipped").map(({ text }) => text);
}

describe("a long search", () => {
  test("is told whole up to the number of records that may be told", () => {
    const heap = holesOf(Array(8).fill(8), {});
    expect(walked(heap, 9, 8)).toHaveLength(8);
    expect(walked(heap, 9, 7)).toEqual([
      "Record 1: the hole of 8 bytes at 0 is 1 byte too small for 9.",
      "6 records are left out here, and none changes the choice.",
      "Record 8: the hole of 8 bytes at 63 is 1 byte too small for 9.",
    ]);
  });

  test("is told where it passes the list's end", () => {
    const sizes = Array(20).fill(8);
    sizes[13] = 16;
    const heap = holesOf(sizes, { fit: "next" });
    heap.malloc(10);
    expect(walked(heap, 9, 8)).toEqual([
      "Record 14: the hole of 6 bytes at 127 is 3 bytes too small for 9.",
      "Record 15: the hole of 8 bytes at 134 is 1 byte too small for 9.",
      "5 records are left out here, and none changes the choice.",
      "Record 1: the hole of 8 bytes at 0 is 1 byte too small for 9.",
      "10 records are left out here, and none changes the choice.",
      "Record 12: the hole of 8 bytes at 99 is 1 byte too small for 9.",
      "Record 13: the hole of 8 bytes at 108 is 1 byte too small for 9.",
    ]);
  });

  test("compares with the best so far although that was left out, where a fit roves and looks at all", () => {
    const fits = FITS as Record<string, Fit>;
    fits.own = { roves: true, better: (hole, best) => hole.size < best.size };
    try {
      const sizes = Array.from({ length: 20 }, (_, i) => (i < 10 ? 200 : 110 - i));
      sizes[5] = 60;
      sizes[10] = 20;
      const heap = holesOf(sizes, { fit: "own" as FitName });
      heap.malloc(16);
      expect(walked(heap, 50, 4)).toEqual([
        "Record 11: the hole of 4 bytes at 1,886 is 46 bytes too small for 50.",
        "9 records are left out here; 9 of them were the best so far for a while.",
        "Record 1: the hole of 200 bytes at 0 is large enough, but no better than the 91 bytes at 2,663.",
        "4 records are left out here, and none changes the choice.",
        "Record 6: the hole of 60 bytes at 1,005 is large enough for 50, and the best so far.",
        "3 records are left out here, and none changes the choice.",
        "Record 10: the hole of 200 bytes at 1,669 is large enough, but no better than the 60 bytes at 1,005.",
      ]);
    } finally {
      delete fits.own;
    }
  });
});
