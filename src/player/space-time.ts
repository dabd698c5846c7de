import { NOTATIONS } from "../run/decision/notation";
import type { Lives } from "../run/lives";
import { RunOccupancy } from "../run/occupancy";
import { el, followPointer, freshContext, hatchPattern, setText } from "./dom";
import { type Film, readingText } from "./film";
import type { PanelView, Scene } from "./panel";
import { fullColour, hueOfCell, hueOfLife, type Scheme, schemeOf, shadeIndex } from "./scheme";

/** CSS pixels of one run's picture, and of each of several. */
const HEIGHT = 220;
const HEIGHT_OF_EACH = 130;

/** The whole of each run in one picture: time across, addresses down, each block's life a rectangle. */
export function spaceTimePanel(scene: Scene): PanelView {
  const { films } = scene;
  const height = films.length > 1 ? HEIGHT_OF_EACH : HEIGHT;
  const note = "Time from left to right, addresses from top to bottom, as in the picture of the heap.";
  const bySize = el("span");
  const missing = el("p", { class: "fl-note" });
  /** Says how much of them is there, while it is not all. */
  const tell = () => {
    const [text = ""] = pictures.map((picture) => picture.missing).filter(Boolean);
    setText(missing, text);
    missing.classList.toggle("fl-hidden", text === "");
  };
  const pictures = films.map((film) => new SpaceTime(film, height, scene, tell));
  const node = el("div", { class: "fl-panel" }, el("p", { class: "fl-note" }, note, bySize), missing);
  node.append(...pictures.map((picture) => picture.node));
  return {
    node,
    draw(step, scheme, colourOf) {
      const sized = pictures.map((picture) => picture.draw(step, scheme, colourOf));
      setText(bySize, sized.includes(true) ? " Coloured by size." : "");
      tell();
    },
  };
}

/** A picture in columns: how each is drawn, how many there are, and how many have been drawn. */
interface Columns {
  readonly draw: (x: number) => void;
  readonly count: number;
  drawn: number;
}

class SpaceTime {
  readonly node: HTMLElement;
  #canvas = el("canvas", { role: "img" });
  #cursor = el("div", { class: "fl-cursor" });
  #from = el("span", { class: "fl-tick" });
  #to = el("span", { class: "fl-tick fl-least" });
  #drawn = "";
  #frame: () => void = () => {};
  /** Null for a picture that is drawn at once. */
  #columns: Columns | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** @param changed is called when more of it has been drawn */
  constructor(
    private readonly film: Film,
    private readonly height: number,
    private readonly scene: Scene,
    private readonly changed: () => void,
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
    const sized = this.#bySize(scheme);
    if (width === 0 || !this.#ready) return sized;
    setText(this.#to, n.number(this.film.base + this.film.highest));
    const drawn = `${width} ${scheme.colour} ${scheme.dark} ${this.film.reach}`;
    if (drawn !== this.#drawn) this.#lives(width, sized ? schemeOf("size", scheme.dark) : scheme, colourOf);
    this.#drawn = drawn;
    if (this.film.history.long) this.#drawLater();
    else this.#drawOn();
    return sized;
  }

  /** What keeps it from being whole, and how far that has come; "" when it is whole. */
  get missing(): string {
    if (!this.#ready) return readingText([this.film]);
    if (this.#columns === null || this.#columns.drawn === this.#columns.count) return "";
    return `Drawing the run: ${Math.floor((100 * this.#columns.drawn) / this.#columns.count)} %`;
  }

  /** Any step of it can be shown: it has been read, or came with what makes every step near. */
  get #ready(): boolean {
    return this.film.reach === this.film.steps;
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
    this.#columns = this.#many ? this.#inColumns(context, width, across, scheme) : null;
    context.save();
    context.translate(film.from * across, 0);
    if (!film.history.long) {
      context.fillStyle = scheme.css[0]!;
      context.fillRect(0, 0, film.steps * across, height);
      if (film.grows) this.#notYet(context, across, scheme);
    }
    if (!this.#many) this.#rectangles(context, across, scheme);
    context.restore();
    const line = colourOf("--line");
    this.#frame = () => {
      context.strokeStyle = line;
      context.strokeRect(0.5, 0.5, width - 1, height - 1);
    };
    this.#frame();
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
  #inColumns(context: CanvasRenderingContext2D, width: number, across: number, scheme: Scheme): Columns {
    const { film, height } = this;
    const cell = Math.ceil(film.highest / height);
    const cells = Math.ceil(film.highest / cell);
    const pages = { pageSize: cell, pagesPerCell: 1, cells, side: 1, wholePages: false };
    const grid = { from: film.base, bytes: film.highest, ...pages };
    const left = film.from * across;
    const count = Math.ceil(Math.min(width - left, film.steps * across));
    const { long } = film.history;
    const near = (step: number) => film.near(step, 0.5 / across);
    const livesAt = (step: number) => (long ? near(step).lives : film.livesAt(step));
    const column = new RunOccupancy(grid, { livesAt });
    const none = hatchPattern(context, scheme.lines.hatch, scheme.lines.ground);
    const draw = (x: number) => {
      const step = Math.min(film.steps, Math.round((x + 0.5) / across));
      const lives = livesAt(step);
      if (long) {
        context.fillStyle = none;
        context.fillRect(left + x, 0, 1, height);
        context.fillStyle = scheme.css[0]!;
        context.fillRect(left + x, 0, 1, (near(step).bytes / film.highest) * height);
      }
      column.seek(long ? lives.from : step);
      this.#column(context, left + x, column, lives, scheme);
    };
    return { draw, count, drawn: 0 };
  }

  /** Draws on in a while: at once would be in the way of who goes from step to step. */
  #drawLater(): void {
    if (this.#columns === null || this.#columns.drawn === this.#columns.count) return;
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      // Folded, or no more in the page: it goes on when it is drawn again.
      if (this.node.clientWidth === 0) return;
      if (!this.scene.hurried) this.#drawOn();
      this.#drawLater();
    }, PAUSE);
  }

  /** Draws column after column; of a long run, in which each takes some milliseconds, a few. */
  #drawOn(): void {
    const columns = this.#columns;
    if (columns === null || columns.drawn === columns.count) return;
    const end = this.film.history.long ? performance.now() + SLICE : Number.POSITIVE_INFINITY;
    while (columns.drawn < columns.count && performance.now() < end) columns.draw(columns.drawn++);
    this.#frame();
    this.changed();
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
