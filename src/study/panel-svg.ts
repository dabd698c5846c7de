import { html, type Markup } from "../base/markup";
import type { PanelMark, StudyPanel } from "./study-panels";

/** Okabe and Ito's colours, told apart with every common kind of colour blindness. */
export const SERIES_COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];
const WIDTH = 400;
const ROW = 22;
const CHARACTER = 6.2;

/** A panel as an SVG picture of its own, on white, for pages without scripts and for saved notebooks. */
export function panelSvg(panel: StudyPanel): Markup {
  const { title, places, series, from, to } = panel;
  const left = Math.min(170, 14 + CHARACTER * Math.max(...places.map((place) => place.length)));
  const right = WIDTH - 14;
  const legend = series.length > 1;
  const top = legend ? 44 : 28;
  const bottom = top + ROW * places.length;
  const x = (value: number) =>
    left + ((right - left) * (Math.min(to, Math.max(from, value)) - from)) / (to - from);
  const rowY = (row: number) => top + ROW * (row + 0.5);
  const names = series.map(({ name }, s) => {
    const at = left + series.slice(0, s).reduce((sum, each) => sum + 22 + CHARACTER * each.name.length, 0);
    return html`<circle cx="${at + 4}" cy="33" r="4" fill="${colour(s)}"/><text x="${at + 12}" y="37">${name}</text>`;
  });
  const grid = panel.ticks.map(
    ({ at, text }) =>
      html`<path d="M${r(x(at))} ${top}V${bottom}" stroke="#ddd"/><text x="${r(x(at))}" y="${bottom + 15}" text-anchor="middle">${text}</text>`,
  );
  const labels = places.map(
    (place, row) => html`<text x="${left - 8}" y="${rowY(row) + 4}" text-anchor="end">${place}</text>`,
  );
  const marks = series.flatMap((each, s) => each.marks.map((mark) => ({ mark, s })));
  const bands = marks.map(({ mark }) => bandSvg(mark, x, top));
  const points = marks.map(({ mark, s }) =>
    markSvg(mark, x, rowY(mark.row) + offset(s, series.length), colour(s)),
  );
  const height = bottom + 24;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui,sans-serif" font-size="11" fill="#222"><rect width="100%" height="100%" fill="#fff"/><text x="8" y="17" font-size="12" font-weight="600">${title}</text>${legend ? names : ""}${bands}${grid}${labels}${points}</svg>`;
}

/** The colour of a series. */
export function colour(series: number): string {
  return SERIES_COLOURS[series % SERIES_COLOURS.length]!;
}

/** Pixels by which the marks of a series lie off their row's middle, so that none hides another. */
export function offset(series: number, of: number): number {
  return of === 1 ? 0 : Math.round((series - (of - 1) / 2) * (12 / of));
}

/** The range that is expected, as a band in its row. */
function bandSvg({ row, expect }: PanelMark, x: (value: number) => number, top: number): Markup | string {
  if (expect === null) return "";
  const [low, high] = [x(expect.from), x(expect.to)];
  const start = high - low < 3 ? (low + high) / 2 - 1.5 : low;
  return html`<rect x="${r(start)}" y="${top + ROW * row + 2}" width="${r(Math.max(3, high - low))}" height="${ROW - 4}" fill="#f0c419" fill-opacity=".35"/>`;
}

/** The mean and its interval: a disc where the claim holds or nothing is expected, a ring where it is undecided, a cross where it fails. */
function markSvg(
  { mean, low, high, outcome }: PanelMark,
  x: (value: number) => number,
  y: number,
  ink: string,
): Markup {
  const at = r(x(mean));
  const interval =
    low < high ? html`<path d="M${r(x(low))} ${y}H${r(x(high))}" stroke="${ink}" stroke-width="2"/>` : "";
  if (outcome === "fails") {
    return html`${interval}<path d="M${at} ${y}m-4 -4l8 8m0 -8l-8 8" stroke="${ink}" stroke-width="2"/>`;
  }
  return html`${interval}<circle cx="${at}" cy="${y}" r="4" fill="${outcome === "undecided" ? "#fff" : ink}" stroke="${ink}" stroke-width="2"/>`;
}

/** A coordinate with one decimal: less text. */
export function r(value: number): number {
  return Math.round(10 * value) / 10;
}
