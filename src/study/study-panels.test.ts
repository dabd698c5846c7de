import { describe, expect, test } from "vitest";
import { panelSvg } from "./panel-svg";
import { runStudy } from "./run-study";
import { studyPanels } from "./study-panels";
import { studyTable } from "./study-table";

const study = runStudy("worstOfFirst", { parameters: { live: 128 } });

describe("studyPanels", () => {
  test("a panel for each axis, a mark for each figure, all on the axis", () => {
    const panels = studyPanels(study);
    expect(panels.map(({ title }) => title)).toEqual(["share of the bound"]);
    const { series, places, from, to, ticks } = panels[0]!;
    expect(series.map(({ name, marks }) => [name, marks.length])).toEqual([
      ["all states", 4],
      ["adversary", 3],
    ]);
    expect(places).toHaveLength(7);
    for (const { marks } of series) {
      for (const { mean, expect: range } of marks) {
        expect(mean).toBeGreaterThan(from);
        expect(mean).toBeLessThan(to);
        // The expectation is "at most 1": its open end ends at the axis.
        expect(range).toEqual({ from, to: 1 });
      }
    }
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.every(({ at }) => at >= from && at <= to)).toBe(true);
  });

  test("is plain JSON: it goes to a page", () => {
    const panels = studyPanels(study);
    expect(JSON.parse(JSON.stringify(panels))).toEqual(panels);
  });
});

test("panelSvg has every place, every mark and every band", () => {
  const [panel] = studyPanels(study);
  const svg = String(panelSvg(panel!));
  for (const place of panel!.places) expect(svg).toContain(`>${place}</text>`);
  expect(svg.match(/<circle[^>]*stroke-width/g)).toHaveLength(7);
  expect(svg.match(/<rect[^>]*fill-opacity/g)).toHaveLength(7);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("studyTable has a row a study, with the figure that tells", () => {
  const [row] = studyTable([study]);
  expect(row).toMatchObject({
    source: "Robson 1977",
    seen: "secondary",
    holds: "7 of 7",
    verdict: "reproduces",
  });
  expect(row!.figure).toBe("worst / bound, n = 4, m = 2");
});
