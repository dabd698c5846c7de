import { checkNames, oneOf, show } from "../../base/wrong-argument";

/** How the values of a chart are drawn. */
export const CHART_KINDS = ["line", "steps", "points", "bars"] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** One axis of a chart. */
export interface ChartAxis {
  /** What it shows, and in which unit: "block size (bytes)". */
  readonly title?: string;
  /** Equal ratios are equally far apart: for values over several powers of ten. All values must be above 0. Default false. */
  readonly log?: boolean;
}

/** A point: x and y; in a chart of bars x may be a name. */
export type ChartPoint = readonly [x: number | string, y: number];

/** A chart. Every field but `series` has a default. */
export interface Chart {
  /** Stands above the chart. */
  readonly title?: string;
  /**
   * `"line"` (the default) joins the points; `"steps"` keeps each value until the next point; `"points"` shows them alone; `"bars"` stands
   * bars side by side, one group for each x.
   */
  readonly kind?: ChartKind;
  readonly x?: ChartAxis;
  readonly y?: ChartAxis;
  /** One to six series by name; a list of numbers has them at x = 0, 1, 2, … */
  readonly series: Readonly<Record<string, readonly number[] | Float64Array | readonly ChartPoint[]>>;
}

/** A chart that was checked: every series as points, every default filled in. */
export interface CheckedChart {
  readonly title: string;
  readonly kind: ChartKind;
  readonly x: Required<ChartAxis>;
  readonly y: Required<ChartAxis>;
  readonly series: readonly { readonly name: string; readonly points: readonly ChartPoint[] }[];
}

/** Okabe and Ito's colours, told apart with every common kind of colour blindness and on black as on white. */
export const SERIES_COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"] as const;

/** Points of one series that are kept: more would be too many for an output, and no screen shows them. */
const MOST_POINTS = 10_000;

/** @throws TypeError or RangeError for what is no chart, with the rule, the value and the remedy */
export function checkedChart(chart: Chart): CheckedChart {
  checkNames(chart, ["title", "kind", "x", "y", "series"]);
  const { title = "", kind = "line" } = chart;
  if (typeof title !== "string") throw new TypeError(`chart.title must be a text, not ${show(title)}.`);
  oneOf("chart.kind", kind, CHART_KINDS);
  const [x, y] = [checkedAxis("x", chart.x), checkedAxis("y", chart.y)];
  if (typeof chart.series !== "object" || chart.series === null || Array.isArray(chart.series))
    throw new TypeError(
      `chart.series must be an object with a series for each name, not ${show(chart.series)}; write { name: values }.`,
    );
  const names = Object.keys(chart.series);
  if (names.length === 0 || names.length > SERIES_COLOURS.length)
    throw new RangeError(
      `chart.series must have 1 to ${SERIES_COLOURS.length} series, not ${names.length}; draw several charts.`,
    );
  const series = names.map((name) => ({ name, points: pointsOf(name, chart.series[name]!, kind, x, y) }));
  if (series.every(({ points }) => points.length === 0))
    throw new RangeError("A chart needs a point at least, and all of its series are empty.");
  return { title, kind, x, y, series };
}

function checkedAxis(name: string, axis: ChartAxis = {}): Required<ChartAxis> {
  checkNames(axis, ["title", "log"]);
  const { title = "", log = false } = axis;
  if (typeof title !== "string")
    throw new TypeError(`chart.${name}.title must be a text, not ${show(title)}.`);
  if (typeof log !== "boolean")
    throw new TypeError(`chart.${name}.log must be true or false, not ${show(log)}.`);
  return { title, log };
}

function pointsOf(
  name: string,
  given: Chart["series"][string],
  kind: ChartKind,
  x: Required<ChartAxis>,
  y: Required<ChartAxis>,
): readonly ChartPoint[] {
  const where = `chart.series[${show(name)}]`;
  if (!Array.isArray(given) && !(given instanceof Float64Array))
    throw new TypeError(`${where} must be a list of numbers or of points [x, y], not ${show(given)}.`);
  if (given.length > MOST_POINTS)
    throw new RangeError(
      `${where} has ${given.length} points, and a chart draws ${MOST_POINTS} at most; take some of them, as downsample does.`,
    );
  return Array.from(given as ArrayLike<number | ChartPoint>, (value, i) => {
    const point: ChartPoint = Array.isArray(value) ? (value as unknown as ChartPoint) : [i, value as number];
    checkCoordinate(`${where}[${i}]: y`, point[1], y.log);
    if (kind === "bars" && typeof point[0] === "string") return point;
    checkCoordinate(`${where}[${i}]: x`, point[0], x.log && kind !== "bars");
    return point;
  });
}

function checkCoordinate(name: string, value: unknown, log: boolean): void {
  if (typeof value !== "number")
    throw new TypeError(`${name} must be a number, not ${show(value)}; give numbers or points [x, y].`);
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, not ${value}; leave it out.`);
  if (log && value <= 0)
    throw new RangeError(
      `${name} must be above 0 on a logarithmic axis, not ${value}; leave it out, or take away "log".`,
    );
}
