import type { History } from "../run/history";
import { cellPixels, drawCells } from "./draw-cells";
import { encodePng } from "./encode-png";
import { heapCells } from "./heap-cells";
import { writeWhole } from "./write-whole";

/**
 * Saves the heap at one step as a PNG picture of about 650 pixels: allocated black, free white, row 0 on top.
 * @param path the file; one that is there is replaced
 * @param step default: the last
 * @throws RangeError for a step that is not in the run; TypeError for a path that is no text; Error when the file cannot be
 * written, which leaves nothing half-written.
 */
export function savePng(history: History, path: string, step: number = history.length): void {
  const cells = heapCells(history.cursor().seek(step).heap);
  writeWhole(path, encodePng(drawCells(cells, cellPixels(cells.side, 650))));
}
