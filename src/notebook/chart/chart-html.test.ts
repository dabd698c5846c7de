import { describe, expect, it } from "vitest";
import { type Chart, checkedChart, SERIES_COLOURS } from "../../player/chart/chart";
import { chartFigure } from "../../player/chart/chart-figure";
import { chartHtml, chartWords } from "./chart-html";
import { chartPicture } from "./chart-picture";
import { Scale } from "./scale";

const plotly = { version: "0", near: null, url: "https://example.org/plotly.js", integrity: "" };
const chart: Chart = {
  title: "Holes",
  x: { title: "step" },
  y: { title: "holes" },
  series: { first: [1, 2, 3], "best <b>": [[0, 4] as const, [2, 1] as const] },
};

describe("chartHtml()", () => {
  it("is a picture with words, the chart as data, and a program", () => {
    const markup = String(chartHtml(chart, plotly, "draw()"));
    expect(markup).toContain('src="data:image/png;base64,');
    expect(markup).toContain("upwards holes");
    expect(markup).toContain("<script>draw()</script>");
    expect(markup).not.toContain("best <b>");
  });

  it("says in words how far each series goes", () => {
    expect(chartWords(checkedChart(chart))).toBe(
      "Holes. A line chart: from left to right step, upwards holes. first: 3 points, least 1 at 0, greatest 3 at 2. best <b>: 2 points, least 1 at 2, greatest 4 at 0.",
    );
  });
});

describe("chartPicture()", () => {
  const { pixels, width } = chartPicture(checkedChart({ series: { a: [0, 10], b: [10, 0] } }));
  const has = (colour: number) => pixels.indexOf(colour) >= 0;

  it("draws every series in its own colour, and nothing in that of one there is not", () => {
    expect([has(3), has(4), has(5)]).toEqual([true, true, false]);
  });

  it("draws a rising series from the lower left to the upper right", () => {
    const rows = [...pixels.keys()].filter((at) => pixels[at] === 3).map((at) => Math.floor(at / width));
    const columns = [...pixels.keys()].filter((at) => pixels[at] === 3).map((at) => at % width);
    expect(columns[rows.indexOf(Math.max(...rows))]).toBeLessThan(columns[rows.indexOf(Math.min(...rows))]!);
  });

  it.each(["line", "steps", "points", "bars"] as const)("draws %s of one value alone", (kind) => {
    for (const value of [0, 7, -3]) {
      expect(chartPicture(checkedChart({ kind, series: { one: [value] } })).width).toBe(1280);
    }
  });
});

describe("chartFigure()", () => {
  it("hands every series to Plotly, its name as text", () => {
    const { data, layout } = chartFigure(checkedChart(chart), true);
    expect(data.map(({ name }) => name)).toEqual(["first", "best &#60;b&#62;"]);
    expect(data[1]).toMatchObject({ x: [0, 2], y: [4, 1] });
    expect(layout).toMatchObject({ showlegend: true, yaxis: { rangemode: "tozero" } });
  });
});

describe("Scale", () => {
  it("has round ticks around its values", () => {
    expect(new Scale([0, 0.37], false).ticks).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4]);
    expect(new Scale([3, 4000], true).ticks).toEqual([1, 10, 100, 1000, 10_000]);
    expect(new Scale([3, 4000], true).part(100)).toBeCloseTo(0.5);
  });
});

describe("checkedChart() refuses", () => {
  const refused: [string, unknown, string][] = [
    ["no series", { series: {} }, "chart.series must have 1 to 6 series, not 0"],
    ["empty series", { series: { a: [] } }, "A chart needs a point at least"],
    ["a list as series", { series: [1] }, "chart.series must be an object"],
    ["a text as value", { series: { a: ["x"] } }, 'chart.series["a"][0]: y must be a number, not "x"'],
    ["NaN", { series: { a: [1, Number.NaN] } }, 'chart.series["a"][1]: y must be finite'],
    ["0 on a logarithmic axis", { y: { log: true }, series: { a: [0] } }, "must be above 0"],
    ["a kind there is not", { kind: "pie", series: { a: [1] } }, "chart.kind must be one of"],
    ["an option there is not", { colour: "red", series: { a: [1] } }, 'There is no option "colour"'],
    ["a name where there are no bars", { series: { a: [["x", 1]] } }, "x must be a number"],
    ["too many points", { series: { a: new Float64Array(10_001) } }, "10000 at most"],
    ["too many series", { series: Object.fromEntries([..."abcdefg"].map((n) => [n, [1]])) }, "not 7"],
  ];
  it.each(refused)("%s", (_, given, message) => {
    expect(() => checkedChart(given as Chart)).toThrow(message);
  });

  it("and has a colour for each series that it takes", () => {
    expect(new Set(SERIES_COLOURS).size).toBe(6);
  });
});
