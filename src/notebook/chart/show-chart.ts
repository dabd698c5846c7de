import type { Chart } from "../../player/chart/chart";
import { displayHtml } from "../kernel-display";
import { plotlySource } from "../plotly-package";
import { chartHtml } from "./chart-html";

/**
 * Shows a chart in the cell's output, drawn with Plotly: point at it for values. Where scripts do not run, the output shows a picture
 * of it.
 * @throws TypeError or RangeError for what is no chart; Error outside of a tslab notebook
 *
 * @example
 * showChart({ title: "Live bytes", x: { title: "step" }, series: { vim: metricSeries(history, "live") } });
 */
export function showChart(chart: Chart): void {
  displayHtml(chartHtml(chart, plotlySource()));
}
