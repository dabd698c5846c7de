import { CHIPS } from "./controls";
import { freshContext } from "./dom";
import { type Film, STOPS } from "./film";

/** Height of a lane of marks, in CSS pixels. */
const LANE = 5;
/** Half the width of a slider's thumb: its centre travels so much less than the slider is wide, on either side. */
const THUMB = 8;

/**
 * Draws below the slider where something notable happens: a lane each for splits, merges and failures, and a line where the
 * runs first differ and at every step that the run's author marked.
 */
export function drawMarks(
  canvas: HTMLCanvasElement,
  films: readonly Film[],
  steps: number,
  difference: number | null,
  colourOf: (name: string) => string,
): void {
  const width = canvas.clientWidth;
  if (width === 0) return;
  const context = freshContext(canvas, width, 3 * LANE + 1);
  const pixelOf = (step: number) => THUMB + (step / Math.max(1, steps)) * (width - 2 * THUMB);
  const wide = Math.max(1, Math.min(4, (width - 2 * THUMB) / Math.max(1, steps) - 1));
  Object.entries(STOPS).forEach(([name, mask], lane) => {
    context.fillStyle = colourOf(`--${CHIPS[name as keyof typeof STOPS]}`);
    let last = -1;
    for (let step = 1; step <= steps; step++) {
      const x = Math.round(pixelOf(step) - wide / 2);
      if (x === last || !films.some((film) => step <= film.known && film.columns.flags[step]! & mask))
        continue;
      context.fillRect(x, lane * LANE + 1, wide, LANE - 1);
      last = x;
    }
  });
  const line = (step: number, colour: string) => {
    context.fillStyle = colour;
    context.fillRect(Math.round(pixelOf(step)) - 1, 0, 2, 3 * LANE + 1);
  };
  for (const film of films) for (const { step } of film.history.marks) line(step, colourOf("--fg"));
  if (difference !== null) line(difference, colourOf("--differ"));
}
