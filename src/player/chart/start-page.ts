import { el } from "../dom";
import { loadPlotly } from "../page/load-plotly";
import type { PlotlySource } from "../payload";
import type { PlotlyLibrary } from "../plotly";
import { isDark, watchTheme } from "../theme";
import type { CheckedChart } from "./chart";
import { chartFigure } from "./chart-figure";

/*
 * Runs in the page, once for every output, as the last script in the output's element: draws the chart in the place of its picture.
 * Without Plotly the picture stays, and a line says why.
 */

interface PageData {
  readonly chart: CheckedChart;
  readonly plotly: PlotlySource;
}

const output = document.currentScript?.parentElement;
const data = output?.querySelector(":scope > script[type='application/json']")?.textContent;
const place = output?.querySelector<HTMLElement>(":scope > .chart");
if (output && data && place) {
  const { chart, plotly } = JSON.parse(data) as PageData;
  loadPlotly(plotly, output)
    .then((library) => drawChart(place, chart, library as PlotlyLibrary))
    .catch((error: Error) => place.append(el("p", {}, error.message)));
}

function drawChart(place: HTMLElement, chart: CheckedChart, plotly: PlotlyLibrary): void {
  const words = place.querySelector("img")?.alt ?? "";
  const plot = el("div", { role: "img", "aria-label": words });
  place.replaceChildren(plot);
  const draw = () => {
    const { data, layout } = chartFigure(chart, isDark("auto"));
    const config = { responsive: true, displayModeBar: false, typesetMath: false };
    void plotly.react(plot, [...data], layout, config);
  };
  watchTheme(draw);
  draw();
}
