import { type ComparisonPlan, measureCell } from "../../../compare/compare";
import type { CellJson } from "../../../compare/comparison-json";
import type { MeasureOptions } from "../../compare/measure-cells";

// In the browser: `../../compare/measure-cells.ts`, where the cells are measured in the kernel's own worker, one after the other.

/**
 * Measures the cells of `plan` with these numbers.
 * @returns the cells in the order of `indices`; null for those that an abort or an interrupt of the kernel left out
 */
export async function measureCells(
  plan: ComparisonPlan,
  indices: readonly number[],
  { signal, onProgress }: MeasureOptions = {},
): Promise<CellJson[]> {
  const cells: CellJson[] = indices.map(() => null);
  let ended = signal?.aborted === true;
  const end = () => {
    ended = true;
  };
  process.on("SIGINT", end);
  signal?.addEventListener("abort", end);
  try {
    for (const [at, index] of indices.entries()) {
      // An interrupt is heard between two cells.
      await new Promise(setImmediate);
      if (ended) break;
      cells[at] = measureCell(plan, index);
      onProgress?.(at + 1, indices.length);
    }
  } finally {
    signal?.removeEventListener("abort", end);
    process.off("SIGINT", end);
  }
  return cells;
}
