import { NOTATIONS } from "../run/decision/notation";
import type { Lives } from "../run/lives";
import { RunOccupancy } from "../run/occupancy";
import { el, followPointer, freshContext, hatchPattern, setText } from "./dom";
import type { Film } from "./film";
import type { PanelView, Scene } from "./panel";
import { fullColour, hueOfCell, hueOfLife, type Scheme, schemeOf, shadeIndex } from "./scheme";

/** CSS pixels of one run's picture, and of each of several. */
const HEIGHT = 220;
const HEIGHT_OF_EACH = 130;

/** The whole of each run in one picture: time across, addresses down, each block's life a rectangle. */
export function spaceTimePanel(scene: Scene): PanelView {
  const { films } = scene;
  const height = films.length > 1 ? HEIGHT_OF_EACH : HEIGHT;
  const pictures = films.map((film) => new SpaceTime(film, height, scene));
  const note = "Time from left to right, addresses from top to bottom, as in the picture of the heap.";
  const bySize = el("span");
  const node = el("div", { class: "fl-panel" }, el("p", { class: "fl-note" }, note, bySize));
  node.append(...pictures.map((picture) => picture.node));
  return {
    node,
    draw(step, scheme, colourOf) {
      const sized = pictures.map((picture) => picture.draw(step, scheme, colourOf));
      setText(bySize, sized.includes(true) ? " Coloured by size." : "");
    },
  };
}

