/** A picture has at most so many cells unless another number is asked for: 128 × 128. */
export const MOST_CELLS = 16_384;

/** How a range of the heap is laid out as a square of cells, row by row. Cell `i` is in row `Math.floor(i / side)`. */
export interface Grid {
  /** First address that is shown; a multiple of the page size above the heap's base. */
  readonly from: number;
  /** Bytes that are shown. */
  readonly bytes: number;
  /** Bytes of a page. */
  readonly pageSize: number;
  /** Pages that one cell stands for: 1, or a power of two where there are too many pages to show each. */
  readonly pagesPerCell: number;
  /** Cells that stand for memory; those of the square beyond them are padding. */
  readonly cells: number;
  /** Cells of a row, and rows. */
  readonly side: number;
  /** The original program's picture: a block covers the pages that end within it, and no two blocks share one. */
  readonly wholePages: boolean;
}

/**
 * Lays out `bytes` bytes from address `from` on as the smallest square with a cell a page, or, where that would be more than
 * `maxCells`, with a cell for 2, 4, 8 … pages. Of no bytes it has one cell.
 */
export function gridOf(
  from: number,
  bytes: number,
  pageSize: number,
  maxCells: number = MOST_CELLS,
  wholePages = false,
): Grid {
  const pages = Math.max(1, Math.ceil(bytes / pageSize));
  const most = Math.floor(Math.sqrt(maxCells)) ** 2;
  let pagesPerCell = 1;
  while (Math.ceil(pages / pagesPerCell) > most) pagesPerCell *= 2;
  const cells = Math.ceil(pages / pagesPerCell);
  return { from, bytes, pageSize, pagesPerCell, cells, side: Math.ceil(Math.sqrt(cells)), wholePages };
}

/** Bytes that one cell stands for. */
export function cellBytes(grid: Grid): number {
  return grid.pageSize * grid.pagesPerCell;
}

/** A box of a picture in cells, corners included. */
export interface CellBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The grid of what a box drawn into a picture spans: from its first cell to its last, in reading order. Null when the box
 * cannot be shown in more detail than it is.
 */
export function zoomed(grid: Grid, box: CellBox, maxCells: number): Grid | null {
  const at = (row: number, column: number) =>
    Math.min(grid.cells - 1, Math.max(0, row) * grid.side + Math.min(grid.side - 1, Math.max(0, column)));
  const first = at(box.top, box.left);
  const last = at(box.bottom, box.right);
  const each = cellBytes(grid);
  const bytes = Math.min((last - first + 1) * each, grid.bytes - first * each);
  const finer = gridOf(grid.from + first * each, bytes, grid.pageSize, maxCells, grid.wholePages);
  return finer.pagesPerCell < grid.pagesPerCell ? finer : null;
}

/**
 * The grid of a sixteenth of what a grid shows, around an address. Null when the grid shows single pages already.
 */
export function zoomedAround(grid: Grid, address: number, maxCells: number): Grid | null {
  if (grid.pagesPerCell === 1) return null;
  const bytes = Math.ceil(grid.bytes / 16 / grid.pageSize) * grid.pageSize;
  const wished = Math.floor((address - grid.from - bytes / 2) / grid.pageSize) * grid.pageSize;
  const from = grid.from + Math.min(Math.max(0, wished), grid.bytes - bytes);
  return gridOf(from, bytes, grid.pageSize, maxCells, grid.wholePages);
}
