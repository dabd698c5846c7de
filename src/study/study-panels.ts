import type { ExpectedRange } from "./classic-result";
import { expectedText, type figureText, measuredText, type Outcome } from "./measured-figure";
import type { Study } from "./study";

/** A mark in a panel: a figure's mean, its interval, and the range that is expected. */
export interface PanelMark {
  /** Index of its row in `places`. */
  readonly row: number;
  readonly mean: number;
  /** Ends of the interval; both `mean` where there is none. */
  readonly low: number;
  readonly high: number;
  /** The expected range as far as the axis goes; null where nothing is expected. */
  readonly expect: ExpectedRange | null;
  readonly outcome: Outcome;
  /** What pointing at it says. */
  readonly text: string;
}

/** One of a study's small multiples: a dot plot, places from top to bottom, values from left to right. */
export interface StudyPanel {
  readonly title: string;
  readonly places: readonly string[];
  readonly series: readonly { readonly name: string; readonly marks: readonly PanelMark[] }[];
  /** Ends of the axis. */
  readonly from: number;
  readonly to: number;
  /** Where the axis has its numbers, and what they are. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A study as a picture, in plain data: a panel for each axis that its figures name. */
export function studyPanels(study: Study): StudyPanel[] {
  const titles = [...new Set(study.figures.map(({ figure }) => figure.at[0]))];
  return titles.map((title) => {
    const figures = study.figures.filter(({ figure }) => figure.at[0] === title);
    const places = [...new Set(figures.map(({ figure }) => figure.at[2]))];
    const names = [...new Set(figures.map(({ figure }) => figure.at[1]))];
    const series = names.map((name) => ({
      name,
      marks: figures
        .filter(({ figure }) => figure.at[1] === name)
        .map((measured): PanelMark => {
          const { figure, mean, low, high, outcome } = measured;
          const expected = figure.expect ? `; expected: ${expectedText(figure)}, ${outcome}` : "";
          const text = `${figure.name}: ${measuredText(measured)}${expected}`;
          return {
            row: places.indexOf(figure.at[2]),
            mean,
            low,
            high,
            expect: figure.expect ?? null,
            outcome,
            text,
          };
        }),
    }));
    const [from, to] = axisOf(series.flatMap(({ marks }) => marks));
    const clipped = (range: ExpectedRange) => ({
      from: Math.max(from, range.from),
      to: Math.min(to, range.to),
    });
    const ticks = ticksOf(from, to).map((at) => ({ at, text: tickText(figures[0]!.figure, at) }));
    return {
      title,
      places,
      series: series.map(({ name, marks }) => ({
        name,
        marks: marks.map((mark) => ({ ...mark, expect: mark.expect && clipped(mark.expect) })),
      })),
      from,
      to,
      ticks,
    };
  });
}

function tickText(figure: Parameters<typeof figureText>[0], at: number): string {
  if (figure.unit === "share" || figure.unit === "points") {
    return `${Number((100 * at).toPrecision(4))}${figure.unit === "share" ? " %" : ""}`;
  }
  return String(Number(at.toPrecision(6)));
}

/** An axis that holds every interval and every finite end of a range, with a margin. */
function axisOf(marks: readonly PanelMark[]): [from: number, to: number] {
  const values = marks.flatMap(({ low, high, expect }) => [
    low,
    high,
    expect?.from ?? low,
    expect?.to ?? high,
  ]);
  const finite = values.filter(Number.isFinite);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const margin = (most - least) * 0.08 || Math.abs(most) * 0.1 || 1;
  // Nothing that is never negative gets an axis that is.
  return [least >= 0 ? Math.max(0, least - margin) : least - margin, most + margin];
}

/** Three to six round numbers from `from` to `to`. */
function ticksOf(from: number, to: number): number[] {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((times) => times * power >= rough)!;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step);
}
