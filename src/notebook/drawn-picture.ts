import { HATCH, NO_MEMORY, type Rgb } from "../player/colourings";
import type { HeapView } from "../run/cursor";
import { occupancy } from "../run/occupancy";
import { dotsOf, GLYPH } from "./letters";

/** A picture of few colours. */
export interface DrawnPicture {
  /** Pixels a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** A byte a pixel, row by row from the top: which colour of the palette. */
  readonly pixels: Uint8Array;
  /** At most 256 colours. */
  readonly palette: readonly Rgb[];
}

/** Cells in a square, row by row, row 0 on top. */
export interface CellSquare {
  readonly side: number;
  /** For each cell the index of its colour; NaN for one that is no memory. */
  readonly cells: ArrayLike<number>;
  /** At most 251 colours. */
  readonly colours: readonly Rgb[];
}

/** The line around the heap: visible on a white page and on a dark one. */
const FRAME: Rgb = [128, 128, 128];
const PAPER: Rgb = [255, 255, 255];
const INK: Rgb = [0, 0, 0];
/** What every palette has behind the colours of the cells. */
const OWN = [FRAME, NO_MEMORY.light.ground, NO_MEMORY.light.line, PAPER, INK];

/** The heap as the original program drew it: allocated black, free white, and greys between for pages that share a cell. */
export function greySquare({ side, count, free }: HeapCells): CellSquare {
  const cells = Float32Array.from(free, (grey, cell) => (cell < count ? greyOf(grey) : Number.NaN));
  return { side, cells, colours: GREYS };
}

/** As many greys as leave room in a palette for the frame, the hatching and the text. */
const GREYS: readonly Rgb[] = Array.from({ length: 251 }, (_, level) => {
  const grey = Math.round((level * 255) / 250);
  return [grey, grey, grey];
});

function greyOf(grey: number): number {
  return Math.round((grey * 250) / 255);
}

/** From this edge on there is a line between cells, so that they can be counted. */
const RULED = 20;

/**
 * Draws every cell as a square of whole pixels in a frame, with lines between cells that are large. What is no memory is
 * hatched, as in the player.
 * @param pixels edge of a cell, in pixels; at least 1
 */
export function drawSquare({ side, cells, colours }: CellSquare, pixels: number): DrawnPicture {
  const width = side * pixels + 2;
  const [frame, ground, line] = [colours.length, colours.length + 1, colours.length + 2];
  const drawn = new Uint8Array(width * width).fill(frame);
  for (let row = 0; row < side; row++) {
    for (let y = row * pixels; y < (row + 1) * pixels; y++) {
      const start = (y + 1) * width + 1;
      for (let column = 0, x = 0; column < side; column++) {
        const index = cells[row * side + column]!;
        const end = x + pixels;
        if (!Number.isNaN(index)) drawn.fill(index, start + x, start + end);
        else for (let at = x; at < end; at++) drawn[start + at] = (at + y) % HATCH === 0 ? line : ground;
        x = end;
      }
    }
  }
  for (let at = pixels; pixels >= RULED && at < side * pixels; at += pixels) {
    drawn.fill(line, at * width + 1, (at + 1) * width - 1);
    for (let y = 1; y < width - 1; y++) drawn[y * width + at] = line;
  }
  return { width, height: width, pixels: drawn, palette: [...colours, ...OWN] };
}

/** The edge of a cell in whole pixels with which the square comes closest to `width` pixels, never below 1. */
export function cellPixels(side: number, width: number): number {
  return Math.max(1, Math.floor((width - 2) / Math.max(1, side)));
}

/** Pixels between two pictures, and around text. */
const GAP = 8;

/**
 * Pictures of one palette side by side, each under its label, with a caption below: a sheet of paper.
 * @param labels one for each picture; all empty: no line for them
 */
export function drawSheet(
  pictures: readonly DrawnPicture[],
  labels: readonly string[],
  caption: string,
): DrawnPicture {
  const [first] = pictures;
  const { palette } = first!;
  if (pictures.length === 1 && labels[0] === "" && caption === "") return first!;
  const [paper, ink] = [palette.length - 2, palette.length - 1];
  const width = pictures.reduce((sum, each) => sum + each.width + GAP, -GAP);
  const tall = Math.max(...pictures.map(({ height }) => height));
  const scale = width >= 500 ? 2 : 1;
  const heads = pictures.map((picture, i) => linesOf(labels[i]!, picture.width, scale));
  const lines = linesOf(caption, width, scale);
  const line = (GLYPH.height + 2) * scale;
  const top = Math.max(...heads.map(({ length }) => length)) * line;
  const height = top + tall + (lines.length > 0 ? GAP + lines.length * line : 0);
  const pixels = new Uint8Array(width * height).fill(paper);
  const write = (text: string, left: number, y: number) => {
    for (const [column, row] of dotsOf(text)) {
      const x = left + column * scale;
      for (let dy = 0; dy < scale; dy++) {
        const start = (y + row * scale + dy) * width;
        pixels.fill(ink, start + x, start + Math.min(x + scale, width));
      }
    }
  };
  let left = 0;
  for (const [i, picture] of pictures.entries()) {
    for (const [n, text] of heads[i]!.entries()) write(text, left, n * line);
    for (let row = 0; row < picture.height; row++) {
      const from = row * picture.width;
      pixels.set(picture.pixels.subarray(from, from + picture.width), (top + row) * width + left);
    }
    left += picture.width + GAP;
  }
  for (const [n, text] of lines.entries()) write(text, 0, top + tall + GAP + n * line);
  return { width, height, pixels, palette };
}

/** A text in lines that fit: broken at blanks, and in words that are too long. */
function linesOf(text: string, width: number, scale: number): string[] {
  const most = Math.max(1, Math.floor(width / ((GLYPH.width + 1) * scale)));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    let rest = line === "" ? word : `${line} ${word}`;
    if (rest.length > most && line !== "") {
      lines.push(line);
      rest = word;
    }
    for (; rest.length > most; rest = rest.slice(most)) lines.push(rest.slice(0, most));
    line = rest;
  }
  return line === "" ? lines : [...lines, line];
}

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
