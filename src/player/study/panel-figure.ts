import { plotlyText } from "../../base/markup";
import { colour, offset } from "../../study/panel-svg";
import type { PanelMark, StudyPanel } from "../../study/study-panels";

/** A chart as plain data, for `Plotly.newPlot(node, data, layout)`. */
export interface PanelFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
}

const SYMBOLS = { holds: "circle", shown: "circle", undecided: "circle-open", fails: "x" } as const;
const ROW = 22;
/** The colours of `panelSvg`, lighter. */
const DARK_COLOURS = ["#56b4e9", "#f0884d", "#35c29a", "#e29bc5"];

/** A panel of a study as Plotly draws it: the same marks, intervals and bands as in its static picture. */
export function panelFigure({ places, series, from, to, ticks }: StudyPanel, dark: boolean): PanelFigure {
  const ink = (s: number) => (dark ? DARK_COLOURS[s % DARK_COLOURS.length]! : colour(s));
  const place = (mark: PanelMark, s: number) => mark.row + offset(s, series.length) / ROW;
  const data = series.map(({ name, marks }, s) => ({
    type: "scatter",
    mode: "markers",
    name: plotlyText(name),
    x: marks.map(({ mean }) => mean),
    y: marks.map((mark) => place(mark, s)),
    error_x: {
      type: "data",
      symmetric: false,
      array: marks.map(({ mean, high }) => high - mean),
      arrayminus: marks.map(({ mean, low }) => mean - low),
      thickness: 2,
      width: 0,
      color: ink(s),
    },
    hovertext: marks.map(({ text }) => plotlyText(text)),
    hoverinfo: "text",
    marker: { color: ink(s), size: 9, symbol: marks.map(({ outcome }) => SYMBOLS[outcome]) },
  }));
  const shapes = series.flatMap(({ marks }) =>
    marks.flatMap(({ row, expect }) => {
      if (expect === null) return [];
      // A single value is drawn as wide as a line.
      const least = (to - from) / 200;
      const [x0, x1] = [Math.max(from, expect.from - least), Math.min(to, expect.to + least)];
      return [
        {
          type: "rect",
          layer: "below",
          line: { width: 0 },
          fillcolor: `rgba(240,196,25,${dark ? 0.2 : 0.35})`,
          x0,
          x1,
          y0: row - 0.4,
          y1: row + 0.4,
        },
      ];
    }),
  );
  const layout = {
    shapes,
    showlegend: series.length > 1,
    legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
    hoverlabel: { align: "left" },
    xaxis: {
      range: [from, to],
      tickvals: ticks.map(({ at }) => at),
      ticktext: ticks.map(({ text }) => plotlyText(text)),
      zeroline: false,
      fixedrange: true,
    },
    yaxis: {
      range: [places.length - 0.4, -0.6],
      tickvals: places.map((_, row) => row),
      ticktext: places.map(plotlyText),
      automargin: true,
      showgrid: false,
      zeroline: false,
      fixedrange: true,
    },
    margin: { l: 10, r: 12, t: series.length > 1 ? 22 : 6, b: 24 },
    height: (series.length > 1 ? 46 : 30) + ROW * places.length,
  };
  return { data, layout };
}
