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
 * chart is drawn above it. Without Plotly the table stays, and a line says why.
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
  loadPlotly(plotly, output)
    .then((library) => drawChart(chart, Comparison.from(comparison), library as PlotlyLibrary))
    .catch((error: Error) => chart.append(el("p", {}, error.message)));
}

function drawChart(place: HTMLElement, comparison: Comparison, plotly: PlotlyLibrary): void {
  const names = (Object.keys(FIGURES) as FigureName[]).filter((name) =>
    comparison.table(name).some((row) => row.some((value) => value !== null)),
  );
  const options = names.map((name) => el("option", { value: name }, FIGURES[name].title));
  const select = el("select", { "aria-label": "Figure of the chart" }, ...options);
  select.value = "extent";
  const meaning = el("div", { style: "font-size:12px;margin:4px 0" });
  const plot = el("div");
  place.replaceChildren(el("label", {}, "Chart of ", select), meaning, plot);
  const draw = () => {
    const name = select.value as FigureName;
    const { definition, model } = FIGURES[name];
    meaning.textContent = `${definition} Heap: ${model}.`;
    const { data, layout } = comparisonFigure(comparison, name);
    const dark = isDark("auto");
    const themed = {
      ...layout,
      title: { text: "" }, // it stands above, where it takes as many lines as it needs
      margin: { l: 10, r: 10, t: 10, b: 10 },
      height: 280,
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      font: { color: dark ? "#ddd" : "#222" },
      xaxis: { type: "category", automargin: true },
      yaxis: { ...layout.yaxis, automargin: true, gridcolor: dark ? "#444" : "#ddd" },
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
    };
    const config = { responsive: true, displayModeBar: false, typesetMath: false };
    void plotly.react(plot, [...data], themed, config);
  };
  select.addEventListener("change", draw);
  watchTheme(draw);
  draw();
}
