import { html, jsonScript, type Markup, script } from "../../base/markup";
import { counted, readable } from "../../base/readable";
import {
  type Chart,
  type ChartKind,
  type CheckedChart,
  checkedChart,
  SERIES_COLOURS,
} from "../../player/chart/chart";
import type { PlotlySource } from "../../player/payload";
import { pngAddress } from "../encode-picture";
import { bundled } from "../program-output";
import { chartPicture } from "./chart-picture";

/**
 * A chart as one piece of HTML: a picture of it, which needs nothing, and the program that draws it with Plotly in its place.
 * @param program what runs in the page; default: the bundle of `npm run build`
 * @throws TypeError or RangeError for what is no chart
 */
export function chartHtml(
  given: Chart,
  plotly: PlotlySource,
  program: string = bundled("player/chart/page.js"),
): Markup {
  const chart = checkedChart(given);
  const picture = chartPicture(chart);
  const image = html`<img src="${pngAddress(picture)}" width="${picture.width / 2}" height="${picture.height / 2}" alt="${chartWords(chart)}">`;
  const place = html`<div class="chart">${keyOf(chart)}${image}</div>`;
  const scripts = [jsonScript({ chart, plotly }), script(program)];
  const title = chart.title && html`<div><strong>${chart.title}</strong></div>`;
  return html`<div class="freelist-lab-chart" style="max-width:760px">${title}${place}${scripts}</div>`;
}

/** Which colour is which series, where there are several. */
function keyOf({ series }: CheckedChart): Markup | "" {
  if (series.length === 1) return "";
  const names = series.map(
    ({ name }, i) =>
      html`<span style="margin-right:16px"><span style="color:${SERIES_COLOURS[i]}">■</span> ${name}</span>`,
  );
  return html`<div>${names}</div>`;
}

const WORDS: Readonly<Record<ChartKind, string>> = {
  line: "line",
  steps: "step",
  points: "scatter",
  bars: "bar",
};

/** A chart in words: its axes, and of each series how many points it has and how far they go. */
export function chartWords({ title, kind, x, y, series }: CheckedChart): string {
  const axes = [x.title && `from left to right ${x.title}`, y.title && `upwards ${y.title}`].filter(Boolean);
  const about = `${title ? `${title}. ` : ""}A ${WORDS[kind]} chart${axes.length > 0 ? `: ${axes.join(", ")}` : ""}.`;
  const each = series.map(({ name, points }) => {
    if (points.length === 0) return `${name}: nothing.`;
    const values = points.map(([, value]) => value);
    const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    const where = (value: number) => points[values.indexOf(value)]![0];
    const at = (value: number) =>
      typeof where(value) === "number" ? readable(where(value) as number) : where(value);
    const shown = `${name}: ${counted(points.length, kind === "bars" ? "bar" : "point")}`;
    return `${shown}, least ${readable(least)} at ${at(least)}, greatest ${readable(most)} at ${at(most)}.`;
  });
  return [about, ...each].join(" ");
}
