import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { damaged } from "../base/testing/damage";
import { numbers } from "../base/testing/numbers";
import { tableHtml } from "../notebook/compare/comparison-html";
import { comparisonFigure } from "../player/compare/comparison-figure";
import { anyTrace, steadyTrace } from "../run/testing/any-trace";
import { compareHere } from "./compare";
import { Comparison } from "./comparison";
import type { ComparisonJson } from "./comparison-json";
import { FIGURES, type FigureName } from "./figures";

/** Another start of the random numbers, and how many documents are damaged. */
const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
const DAMAGED = Number(process.env.FREELIST_DAMAGED ?? 10_000);

const traces = [steadyTrace(1, 120), steadyTrace(2, 60)];
const measured = compareHere(traces, ["first", "best/lifo/deferred", "buddy/header=8"], { arenaRuns: 2 });
const json = JSON.parse(JSON.stringify(measured)) as ComparisonJson;
const refusal = (value: unknown) => {
  try {
    Comparison.from(value);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as Error).message;
  }
  return "taken";
};
/** The comparison with some fields of its first cell changed. */
const withCell = (change: object) => ({
  ...json,
  cells: [{ ...json.cells[0], ...change }, ...json.cells.slice(1)],
});

describe("Comparison.from", () => {
  test("takes whatever was measured, and gives it back byte for byte", () => {
    const policy = fc.constantFrom(
      "first",
      "next/deferred",
      "segregated-fits/header=8",
      "buddy",
      "worst/align=8",
    );
    fc.assert(
      fc.property(anyTrace(), policy, fc.nat(3), (trace, name, arenaRuns) => {
        const text = JSON.stringify(compareHere([trace], [name], { arenaRuns }));
        expect(JSON.stringify(Comparison.from(JSON.parse(text)))).toBe(text);
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  test("takes cells that failed or were left out", () => {
    const cells = [{ failed: "its thread ended with code 1." }, null, ...json.cells.slice(2)];
    const comparison = Comparison.from({ ...json, cells });
    expect(comparison.finished).toBe(false);
    expect(comparison.cell("steady 1", "first")).toBeNull();
    expect(comparison.table("extent")[0]!.slice(0, 2)).toEqual([null, null]);
    expect(comparison.toString()).toContain("steady 1 under first could not be measured: its thread ended");
    expect(comparison.toJSON()).toEqual({ ...json, cells });
  });

  test("refuses a number that is none, and says where", () => {
    expect(refusal(withCell({ peakLive: '"><img src=x>' }))).toBe(
      'This is no comparison: its cells[0].peakLive must be a whole number from 0, not "\\"><img src=x>". Give what comparison.toJSON() returned.',
    );
    expect(refusal(withCell({ peakLive: -32 }))).toContain("peakLive must be a whole number from 0, not -32");
    expect(refusal(withCell({ searches: 0.5 }))).toContain("searches must be a whole number");
    expect(refusal(withCell({ meanHoles: null }))).toContain("meanHoles must be a finite number from 0");
    expect(refusal(withCell({ arena: { bytes: 1 } }))).toContain("cells[0].arena.failsBelow is missing");
  });

  test("refuses figures that cannot belong to one run", () => {
    const { arena } = json.cells[0] as { arena: object };
    expect(refusal(withCell({ extent: 0 }))).toMatch(
      /cells\[0\].extent must be at least its peakBlocks \d+, not 0/,
    );
    expect(refusal(withCell({ failures: 1000 }))).toMatch(/operations must be at least its failures 1000/);
    expect(refusal(withCell({ arena: null }))).toContain("arena must be looked for");
    expect(refusal({ ...json, arenaRuns: 0 })).toContain("arena must be null");
    expect(refusal(withCell({ arena: { ...arena, bytes: null, exact: true } }))).toContain(
      "exact must be false",
    );
  });

  test("refuses a table whose parts do not fit together", () => {
    expect(refusal({ ...json, cells: [] })).toContain("it must have 6 cells, not 0");
    expect(refusal({ ...json, cells: [...json.cells, null] })).toContain("6 cells, not 7");
    expect(refusal({ ...json, traces: [], cells: [] })).toContain("its traces must be at least one");
    expect(refusal({ ...json, traces: [json.traces[0], json.traces[0]] })).toContain(
      '"steady 1" stands twice',
    );
    expect(refusal({ ...json, version: 2 })).toContain("version must be 1, not 2: it was written by a later");
    for (const value of [{}, null, [], "x", undefined])
      expect(refusal(value)).toContain("This is no comparison");
  });

  test(`refuses a damaged comparison or takes one that can be used: ${DAMAGED / 2} of seed ${SEED}`, () => {
    const random = numbers(SEED);
    const document = { ...json, cells: [{ failed: "no memory." }, null, ...json.cells.slice(2)] };
    let taken = 0;
    for (let i = 0; i < DAMAGED / 2; i++) {
      const given = damaged(i % 2 === 0 ? json : document, random);
      let comparison: Comparison;
      try {
        comparison = Comparison.from(given);
      } catch (error) {
        expect((error as Error).message).toMatch(/^This is no comparison: its? .*\. Give what/);
        continue;
      }
      taken++;
      use(comparison);
    }
    console.log(`${DAMAGED / 2} damaged comparisons of seed ${SEED}: ${taken} were taken and used.`);
    expect(taken).toBeGreaterThan(DAMAGED / 200);
  });
});

test("no name commands the terminal that a table is printed on", () => {
  const name = "\u001b]0;owned\u0007\r\nx";
  const text = String(Comparison.from({ ...json, traces: [{ name, source: name }, json.traces[1]] }));
  expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});

/** Everything that is made of a comparison. */
function use(comparison: Comparison): void {
  expect(String(comparison)).not.toMatch(/NaN|undefined|Infinity/);
  expect(comparison.rows).toHaveLength(comparison.json.cells.length);
  for (const figure of Object.keys(FIGURES) as FigureName[]) {
    comparison.toText(figure);
    comparisonFigure(comparison, figure);
    for (const value of comparison.table(figure).flat()) {
      expect(value === null || (Number.isFinite(value) && value >= FIGURES[figure].least)).toBe(true);
    }
  }
  expect(String(tableHtml(comparison))).not.toMatch(/NaN|undefined|Infinity|<b>/);
  const text = JSON.stringify(comparison);
  expect(JSON.stringify(Comparison.from(JSON.parse(text)))).toBe(text);
}
