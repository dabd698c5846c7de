import { readable } from "../base/readable";
import { METRIC_NAMES, METRICS, type MetricDefinition, type MetricName } from "../run/metrics";
import { el, followPointer, freshContext, setText } from "./dom";
import { type Film, readingText } from "./film";
import type { PanelView, Scene } from "./panel";

/** One colour a run, told apart by colour-blind readers as well, and by their dashes. */
const RUNS = ["--run-1", "--run-2", "--run-3", "--run-4"];
const DASHES = [[], [6, 2], [2, 2], [7, 2, 2, 2]];

/** The metrics over time: one curve below the other, with the values at the present step and a cursor through all. */
export function curvesPanel({ films, steps, seek }: Scene): PanelView {
  const node = el("div", { class: "fl-panel" });
  node.append(el("p", { class: "fl-note" }, NOTE));
  if (films.length > 1) node.append(keyOf(films));
  const reading = el("p", { class: "fl-note" });
  node.append(reading);
  let curves: Curve[] = [];
  let grown: boolean | null = null;
  let drawn = "";
  /** Those that the runs have: a heap that has not grown so far has no curve of its capacity. */
  const make = () => {
    const grows = films.some((film) => film.grows);
    if (grows === grown) return;
    grown = grows;
    drawn = "";
    for (const { node: former } of curves) former.remove();
    const names = METRIC_NAMES.filter((name) => {
      const { curve } = METRICS[name];
      return curve === "where it grows" ? grows : curve;
    });
    curves = names.map((name) => new Curve(name, films, steps, seek));
    node.append(...curves.map((curve) => curve.node));
  };
  return {
    node,
    draw(step, scheme, colourOf) {
      make();
      const parts = films.map((film) => Math.floor((20 * film.known) / Math.max(1, film.steps)));
      const text = readingText(films);
      setText(reading, text);
      reading.classList.toggle("fl-hidden", text === "");
      const { width } = curves[0]!;
      if (width === 0) return;
      const fresh = drawn !== `${width} ${scheme.dark} ${parts} ${text}`;
      for (const curve of curves) curve.draw(step, fresh ? colourOf : null);
      drawn = `${width} ${scheme.dark} ${parts} ${text}`;
    },
  };
}

const NOTE =
  "Live is what the callers asked for; allocated is live with headers and rounding. Click a curve to go to that step.";

class Curve {
  readonly node: HTMLElement;
  #canvas = el("canvas", { "aria-hidden": "true" });
  #cursor = el("div", { class: "fl-cursor" });
  #values: HTMLElement[];
  /** The value at the upper edge of the curve; the lower edge is 0. */
  #most = 0;
  #tick = el("span", { class: "fl-tick" });

  constructor(
    private readonly name: MetricName,
    private readonly films: readonly Film[],
    private readonly steps: number,
    seek: (step: number) => void,
  ) {
    const { title, unit, range, definition } = METRICS[name];
    this.#values = films.map((_, run) =>
      el("span", { style: films.length > 1 && `color:var(${RUNS[run]})` }),
    );
    const time = el("div", { class: "fl-time" }, this.#canvas, this.#cursor);
    followPointer(time, (part) => seek(Math.round(part * steps)));
    const explained = `${definition} Unit: ${unit}. Range: ${range}.`;
    const side = el(
      "div",
      { class: "fl-side" },
      el("span", { class: "fl-what", title: explained }, upperFirst(title)),
      el("span", { class: "fl-values" }, ...this.#values),
      this.#tick,
      el("span", { class: "fl-tick fl-least" }, "0"),
    );
    this.node = el("div", { class: "fl-timed fl-curve" }, side, time);
  }

  get width(): number {
    return this.#canvas.parentElement!.clientWidth;
  }

  /** @param colourOf draws the curve anew; null: it stays, and only the values and the cursor change */
  draw(step: number, colourOf: ((name: string) => string) | null): void {
    this.#cursor.style.left = `${(step / Math.max(1, this.steps)) * 100}%`;
    for (const [run, film] of this.films.entries()) {
      const value = film.metric(this.name, film.local(step));
      setText(this.#values[run]!, valueText(value, METRICS[this.name]));
    }
    if (colourOf) this.#curve(colourOf);
  }

  #curve(colourOf: (name: string) => string): void {
    const { width } = this;
    this.#most = Math.max(0, ...this.films.map((film) => film.overview.highestOf(this.name).value));
    setText(this.#tick, this.#most > 0 ? valueText(this.#most, METRICS[this.name]) : "");
    const height = this.films.length > 2 ? 52 : 36;
    const context = freshContext(this.#canvas, width, height);
    const yOf = (value: number) => height - 2 - (value / Math.max(1e-9, this.#most)) * (height - 5);
    context.strokeStyle = colourOf("--line");
    context.strokeRect(0.5, 0.5, width - 1, height - 1);
    for (const [run, film] of this.films.entries()) {
      const most = Math.max(4, Math.floor(width * 2));
      const { steps, values } = film.curve(this.name, most);
      context.beginPath();
      for (let i = 0; i < steps.length; i++) {
        const x = ((film.from + steps[i]!) / Math.max(1, this.steps)) * width;
        // Values hold from one step to the next.
        if (i > 0 && steps.length < width) context.lineTo(x, yOf(values[i - 1]!));
        context.lineTo(x, yOf(values[i]!));
      }
      context.strokeStyle = colourOf(RUNS[run]!);
      context.setLineDash(DASHES[run]!);
      context.lineWidth = 1.4;
      context.stroke();
    }
  }
}

function keyOf(films: readonly Film[]): HTMLElement {
  const names = films.map(({ label }, run) => {
    const swatch = el("span", { class: "fl-chip", style: `background:var(${RUNS[run]})` });
    return el("span", {}, swatch, label || `Run ${run + 1}`);
  });
  return el("p", { class: "fl-legend" }, ...names);
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
