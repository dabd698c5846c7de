import { readable } from "../base/readable";
import type { ExpectedRange, ResultFigure } from "./classic-result";
import { type TInterval, tInterval } from "./t-interval";

/**
 * Whether a figure's whole interval lies within the expected range (`"holds"`), wholly outside (`"fails"`), or across one of its
 * ends (`"undecided"`: more seeds would tell); `"shown"` when nothing is expected of it.
 */
export type Outcome = "holds" | "fails" | "undecided" | "shown";

/** A figure as it was measured. */
export interface MeasuredFigure extends TInterval {
  readonly figure: ResultFigure;
  /** The samples, one a seed or program. */
  readonly values: readonly number[];
  readonly outcome: Outcome;
}

/** @internal A figure from its samples. `exact`: it is drawn by no chance, and its one sample is its interval. */
export function measuredFigure(
  figure: ResultFigure,
  values: readonly number[],
  exact: boolean,
): MeasuredFigure {
  const interval = { ...tInterval(values), ...(exact ? { low: values[0]!, high: values[0]! } : {}) };
  return { figure, values, ...interval, outcome: outcomeOf(interval, figure) };
}

/** The one rule of judgement: see `Outcome`. */
function outcomeOf({ low, high }: Pick<TInterval, "low" | "high">, { expect }: ResultFigure): Outcome {
  if (expect === undefined) return "shown";
  if (low >= expect.from && high <= expect.to) return "holds";
  return high < expect.from || low > expect.to ? "fails" : "undecided";
}

/** A figure's value as texts and tables have it. */
export function figureText({ unit = "number" }: ResultFigure, value: number): string {
  if (unit === "share") return `${(100 * value).toFixed(1)} %`;
  if (unit === "points") return `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)}`;
  if (Number.isInteger(value)) return readable(value);
  return Math.abs(value) < 10 ? value.toFixed(3) : readable(value, 1);
}

/** An expected range in words: "at most 33.3 %", "0.485 to 0.505"; "" when nothing is expected. */
export function expectedText(figure: ResultFigure): string {
  const range: ExpectedRange | undefined = figure.expect;
  if (range === undefined) return "";
  const [from, to] = [figureText(figure, range.from), figureText(figure, range.to)];
  if (range.from === range.to) return from;
  if (range.from === Number.NEGATIVE_INFINITY) return `at most ${to}`;
  if (range.to === Number.POSITIVE_INFINITY) return `at least ${from}`;
  return `${from} to ${to}`;
}

/** The mean and half of its interval's width: "0.493 ± 0.004"; the bare value where there is no interval. */
export function measuredText({ figure, mean, low, high }: MeasuredFigure): string {
  if (low === high) return figureText(figure, mean);
  const half = figureText(
    { ...figure, unit: figure.unit === "points" ? "share" : figure.unit },
    (high - low) / 2,
  );
  return `${figureText(figure, mean).replace(/ %$/, "")} ± ${half.replace(figure.unit === "points" ? / %$/ : /^$/, "")}`;
}
