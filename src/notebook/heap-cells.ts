import type { Heap } from "../heap/heap";
import { MOST_CELLS, type Occupancy } from "../run/occupancy";

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
 * The heap as it is now: a cell a page, exactly `asMatrix()`, while there are at most 16,384 pages; else a cell for a power of
 * two of pages, shaded by how much of it is free. The same squares as `occupancy` has for a recorded run.
 */
export function heapCells(heap: Heap): HeapCells {
  const pages = Math.ceil(heap.capacity / heap.pageSize);
  return pages <= MOST_CELLS ? pageCells(heap, pages) : sharedCells(heap, pages);
}

/** The square of a recorded run at the step where it is. */
export function occupancyCells({ side, cells, pagesPerCell, allocated }: Occupancy): HeapCells {
  // A page counts as allocated when any of it is, as in asMatrix().
  const shade = pagesPerCell === 1 ? (share: number) => (share > 0 ? 0 : 255) : shadeOf;
  return { side, count: cells, free: Uint8Array.from(allocated, (share) => shade(share || 0)) };
}

function shadeOf(share: number): number {
  return Math.round(255 * (1 - share));
}

function pageCells(heap: Heap, pages: number): HeapCells {
  const matrix = heap.asMatrix();
  const side = matrix.length;
  const free = new Uint8Array(side * side);
  for (const [row, cells] of matrix.entries()) {
    for (let column = 0; column < side; column++) free[row * side + column] = cells[column] ? 255 : 0;
  }
  return { side, count: pages, free };
}

function sharedCells(heap: Heap, pages: number): HeapCells {
  const bytes = 2 ** Math.ceil(Math.log2(pages / MOST_CELLS)) * heap.pageSize;
  const count = Math.ceil(heap.capacity / bytes);
  const side = Math.ceil(Math.sqrt(count));
  const used = new Float64Array(count);
  for (const block of heap.blocks()) {
    if (block.free) continue;
    const end = block.address + block.size - heap.base;
    for (let at = block.address - heap.base; at < end; ) {
      const cell = Math.floor(at / bytes);
      const stop = Math.min(end, (cell + 1) * bytes);
      used[cell] = used[cell]! + stop - at;
      at = stop;
    }
  }
  const free = new Uint8Array(side * side).fill(255);
  for (let cell = 0; cell < count; cell++) {
    const size = Math.min(bytes, heap.capacity - cell * bytes);
    free[cell] = shadeOf(used[cell]! / size);
  }
  return { side, count, free };
}
