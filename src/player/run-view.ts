import { explain } from "../run/explain";
import { cellBytes, type Grid, zoomed, zoomedAround } from "../run/grid";
import { METRICS, type MetricName, metricsAt } from "../run/metrics";
import { RunOccupancy } from "../run/occupancy";
import { upperFirst, valueText } from "./curves";
import { el, setText } from "./dom";
import type { Film } from "./film";
import { frameOf } from "./frame";
import type { Scheme } from "./palette";
import { type Outline, Picture } from "./picture";
import type { PlotlyLibrary } from "./plotly";

/** The figures beside the picture. */
const FACTS: readonly MetricName[] = [
  "allocated",
  "free",
  "largestHole",
  "holes",
  "externalFragmentation",
  "denied",
];

/** One run: its picture, what happened in the step that is shown, and the figures of it. */
export class RunView {
  readonly node: HTMLElement;
  /** The heap's grid that is shown: all of it, or the part the reader zoomed into. */
  grid: Grid;
  #picture: Picture;
  #occupancy: RunOccupancy;
  #all: Grid;
  /** Whether the reader zoomed into the picture. */
  #near = false;
  #stage: HTMLElement;
  #box: HTMLElement;
  #says = el("p", { class: "fl-says", "aria-live": "polite" });
  #facts = el("dl", { class: "fl-facts" });
  #values = new Map<MetricName, HTMLElement>();
  #tip = el("div", { class: "fl-tip fl-hidden", role: "status" });
  #window = el("div", { class: "fl-note fl-window fl-hidden" });
  #windowText = el("span");
  #closer = el("button", { type: "button" }, "Zoom in on this step");
  #whole = el("button", { type: "button" }, "Whole heap");
  #pointed: { cell: number; x: number; y: number } | null = null;
  #step = 0;

