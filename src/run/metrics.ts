import { show } from "../base/wrong-argument";
import type { Cursor, RecordedRun } from "./cursor";
import type { SurveyColumns } from "./survey";

/** What a metric is, and how it is had. */
export interface MetricDefinition {
  /** A short title, for an axis or a column. */
  readonly title: string;
  readonly unit: "bytes" | "holes" | "records" | "requests" | "fraction";
  /** One sentence. */
  readonly definition: string;
  /** Its least and greatest value. */
  readonly range: string;
  /** Its value on a fixed heap without any block. */
  readonly whenEmpty: "0" | "1" | "capacity";
  /** Its value on a heap that one block without header and rounding fills. */
  readonly whenFull: "0" | "capacity" | "0 and up";
  /** Whether the player has a curve of it; `"where it grows"`: only of a heap that grows. Default: none. */
  readonly curve?: boolean | "where it grows";
  /** Whether the player says its value beside the picture. Default false. */
  readonly beside?: boolean;
  /**
   * @internal Its value at a step, from what a `Survey` writes down of it: see `SurveyColumns`, whose entries count from the survey's
   * first step. What is not there yet becomes a column there, filled by `Survey` in the step itself.
   */
  readonly at: (columns: SurveyColumns, step: number) => number;
}

const TABLE = {
  live: {
    title: "live",
    unit: "bytes",
    definition: "The bytes that the callers of the allocated blocks asked for.",
    range: "0 to allocated",
    whenEmpty: "0",
    whenFull: "capacity",
    curve: true,
    beside: true,
    at: ({ live }, step) => live[step]!,
  },
  allocated: {
    title: "allocated",
    unit: "bytes",
    definition: "The bytes in allocated blocks: live bytes, headers and rounding.",
    range: "live to capacity",
    whenEmpty: "0",
    whenFull: "capacity",
    curve: true,
    beside: true,
    at: ({ used }, step) => used[step]!,
  },
  capacity: {
    title: "capacity",
    unit: "bytes",
    definition: "The bytes of the heap; more over time only where it may grow.",
    range: "0 and up",
    whenEmpty: "capacity",
    whenFull: "capacity",
    curve: "where it grows",
    at: ({ capacity }, step) => capacity[step]!,
  },
  free: {
    title: "free",
    unit: "bytes",
    definition: "The bytes in holes: capacity less allocated.",
    range: "0 to capacity",
    whenEmpty: "capacity",
    whenFull: "0",
    curve: true,
    beside: true,
    at: ({ capacity, used }, step) => capacity[step]! - used[step]!,
  },
  largestHole: {
    title: "largest hole",
    unit: "bytes",
    definition: "The bytes of the largest hole: the largest block that can be had at once.",
    range: "0 to free",
    whenEmpty: "capacity",
    whenFull: "0",
    curve: true,
    beside: true,
    at: ({ largest }, step) => largest[step]!,
  },
  holes: {
    title: "holes",
    unit: "holes",
    definition: "The number of holes: the length of the free list.",
    range: "0 and up",
    whenEmpty: "1",
    whenFull: "0",
    curve: true,
    beside: true,
    at: ({ holes }, step) => holes[step]!,
  },
  externalFragmentation: {
    title: "external fragmentation",
    unit: "fraction",
    definition:
      "1 - largest hole / free: the share of the free bytes outside the largest hole; 0 when nothing is free.",
    range: "0 to below 1",
    whenEmpty: "0",
    whenFull: "0",
    curve: true,
    beside: true,
    at: ({ largest, capacity, used }, step) => {
      const free = capacity[step]! - used[step]!;
      return free > 0 ? 1 - largest[step]! / free : 0;
    },
  },
  internalFragmentation: {
    title: "internal fragmentation",
    unit: "fraction",
    definition:
      "1 - live / allocated: the share of the allocated bytes that went to headers and rounding; 0 when nothing is allocated.",
    range: "0 to 1",
    whenEmpty: "0",
    whenFull: "0",
    at: ({ live, used }, step) => (used[step]! > 0 ? 1 - live[step]! / used[step]! : 0),
  },
  examined: {
    title: "examined",
    unit: "records",
    definition:
      "The free-list records that a linear search looks at in this step; 0 in a step without a search.",
    range: "0 and up",
    whenEmpty: "0",
    whenFull: "0 and up",
    curve: true,
    at: ({ examined }, step) => examined[step]!,
  },
  denied: {
    title: "denied requests",
    unit: "requests",
    definition: "The requests that found no hole, from the first step to this one.",
    range: "0 to the number of steps; never falls",
    whenEmpty: "0",
    whenFull: "0 and up",
    curve: true,
    beside: true,
    at: ({ denied }, step) => denied[step]!,
  },
  highWater: {
    title: "high water",
    unit: "bytes",
    definition: "How far from the base allocated blocks ever reached, from the first step to this one.",
    range: "allocated to capacity; never falls",
    whenEmpty: "0",
    whenFull: "capacity",
    at: ({ highWater }, step) => highWater[step]!,
  },
} satisfies Record<string, MetricDefinition>;

/** Names a metric. */
export type MetricName = keyof typeof TABLE;

/** The figures of one step. See `METRICS` for what each of them means. */
export type Metrics = Readonly<Record<MetricName, number>>;

/**
 * The metrics, each defined once: a further one is an entry in the table. The player shows them in this order.
 *
 * Between them hold, at every step:
 * `live <= allocated`, `allocated + free = capacity`, `largestHole <= free`, `allocated <= highWater <= capacity`.
 */
export const METRICS: Readonly<Record<MetricName, MetricDefinition>> = TABLE;

/** The name of every metric, in the table's order. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** The metrics at the cursor's step. */
export function metricsAt(cursor: Cursor): Metrics {
  const { columns, from } = cursor.run.survey(cursor.step);
  const values = METRIC_NAMES.map((name) => [name, METRICS[name].at(columns, cursor.step - from)]);
  return Object.fromEntries(values) as Metrics;
}

/**
 * A metric at every step: entry k is its value at step k, from step 0 on.
 * Runs the history to its end if that has not been done: see `History.prepare`.
 * @throws RangeError for a name that is no metric's
 */
export function metricSeries(run: RecordedRun, name: MetricName): Float64Array {
  if (!Object.hasOwn(METRICS, name)) {
    throw new RangeError(`There is no metric ${show(name)}; the metrics are ${METRIC_NAMES.join(", ")}.`);
  }
  const { at } = METRICS[name];
  const series = new Float64Array(run.length + 1);
  for (const { from, first, known, columns } of run.surveys()) {
    for (let step = first; step <= known; step++) series[step] = at(columns, step - from);
  }
  return series;
}
