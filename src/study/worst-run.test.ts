import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import { leastMemory } from "./placement-game";
import { worstRun } from "./worst-run";

const FITS = ["first", "next", "best", "worst"] as const;

describe.each(FITS)("worstRun of %s fit", (fit) => {
  test.each([
    [2, 2],
    [3, 2],
    [4, 4],
    [5, 3],
    [6, 3],
  ])("%i live, up to %i: a FreeList that runs the trace uses as much", (live, largest) => {
    const { memory, trace } = worstRun({ fit, live, largest });
    const result = replay(trace, new FreeList(0, 1, { fit, growable: true }));
    expect(result.highWater).toBe(memory);
    expect(trace.peakLive).toBeLessThanOrEqual(live);
    // What the best placement needs, this one needs as well.
    const sizes = Array.from({ length: largest }, (_, i) => i + 1);
    expect(memory).toBeGreaterThanOrEqual(leastMemory({ live, sizes }));
  });
});

test("three words live, up to two at a time: 1 1 1, the outer two freed, then 2 behind", () => {
  const { memory, trace } = worstRun({ fit: "first", live: 3, largest: 2 });
  expect(memory).toBe(4);
  expect(trace.length).toBeLessThanOrEqual(5);
});

test("refuses what would take too long, or is no fit", () => {
  expect(() => worstRun({ fit: "first", live: 9, largest: 2 })).toThrow("from 1 to 8");
  expect(() => worstRun({ fit: "last" as "first", live: 3, largest: 2 })).toThrow(
    'There is no fit "last" here',
  );
});
