import { describe, expect, test } from "vitest";
import { compareHere } from "../../compare/compare";
import { FIGURES } from "../../compare/figures";
import { comparisonFigure } from "../../player/compare/comparison-figure";
import type { PlotlySource } from "../../player/payload";
import { steadyTrace } from "../../run/testing/any-trace";
import { Trace } from "../../trace/trace";
import { comparisonHtml, tableHtml } from "./comparison-html";

const hostile = "</script><img src=x onerror=alert(1)>&amp;";
const evil = Trace.from([{ kind: "malloc", id: 0, size: 32 }], { name: hostile, source: hostile });
const comparison = compareHere([steadyTrace(1, 200), evil], ["first", { name: hostile, fit: "best" }], {
  arenaRuns: 3,
});
const source: PlotlySource = {
  version: "4.1.1",
  near: null,
  url: "https://example.org/p.js",
  integrity: "sha384-x",
};

describe("tableHtml", () => {
  test("has a row for each trace and policy and the figures as the text has them", () => {
    const html = String(tableHtml(comparison));
    expect(html.match(/<tr>/g)).toHaveLength(2 + 4);
    const cell = comparison.cell("steady 1", "first")!;
    expect(html.replace(/<\/?strong>/g, "")).toContain(
      `>${(cell.extent / cell.peakRounded).toFixed(3)}</td>`,
    );
    expect(html).toContain(`>${cell.peakLive.toLocaleString("en-US")}</td>`);
    expect(html).toContain("Heap: starts empty and grows at its top by what is missing.");
  });

  test("names the heap above its columns, and marks the best value of a trace", () => {
    const html = String(tableHtml(comparison));
    const [heads] = /<tr>.*?<\/tr>/s.exec(html)!;
    expect(
      [...heads.matchAll(/colspan="(\d)">([^<]*)</g)].map(([, columns, heap]) => [columns, heap]),
    ).toEqual([
      ["1", "the trace"],
      ["3", "heap that grows"],
      ["1", "arena of peak size"],
      ["2", "smallest arena"],
    ]);
    const cells = ["first", hostile].map((policy) => comparison.cell("steady 1", policy)!);
    const lowest = Math.min(...cells.map((cell) => FIGURES.examined.value(cell)!));
    const best = cells.find((cell) => FIGURES.examined.value(cell) === lowest)!;
    expect(html).toContain(`data-value="${lowest}"><strong>${FIGURES.examined.text(best)}</strong></td>`);
  });

  test("needs no script, style or picture", () => {
    expect(String(tableHtml(comparison))).not.toMatch(/<(script|style|img|svg)/);
  });
});

describe("comparisonHtml", () => {
  test("lets no name become markup or end the script", () => {
    const html = String(comparisonHtml(comparison, source, "run()"));
    expect(html).not.toContain("<img");
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    const json = /<script type="application\/json">(.*?)<\/script>/s.exec(html)![1]!;
    expect(JSON.parse(json).comparison.traces[1].name).toBe(hostile);
  });
});

describe("comparisonFigure", () => {
  test("has a bar a trace for each policy", () => {
    const { data } = comparisonFigure(comparison, "extent");
    expect(data.map(({ y }) => y)).toEqual(
      [0, 1].map((p) => comparison.table("extent").map((row) => row[p])),
    );
    expect(new Set(data.map(({ marker }) => marker.color)).size).toBe(2);
  });

  test("names the model of the heap, and shows names literally", () => {
    const { data, layout } = comparisonFigure(comparison, "arena");
    expect(layout.title).toMatchObject({ text: expect.stringContaining("Heap: a fixed arena") });
    expect(data[1]!.name).toBe("&#60;/script&#62;&#60;img src=x onerror=alert(1)&#62;&#38;amp;");
    expect(data[0]!.hovertext[0]).toContain("address order, immediate coalescing, align 16, no header");
  });
});
