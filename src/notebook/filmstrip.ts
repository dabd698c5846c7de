import { html, type Markup } from "../base/markup";
import { counted, readable } from "../base/readable";
import { COLOURINGS, type PlayerColour } from "../player/colourings";
import type { History } from "../run/history";
import type { DrawnPicture } from "./drawn-picture";
import { pngAddress } from "./encode-picture";
import { keyFrames } from "./key-frames";
import { RunPictures } from "./run-pictures";
import type { LabelledRun } from "./runs";

/** Pictures of one run, and of each of several. */
const framesOfOne = 6;
const framesOfEach = 4;
const width = 190;

/**
 * A run as a row of pictures, which needs no script, no server and no network: what is left of a player in a notebook that
 * is not trusted, on a web site, or on paper. Images and plain text are all that an untrusted notebook may show.
 * @param options `opened`: the step that the player opens at, which is among the pictures, default the last; `colour`: as the player's
 */
export function filmstrip(
  title: string,
  runs: readonly LabelledRun[],
  { opened, colour }: { opened?: number; colour?: PlayerColour } = {},
): Markup {
  const most = runs.length === 1 ? framesOfOne : framesOfEach;
  const pictures = new RunPictures(runs, width, colour);
  const strips = runs.map(({ label, history }, run) => {
    const frames = keyFrames(history, most, opened);
    const figures = frames.map(({ step, reason }) => {
      const text = `Step ${readable(step)}: ${stepText(history, step)}`;
      return figure(pictures.of(run, step), text, reason);
    });
    return html`${heading(label)}<div>${figures}</div>`;
  });
  return html`${heading(title)}${strips}<div>${footer(runs, pictures.colour)}</div>`;
}

function heading(text: string): Markup | "" {
  return text && html`<div><strong>${text}</strong></div>`;
}

function figure(picture: DrawnPicture, text: string, reason: string): Markup {
  const image = html`<img src="${pngAddress(picture)}" width="${picture.width}" height="${picture.height}" alt="${text}">`;
  const caption = html`<figcaption>${text}${reason && html`<br><em>${reason}</em>`}</figcaption>`;
  const style = `display:inline-block;vertical-align:top;margin:4px 12px 8px 0;width:${width}px`;
  return html`<figure style="${style}">${image}${caption}</figure>`;
}

function footer(runs: readonly LabelledRun[], colour: PlayerColour): string {
  const steps = Math.max(...runs.map(({ history }) => history.length));
  return `${COLOURINGS[colour].inWords}, white is free, hatched is no memory. These are key frames of ${counted(steps, "step")}; in a trusted notebook this is a player.`;
}

/** What a step asked and what it got, as it would stand in a program: `malloc(2740) → 0`, `free(1440) → false`. */
export function stepText(history: History, step: number): string {
  if (step === 0) return "before the first request";
  const { kind, request, target, address, freed } = history.operationAt(step);
  if (kind === "coalesce") return "coalesce()";
  if (kind === "free") return `free(${target}) → ${freed}`;
  return `${kind}(${kind === "malloc" ? "" : `${target}, `}${request}) → ${address}`;
}
