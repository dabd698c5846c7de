import type { Block } from "./block";

/** More cells than this and a matrix of JavaScript numbers is no use to anyone. */
const MOST_CELLS = 2 ** 24;

/**
 * The pages of a heap as a square, row by row: 0 for a page with allocated memory, 1 for a free one. The square is the smallest
 * that holds all pages; cells beyond the heap are 1.
 * @param endOf what becomes of a page that a block shares: allocated by default; `Math.floor` leaves it to the next block
 * @throws RangeError for a heap of more than 2^24 pages.
 */
export function matrixOf(
  blocks: Iterable<Block>,
  base: number,
  capacity: number,
  pageSize: number,
  endOf: (pages: number) => number = Math.ceil,
): number[][] {
  const pages = Math.ceil(capacity / pageSize);
  if (pages > MOST_CELLS) {
    throw new RangeError(
      `A matrix has a cell a page and at most 2^24 of them, not ${pages}; use larger pages or the player, which aggregates.`,
    );
  }
  const side = Math.ceil(Math.sqrt(pages));
  const cells = new Uint8Array(side * side).fill(1);
  for (const block of blocks) {
    if (block.free) continue;
    const start = block.address - base;
    cells.fill(0, Math.floor(start / pageSize), endOf((start + block.size) / pageSize));
  }
  return Array.from({ length: side }, (_, row) => Array.from(cells.subarray(row * side, (row + 1) * side)));
}
