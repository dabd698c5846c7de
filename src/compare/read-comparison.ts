import * as v from "valibot";
import { type DocumentKind, quantity, readDocument, refused, text, wholeNumber } from "../base/document";
import { show } from "../base/wrong-argument";
import type { ComparedCell } from "./compare-cell";
import {
  type CellJson,
  type ComparedJson,
  type ComparisonJson,
  type FailedCell,
  isMeasured,
} from "./comparison-json";

const count = wholeNumber();

const MEASURED: v.GenericSchema<unknown, ComparedCell> = v.object({
  operations: count,
  peakLive: count,
  peakRounded: count,
  peakBlocks: count,
  extent: count,
  searches: count,
  examined: count,
  meanHoles: quantity(),
  mostHoles: count,
  failures: count,
  arena: v.nullable(
    v.object({
      bytes: v.nullable(count),
      failsBelow: count,
      exact: v.custom<boolean>((value) => typeof value === "boolean", "must be true or false"),
      runs: count,
    }),
  ),
});
const FAILED = v.object({ failed: text() });

/** The fields of `ComparedJson`, as a schema. */
export const COMPARED = {
  arenaRuns: count,
  traces: v.array(v.object({ name: text(), source: text() })),
  policies: v.array(v.object({ name: text(), model: text() })),
};

/** A list of cells, as a schema. */
export const CELLS: v.GenericSchema<unknown, CellJson[]> = v.array(
  v.nullable(
    v.lazy((cell): v.GenericSchema<unknown, ComparedCell | FailedCell> => {
      return typeof cell === "object" && cell !== null && "failed" in cell ? FAILED : MEASURED;
    }),
  ),
);

const COMPARISON: DocumentKind<ComparisonJson> = {
  name: "comparison",
  format: "freelist-lab comparison",
  version: 1,
  remedy: "Give what comparison.toJSON() returned.",
  schema: v.object({
    format: v.literal("freelist-lab comparison"),
    version: v.literal(1),
    ...COMPARED,
    cells: CELLS,
  }),
};

/**
 * A comparison from outside, checked in every field.
 * @throws RangeError that names the field that is wrong
 */
export function readComparison(value: unknown): ComparisonJson {
  const json = readDocument(COMPARISON, value);
  checkCells(COMPARISON, json, json.traces.length * json.policies.length);
  return json;
}

/**
 * Checks what fields say about each other: names stand once, there are as many cells as there must be, and the figures of a
 * cell can belong to one run.
 */
export function checkCells(
  kind: Pick<DocumentKind<unknown>, "name" | "remedy">,
  { traces, policies, arenaRuns, cells }: ComparedJson & { readonly cells: readonly CellJson[] },
  many: number,
): void {
  for (const [what, list] of Object.entries({ traces, policies })) {
    const names = list.map(({ name }) => name);
    if (names.length === 0) throw refused(kind, `its ${what} must be at least one, not none`);
    if (new Set(names).size < names.length) {
      const twice = names.find((name, i) => names.indexOf(name) !== i);
      throw refused(kind, `its ${what} must have a name each, and ${show(twice)} stands twice`);
    }
  }
  if (cells.length !== many) throw refused(kind, `it must have ${many} cells, not ${cells.length}`);
  for (const [i, cell] of cells.entries()) {
    const rule = isMeasured(cell) && brokenRule(cell, arenaRuns);
    if (rule) throw refused(kind, `its cells[${i}].${rule}`);
  }
}

/** What cannot be in the figures of one run; undefined when all can. */
function brokenRule(cell: ComparedCell, arenaRuns: number): string | undefined {
  const least = (field: keyof ComparedCell, other: keyof ComparedCell) =>
    Number(cell[field]) < Number(cell[other]) &&
    `${field} must be at least its ${other} ${cell[other]}, not ${cell[field]}`;
  return (
    least("peakRounded", "peakLive") ||
    least("peakBlocks", "peakRounded") ||
    least("extent", "peakBlocks") ||
    least("mostHoles", "meanHoles") ||
    least("operations", "failures") ||
    brokenArena(cell, arenaRuns) ||
    undefined
  );
}

function brokenArena({ arena, peakBlocks }: ComparedCell, arenaRuns: number): string | false {
  if (arena === null) return arenaRuns > 0 && "arena must be looked for, since its arenaRuns is not 0";
  if (arenaRuns === 0) return "arena must be null, since its arenaRuns is 0";
  const { bytes, failsBelow, exact } = arena;
  if (failsBelow < peakBlocks) {
    return `arena.failsBelow must be at least its peakBlocks ${peakBlocks}, not ${failsBelow}`;
  }
  if (bytes !== null && bytes < failsBelow) {
    return `arena.bytes must be at least its failsBelow ${failsBelow}, not ${bytes}`;
  }
  return exact !== (bytes === failsBelow) && `arena.exact must be ${!exact}, as its bytes and failsBelow say`;
}
