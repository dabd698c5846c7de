import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { StepFlag } from "./event-summary";
import { History } from "./history";
import { METRIC_NAMES, metricSeries } from "./metrics";
import { Overview } from "./overview";
import { nextFlagged, stepFlags } from "./step-flags";
import { randomRun } from "./testing/random-run";

/** Of each `width` steps the first of the lowest and the first of the highest values, ascending, and the last step. */
function peaks(series: readonly number[], width: number): number[] {
  const steps = new Set<number>();
  for (let from = 0; from < series.length; from += width) {
    const part = series.slice(from, from + width);
    const ends = [Math.min(...part), Math.max(...part)].map((value) => from + part.indexOf(value));
    for (const step of ends.sort((a, b) => a - b)) steps.add(step);
  }
  return [...steps.add(series.length - 1)];
}

const HEAPS: Readonly<Record<string, () => Heap>> = {
  "a heap of 2048 bytes": () => new FreeList(2048, 8),
  "a heap that grows": () => new FreeList(0, 8, { growable: true, fit: "best" }),
};

describe.each(Object.entries(HEAPS))("an overview of a run on %s", (_, make) => {
  test("knows at each step what is known of the run up to it", () => {
    const heap = make();
    randomRun(heap, 20, 5);
    const sizes = [...heap.blocks()].filter(({ free }) => !free).map(({ size }) => size);
    const history = History.of(heap);
    randomRun(heap, 300, 6);
    const flags = stepFlags(history);
    const series = METRIC_NAMES.map((name) => [name, [...metricSeries(history, name)]] as const);
    const run = History.decode(history.encode());
    for (let step = 0; step <= 300; step++) {
      const { columns } = run.survey(step);
      const { overview } = run;
      if (columns.sizes[step]! > 0) sizes.push(columns.sizes[step]!);
      expect(overview.known).toBe(step);
      expect(overview.flagsAt(step)).toBe(flags[step]);
      expect([overview.least, overview.most]).toEqual([Math.min(...sizes), Math.max(...sizes)]);
      expect(overview.highest).toBe(Math.max(...columns.capacity.subarray(0, step + 1)));
      if (step % 10 > 0) continue;
      for (const [name, whole] of series) {
        const values = whole.slice(0, step + 1);
        expect(overview.lastOf(name), name).toBe(values.at(-1));
        const highest = Math.max(...values);
        expect(overview.highestOf(name), name).toEqual({ step: values.indexOf(highest), value: highest });
      }
    }
  });

  test("has the whole curve where there are points enough, and no more points than are asked for", () => {
    const heap = make();
    const history = History.of(heap);
    randomRun(heap, 300, 7);
    history.prepare();
    for (const name of METRIC_NAMES) {
      const series = [...metricSeries(history, name)];
      const whole = history.overview.curve(name, 301);
      expect([...whole.values]).toEqual(series);
      expect([...whole.steps]).toEqual(series.map((_, step) => step));
      for (const [points, width] of [
        [300, 3],
        [100, 7],
        [10, 76],
        [4, 301],
      ] as const) {
        const { steps, values } = history.overview.curve(name, points);
        expect(steps.length).toBeLessThanOrEqual(points);
        expect([...steps], `${name}, ${points}`).toEqual(peaks(series, width));
        expect([...values]).toEqual([...steps].map((step) => series[step]));
      }
    }
  });
});

describe("an overview of many steps", () => {
  const STEPS = 70_000;
  const DENIED = [5, 4095, 4096, 4097, 12_287, 12_288, 50_000, 65_535, 65_536, STEPS];

  /** A block of which nothing is split off and that merges with nothing comes and goes; some requests are denied. */
  const run = () => {
    const heap = new FreeList(64, 8);
    const first = heap.malloc(8);
    heap.malloc(8);
    heap.free(first);
    const history = History.of(heap);
    const denied = new Set(DENIED);
    let block: number | null = null;
    for (let step = 1; step <= STEPS; step++) {
      if (denied.has(step)) heap.malloc(100);
      else if (block === null) block = heap.malloc(8);
      else {
        heap.free(block);
        block = null;
      }
    }
    history.prepare();
    return history;
  };

  test("finds the next notable step, both ways, from anywhere", () => {
    const history = run();
    const { overview } = history;
    const flags = stepFlags(history);
    expect([...flags.keys()].filter((step) => flags[step]! > 0)).toEqual(DENIED);
    const around = [...DENIED, 0, 8191, 8192, 30_000, 61_440].flatMap((step) => [step - 1, step, step + 1]);
    for (const step of around.filter((one) => one >= 0 && one <= STEPS)) {
      for (const direction of [1, -1] as const) {
        const found = overview.next(step, StepFlag.denied, direction);
        expect(found, `${step} ${direction}`).toBe(nextFlagged(flags, step, StepFlag.denied, direction));
        expect(overview.next(step, StepFlag.merge, direction)).toBeNull();
      }
    }
  });

  test("has the peaks of each curve, of stretches as long as the points that are asked for allow", () => {
    const history = run();
    const { overview } = history;
    expect(overview.highestOf("holes")).toEqual({ step: 0, value: 2 });
    expect(overview.highestOf("allocated")).toEqual({ step: 1, value: 16 });
    expect(overview.highestOf("denied")).toEqual({ step: STEPS, value: DENIED.length });
    expect(overview.lastOf("denied")).toBe(DENIED.length);
    for (const name of ["denied", "allocated", "examined"] as const) {
      const series = [...metricSeries(history, name)];
      // Of 70,001 steps 16 lie in a bucket, and 90 buckets of 4,376 in one of 49 stretches.
      const { steps, values } = overview.curve(name, 100);
      expect([...steps], name).toEqual(peaks(series, 16 * 90));
      expect([...values]).toEqual([...steps].map((step) => series[step]));
      expect([...overview.curve(name, 100_000).steps]).toEqual(peaks(series, 16));
    }
  });
});

describe("an overview", () => {
  test("has no points before any step is known", () => {
    const overview = new Overview();
    expect(overview).toMatchObject({ known: -1, highest: 0, least: Number.POSITIVE_INFINITY, most: 0 });
    const { steps, values } = overview.curve("live", 10);
    expect([steps.length, values.length]).toEqual([0, 0]);
    expect(overview.next(0, 255, 1)).toBeNull();
  });

  test("knows the scales of the whole run where they are foretold", () => {
    const overview = new Overview();
    overview.foretell({ highest: 512, least: 8, most: 256 });
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    heap.malloc(16);
    overview.add(history.survey(1));
    expect(overview).toMatchObject({ known: 1, highest: 512, least: 8, most: 256 });
  });
});
