import type { ComparedCell } from "./compare-cell";

/** A cell whose measuring ended without figures, and why, in one sentence. */
export interface FailedCell {
  readonly failed: string;
}

/** What became of a trace under a policy: the figures, or why there are none; null where the comparison was interrupted. */
export type CellJson = ComparedCell | FailedCell | null;

/** What a comparison is of: the same in the whole of it and in each of its parts. */
export interface ComparedJson {
  /** Arenas that were tried at most for each cell; 0 when the smallest was not looked for. */
  readonly arenaRuns: number;
  readonly traces: readonly { readonly name: string; readonly source: string }[];
  readonly policies: readonly { readonly name: string; readonly model: string }[];
}

/** A comparison as plain JSON. */
export interface ComparisonJson extends ComparedJson {
  readonly format: "freelist-lab comparison";
  readonly version: 1;
  /** All policies of the first trace, then of the second, and so on. */
  readonly cells: readonly CellJson[];
}

/** Whether a cell has figures. */
export function isMeasured(cell: CellJson | undefined): cell is ComparedCell {
  return cell !== null && cell !== undefined && !("failed" in cell);
}
