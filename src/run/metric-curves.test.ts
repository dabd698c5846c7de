import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { METRIC_NAMES, metricSeries } from "./metrics";
import { replay } from "./replay";
import { anyTrace, steadyTrace } from "./testing/any-trace";
import { policies } from "./testing/policies";

describe("the curves of a replay", () => {
  test.each(policies)("have every value of every metric of a short run with $name", ({ make }) => {
    fc.assert(
      fc.property(anyTrace(60), (trace) => {
        const { curves, history } = replay(trace, make(), { curves: METRIC_NAMES, history: true });
        for (const name of METRIC_NAMES) {
          const { steps, values } = curves![name]!;
          expect([...steps]).toEqual([...Array(trace.length + 1).keys()]);
          expect([...values], name).toEqual([...metricSeries(history!, name)]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("have the lowest and the highest value of every stretch of a longer one, in few points", () => {
    for (const [length, points] of [
      [1000, 4],
      [1000, 7],
      [5000, 100],
      [4999, 33],
    ] as const) {
      const heap = new FreeList(4096, 16, { header: 8 });
      heap.malloc(100);
      const trace = steadyTrace(length, length);
      const { curves, history } = replay(trace, heap, {
        curves: METRIC_NAMES,
        curvePoints: points,
        history: true,
      });
      const stretches = Math.floor((points - 2) / 2);
      const stretch = 2 ** Math.ceil(Math.log2((length + 1) / stretches));
      for (const name of METRIC_NAMES) {
        const series = metricSeries(history!, name);
        const { steps, values } = curves![name]!;
        expect(steps.length).toBeLessThanOrEqual(points);
        expect([...steps]).toEqual([...new Set(steps)].sort((a, b) => a - b));
        expect([steps[0], steps.at(-1)]).toEqual([0, length]);
        expect([...values]).toEqual([...steps].map((step) => series[step]));
        for (let from = 0; from <= length; from += stretch) {
          const of = [...series.subarray(from, from + stretch)];
          const kept = [...values].filter((_, i) => steps[i]! >= from && steps[i]! < from + stretch);
          expect([Math.min(...kept), Math.max(...kept)], name).toEqual([Math.min(...of), Math.max(...of)]);
        }
      }
    }
  });

  test("are there so far when a replay is stopped, and null unless asked for", () => {
    const trace = steadyTrace(1, 500);
    const stopped = replay(trace, new FreeList(8192, 16), {
      curves: ["live"],
      progressEvery: 200,
      onProgress: () => false,
    });
    expect(Object.keys(stopped.curves!)).toEqual(["live"]);
    expect(stopped.curves!.live!.steps.at(-1)).toBe(200);
    expect(replay(trace, new FreeList(8192, 16)).curves).toBeNull();
  });

  test("are refused for what is no metric, and in fewer than 4 points", () => {
    const run = (options: object) => () => replay(steadyTrace(1, 5), new FreeList(64, 16), options);
    expect(run({ curves: ["lives"] })).toThrow(/options\.curves must be one of "live".*not "lives"/);
    expect(run({ curves: ["live"], curvePoints: 3 })).toThrow(
      /options\.curvePoints is a whole number from 4/,
    );
  });
});
