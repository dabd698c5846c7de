import type { History } from "../run/history";
import { occupancy } from "../run/occupancy";
import { cellPixels, drawCells } from "./draw-cells";
import { pngAddress } from "./encode-png";
import { occupancyCells } from "./heap-cells";
import { keyFrames } from "./key-frames";
import { escapeHtml } from "./markup";
import { stepText } from "./step-text";

/** A recorded run, and what it is called. */
export interface LabelledRun {
  /** Any text; "" for a run that stands alone. */
  readonly label: string;
  readonly history: History;
}

/** Pictures of one run, and of each of several. */
const framesOfOne = 6;
const framesOfEach = 4;
const width = 190;

/**
 * A run as a row of pictures, which needs no script, no server and no network: what is left of a player in a notebook that
 * is not trusted, on a web site, or on paper. Images and plain text are all that an untrusted notebook may show.
 */
export function filmstrip(title: string, runs: readonly LabelledRun[]): string {
  const most = runs.length === 1 ? framesOfOne : framesOfEach;
  const head = title ? `<div><strong>${escapeHtml(title)}</strong></div>` : "";
  const strips = runs.map(({ label, history }) => {
    const name = label ? `<div><strong>${escapeHtml(label)}</strong></div>` : "";
    return `${name}<div>${figures(history, most)}</div>`;
  });
  return `${head}${strips.join("")}<div>${escapeHtml(footer(runs))}</div>`;
}

function figures(history: History, most: number): string {
  const cursor = history.cursor();
  const grid = occupancy(cursor);
  return keyFrames(history, most)
    .map(({ step, reason }) => {
      cursor.seek(step);
      const cells = occupancyCells(grid.update());
      const picture = drawCells(cells, cellPixels(cells.side, width));
      const text = escapeHtml(`Step ${step}: ${stepText(history, step)}`);
      return (
        `<figure style="display:inline-block;vertical-align:top;margin:4px 12px 8px 0;width:${width}px">` +
        `<img src="${pngAddress(picture)}" width="${picture.width}" height="${picture.height}" alt="${text}">` +
        `<figcaption>${text}${reason ? `<br><em>${reason}</em>` : ""}</figcaption></figure>`
      );
    })
    .join("");
}

function footer(runs: readonly LabelledRun[]): string {
  const steps = Math.max(...runs.map(({ history }) => history.length));
  const legend = "Black is allocated, white is free, grey is no memory.";
  return `${legend} These are key frames of ${steps} ${steps === 1 ? "step" : "steps"}; in a trusted notebook this is a player.`;
}
