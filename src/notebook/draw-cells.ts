import type { GreyPicture } from "./grey-picture";
import type { HeapCells } from "./heap-cells";

/** The frame around the heap: visible on a white page and on a dark one. */
const frameGrey = 128;
/** Cells behind the end of the heap: neither allocated nor free. */
const paddingGrey = 200;

/**
 * Draws the heap as the original program did: allocated black, free white, row 0 on top, every cell a square of whole
 * pixels. Cells behind the end of the heap are grey, and so is the line around the picture.
 * @param pixels edge of a cell, in pixels; at least 1
 */
export function drawCells(cells: HeapCells, pixels: number): GreyPicture {
  const { side, count, free } = cells;
  const width = side * pixels + 2;
  const drawn = new Uint8Array(width * width).fill(frameGrey);
  for (let row = 0; row < side; row++) {
    const start = (1 + row * pixels) * width + 1;
    for (let column = 0; column < side; column++) {
      const cell = row * side + column;
      const grey = cell < count ? free[cell]! : paddingGrey;
      drawn.fill(grey, start + column * pixels, start + (column + 1) * pixels);
    }
    for (let copy = 1; copy < pixels; copy++) {
      drawn.copyWithin(start + copy * width, start, start + side * pixels);
    }
  }
  return { width, height: width, pixels: drawn };
}

/** The edge of a cell in whole pixels with which the square comes closest to `width` pixels, never below 1. */
export function cellPixels(side: number, width: number): number {
  return Math.max(1, Math.floor((width - 2) / Math.max(1, side)));
}
