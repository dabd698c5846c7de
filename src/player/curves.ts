import { downsample } from "../run/downsample";
import { METRICS, type MetricDefinition, type MetricName } from "../run/metrics";
import { el, freshContext, readable, setText } from "./dom";
import type { Film } from "./film";
import { followPointer } from "./follow-pointer";

/** The curves that are shown, in this order; each is defined in `METRICS`. */
const SHOWN: readonly MetricName[] = [
  "live",
  "free",
  "largestHole",
  "holes",
  "externalFragmentation",
  "examined",
  "denied",
];

const HEIGHT = 34;
/** One colour a run, told apart by colour-blind readers as well, and by their dashes. */
const RUNS = ["--accent", "--failure", "--merge", "--differ"];
const DASHES = [[], [5, 3], [2, 2], [7, 2, 2, 2]];

/** The metrics over time: one small curve below the other, with the values at the present step and a cursor through all. */
export class Curves {
  readonly node: HTMLElement;
  #rows: {
    name: MetricName;
    definition: MetricDefinition;
    canvas: HTMLCanvasElement;
    values: HTMLElement;
    cursor: HTMLElement;
  }[];
  #drawn = "";

  constructor(
    private readonly films: readonly Film[],
    private readonly steps: number,
    seek: (step: number) => void,
  ) {
    this.#rows = SHOWN.map((name) => {
      const definition = METRICS[name];
      const canvas = el("canvas", { "aria-hidden": "true" });
      const cursor = el("div", { class: "fl-cursor" });
      return { name, definition, canvas, values: el("span", { class: "fl-values" }), cursor };
    });
    const note = "Click a curve to go to that step.";
    this.node = el("div", { class: "fl-panel", style: `--values:${9 * films.length}ch` });
    this.node.append(el("p", { class: "fl-note" }, note), this.#key());
    for (const { definition, canvas, values, cursor } of this.#rows) {
      values.append(...films.map((_, run) => this.#value(run)));
      const time = el("div", { class: "fl-time" }, canvas, cursor);
      followPointer(time, (part) => seek(Math.round(part * steps)));
      const explained = `${definition.definition} Unit: ${definition.unit}. Range: ${definition.range}.`;
      const name = el("span", { title: explained }, upperFirst(definition.title));
      this.node.append(el("div", { class: "fl-curve" }, name, values, time));
    }
  }

  /** Draws the curves where something about them changed, and always the values and the cursor. */
  draw(step: number, colourOf: (name: string) => string, theme: string): void {
    const width = this.#rows[0]!.canvas.parentElement!.clientWidth;
    if (width === 0 || !this.films.every((film) => film.done)) return;
    const drawn = `${width} ${theme}`;
    for (const row of this.#rows) {
      if (drawn !== this.#drawn) this.#curve(row.canvas, row.name, width, colourOf);
      row.cursor.style.left = `${(step / Math.max(1, this.steps)) * 100}%`;
      this.films.forEach((film, run) => {
        const value = film.series(row.name)[Math.min(step, film.steps)]!;
        setText(row.values.children[run]!, valueText(value, row.definition));
      });
    }
    this.#drawn = drawn;
  }

  #curve(
    canvas: HTMLCanvasElement,
    name: MetricName,
    width: number,
    colourOf: (name: string) => string,
  ): void {
    const context = freshContext(canvas, width, HEIGHT);
    const all = this.films.map((film) => downsample(film.series(name), Math.max(4, Math.floor(width * 2))));
    let most = 1e-9;
    for (const { values } of all) for (const value of values) if (value > most) most = value;
    all.forEach(({ steps, values }, run) => {
      context.beginPath();
      for (let i = 0; i < steps.length; i++) {
        const x = (steps[i]! / Math.max(1, this.steps)) * width;
        const y = HEIGHT - 2 - (values[i]! / most) * (HEIGHT - 5);
        // Values hold from one step to the next.
        if (i > 0 && steps.length < width)
          context.lineTo(x, HEIGHT - 2 - (values[i - 1]! / most) * (HEIGHT - 5));
        context.lineTo(x, y);
      }
      context.strokeStyle = colourOf(RUNS[run % RUNS.length]!);
      context.setLineDash(DASHES[run % DASHES.length]!);
      context.lineWidth = 1.3;
      context.stroke();
    });
  }

  #value(run: number): HTMLElement {
    const colour = this.films.length > 1 ? `color:var(${RUNS[run % RUNS.length]})` : false;
    return el("span", { style: colour });
  }

  #key(): HTMLElement {
    const key = el("p", { class: "fl-legend" });
    if (this.films.length === 1) return key;
    this.films.forEach(({ label }, run) => {
      const swatch = el("span", { class: "fl-chip", style: `background:var(${RUNS[run % RUNS.length]})` });
      key.append(el("span", {}, swatch, label || `Run ${run + 1}`));
    });
    return key;
  }
}

/** A metric's value as text, with its unit where it is bytes. */
export function valueText(value: number, { unit }: MetricDefinition): string {
  if (unit === "fraction") return `${(value * 100).toFixed(1)} %`;
  return unit === "bytes" ? `${readable(value)} B` : readable(value);
}

/** With a capital first letter. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
