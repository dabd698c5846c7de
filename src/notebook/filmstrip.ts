import { html, type Markup } from "../base/markup";
import type { History } from "../run/history";
import { cellPixels, drawCells } from "./draw-cells";
import { pngAddress } from "./encode-png";
import { heapCells } from "./heap-cells";
import { keyFrames } from "./key-frames";
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
 * @param opened the step that the player opens at, which is among the pictures; default: the last
 */
export function filmstrip(title: string, runs: readonly LabelledRun[], opened?: number): Markup {
  const most = runs.length === 1 ? framesOfOne : framesOfEach;
  const strips = runs.map(
    ({ label, history }) => html`${heading(label)}<div>${figures(history, most, opened)}</div>`,
  );
  return html`${heading(title)}${strips}<div>${footer(runs)}</div>`;
}

function heading(text: string): Markup | "" {
  return text && html`<div><strong>${text}</strong></div>`;
}

function figures(history: History, most: number, opened?: number): Markup[] {
  const cursor = history.cursor();
  return keyFrames(history, most, opened).map(({ step, reason }) => {
    const cells = heapCells(cursor.seek(step).heap);
    const picture = drawCells(cells, cellPixels(cells.side, width));
    const text = `Step ${step}: ${stepText(history, step)}`;
    const image = html`<img src="${pngAddress(picture)}" width="${picture.width}" height="${picture.height}" alt="${text}">`;
    const caption = html`<figcaption>${text}${reason && html`<br><em>${reason}</em>`}</figcaption>`;
    const style = `display:inline-block;vertical-align:top;margin:4px 12px 8px 0;width:${width}px`;
    return html`<figure style="${style}">${image}${caption}</figure>`;
  });
}

function footer(runs: readonly LabelledRun[]): string {
  const steps = Math.max(...runs.map(({ history }) => history.length));
  const legend = "Black is allocated, white is free, grey is no memory.";
  return `${legend} These are key frames of ${steps} ${steps === 1 ? "step" : "steps"}; in a trusted notebook this is a player.`;
}
