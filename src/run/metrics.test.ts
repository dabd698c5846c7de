import { describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { FreeList } from "../heap/free-list";
import { History } from "./history";
import { METRIC_NAMES, METRICS, type MetricName, metricSeries, metricsAt } from "./metrics";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

describe.each(policies)("the metrics of a run with $name", ({ name, make, reallocs }) => {
  const heap = make();
  const history = History.of(heap);
  randomRun(heap, turns(200), 5, { reallocs });

  test("are in order at every step", () => {
    const cursor = history.cursor();
    let before = metricsAt(cursor);
    do {
      const m = metricsAt(cursor);
      expect(m.live).toBeGreaterThanOrEqual(0);
      expect(m.live).toBeLessThanOrEqual(m.allocated);
      expect(m.allocated + m.free).toBe(m.capacity);
      expect(m.largestHole).toBeLessThanOrEqual(m.free);
      expect(m.largestHole * m.holes).toBeGreaterThanOrEqual(m.free);
      expect(m.allocated).toBeLessThanOrEqual(m.highWater);
      expect(m.highWater).toBeLessThanOrEqual(m.capacity);
      expect(m.externalFragmentation).toBeGreaterThanOrEqual(0);
      expect(m.externalFragmentation).toBeLessThan(1);
      expect(m.internalFragmentation).toBeGreaterThanOrEqual(0);
      expect(m.internalFragmentation).toBeLessThanOrEqual(1);
      expect(m.denied).toBeGreaterThanOrEqual(before.denied);
      expect(m.denied).toBeLessThanOrEqual(cursor.step);
      expect(m.highWater).toBeGreaterThanOrEqual(before.highWater);
      before = m;
    } while (cursor.next());
  });

  test("are those of the blocks, counted one by one", () => {
    const cursor = history.cursor();
    do {
      const blocks = [...cursor.blocks()];
      const live = blocks.flatMap((block) => ("id" in block ? [block] : []));
      const holes = blocks.filter((block) => block.free);
      expect(metricsAt(cursor), `${name}, step ${cursor.step}`).toMatchObject({
        live: live.reduce((sum, block) => sum + block.request, 0),
        allocated: live.reduce((sum, block) => sum + block.size, 0),
        free: holes.reduce((sum, block) => sum + block.size, 0),
        holes: holes.length,
        largestHole: Math.max(0, ...holes.map((block) => block.size)),
        capacity: cursor.heap.capacity,
      });
    } while (cursor.next());
  });

  test.each(METRIC_NAMES)("metricSeries has %s of every step", (metric) => {
    const series = metricSeries(history, metric);
    const cursor = history.cursor();
    expect(series).toHaveLength(history.length + 1);
    do expect(series[cursor.step]).toBe(metricsAt(cursor)[metric]);
    while (cursor.next());
  });
});

describe("metrics", () => {
  test.each(METRIC_NAMES)("have the values that METRICS says on an empty and on a full heap: %s", (name) => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    heap.malloc(64);
    const { whenEmpty, whenFull } = METRICS[name];
    const values = { "0": 0, "1": 1, capacity: 64 };
    const series = metricSeries(history, name);
    expect(series[0]).toBe(values[whenEmpty]);
    if (whenFull === "0 and up") expect(series[1]).toBeGreaterThanOrEqual(0);
    else expect(series[1]).toBe(values[whenFull]);
  });

  test("are known of a heap without a byte, as numbers", () => {
    const history = History.of(new FreeList(0, 8, { growable: true }));
    for (const value of Object.values(metricsAt(history.cursor()))) expect(value).toBe(0);
  });

  test("count what fragmentation and denial cost", () => {
    const heap = new FreeList(64, 8, { header: 4 });
    const history = History.of(heap);
    const first = heap.malloc(10);
    heap.malloc(10);
    heap.free(first);
    heap.malloc(40);
    expect(metricsAt(history.cursor().seek(4))).toMatchObject({
      live: 10,
      allocated: 16,
      free: 48,
      capacity: 64,
      largestHole: 32,
      holes: 2,
      externalFragmentation: 1 - 32 / 48,
      internalFragmentation: 1 - 10 / 16,
      examined: 2,
      denied: 1,
      highWater: 32,
    });
  });

  test("metricSeries refuses a name that is none, with the names", () => {
    const history = History.of(new FreeList(64, 8));
    expect(() => metricSeries(history, "speed" as MetricName)).toThrow(/"speed"; the metrics are live, /);
    expect(() => metricSeries(history, "toString" as MetricName)).toThrow(RangeError);
  });
});
