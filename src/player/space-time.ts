import { RunOccupancy } from "../run/occupancy";
import { el, freshContext, readable, setText } from "./dom";
import type { Film } from "./film";
import { followPointer } from "./follow-pointer";
import { hueOfCell, hueOfLife } from "./frame";
import { fullColour, type Scheme, schemeOf, shadeIndex } from "./palette";

const HEIGHT = 220;

/** The whole run in one picture: time across, address up, each block's life a rectangle. */
export class SpaceTime {
  readonly node: HTMLElement;
  #canvas = el("canvas", { role: "img" });
  #cursor = el("div", { class: "fl-cursor" });
  #from = el("span");
  #to = el("span");
  #drawn = "";

  constructor(
    private readonly film: Film,
    private readonly steps: number,
    seek: (step: number) => void,
    named: boolean,
  ) {
    const label = `Lives of the blocks${film.label ? `, ${film.label}` : ""}: time from left to right, addresses upwards`;
    this.#canvas.setAttribute("aria-label", label);
    const time = el("div", { class: "fl-time" }, this.#canvas, this.#cursor);
    followPointer(time, (part) => seek(Math.round(part * steps)));
    this.node = el("div", { class: "fl-panel" });
    if (named) this.node.append(el("p", { class: "fl-name" }, film.label));
    this.node.append(
      el("p", { class: "fl-note" }, this.#to),
      time,
      el("p", { class: "fl-note" }, this.#from),
    );
  }

  /** Draws the lives where something about them changed, and always the cursor. */
  draw(step: number, scheme: Scheme, colourOf: (name: string) => string): void {
    const width = this.#canvas.parentElement!.clientWidth;
    if (width === 0) return;
    this.#cursor.style.left = `${(step / Math.max(1, this.steps)) * 100}%`;
    const drawn = `${width} ${scheme.colour} ${scheme.dark} ${this.film.known}`;
    if (drawn === this.#drawn || !this.film.done) return;
    this.#drawn = drawn;
    const { base, highest } = this.film;
    setText(this.#to, `↑ address ${base + highest}`);
    setText(
      this.#from,
      `address ${base} · step 0 to ${readable(this.steps)} →${this.#bySize(scheme) ? " · coloured by size" : ""}`,
    );
    this.#lives(width, scheme, colourOf);
  }

  get #many(): boolean {
    return this.film.lives.count > MOST_RECTANGLES;
  }

  /** Where time is an axis, age says nothing; and of many blocks in a pixel, none has a colour of its own. */
  #bySize({ colour }: Scheme): boolean {
    return colour === "age" || (colour === "block" && this.#many);
  }

  #lives(width: number, scheme: Scheme, colourOf: (name: string) => string): void {
    const context = freshContext(this.#canvas, width, HEIGHT);
    const across = width / Math.max(1, this.steps);
    context.fillStyle = scheme.css[0]!;
    context.fillRect(0, 0, this.film.steps * across, HEIGHT);
    const shown = this.#bySize(scheme) ? schemeOf("size", scheme.dark) : scheme;
    if (this.#many) this.#columns(context, width, across, shown);
    else this.#rectangles(context, across, shown);
    context.strokeStyle = colourOf("--line");
    context.strokeRect(0.5, 0.5, width - 1, HEIGHT - 1);
  }

  #rectangles(context: CanvasRenderingContext2D, across: number, scheme: Scheme): void {
    const { lives, base, highest, steps, scales } = this.film;
    const up = HEIGHT / highest;
    for (let id = 0; id < lives.count; id++) {
      const left = lives.born[id]! * across;
      const right = Math.min(lives.died[id]!, steps + 1) * across;
      const tall = lives.size[id]! * up;
      const top = HEIGHT - (lives.address[id]! - base) * up - tall;
      context.fillStyle = fullColour(scheme, hueOfLife(lives, id, steps, scheme, scales));
      context.fillRect(left, top, Math.max(0.5, right - left), Math.max(0.5, tall));
      if (tall > 3) {
        context.fillStyle = scheme.css[0]!;
        context.fillRect(left, top, Math.max(0.5, right - left), 0.6);
      }
    }
  }

  /** Of more lives than pixels: the heap as a column of shades, at one step a pixel. */
  #columns(context: CanvasRenderingContext2D, width: number, across: number, scheme: Scheme): void {
    const { film } = this;
    const cell = Math.ceil(film.highest / HEIGHT);
    const cells = Math.ceil(film.highest / cell);
    const grid = {
      from: film.base,
      bytes: film.highest,
      pageSize: cell,
      pagesPerCell: 1,
      cells,
      side: 1,
      wholePages: false,
    };
    const column = new RunOccupancy(grid, film.lives);
    for (let x = 0; x < width; x++) {
      const step = Math.round((x + 0.5) / across);
      if (step > film.steps) break;
      column.seek(step);
      for (let row = 0; row < cells; row++) {
        const index = shadeIndex(
          hueOfCell(column, row, film.lives, scheme, film.scales),
          column.used[row]! / cell,
        );
        if (index === 0) continue;
        context.fillStyle = scheme.css[index]!;
        context.fillRect(x, HEIGHT - row - 1, 1, 1);
      }
    }
  }
}

/** Up to so many lives, each is drawn. */
const MOST_RECTANGLES = 8000;
