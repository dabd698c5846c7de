import { plotlyText } from "../../base/markup";
import { type ChartAxis, type CheckedChart, SERIES_COLOURS } from "./chart";

/** A chart as plain data, for `Plotly.newPlot(node, data, layout)`. */
export interface ChartFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
}

/** Told apart without colours, too. */
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
const SYMBOLS = ["circle", "square", "diamond", "x", "triangle-up", "cross"];
const PATTERNS = ["", "/", "x", ".", "\\", "+"];

/** A chart for Plotly, on a dark or a light page. */
export function chartFigure({ kind, x, y, series }: CheckedChart, dark: boolean): ChartFigure {
  const data = series.map(({ name, points }, i) => {
    const color = SERIES_COLOURS[i]!;
    const its = {
      name: plotlyText(name),
      x: points.map(([at]) => (typeof at === "string" ? plotlyText(at) : at)),
      y: points.map(([, value]) => value),
    };
    if (kind === "bars")
      return {
        ...its,
        type: "bar",
        marker: { color, pattern: { shape: PATTERNS[i], fillmode: "overlay", solidity: 0.2 } },
      };
    if (kind === "points")
      return {
        ...its,
        type: "scatter",
        mode: "markers",
        marker: { color, size: 4, symbol: SYMBOLS[i], opacity: 0.6 },
      };
    const line = { color, width: 2, dash: DASHES[i], shape: kind === "steps" ? "hv" : "linear" };
    return { ...its, type: "scatter", mode: "lines", line };
  });
  const categories = kind === "bars" ? { type: "category" } : {};
  const layout = {
    barmode: "group",
    margin: { l: 10, r: 10, t: 10, b: 10 },
    height: 320,
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { color: dark ? "#ddd" : "#222" },
    xaxis: { ...axisOf(x, dark), ...categories },
    yaxis: { ...axisOf(y, dark), ...(y.log ? {} : { rangemode: "tozero" }) },
    showlegend: series.length > 1,
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
  };
  return { data, layout };
}

function axisOf({ title, log }: Required<ChartAxis>, dark: boolean) {
  return {
    title: { text: plotlyText(title) },
    ...(log ? { type: "log" } : {}),
    automargin: true,
    gridcolor: dark ? "#444" : "#ddd",
    zerolinecolor: dark ? "#666" : "#aaa",
  };
}
