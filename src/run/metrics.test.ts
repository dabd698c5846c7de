import { describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { FreeList } from "../heap/free-list";
import { History } from "./history";
import { METRIC_NAMES, METRICS, type MetricName, type Metrics, metricSeries, metricsAt } from "./metrics";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

/** The least and the greatest value that a range states, at a step with these metrics. */
function boundsOf(range: string, metrics: Metrics, step: number) {
  const [, least = "", most, falls] =
    /^(\w+)(?: and up| to (below 1|the number of steps|\w+))(; never falls)?$/.exec(range)!;
  const numberOf = (bound: string) => {
    if (bound === "the number of steps") return step;
    return bound in metrics ? metrics[bound as MetricName] : Number(bound.replace("below ", ""));
  };
  const greatest = most === undefined ? Number.POSITIVE_INFINITY : numberOf(most);
  return { least: numberOf(least), greatest, isBelow: most === "below 1", neverFalls: falls !== undefined };
}

describe.each(policies)("the metrics of a run with $name", ({ name, make, reallocs }) => {
  const heap = make();
  const history = History.of(heap);
  randomRun(heap, turns(200), 5, { reallocs });

  test("are in their ranges at every step", () => {
    const cursor = history.cursor();
    let before = metricsAt(cursor);
    do {
      const m = metricsAt(cursor);
      expect(m.allocated + m.free).toBe(m.capacity);
      expect(m.largestHole * m.holes).toBeGreaterThanOrEqual(m.free);
      for (const metric of METRIC_NAMES) {
        const { least, greatest, isBelow, neverFalls } = boundsOf(METRICS[metric].range, m, cursor.step);
        expect(m[metric], metric).toBeGreaterThanOrEqual(
          neverFalls ? Math.max(least, before[metric]) : least,
        );
        if (isBelow) expect(m[metric], metric).toBeLessThan(greatest);
        else expect(m[metric], metric).toBeLessThanOrEqual(greatest);
      }
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
  test("say what they are, in which unit, and where the player has them", () => {
    const table = METRIC_NAMES.map((name) => {
      const { title, unit, definition, curve = false, beside = false } = METRICS[name];
      return [name, title, unit, curve, beside, definition];
    });
    expect(table).toEqual([
      ["live", "live", "bytes", true, true, "The bytes that the callers of the allocated blocks asked for."],
      [
        "allocated",
        "allocated",
        "bytes",
        true,
        true,
        "The bytes in allocated blocks: live bytes, headers and rounding.",
      ],
      [
        "capacity",
        "capacity",
        "bytes",
        "where it grows",
        false,
        "The bytes of the heap; more over time only where it may grow.",
      ],
      ["free", "free", "bytes", true, true, "The bytes in holes: capacity less allocated."],
      [
        "largestHole",
        "largest hole",
        "bytes",
        true,
        true,
        "The bytes of the largest hole: the largest block that can be had at once.",
      ],
      ["holes", "holes", "holes", true, true, "The number of holes: the length of the free list."],
      [
        "externalFragmentation",
        "external fragmentation",
        "fraction",
        true,
        true,
        "1 - largest hole / free: the share of the free bytes outside the largest hole; 0 when nothing is free.",
      ],
      [
        "internalFragmentation",
        "internal fragmentation",
        "fraction",
        false,
        false,
        "1 - live / allocated: the share of the allocated bytes that went to headers and rounding; 0 when nothing is allocated.",
      ],
      [
        "examined",
        "examined",
        "records",
        true,
        false,
        "The free-list records that a linear search looks at in this step; 0 in a step without a search.",
      ],
      [
        "denied",
        "denied requests",
        "requests",
        true,
        true,
        "The requests that found no hole, from the first step to this one.",
      ],
      [
        "highWater",
        "high water",
        "bytes",
        false,
        false,
        "How far from the base allocated blocks ever reached, from the first step to this one.",
      ],
    ]);
  });

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
