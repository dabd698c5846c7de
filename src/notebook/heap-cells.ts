import type { HeapView } from "../run/cursor";
import { occupancy } from "../run/occupancy";

/** The heap as a square of cells, for a picture. */
export interface HeapCells {
  /** Cells a row, and rows. */
  readonly side: number;
  /** Cells that stand for memory; those behind them, to the end of the square, are padding. */
  readonly count: number;
  /** A byte for each cell of the square, row by row: 0 wholly allocated to 255 wholly free. */
  readonly free: Uint8Array;
}

/**
 * The heap as it is now, also `cursor.heap`: a cell a page, exactly `asMatrix()`, while there are at most 16,384 pages; else a
 * cell for a power of two of pages, shaded by how much of it is free.
 */
export function heapCells(heap: HeapView): HeapCells {
  const cells = occupancy(heap);
  const { side, pagesPerCell, bytes } = cells.grid;
  const count = bytes === 0 ? 0 : cells.grid.cells;
  const free = new Uint8Array(side * side).fill(255);
  for (let cell = 0; cell < count; cell++) {
    const share = cells.share(cell);
    // A page counts as allocated when any of it is, as in asMatrix().
    free[cell] = Math.round(255 * (1 - (pagesPerCell === 1 ? Math.ceil(share) : share)));
  }
  return { side, count, free };
}
