import { describe, expect, test } from "vitest";
import { Trace } from "../trace/trace";
import { compareHere } from "./compare";
import { Comparison } from "./comparison";

const malloc = (id: number, size: number) => ({ kind: "malloc", id, size }) as const;
const free = (id: number) => ({ kind: "free", id }) as const;

/** Leaves holes of 16 and 80 bytes, then asks for 16 and for 80: best fit needs no more, worst fit does. */
const HOLES = Trace.from(
  [
    malloc(0, 80),
    malloc(1, 16),
    malloc(2, 16),
    malloc(3, 16),
    free(0),
    free(2),
    malloc(4, 10),
    malloc(5, 80),
  ],
  { name: "holes", source: "eight operations by hand" },
);
const FLAT = Trace.from([malloc(0, 32), malloc(1, 32)], { name: "flat" });

describe("compareHere", () => {
  const comparison = compareHere([HOLES, FLAT], ["first", "best", { name: "big head", header: 16 }]);

  test("measures every trace under every policy, in the models that the figures name", () => {
    expect(comparison.cell("holes", "best")).toEqual({
      operations: 8,
      peakLive: 128,
      peakRounded: 128,
      peakBlocks: 128,
      extent: 128,
      searches: 6,
      examined: 0 + 0 + 0 + 0 + 2 + 1,
      meanHoles: (0 + 0 + 0 + 0 + 1 + 2 + 1 + 0) / 8,
      mostHoles: 2,
      failures: 0,
      arena: { bytes: 128, failsBelow: 128, exact: true, runs: 1 },
    });
    expect(comparison.cell("holes", "first")).toMatchObject({ extent: 208, failures: 1 });
    expect(comparison.cell("flat", "big head")).toMatchObject({
      peakLive: 64,
      peakRounded: 64,
      peakBlocks: 96,
      extent: 96,
    });
  });

  test("gives one figure as a table", () => {
    expect(comparison.table("extent")).toEqual([
      [208 / 128, 1, expect.any(Number)],
      [1, 1, 96 / 64],
    ]);
    expect(comparison.toText("extent")).toMatch(/^extent\/live: starts empty and grows/);
  });

  test("prints all figures with their definitions and the model of each", () => {
    const text = comparison.toString();
    expect(text).toContain(
      "big head: first fit, address order, immediate coalescing, align 16, 16 header bytes.",
    );
    expect(text).toMatch(/^trace +policy +peak live +extent\/live/);
    expect(text.split("\n").filter((line) => line.startsWith("holes "))).toHaveLength(3);
  });

  test("goes through JSON unchanged", () => {
    const again = Comparison.from(JSON.parse(JSON.stringify(comparison)));
    expect(again.toString()).toBe(comparison.toString());
    expect(again.json).toEqual(comparison.json);
  });

  test("leaves the smallest arena out when asked", () => {
    const without = compareHere([FLAT], ["first"], { arenaRuns: 0 });
    expect(without.cell("flat", "first")?.arena).toBeNull();
    expect(String(without)).not.toContain("arena/live");
    expect(String(comparison)).toContain("arena/live");
  });

  test("compares segregated fits and buddies too", () => {
    const both = compareHere([FLAT], ["buddy", "segregated-fits"]);
    expect(both.cell("flat", "buddy")).toMatchObject({ failures: 0, arena: { bytes: 64, exact: true } });
    expect(both.cell("flat", "segregated-fits")).toMatchObject({ arena: { exact: true } });
  });

  test("refuses nothing to compare, a name twice, an unknown policy", () => {
    expect(() => compareHere([], ["first"])).toThrow(/at least one trace/);
    expect(() => compareHere([Trace.from([], { name: "none" })], ["first"])).toThrow(
      'The trace "none" has no operations',
    );
    expect(() => compareHere([FLAT], [])).toThrow(/at least one policy/);
    expect(() => compareHere([FLAT], ["best", "best"])).toThrow(/"best" stands twice/);
    expect(() => compareHere([FLAT], ["frist"])).toThrow(/unknown word "frist"; the words are first/);
    expect(() => compareHere([FLAT], ["buddy/best"])).toThrow(/kind "buddy" has no fit/);
    expect(() => compareHere([FLAT], ["best/worst"])).toThrow(/fit twice/);
    expect(() => compareHere([FLAT], [7 as never])).toThrow(TypeError);
    expect(() => compareHere([FLAT], ["first"], { arenaRuns: -1 })).toThrow(/arenaRuns.*-1/);
    expect(() => comparison.cell("flat", "next")).toThrow(/policies first, best, big head/);
  });
});
