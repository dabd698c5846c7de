import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { CURVES_STATE, CurveRecorder, type CurvesState } from "./metric-curves";
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
      const heap = new FreeList(4096, 16, { header: 8, base: 65_536 });
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
        const kept = new Set([0, length]);
        for (let from = 0; from <= length; from += stretch) {
          const of = [...series.subarray(from, from + stretch)];
          for (const value of [Math.min(...of), Math.max(...of)]) kept.add(from + of.indexOf(value));
        }
        expect([...steps], name).toEqual([...kept].sort((a, b) => a - b));
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

describe("the state of curves", () => {
  /** A recorder that has noted so many steps, the one before the first operation included, in three stretches at most. */
  const recorder = (steps: number) => {
    const curves = new CurveRecorder(new FreeList(64, 8), ["live", "denied"], 8);
    for (let step = 1; step < steps; step++) curves.step(step % 5, 0);
    return curves;
  };
  const state = recorder(6).save();
  const [live, other] = state.curves;
  const load = (curves: CurvesState["curves"], steps = 6) => recorder(1).load({ ...state, curves }, steps);

  test("goes on as if there had been no pause", () => {
    const resumed = recorder(1);
    resumed.load(JSON.parse(JSON.stringify(state)), 6);
    const whole = recorder(6);
    for (const curves of [resumed, whole]) for (let step = 6; step < 40; step++) curves.step(step % 7, 0);
    expect(resumed.curves).toEqual(whole.curves);
    expect(resumed.save()).toEqual(whole.save());
  });

  test.each([
    ["fewer curves", [live!], "its curves must be 2, not 1"],
    ["another number of steps", [live!, { ...other!, step: 7 }], "its curves[1] must be of 6 steps"],
    [
      "stretches that are no power of two",
      [{ ...live!, length: 3, steps: [0, 2, 3, 5, 0, 0] }, other!],
      "its curves[0] must be of 6 steps",
    ],
    ["stretches that are too short", [{ ...live!, length: 1 }, other!], "its curves[0] must be of 6 steps"],
    [
      "too few steps",
      [{ ...live!, steps: live!.steps.slice(1) }, other!],
      "its curves[0] must be of 6 steps",
    ],
    [
      "too few values",
      [{ ...live!, values: live!.values.slice(1) }, other!],
      "its curves[0] must be of 6 steps",
    ],
    [
      "a step of another stretch",
      [live!, { ...other!, steps: [...other!.steps.slice(0, 5), 3] }],
      "its curves[1] must be of 6 steps",
    ],
  ])("is refused with %s", (_what, curves, reason) => {
    expect(() => load([live!, other!])).not.toThrow();
    expect(() => load(curves)).toThrow(RangeError);
    expect(() => load(curves)).toThrow(reason);
  });

  test("has whole steps and any numbers as values", () => {
    const issues = (first: unknown, steps: readonly unknown[]) =>
      v
        .safeParse(CURVES_STATE, { ...state, curves: [{ ...live!, first, steps }] })
        .issues?.map(({ message }) => message) ?? [];
    expect(issues(Number.NaN, [0, 2 ** 31 - 1])).toEqual([]);
    expect(issues("0", [0])).toEqual(["must be a number"]);
    expect(issues(0, [2 ** 31])).toHaveLength(1);
    expect(issues(0, [0.5])).toHaveLength(1);
  });
});
