import type { Cursor } from "./cursor";
import type { History } from "./history";
import type { SurveyColumns } from "./survey";

/** The figures of one step. See `METRICS` for what each of them means. */
export interface Metrics {
  readonly live: number;
  readonly allocated: number;
  readonly free: number;
  readonly capacity: number;
  readonly largestHole: number;
  readonly holes: number;
  readonly externalFragmentation: number;
  readonly internalFragmentation: number;
  readonly examined: number;
  readonly denied: number;
  readonly highWater: number;
}

/** Names a metric. */
export type MetricName = keyof Metrics;

/** What a metric is. */
export interface MetricDefinition {
  readonly name: MetricName;
  /** A short title, for an axis or a column. */
  readonly title: string;
  readonly unit: "bytes" | "holes" | "records" | "requests" | "fraction";
  /** One sentence. */
  readonly definition: string;
  /** Its least and greatest value. */
  readonly range: string;
  /** Its value on a fixed heap without any block. */
  readonly whenEmpty: string;
  /** Its value on a heap that one block without header and rounding fills. */
  readonly whenFull: string;
}

/**
 * The metrics, each defined once.
 *
 * Between them hold, at every step:
 * `live <= allocated`, `allocated + free = capacity`, `largestHole <= free`, `allocated <= highWater <= capacity`.
 */
export const METRICS: readonly MetricDefinition[] = [
  {
    name: "live",
    title: "live",
    unit: "bytes",
    definition: "The bytes that the callers of the allocated blocks asked for.",
    range: "0 to allocated",
    whenEmpty: "0",
    whenFull: "capacity",
  },
  {
    name: "allocated",
    title: "allocated",
    unit: "bytes",
    definition: "The bytes in allocated blocks: live bytes, headers and rounding.",
    range: "live to capacity",
    whenEmpty: "0",
    whenFull: "capacity",
  },
  {
    name: "free",
    title: "free",
    unit: "bytes",
    definition: "The bytes in holes: capacity less allocated.",
    range: "0 to capacity",
    whenEmpty: "capacity",
    whenFull: "0",
  },
  {
    name: "capacity",
    title: "capacity",
    unit: "bytes",
    definition: "The bytes of the heap; more over time only where it may grow.",
    range: "0 and up",
    whenEmpty: "the heap's size",
    whenFull: "the heap's size",
  },
  {
    name: "largestHole",
    title: "largest hole",
    unit: "bytes",
    definition: "The bytes of the largest hole: the largest block that can be had at once.",
    range: "0 to free",
    whenEmpty: "capacity",
    whenFull: "0",
  },
  {
    name: "holes",
    title: "holes",
    unit: "holes",
    definition: "The number of holes: the length of the free list.",
    range: "0 and up",
    whenEmpty: "1",
    whenFull: "0",
  },
  {
    name: "externalFragmentation",
    title: "external fragmentation",
    unit: "fraction",
    definition:
      "1 - largest hole / free: the share of the free bytes outside the largest hole; 0 when nothing is free.",
    range: "0 to below 1",
    whenEmpty: "0",
    whenFull: "0",
  },
  {
    name: "internalFragmentation",
    title: "internal fragmentation",
    unit: "fraction",
    definition:
      "1 - live / allocated: the share of the allocated bytes that went to headers and rounding; 0 when nothing is allocated.",
    range: "0 to 1",
    whenEmpty: "0",
    whenFull: "0",
  },
  {
    name: "examined",
    title: "examined",
    unit: "records",
    definition:
      "The free-list records that a linear search looks at in this step; 0 in a step without a search.",
    range: "0 and up",
    whenEmpty: "0",
    whenFull: "0 and up",
  },
  {
    name: "denied",
    title: "denied requests",
    unit: "requests",
    definition: "The requests that found no hole, from the first step to this one.",
    range: "0 to the number of steps; never falls",
    whenEmpty: "0",
    whenFull: "0 and up",
  },
  {
    name: "highWater",
    title: "high water",
    unit: "bytes",
    definition: "How far from the base allocated blocks ever reached, from the first step to this one.",
    range: "allocated to capacity; never falls",
    whenEmpty: "0",
    whenFull: "capacity",
  },
];

/** The metrics at the cursor's step. */
export function metricsAt(cursor: Cursor): Metrics {
  const { columns } = cursor.run.survey(cursor.step);
  const value = (name: MetricName) => metricOf(columns, name, cursor.step);
  return {
    live: value("live"),
    allocated: value("allocated"),
    free: value("free"),
    capacity: value("capacity"),
    largestHole: value("largestHole"),
    holes: value("holes"),
    externalFragmentation: value("externalFragmentation"),
    internalFragmentation: value("internalFragmentation"),
    examined: value("examined"),
    denied: value("denied"),
    highWater: value("highWater"),
  };
}

/**
 * A metric at every step: entry k is its value at step k, from step 0 on.
 * Runs the history to its end if that has not been done: see `History.prepare`.
 * @throws RangeError for a name that is no metric's
 */
export function metricSeries(history: History, name: MetricName): Float64Array {
  if (!METRICS.some((metric) => metric.name === name)) {
    const names = METRICS.map((metric) => metric.name).join(", ");
    throw new RangeError(`There is no metric ${JSON.stringify(name)}; the metrics are ${names}.`);
  }
  const { columns } = history.survey();
  const series = new Float64Array(history.length + 1);
  for (let step = 0; step < series.length; step++) series[step] = metricOf(columns, name, step);
  return series;
}

function metricOf(columns: SurveyColumns, name: MetricName, step: number): number {
  const used = columns.used[step]!;
  const capacity = columns.capacity[step]!;
  switch (name) {
    case "allocated":
      return used;
    case "free":
      return capacity - used;
    case "largestHole":
      return columns.largest[step]!;
    case "externalFragmentation":
      return capacity > used ? 1 - columns.largest[step]! / (capacity - used) : 0;
    case "internalFragmentation":
      return used > 0 ? 1 - columns.live[step]! / used : 0;
    default:
      return columns[name][step]!;
  }
}
