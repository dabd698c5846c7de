import type { Block } from "../heap/block";
import { NOTATIONS, type Notation } from "../run/decision/notation";
import { RunOccupancy } from "../run/occupancy";
import { el, freshContext, setText } from "./dom";
import type { Film } from "./film";
import { type Listed, ListFigure } from "./list-figure";
import { setMarkColours } from "./mark-colours";
import type { MarkKind } from "./marks";
import type { PanelView, Scene } from "./panel";
import { fullColour, hueOfCell, hueOfLife, type Scheme, shadeIndex } from "./scheme";

const STRIP = 26;

/** Each heap as one strip in address order; below it the free list in list order, with an arrow from each hole to its place. */
export function stripPanel(scene: Scene): PanelView {
  const { films } = scene;
  const node = el("div");
  const strips = films.map((film) => {
    if (films.length > 1) node.append(el("p", { class: "fl-name" }, film.label));
    const strip = new Strip(film, scene);
    node.append(strip.node);
    return strip;
  });
  return {
    node,
    draw(step, scheme, colourOf) {
      for (const [i, film] of films.entries()) strips[i]!.draw(film.local(step), scheme, colourOf);
    },
  };
}

class Strip {
  readonly node: HTMLElement;
  #from = el("span");
  #to = el("span");
  #canvas = el("canvas", { "aria-hidden": "true" });
  #marks = el("div", { "aria-hidden": "true" });
  #list = new ListFigure();

  #step = 0;
  #scheme: Scheme | null = null;
  /** What lies in each pixel of the strip, where there are more blocks than pixels. */
  #columns: RunOccupancy | null = null;
  /** What the strip was last drawn for. */
  #ground = "";

