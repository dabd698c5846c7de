import type { Heap } from "../heap/heap";
import { cellPixels, drawCells } from "./draw-cells";
import { pngAddress } from "./encode-png";
import { heapCells } from "./heap-cells";
import { escapeHtml } from "./markup";

/** Most pixels of a cell's edge: the squares of a heap of a few pages can be counted, and need no more room. */
const LARGEST_CELL = 24;

/** A heap's picture and a line below it. */
export function heapHtml(heap: Heap, caption: string, width = 330): string {
  const cells = heapCells(heap);
  const picture = drawCells(cells, Math.min(LARGEST_CELL, cellPixels(cells.side, width)));
  const text = escapeHtml(caption);
  return (
    `<img src="${pngAddress(picture)}" width="${picture.width}" height="${picture.height}" ` +
    `alt="The heap: ${text}" style="image-rendering:pixelated;max-width:none"><div>${text}</div>`
  );
}