  constructor(
    readonly film: Film,
    private readonly options: { maxCells: number; named: boolean; redraw: () => void },
    plotly: PlotlyLibrary,
  ) {
    this.#all = film.grid(options.maxCells);
    this.grid = this.#all;
    this.#occupancy = new RunOccupancy(this.grid, film.lives);
    this.#picture = new Picture(plotly, {
      zoom: (box) => {
        this.#near = true;
        this.#zoomTo(zoomed(this.grid, box, options.maxCells) ?? this.grid);
      },
      reset: () => {
        this.#near = false;
        this.#zoomTo(this.#all);
      },
      point: (cell, x, y) => this.#point(cell, x, y),
    });
    this.#stage = el("div", { class: "fl-stage", tabindex: 0, role: "img" }, this.#picture.node, this.#tip);
    this.#stage.addEventListener("keydown", (event) => this.#key(event));
    this.#stage.addEventListener("blur", () => this.#point(null, 0, 0));
    this.#box = el("div", { class: "fl-stage-box" });
    if (options.named) this.#box.append(el("div", { class: "fl-name" }, film.label));
    this.#closer.addEventListener("click", () => this.#zoomIn());
    this.#whole.addEventListener("click", () => this.#picture.reset());
    this.#window.append(this.#windowText, this.#closer, this.#whole);
    this.#box.append(this.#stage, this.#window);
    this.#zoomTo(this.grid);
    for (const name of FACTS) this.#fact(name);
    this.node = el("figure", {}, this.#box, this.#says, this.#facts);
  }

  /** Fits the picture into the page. @returns whether it has to be drawn again. */
  fit(): boolean {
    return this.#picture.fit(this.#box.clientWidth - 2);
  }

  /** Draws a step. */
  async draw(step: number, scheme: Scheme, playing: boolean): Promise<void> {
    const { film } = this;
    const shown = Math.min(step, film.known);
    this.#step = shown;
    this.#grow();
    this.#occupancy.seek(shown);
    const rows = frameOf(this.#occupancy, film.lives, scheme, film.scales, film.top(shown));
    await this.#picture.draw(rows, this.grid, scheme);
    this.#picture.outline(this.#outline(shown));
    this.#tell(step, playing);
    if (this.#pointed) this.#point(this.#pointed.cell, this.#pointed.x, this.#pointed.y);
  }

  /** Lets go of what Plotly holds. */
  purge(): void {
    this.#picture.purge();
  }

  /** A growable heap that has been read further may be larger than its grid. */
  #grow(): void {
    const bytes = this.film.highest;
    if (bytes === this.#all.bytes) return;
    this.#all = this.film.grid(this.options.maxCells);
    if (!this.#near) this.#zoomTo(this.#all);
  }

  #zoomTo(grid: Grid): void {
    if (grid !== this.grid) this.#occupancy = new RunOccupancy(grid, this.film.lives);
    this.grid = grid;
    const { from, bytes, pagesPerCell } = grid;
    this.#window.classList.toggle("fl-hidden", pagesPerCell === 1 && !this.#near);
    this.#closer.classList.toggle("fl-hidden", pagesPerCell === 1);
    this.#whole.classList.toggle("fl-hidden", !this.#near);
    const each = pagesPerCell === 1 ? "one cell is one page" : `one cell is ${pagesPerCell} pages`;
    setText(this.#windowText, `Addresses ${from} to ${from + bytes - 1}: ${each}.`);
    this.options.redraw();
  }

  /** What the mouse does with a box, for the keyboard. */
  #zoomIn(): void {
    const { lives } = this.film;
    const id = this.#touched(this.#step);
    const middle =
      id === null ? this.grid.from + this.grid.bytes / 2 : lives.address[id]! + lives.size[id]! / 2;
    const finer = zoomedAround(this.grid, middle, this.options.maxCells);
    if (!finer) return;
    this.#near = true;
    this.#zoomTo(finer);
  }

  /** The life that a step began, else the one that it ended; null when it did neither. */
  #touched(step: number): number | null {
    const { lives } = this.film;
    if (step === 0) return null;
    const born = lives.bornUpTo(step);
    if (born > lives.bornUpTo(step - 1)) return born - 1;
    const ended = lives.diedUpTo(step);
    return ended > lives.diedUpTo(step - 1) ? lives.ends[ended - 1]! : null;
  }

  #outline(step: number): Outline | null {
    const { lives } = this.film;
    const id = this.#touched(step);
    if (id === null) return null;
    const each = cellBytes(this.grid);
    const first = Math.floor((lives.address[id]! - this.grid.from) / each);
    const end = Math.ceil((lives.address[id]! + lives.size[id]! - this.grid.from) / each);
    const kind = lives.born[id] === step ? "taken" : "freed";
    return { first: Math.max(0, first), end: Math.min(this.grid.cells, end), kind };
  }

  #tell(step: number, playing: boolean): void {
    const { film } = this;
    // A sentence a frame is noise to whoever listens to it.
    const live = playing ? "off" : "polite";
    if (this.#says.getAttribute("aria-live") !== live) this.#says.setAttribute("aria-live", live);
    const cursor = film.at(this.#step);
    setText(
      this.#says,
      this.#sentence(step, cursor.event && explain(cursor.event, film.history.description)),
    );
    const metrics = metricsAt(cursor);
    for (const [name, node] of this.#values) setText(node, valueText(metrics[name], METRICS[name]));
    const { cells, side } = this.grid;
    this.#stage.setAttribute(
      "aria-label",
      `Picture of the heap${film.label && ` of ${film.label}`} at step ${this.#step}: ${cells} cells in rows of ${side}`,
    );
  }

  #sentence(step: number, explained: string | null): string {
    const { film } = this;
    if (step > film.known) return `Reading the run: ${Math.floor((100 * film.known) / film.steps)} %`;
    if (step > film.steps) return `This run ended at step ${film.steps}.`;
    if (step === 0) return "Before the first step.";
    const who = film.history.labelAt(step);
    const marked = film.history.marks.find((mark) => mark.step === step)?.text;
    return `${marked ? `[${marked}] ` : ""}${who ? `${who}: ` : ""}${explained ?? "coalesce(): neighbouring holes merge."}`;
  }

  #fact(name: MetricName): void {
    const definition = METRICS[name];
    const value = el("dd");
    this.#values.set(name, value);
    this.#facts.append(el("dt", { title: definition.definition }, upperFirst(definition.title)), value);
  }

  #point(cell: number | null, x: number, y: number): void {
    this.#pointed = cell === null ? null : { cell, x, y };
    this.#tip.classList.toggle("fl-hidden", cell === null);
    if (cell === null) return;
    setText(this.#tip, this.#about(cell));
    const wide = this.#picture.node.clientWidth;
    this.#tip.style.left = x < wide / 2 ? `${x + 14}px` : "";
    this.#tip.style.right = x < wide / 2 ? "" : `${wide - x + 14}px`;
    this.#tip.style.top = `${y + 12}px`;
  }

  /** What hovering does with the mouse: with shift, the arrows go from cell to cell. */
  #key(event: KeyboardEvent): void {
    const { side, cells } = this.grid;
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -side, ArrowDown: side };
    const move = moves[event.key];
    if (event.key === "Escape") this.#point(null, 0, 0);
    if (!event.shiftKey || move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const cell = this.#pointed ? this.#pointed.cell + move : 0;
    if (cell < 0 || cell >= cells) return;
    const each = this.#picture.node.clientWidth / side;
    this.#point(cell, ((cell % side) + 0.5) * each, (Math.floor(cell / side) + 0.5) * each);
  }

  /** What is to be said of a cell: its addresses, what lies there, and who allocated it at which step. */
  #about(cell: number): string {
    const { film, grid } = this;
    const each = cellBytes(grid);
    const from = grid.from + cell * each;
    if (cell >= grid.cells || from >= film.top(this.#step)) return "No memory";
    const blocks = this.#occupancy.blocks[cell]!;
    const lines = [`Address ${from} to ${from + each - 1}`];
    if (blocks > 1) {
      lines.push(`${blocks} blocks reach into it, ${this.#occupancy.used[cell]} of ${each} bytes allocated`);
      return lines.join("\n");
    }
    const only = this.#occupancy.lifeIn(cell);
    const place = only < 0 ? from : Math.max(from, film.lives.address[only]!);
    const block = film.blockAt(place, this.#step);
    if (block.life === null)
      return [...lines, `Free: hole at ${block.address}, ${block.size} bytes`].join("\n");
    const request = film.lives.request[block.life]!;
    const asked = request === block.size ? "" : `, asked for ${request}`;
    lines.push(`Block at ${block.address}, ${block.size} bytes${asked}`);
    const made = film.lives.made(block.life);
    const who = film.history.labelAt(made);
    lines.push(
      made === 0 ? "There before the first step" : `Allocated at step ${made}${who && ` by ${who}`}`,
    );
    return lines.join("\n");
  }
}
