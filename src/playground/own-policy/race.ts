import { readable } from "../../base/readable";
import { type FitName, fitNames } from "../../heap/fits";
import type { History } from "../../run/history";
import { METRICS, metricSeries } from "../../run/metrics";
import { type PolicyRequests, serve } from "./policy-requests";

/** A figure by which runs of the same requests are compared. */
export interface RaceFigure {
  /** A short title, for a column. */
  readonly title: string;
  /** One sentence, with the unit. */
  readonly definition: string;
  /** Whether less of it is better, or more. */
  readonly better: "less" | "more";
  /** Its value for a whole run. */
  value(run: History): number;
  /** The value as text. */
  text(value: number): string;
}

/** Names a figure of the race. */
export type RaceFigureName = keyof typeof FIGURES;

const FIGURES = {
  granted: {
    title: "granted",
    definition: "Requests that got a block.",
    better: "more",
    value: grantedRequests,
    text: readable,
  },
  denied: {
    title: "denied",
    definition: METRICS.denied.definition,
    better: "less",
    value: (run) => metricSeries(run, "denied").at(-1)!,
    text: readable,
  },
  examined: {
    title: METRICS.examined.title,
    definition: "The free-list records that all searches together looked at.",
    better: "less",
    value: (run) => sum(metricSeries(run, "examined")),
    text: readable,
  },
  fragmentation: {
    title: "ext. frag.",
    definition: `External fragmentation, mean of all steps. ${METRICS.externalFragmentation.definition}`,
    better: "less",
    value: (run) => sum(metricSeries(run, "externalFragmentation")) / (run.length + 1),
    text: (value) => `${(100 * value).toFixed(1)} %`,
  },
  peak: {
    title: "peak live",
    definition: `The most bytes that were live at once. ${METRICS.live.definition}`,
    better: "more",
    value: (run) => metricSeries(run, "live").reduce((most, live) => Math.max(most, live)),
    text: readable,
  },
} as const satisfies Readonly<Record<string, RaceFigure>>;

/** The figures of the race, in the order of the table's columns. */
export const RACE_FIGURES: Readonly<Record<RaceFigureName, RaceFigure>> = FIGURES;

/** The names of the figures, in that order. */
export const RACE_FIGURE_NAMES = Object.keys(FIGURES) as readonly RaceFigureName[];

/** A run in the race. */
export interface Racer {
  readonly run: History;
  readonly figures: Readonly<Record<RaceFigureName, number>>;
}

/** A run with its figures. */
export function racer(run: History): Racer {
  const figures = RACE_FIGURE_NAMES.map((name) => [name, RACE_FIGURES[name].value(run)]);
  return { run, figures: Object.fromEntries(figures) as Racer["figures"] };
}

/** The fits, as far as they have raced. */
export type RacedFits = { readonly [fit in FitName]?: Racer };

/**
 * The requests under each of the fits, one after the other.
 * @throws RangeError for a heap that has none: see `takesFit`
 */
export function* raceFits(
  requests: PolicyRequests,
): Generator<{ readonly fit: FitName; readonly racer: Racer }, void> {
  for (const fit of fitNames()) yield { fit, racer: racer(serve(requests, fit)) };
}

/** The best value of a figure among racers; null when they do not differ in it. */
export function bestFigure(name: RaceFigureName, racers: readonly Racer[]): number | null {
  const values = racers.map(({ figures }) => figures[name]);
  const best = RACE_FIGURES[name].better === "less" ? Math.min(...values) : Math.max(...values);
  return values.every((value) => value === best) ? null : best;
}

function grantedRequests(run: History): number {
  let granted = 0;
  for (let step = 1; step <= run.length; step++) {
    const { kind, request, address } = run.operationAt(step);
    if ((kind === "malloc" || (kind === "realloc" && request > 0)) && address !== null) granted++;
  }
  return granted;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
