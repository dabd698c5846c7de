import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import { bestFitAdversary } from "./best-fit-adversary";

describe("bestFitAdversary", () => {
  test.each([
    [1, 6],
    [2, 7],
    [3, 8],
    [12, 16],
  ])("leaves best fit %i holes, too small for its next request: m = %i", (holes, largest) => {
    const heap = new FreeList(10_000, 1, { fit: "best" });
    const trace = bestFitAdversary({ holes, largest });
    replay(trace, heap);
    const row = `A${largest - 2}${` f${largest - 3} A1`.repeat(holes)} f`;
    expect(String(heap).startsWith(row)).toBe(true);
  });

  test("has few words live: one a hole, and a few requests' worth", () => {
    expect(bestFitAdversary({ holes: 50, largest: 16 }).peakLive).toBeLessThan(50 + 4 * 16);
  });

  test("refuses what has no room for its pieces", () => {
    expect(() => bestFitAdversary({ holes: 1, largest: 5 })).toThrow(
      "options.largest must be an integer from 6",
    );
  });
});
