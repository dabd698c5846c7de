import { plotlyText } from "../../base/markup";
import type { Comparison } from "../../compare/comparison";
import { FIGURES, type FigureName } from "../../compare/figures";

/** A chart as plain data, for `Plotly.newPlot(node, data, layout)`. */
export interface ComparisonFigure {
  readonly data: readonly ComparisonBars[];
  readonly layout: Readonly<Record<string, unknown>> & { readonly yaxis: Readonly<Record<string, unknown>> };
}

/** One policy's bars: one a trace. */
export interface ComparisonBars {
  readonly type: "bar";
  readonly name: string;
  readonly x: readonly string[];
  readonly y: readonly (number | null)[];
  /** What hovering says: the figure as the table has it, and the model it belongs to. */
  readonly hovertext: readonly string[];
  readonly hoverinfo: "text";
  readonly marker: { readonly color: string; readonly pattern: { readonly shape: string } };
}

/** Okabe and Ito's colours, told apart with every common kind of colour blindness; patterns tell more policies apart. */
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"];
const SHAPES = ["", "/", "x", "."];

/** One figure of a comparison as a bar chart: a group of bars a trace, a colour a policy. */
export function comparisonFigure(comparison: Comparison, figure: FigureName): ComparisonFigure {
  const { title, model, text, least } = FIGURES[figure];
  const { traces, policies } = comparison.json;
  const values = comparison.table(figure);
  const names = traces.map(({ name }) => plotlyText(name));
  const data = policies.map((policy, p) => ({
    type: "bar" as const,
    name: plotlyText(policy.name),
    x: names,
    y: values.map((row) => row[p]!),
    hovertext: traces.map((trace) => {
      const cell = comparison.cell(trace.name, policy.name);
      return plotlyText(
        `${trace.name}, ${policy.name}: ${cell ? text(cell) : "not measured"} (${policy.model})`,
      );
    }),
    hoverinfo: "text" as const,
    marker: {
      color: COLOURS[p % COLOURS.length]!,
      pattern: { shape: SHAPES[Math.floor(p / COLOURS.length) % SHAPES.length]! },
    },
  }));
  const most = Math.max(least, ...values.flat().map((value) => value ?? least));
  const layout = {
    barmode: "group",
    title: { text: plotlyText(`${title}. Heap: ${model}`), font: { size: 13 } },
    // Bars stand on the figure's least value: a ratio of 1 is no loss.
    yaxis: { title: { text: plotlyText(title) }, range: [least, least + (most - least) * 1.05 || least + 1] },
    xaxis: { type: "category" },
    legend: { orientation: "h" },
    margin: { l: 60, r: 10, t: 40, b: 40 },
    height: 340,
  };
  return { data, layout };
}