  constructor(
    private readonly film: Film,
    private readonly scene: Scene,
  ) {
    const ends = el("div", { class: "fl-note fl-ends" }, this.#from, this.#to);
    const bar = el("div", { class: "fl-bar" }, this.#canvas, this.#marks);
    this.node = el("div", { class: "fl-panel" }, ends, bar, this.#list.node);
    bar.addEventListener("click", ({ clientX }) => {
      const { left, width } = bar.getBoundingClientRect();
      const bytes = film.topShown(this.#step) - film.base;
      scene.click(film, film.base + Math.floor(((clientX - left) / width) * bytes));
    });
  }

  draw(step: number, scheme: Scheme, colourOf: (name: string) => string): void {
    const width = this.node.clientWidth;
    if (width === 0) return;
    this.#step = step;
    setText(this.#from, `address ${this.#n.number(this.film.base)}`);
    setText(this.#to, this.#n.number(this.film.topShown(step)));
    const { begun = true, ended = true, grown = true } = this.film.look.progress ?? {};
    const ground = `${step} ${begun} ${ended} ${grown} ${width} ${scheme.colour} ${scheme.dark} ${this.film.done}`;
    if (ground !== this.#ground) this.#drawStrip(step, width, scheme, colourOf);
    this.#ground = ground;
    this.#drawMarks(step, width, scheme);
    this.#list.draw(
      this.#listed(step, ListFigure.room(width)),
      width,
      this.#n,
      (address) => this.#pixelOf(address, step, width),
      (place, record) => this.#markOf(place, record),
    );
  }

  /** The part of the list that there is room for: from its head, or around the record that is marked. */
  #listed(step: number, most: number): Listed {
    const { list, record, marks } = this.film.look;
    if (list) {
      const marked = new Set(marks.map(({ address }) => address));
      const middle =
        record ?? Math.max(0, marked.size === 0 ? 0 : list.findIndex(({ address }) => marked.has(address)));
      const first = Math.max(0, Math.min(middle - Math.floor(most / 2), list.length - most));
      return { first, records: list.slice(first, first + most), length: list.length };
    }
    const cursor = this.film.at(step);
    const records: Block[] = [];
    for (const hole of cursor.holes()) {
      if (records.length === most) break;
      records.push(hole);
    }
    return { first: 0, records, length: cursor.heap.holeCount };
  }

  /** How addresses and sizes are written. */
  get #n(): Notation {
    return NOTATIONS[this.scene.walker.notation];
  }

  #pixelOf(address: number, step: number, width: number): number {
    const { base } = this.film;
    return ((address - base) / Math.max(1, this.film.topShown(step) - base)) * width;
  }

  #drawStrip(step: number, width: number, scheme: Scheme, colourOf: (name: string) => string): void {
    const lives = this.film.livesAt(step);
    const context = freshContext(this.#canvas, width, STRIP);
    context.fillStyle = scheme.css[0]!;
    context.fillRect(0, 0, width, STRIP);
    if (lives.bornUpTo(step) - lives.diedUpTo(step) > width) this.#drawColumns(context, step, width, scheme);
    else this.#drawBlocks(context, step, width, scheme);
    context.strokeStyle = colourOf("--line");
    context.strokeRect(0.5, 0.5, width - 1, STRIP - 1);
  }

  #drawBlocks(context: CanvasRenderingContext2D, step: number, width: number, scheme: Scheme): void {
    const { scales } = this.film;
    const lives = this.film.livesAt(step);
    const count = lives.bornUpTo(step);
    for (let id = 0; id < count; id++) {
      if (!this.film.there(id, step)) continue;
      const start = this.#pixelOf(lives.address[id]!, step, width);
      const stop = this.#pixelOf(lives.address[id]! + lives.size[id]!, step, width);
      context.fillStyle = fullColour(scheme, hueOfLife(lives, id, step, scheme, scales));
      context.fillRect(start, 0, Math.max(0.5, stop - start), STRIP);
      if (stop - start > 3) {
        context.fillStyle = scheme.css[0]!;
        context.fillRect(stop - 0.75, 0, 0.75, STRIP);
      }
    }
  }

  /** Of more blocks than pixels: a shade a pixel. */
  #drawColumns(context: CanvasRenderingContext2D, step: number, width: number, scheme: Scheme): void {
    const { film } = this;
    const bytes = film.topShown(step) - film.base;
    const each = Math.ceil(bytes / width);
    const cells = Math.ceil(bytes / each);
    let columns = this.#columns;
    if (columns?.grid.bytes !== bytes || columns.grid.pageSize !== each) {
      const grid = {
        from: film.base,
        bytes,
        pageSize: each,
        pagesPerCell: 1,
        cells,
        side: 1,
        wholePages: false,
      };
      columns = new RunOccupancy(grid, film);
      this.#columns = columns;
    }
    columns.seek(step);
    const lives = film.livesAt(step);
    film.shift(columns, step, 1);
    for (let cell = 0; cell < cells; cell++) {
      if (columns.used[cell] === 0) continue;
      const hue = hueOfCell(columns, cell, lives, scheme, film.scales);
      context.fillStyle = scheme.css[shadeIndex(hue, columns.used[cell]! / each)]!;
      const start = this.#pixelOf(film.base + cell * each, step, width);
      context.fillRect(start, 0, (each / bytes) * width, STRIP);
    }
    film.shift(columns, step, -1);
  }

  #drawMarks(step: number, width: number, scheme: Scheme): void {
    if (scheme !== this.#scheme) {
      this.#scheme = scheme;
      setMarkColours(this.#marks, scheme);
      this.#marks.style.setProperty("--halo", scheme.lines.halo);
    }
    const marks = this.film.look.marks.map(({ kind, address, size }) => {
      const start = this.#pixelOf(address, step, width);
      const stop = this.#pixelOf(address + size, step, width);
      return el("span", {
        class: `fl-mark-${kind}`,
        style: `left:${start}px;width:${stop - start}px`,
        "data-mark": kind,
        "data-address": address,
        "data-size": size,
      });
    });
    this.#marks.replaceChildren(...marks);
  }

  /** How a record of the list is marked; null when it is not. */
  #markOf(place: number, { address, size }: Block): MarkKind | null {
    const { marks, record } = this.film.look;
    const mark = marks.filter((one) => one.address === address && one.size === size).at(-1);
    return mark?.kind ?? (place === record ? "range" : null);
  }
}
