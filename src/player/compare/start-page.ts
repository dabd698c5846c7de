import { Comparison } from "../../compare/comparison";
import type { ComparisonJson } from "../../compare/comparison-json";
import { FIGURES, type FigureName } from "../../compare/figures";
import { el } from "../dom";
import { loadPlotly } from "../page/load-plotly";
import type { PlotlySource } from "../payload";
import type { PlotlyLibrary } from "../plotly";
import { isDark, watchTheme } from "../theme";
import { comparisonFigure } from "./comparison-figure";
import { sortableTable } from "./sortable-table";

/*
 * Runs in the page, once for every output, as the last script in the output's element: its table's columns sort on a click, and a
 * chart is drawn below it. Without Plotly the table stays, and a line says why.
 */

interface PageData {
  readonly comparison: ComparisonJson;
  readonly plotly: PlotlySource;
}

const output = document.currentScript?.parentElement;
const data = output?.querySelector(":scope > script[type='application/json']")?.textContent;
const table = output?.querySelector("table");
const chart = output?.querySelector<HTMLElement>(":scope > .chart");
if (output && data && table && chart) {
  const { comparison, plotly } = JSON.parse(data) as PageData;
  sortableTable(table);
  loadPlotly(plotly, output).then(
    (library) => drawChart(chart, Comparison.from(comparison), library as PlotlyLibrary),
    (error: Error) => chart.append(el("p", {}, error.message)),
  );
}

function drawChart(place: HTMLElement, comparison: Comparison, plotly: PlotlyLibrary): void {
  const names = (Object.keys(FIGURES) as FigureName[]).filter((name) =>
    comparison.table(name).some((row) => row.some((value) => value !== null)),
  );
  const options = names.map((name) => el("option", { value: name }, FIGURES[name].title));
  const select = el("select", { "aria-label": "Figure of the chart" }, ...options);
  select.value = "extent";
  const plot = el("div", { style: "max-width:1000px" });
  place.replaceChildren(el("label", {}, "Chart of ", select), plot);
  const draw = () => {
    const { data, layout } = comparisonFigure(comparison, select.value as FigureName);
    const dark = isDark("auto");
    const themed = {
      ...layout,
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      font: { color: dark ? "#ddd" : "#222" },
      yaxis: { ...layout.yaxis, gridcolor: dark ? "#444" : "#ddd" },
    };
    void plotly.react(plot, [...data], themed, { responsive: true, displaylogo: false });
  };
  select.addEventListener("change", draw);
  watchTheme(draw);
  draw();
}
