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

/** A figure's value as texts and tables have it, with its unit. */
export function figureText(figure: ResultFigure, value: number): string {
  return digits(figure, value, value) + suffix(figure);
}

/** The digits of a value: as many decimals as `like` has, a value of the same figure. */
function digits({ unit = "number" }: ResultFigure, value: number, like: number): string {
  if (unit === "share") return minus((100 * value).toFixed(1));
  if (unit === "points") return `${value > 0 ? "+" : ""}${minus((100 * value).toFixed(1))}`;
  if (Number.isInteger(like)) return minus(readable(value));
  return minus(value.toFixed(Math.abs(like) < 10 ? 3 : 1));
}

function suffix({ unit }: ResultFigure): string {
  if (unit === "share") return " %";
  return unit === "points" ? " points" : "";
}

/** Digits with the sign that belongs to them, and none before a zero. */
function minus(digits: string): string {
  return digits.replace(/^-(?=0*\.?0*$)/, "").replace("-", "−");
}

/** An expected range in words: "at most 33.3 %", "0.485 to 0.505"; "" when nothing is expected. */
export function expectedText(figure: ResultFigure): string {
  const range: ExpectedRange | undefined = figure.expect;
  if (range === undefined) return "";
  const to = figureText(figure, range.to);
  if (range.from === range.to) return to;
  if (range.from === Number.NEGATIVE_INFINITY) return `at most ${to}`;
  if (range.to === Number.POSITIVE_INFINITY) return `at least ${figureText(figure, range.from)}`;
  return `${digits(figure, range.from, range.from)} to ${to}`;
}

/** The mean and half of its interval's width: "0.493 ± 0.004", "+3.7 ± 0.5 points"; the bare value where there is no interval. */
export function measuredText({ figure, mean, low, high }: MeasuredFigure): string {
  if (low === high) return figureText(figure, mean);
  const half = digits(figure, (high - low) / 2, mean).replace("+", "");
  return `${digits(figure, mean, mean)} ± ${half}${suffix(figure)}`;
}