class SpaceTime {
  readonly node: HTMLElement;
  #canvas = el("canvas", { role: "img" });
  #cursor = el("div", { class: "fl-cursor" });
  #from = el("span", { class: "fl-tick" });
  #to = el("span", { class: "fl-tick fl-least" });
  #drawn = "";
  /** What is still to be drawn of a long run. */
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly film: Film,
    private readonly height: number,
    private readonly scene: Scene,
  ) {
    const { seek, steps } = scene;
    const label = `Lives of the blocks${film.label && `, ${film.label}`}: time from left to right, addresses downwards`;
    this.#canvas.setAttribute("aria-label", label);
    const time = el("div", { class: "fl-time" }, this.#canvas, this.#cursor);
    followPointer(time, (part) => seek(Math.round(part * steps)));
    const side = el(
      "div",
      { class: "fl-side" },
      el("span", { class: "fl-what" }, film.label),
      this.#from,
      this.#to,
    );
    this.node = el("div", { class: "fl-timed fl-lives" }, side, time);
  }

  /** Draws the lives where something about them changed, and always the cursor. @returns whether it is coloured by size */
  draw(step: number, scheme: Scheme, colourOf: (name: string) => string): boolean {
    const width = this.#canvas.parentElement!.clientWidth;
    this.#cursor.style.left = `${(step / Math.max(1, this.scene.steps)) * 100}%`;
    const n = NOTATIONS[this.scene.walker.notation];
    setText(this.#from, `address ${n.number(this.film.base)}`);
    if (this.film.done) setText(this.#to, n.number(this.film.base + this.film.highest));
    const drawn = `${width} ${scheme.colour} ${scheme.dark} ${this.film.known}`;
    const sized = this.#bySize(scheme);
    if (width === 0 || drawn === this.#drawn || !this.film.done) return sized;
    this.#drawn = drawn;
    this.#lives(width, sized ? schemeOf("size", scheme.dark) : scheme, colourOf);
    return sized;
  }

  get #many(): boolean {
    return this.film.history.long || this.film.livesAt(0).count > MOST_RECTANGLES;
  }

  /** Where time is an axis, age says nothing; and of many blocks in a pixel, none has a colour of its own. */
  #bySize({ colour }: Scheme): boolean {
    return colour === "age" || (colour === "block" && this.#many);
  }

  #lives(width: number, scheme: Scheme, colourOf: (name: string) => string): void {
    const { film, height } = this;
    const context = freshContext(this.#canvas, width, height);
    const across = width / Math.max(1, this.scene.steps);
    context.save();
    context.translate(film.from * across, 0);
    context.fillStyle = scheme.css[0]!;
    context.fillRect(0, 0, film.steps * across, height);
    if (film.grows) this.#notYet(context, across, scheme);
    if (!this.#many) this.#rectangles(context, across, scheme);
    context.restore();
    const line = colourOf("--line");
    const frame = () => {
      context.strokeStyle = line;
      context.strokeRect(0.5, 0.5, width - 1, height - 1);
    };
    clearTimeout(this.#later);
    if (this.#many) this.#columns(context, width, across, scheme, frame);
    else frame();
  }

  /** The addresses that a growing heap does not have yet. */
  #notYet(context: CanvasRenderingContext2D, across: number, scheme: Scheme): void {
    const { film, height } = this;
    context.fillStyle = hatchPattern(context, scheme.lines.hatch, scheme.lines.ground);
    context.beginPath();
    context.moveTo(0, height);
    const { steps, values } = film.curve("capacity", 4096);
    for (const [i, step] of steps.entries()) {
      const top = (values[i]! / film.highest) * height;
      context.lineTo(step * across, top);
      context.lineTo((steps[i + 1] ?? step + 1) * across, top);
    }
    context.lineTo(film.steps * across, height);
    context.fill();
  }

  #rectangles(context: CanvasRenderingContext2D, across: number, scheme: Scheme): void {
    const { base, highest, steps, scales } = this.film;
    const lives = this.film.livesAt(0);
    const down = this.height / highest;
    for (let id = 0; id < lives.count; id++) {
      const left = lives.born[id]! * across;
      const right = Math.min(lives.died[id]!, steps + 1) * across;
      const tall = lives.size[id]! * down;
      const top = (lives.address[id]! - base) * down;
      context.fillStyle = fullColour(scheme, hueOfLife(lives, id, steps, scheme, scales));
      context.fillRect(left, top, Math.max(0.5, right - left), Math.max(0.5, tall));
      if (tall > 3) {
        context.fillStyle = scheme.css[0]!;
        context.fillRect(left, top, Math.max(0.5, right - left), 0.6);
      }
    }
  }

  /** Of more lives than pixels: the heap as a column of shades, at one step a pixel. */
  #columns(
    context: CanvasRenderingContext2D,
    width: number,
    across: number,
    scheme: Scheme,
    frame: () => void,
  ): void {
    const { film } = this;
    const cell = Math.ceil(film.highest / this.height);
    const cells = Math.ceil(film.highest / cell);
    const pages = { pageSize: cell, pagesPerCell: 1, cells, side: 1, wholePages: false };
    const grid = { from: film.base, bytes: film.highest, ...pages };
    const left = film.from * across;
    const last = Math.min(width - left, film.steps * across);
    const { long } = film.history;
    const livesAt = (step: number) => (long ? film.near(step, 0.5 / across) : film.livesAt(step));
    const column = new RunOccupancy(grid, { livesAt });
    const draw = (x: number) => {
      const step = Math.min(film.steps, Math.round((x + 0.5) / across));
      const lives = livesAt(step);
      column.seek(long ? lives.from : step);
      this.#column(context, left + x, column, lives, scheme);
    };
    this.#inSlices(last, draw, frame);
  }

  /** Draws column after column; of a long run, in which each takes some milliseconds, a few at a time. */
  #inSlices(last: number, draw: (x: number) => void, frame: () => void, from = 0): void {
    const end = this.film.history.long ? performance.now() + SLICE : Number.POSITIVE_INFINITY;
    let x = from;
    while (x < last && performance.now() < end) draw(x++);
    frame();
    if (x < last && this.node.isConnected)
      this.#later = setTimeout(() => this.#inSlices(last, draw, frame, x), PAUSE);
  }

  #column(
    context: CanvasRenderingContext2D,
    x: number,
    column: RunOccupancy,
    lives: Lives,
    scheme: Scheme,
  ): void {
    const { cells, pageSize } = column.grid;
    for (let row = 0; row < cells; row++) {
      const part = column.used[row]! / pageSize;
      if (part === 0) continue;
      const hue = hueOfCell(column, row, lives, scheme, this.film.scales);
      context.fillStyle = scheme.css[shadeIndex(hue, part)]!;
      context.fillRect(x, row, 1, 1);
    }
  }
}

/** Up to so many lives, each is drawn. */
const MOST_RECTANGLES = 8000;

/** Milliseconds of drawing, and of rest behind them, of a long run. */
const SLICE = 12;
const PAUSE = 20;
