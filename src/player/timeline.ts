import { el, freshContext } from "./dom";
import { type Film, STOPS, type StopName } from "./film";

/** Height of a lane of marks, in CSS pixels. */
const LANE = 4;
/** Half the width of a slider's thumb: its centre travels so much less than the slider is wide, on either side. */
const THUMB = 8;

/** The slider, and below it where something notable happens. Curves and lives over time share its axis. */
export class Timeline {
  readonly nodes: readonly Node[];
  #slider: HTMLInputElement;
  #marks = el("canvas", { class: "fl-marks", "aria-hidden": "true" });

  constructor(
    private steps: number,
    seek: (step: number) => void,
  ) {
    this.#slider = el("input", { type: "range", min: 0, max: steps, value: 0, "aria-label": "Timeline" });
    this.#slider.addEventListener("input", () => seek(Number(this.#slider.value)));
    this.nodes = [this.#slider, this.#marks];
  }

  /** Is as long as a run of so many steps. */
  setSteps(steps: number): void {
    this.steps = steps;
    this.#slider.max = String(steps);
  }

  /** Shows a step; `text` says it to a screen reader. */
  show(step: number, text: string): void {
    this.#slider.value = String(step);
    this.#slider.setAttribute("aria-valuetext", text);
  }

  /**
   * Draws a lane of marks for each kind of notable step, and a line where the runs first differ and at every step that
   * the run's author marked.
   */
  drawMarks(films: readonly Film[], difference: number | null, colourOf: (name: string) => string): void {
    const width = this.#marks.clientWidth;
    if (width === 0) return;
    const { steps } = this;
    const lanes = Object.keys(STOPS) as StopName[];
    const height = lanes.length * LANE + 1;
    const context = freshContext(this.#marks, width, height);
    const pixelOf = (step: number) => THUMB + (step / Math.max(1, steps)) * (width - 2 * THUMB);
    const stepOf = (pixel: number) => ((pixel - THUMB) / (width - 2 * THUMB)) * Math.max(1, steps);
    const wide = Math.max(1, Math.min(4, (width - 2 * THUMB) / Math.max(1, steps) - 1));
    for (const [lane, name] of lanes.entries()) {
      const { mask } = STOPS[name];
      context.fillStyle = colourOf(`--${name}`);
      for (const film of films) {
        for (let step = film.next(0, mask, 1); step !== null; ) {
          const x = Math.round(pixelOf(step) - wide / 2);
          context.fillRect(x, lane * LANE + 1, wide, LANE - 1);
          // All that would be drawn at the same place is drawn.
          const last = Math.ceil(stepOf(x + 0.5 + wide / 2)) - 1;
          step = film.next(Math.max(step, last), mask, 1);
        }
      }
    }
    const line = (step: number, colour: string) => {
      context.fillStyle = colour;
      context.fillRect(Math.round(pixelOf(step)) - 1, 0, 2, height);
    };
    for (const { from, history } of films) {
      for (const { step } of history.marks) line(from + step, colourOf("--fg"));
    }
    if (difference !== null) line(difference, colourOf("--difference"));
  }
}
