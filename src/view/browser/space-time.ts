import { el, freshContext, readable, setText } from "./dom";
import type { Film } from "./film";
import { followPointer } from "./follow-pointer";
import { hueOfLife } from "./frame";
import { fullColour, type Scheme } from "./palette";

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
    setText(this.#from, `address ${base} · step 0 to ${readable(this.steps)} →`);
    this.#lives(width, scheme, colourOf);
  }

  #lives(width: number, scheme: Scheme, colourOf: (name: string) => string): void {
    const { lives, base, highest, steps } = this.film;
    const context = freshContext(this.#canvas, width, HEIGHT);
    const across = width / Math.max(1, this.steps);
    const up = HEIGHT / highest;
    context.fillStyle = scheme.css[0]!;
    context.fillRect(0, 0, steps * across, HEIGHT);
    // Where time is an arrow of its own, age says nothing: such lives are coloured by size.
    const shown = scheme.colour === "age" ? { ...scheme, colour: "size" as const } : scheme;
    for (let id = 0; id < lives.count; id++) {
      const left = lives.born[id]! * across;
      const right = Math.min(lives.died[id]!, steps + 1) * across;
      const tall = lives.size[id]! * up;
      const top = HEIGHT - (lives.address[id]! - base) * up - tall;
      context.fillStyle = fullColour(shown, hueOfLife(lives, id, steps, shown, this.film.scales));
      context.fillRect(left, top, Math.max(0.5, right - left), Math.max(0.5, tall));
      if (tall > 3) {
        context.fillStyle = scheme.css[0]!;
        context.fillRect(left, top, Math.max(0.5, right - left), 0.6);
      }
    }
    context.strokeStyle = colourOf("--line");
    context.strokeRect(0.5, 0.5, width - 1, HEIGHT - 1);
  }
}
