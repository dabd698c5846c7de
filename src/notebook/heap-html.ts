import { html, type Markup } from "../base/markup";
import type { Heap } from "../heap/heap";
import { cellPixels, drawSquare, greySquare } from "./drawn-picture";
import { pngAddress } from "./encode-png";
import { heapCells } from "./heap-cells";

/** Most pixels of a cell's edge: the squares of a heap of a few pages can be counted, and need no more room. */
const LARGEST_CELL = 24;

/** A heap's picture and a line below it. */
export function heapHtml(heap: Heap, caption: string, width = 330): Markup {
  const cells = heapCells(heap);
  const picture = drawSquare(greySquare(cells), Math.min(LARGEST_CELL, cellPixels(cells.side, width)));
  const image = html`<img src="${pngAddress(picture)}" width="${picture.width}" height="${picture.height}" alt="The heap: ${caption}" style="image-rendering:pixelated;max-width:none">`;
  return html`${image}<div>${caption}</div>`;
}
