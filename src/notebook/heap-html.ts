import { html, type Markup } from "../base/markup";
import { counted, readable } from "../base/readable";
import type { Block } from "../heap/block";
import type { Heap } from "../heap/heap";
import { cellPixels, drawSquare, greySquare, heapCells } from "./drawn-picture";
import { pngAddress } from "./encode-picture";

/** Most blocks, allocated and free, of a heap that is drawn as a strip. */
const MOST_BLOCKS = 16;
/** Pixels of the whole strip, and of a digit. */
const WIDTH = 512;
const DIGIT = 9;

/**
 * A heap of at most sixteen blocks as a strip in address order, as wide as it is long: each block with its size in it (allocated
 * white on black, free black on white), and where it begins below it. "" for a heap of more blocks. It is a table of plain text,
 * which stays as it is where a notebook is not trusted; a number that its block is too narrow for is left out.
 */
export function heapStrip(heap: Heap): Markup | "" {
  const blocks = [...heap.blocks()];
  if (blocks.length === 0 || blocks.length > MOST_BLOCKS) return "";
  const widths = blocks.map(({ size }) => Math.max(1, Math.round((WIDTH * size) / heap.capacity)));
  const sizes = blocks.map((block, i) => sizeCell(block, widths[i]!));
  const addresses = blocks.map(({ address }, i) => addressCell(address, widths[i]!));
  const end = html`<td style="${PLAIN};width:60px"></td>`;
  const last = addressCell(heap.base + heap.capacity, 60);
  const width = 60 + widths.reduce((sum, each) => sum + each, 0);
  const rows = html`<tr style="${ROW}">${sizes}${end}</tr><tr style="${ROW}">${addresses}${last}</tr>`;
  const style = `table-layout:fixed;width:${width}px;border-collapse:collapse;margin:4px 0 10px`;
  return html`<table style="${style}">${rows}</table>`;
}

/** Not in stripes, as JupyterLab shows tables. */
const ROW = "background:none";
const PLAIN = "padding:0;border:0;background:none;text-align:left";

function sizeCell({ address, size, free }: Block, width: number): Markup {
  const colours = free ? "background:#fff;color:#000" : "background:#000;color:#fff";
  const title = `${counted(size, "byte")} at ${readable(address)}, ${free ? "free" : "allocated"}`;
  const style = `width:${width}px;height:34px;padding:0;border:1px solid #808080;${colours};text-align:center`;
  return html`<td title="${title}" style="${style}">${fitting(size, width)}</td>`;
}

function addressCell(address: number, width: number): Markup {
  return html`<td style="${PLAIN}">${fitting(address, width)}</td>`;
}

function fitting(number: number, width: number): string {
  const digits = readable(number);
  return digits.length * DIGIT <= width ? digits : "";
}

/** Most pixels of a cell's edge: the squares of a heap of a few pages can be counted, and need no more room. */
const LARGEST_CELL = 24;

/** A heap's picture and a line below it. */
export function heapHtml(heap: Heap, caption: string, width = 330): Markup {
  const cells = heapCells(heap);
  const picture = drawSquare(greySquare(cells), Math.min(LARGEST_CELL, cellPixels(cells.side, width)));
  const image = html`<img src="${pngAddress(picture)}" width="${picture.width}" height="${picture.height}" alt="The heap: ${caption}" style="image-rendering:pixelated;max-width:none">`;
  return html`${image}<div>${caption}</div>`;
}

/** A heap's state in a line: what is allocated, in how many blocks, and the holes. */
export function heapText(heap: Heap): string {
  const allocated = `${readable(heap.usedBytes)} of ${counted(heap.capacity, "byte")} allocated`;
  return `${allocated}, in ${counted(heap.liveBlocks, "block")}; ${counted(heap.holeCount, "hole")}`;
}
