import { counted, readable } from "../base/readable";
import type { Extent } from "../heap/block";
import { NOTATIONS, type NotationName } from "../run/decision/notation";
import { explain } from "../run/explain";
import { cellBytes, type Grid, zoomed, zoomedAround } from "../run/grid";
import { METRIC_NAMES, METRICS, type MetricName, metricsAt } from "../run/metrics";
import { RunOccupancy } from "../run/occupancy";
import { upperFirst, valueText } from "./curves";
import { el, setAttribute, setText } from "./dom";
import type { Film } from "./film";
import { type Outline, Picture } from "./picture";
import type { PlotlyLibrary } from "./plotly";
import { frameOf, type Scheme } from "./scheme";
import { aboutCell, Tip } from "./tip";

/** Least width of the text beside a picture, with the gap between them, in CSS pixels. */
const BESIDE = 216;
/** Width of a letter of the sentence, about; letters of a long one; height of a line. */
const LETTER = 7;
const LONG = 250;
const LINE = 20;

/** What a run's view is made with. */
export interface RunViewOptions {
  readonly maxCells: number;
  /** Draws anew. */
  redraw(): void;
  /** An address was clicked. */
  click(address: number): void;
  /** How addresses are written. */
  notation(): NotationName;
  /** Takes the run out of the player; null for one that stays. */
  readonly remove: (() => void) | null;
}

/** One run: its picture, what happened in the step that is shown, and the figures of it. */
export class RunView {
  readonly node: HTMLElement;
  /** What is said of the step: beside the picture where there is room, else below it. */
  readonly text = el("div", { class: "fl-text" });
  /** The figures of the step. They stand beside the picture where there is room, else wherever the owner puts them. */
  readonly facts = el("div", { class: "fl-facts" });
  /** The heap's grid that is shown: all of it, or the part the reader zoomed into. */
  grid: Grid;
  #picture: Picture;
  #occupancy: RunOccupancy;
  #all: Grid;
  /** Whether the reader zoomed into the picture. */
  #near = false;
  #tip: Tip;
  #stage: HTMLElement;
  #film: Film;
  #heading = el("div", { class: "fl-name" });
  #name = el("span");
  #factsName = el("div", { class: "fl-name" });
  #says = el("p", { class: "fl-says", "aria-live": "polite" });
  #values = new Map<MetricName, HTMLElement>();
  #window = el("div", { class: "fl-note fl-window fl-hidden" });
  #windowText = el("span");
  #closer = el("button", { type: "button" }, "Zoom in on this step");
  #whole = el("button", { type: "button" }, "Whole heap");
  #step = 0;
  /** Of which heap the picture's frame is. */
  #frame = "";

  constructor(
    film: Film,
    private readonly options: RunViewOptions,
    plotly: PlotlyLibrary,
  ) {
    this.#film = film;
    this.#all = film.grid(options.maxCells);
    this.grid = this.#all;
    this.#occupancy = new RunOccupancy(this.grid, film);
    this.#picture = new Picture(plotly, {
      zoom: (box) => {
        this.#near = true;
        this.#zoomTo(zoomed(this.grid, box, options.maxCells) ?? this.grid);
      },
      reset: () => {
        this.#near = false;
        this.#zoomTo(this.#all);
      },
      point: (cell, x, y) => this.#tip.point(cell, x, y),
      pick: (cell) => this.#pick(cell),
    });
    this.#tip = new Tip(
      () => this.#picture.node.clientWidth,
      (cell) => aboutCell(cell, this.#step, this.#film, this.#occupancy, NOTATIONS[options.notation()]),
    );
    const stage = { class: "fl-stage", tabindex: 0, role: "img" };
    this.#stage = el("div", stage, this.#picture.node, this.#tip.node);
    this.#stage.addEventListener("keydown", (event) => {
      this.#tip.key(event, this.grid);
      if (event.key === "Enter" && this.#tip.cell !== null) this.#pick(this.#tip.cell);
    });
    this.#stage.addEventListener("blur", () => this.#tip.point(null, 0, 0));
    this.#closer.addEventListener("click", () => this.#zoomIn());
    this.#whole.addEventListener("click", () => this.#picture.reset());
    this.#window.append(this.#windowText, this.#closer, this.#whole);
    this.#zoomTo(this.grid);
    this.#factsName.textContent = this.#name.textContent = film.label;
    this.facts.append(this.#factsName);
    const beside = METRIC_NAMES.filter((name) => METRICS[name].beside);
    this.facts.append(el("dl", {}, ...beside.flatMap((name) => this.#fact(name))));
    this.text.append(this.#says, this.#window);
    this.node = el("figure", {}, el("div", { class: "fl-body" }, this.#stage, this.text));
    this.#heading.append(this.#name);
    this.node.prepend(this.#heading);
    if (options.remove) {
      const name = `Remove ${film.label}`;
      const button = el("button", { type: "button", "aria-label": name, title: name }, "×");
      button.addEventListener("click", options.remove);
      this.#heading.append(" ", button);
    }
  }

  /** The run. */
  get film(): Film {
    return this.#film;
  }

  /** Shows another run in the same picture: whoever calls this asks for a frame. */
  show(film: Film): void {
    this.#film = film;
    this.#frame = "";
    this.#factsName.textContent = this.#name.textContent = film.label;
    const grid = film.grid(this.options.maxCells);
    const same = (["from", "bytes", "pageSize", "wholePages"] as const).every(
      (each) => grid[each] === this.#all[each],
    );
    if (!same) {
      this.#all = grid;
      this.#near = false;
    }
    this.#occupancy = new RunOccupancy(this.grid, film);
    if (!same) this.#zoomTo(grid);
  }

  /** Whether the run's name is shown. */
  set named(on: boolean) {
    this.node.classList.toggle("fl-unnamed", !on);
    this.facts.classList.toggle("fl-unnamed", !on);
  }

  /**
   * Fits the picture into the page: beside its text, or above it where that leaves more for the picture.
   * @param height CSS pixels that the page leaves for the picture and its text
   * @returns whether it has to be drawn again
   */
  fit(height: number): boolean {
    const width = this.node.clientWidth;
    const high = height - this.#heading.offsetHeight;
    const lines = Math.min(8, Math.max(2, Math.ceil((LONG * LETTER) / width)));
    const beside = Math.min(width - BESIDE, high);
    const above = Math.min(width, high - lines * LINE - this.#window.offsetHeight);
    const sideways = beside >= 0.8 * above;
    this.node.toggleAttribute("data-beside", sideways);
    this.#says.style.minHeight = sideways ? "" : `${lines * LINE}px`;
    return this.#picture.fit((sideways ? beside : above) - 2);
  }

  /** Whether the text, and with it the figures, stands beside the picture. */
  get sideways(): boolean {
    return this.node.hasAttribute("data-beside");
  }

  /** Width of that column in CSS pixels. */
  get column(): number {
    return this.node.clientWidth - this.#picture.size - 16;
  }

  /** Whether the decision is walked through in the column, as high as the picture if it can be: it says all that the sentence says. */
  set crowded(on: boolean) {
    this.node.toggleAttribute("data-crowded", on);
    this.text.style.setProperty("--room", `${this.#picture.size}px`);
  }

  /** Draws a step. */
  async draw(step: number, scheme: Scheme, playing: boolean): Promise<void> {
    const { film } = this;
    const shown = film.local(step);
    this.#step = shown;
    this.#grow();
    const { marks, progress } = film.look;
    const { begun = true, ended = true, grown = true } = progress ?? {};
    const frame = `${film.done} ${film.highest} ${shown} ${begun} ${ended} ${grown}`;
    // From mark to mark of one heap, only the marks change.
    if (frame !== this.#frame || !this.#picture.stands(this.grid, scheme)) {
      this.#frame = frame;
      this.#occupancy.seek(shown);
      film.shift(this.#occupancy, shown, 1);
      const cells = frameOf(this.#occupancy, film.livesAt(shown), scheme, film.scales, film.topShown(shown));
      film.shift(this.#occupancy, shown, -1);
      await this.#picture.draw(cells, this.grid, scheme);
      // Another run may have taken its place meanwhile.
      if (film !== this.#film) return;
    }
    this.#picture.outline(progress === null ? this.#outline(shown) : null);
    this.#picture.mark(
      marks.flatMap((mark) => {
        const cells = this.#cellsOf(mark);
        return cells.end > cells.first ? [{ mark, ...cells }] : [];
      }),
    );
    this.#tell(step, playing);
    this.#tip.update();
  }

  /** Brings an address into view: a heap of more pages than cells is zoomed into there. */
  find(address: number): void {
    const { from, bytes, pagesPerCell } = this.grid;
    if (pagesPerCell === 1 && address >= from && address < from + bytes) return;
    const near = zoomedAround(this.#all, address, this.options.maxCells);
    this.#near = near !== null;
    this.#zoomTo(near ?? this.#all);
  }

  /** Picks the block in a cell, or its first address where none or several are in it. */
  #pick(cell: number): void {
    const from = this.grid.from + cell * cellBytes(this.grid);
    const only = this.#occupancy.lifeIn(cell);
    const address = only < 0 ? from : Math.max(from, this.film.livesAt(this.#step).address[only]!);
    if (cell < this.grid.cells) this.options.click(address);
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
    if (grid !== this.grid) this.#occupancy = new RunOccupancy(grid, this.film);
    this.grid = grid;
    this.#window.classList.toggle("fl-hidden", grid.pagesPerCell === 1 && !this.#near);
    this.#whole.classList.toggle("fl-hidden", !this.#near);
    this.options.redraw();
  }

  /** What the mouse does with a box, for the keyboard; and the way to a block that lies outside of what is shown. */
  #zoomIn(): void {
    const block = this.#touched(this.#step);
    const { from, bytes } = this.grid;
    const middle = block ? block.address + block.size / 2 : from + bytes / 2;
    const near = middle >= from && middle < from + bytes;
    const finer = zoomedAround(near ? this.grid : this.#all, middle, this.options.maxCells);
    if (!finer) return;
    this.#near = true;
    this.#zoomTo(finer);
  }

  /** The block that a step gave, else the one that it took back; null when it did neither. */
  #touched(step: number): { address: number; size: number; kind: Outline["kind"] } | null {
    if (step === 0) return null;
    const lives = this.film.livesAt(step);
    const begun = lives.bornUpTo(step) > lives.bornUpTo(step - 1);
    const ended = lives.diedUpTo(step) > lives.diedUpTo(step - 1);
    if (!begun && !ended) return null;
    const id = begun ? lives.bornUpTo(step) - 1 : lives.ends[lives.diedUpTo(step) - 1]!;
    return { address: lives.address[id]!, size: lives.size[id]!, kind: begun ? "taken" : "freed" };
  }

  #outline(step: number): Outline | null {
    const block = this.#touched(step);
    return block && { ...this.#cellsOf(block), kind: block.kind };
  }

  /** The cells that some addresses reach into, as far as they are shown. */
  #cellsOf({ address, size }: Extent): { first: number; end: number } {
    const each = cellBytes(this.grid);
    const first = Math.floor((address - this.grid.from) / each);
    const end = Math.ceil((address + size - this.grid.from) / each);
    return { first: Math.max(0, first), end: Math.min(this.grid.cells, end) };
  }

  #tell(step: number, playing: boolean): void {
    const { film } = this;
    // A sentence a frame is noise to whoever listens to it.
    const live = playing ? "off" : "polite";
    setAttribute(this.#says, "aria-live", live);
    const cursor = film.at(this.#step);
    setText(
      this.#says,
      this.#sentence(
        step,
        cursor.event && explain(cursor.event, film.history.description, this.options.notation()),
      ),
    );
    const metrics = metricsAt(cursor);
    for (const [name, node] of this.#values) setText(node, valueText(metrics[name], METRICS[name]));
    this.#tellWindow();
    const { cells, side } = this.grid;
    setAttribute(
      this.#stage,
      "aria-label",
      `Picture of the heap${film.label && ` of ${film.label}`} at step ${this.#step}: ${counted(cells, "cell")} in rows of ${side}`,
    );
  }

  /** Says which part of the heap is shown, and where the step happened when that is outside of it. */
  #tellWindow(): void {
    const { from, bytes, pagesPerCell } = this.grid;
    const each = pagesPerCell === 1 ? "one cell is one page" : `one cell is ${counted(pagesPerCell, "page")}`;
    const block = this.#touched(this.#step);
    const outside = block !== null && (block.address >= from + bytes || block.address + block.size <= from);
    const n = NOTATIONS[this.options.notation()];
    const where = outside
      ? ` This step's block is ${block.address < from ? "before" : "behind"} it, at ${n.number(block.address)}.`
      : "";
    setText(
      this.#windowText,
      `Addresses ${n.number(from)} to ${n.number(from + bytes - 1)}: ${each}.${where}`,
    );
    this.#windowText.classList.toggle("fl-outside", outside);
    this.#closer.classList.toggle("fl-hidden", pagesPerCell === 1 && !outside);
    setText(this.#closer, outside ? "Show it" : "Zoom in on this step");
  }

  #sentence(step: number, explained: string | null): string {
    const { film } = this;
    if (step > film.end) return `This run ended at step ${readable(film.end)}.`;
    if (film.from > 0 && step <= film.from) return `This run branches off at step ${readable(film.from)}.`;
    if (step - film.from > film.reach)
      return `Reading the run: ${Math.floor((100 * film.known) / film.steps)} %`;
    if (step === 0) return "Before the first step.";
    const who = film.history.labelAt(this.#step);
    const marked = film.history.marks.find((mark) => mark.step === this.#step)?.text;
    return `${marked ? `[${marked}] ` : ""}${who ? `${who}: ` : ""}${explained ?? "coalesce(): neighbouring holes merge."}`;
  }

  #fact(name: MetricName): HTMLElement[] {
    const { title, definition } = METRICS[name];
    const value = el("dd");
    this.#values.set(name, value);
    return [el("dt", { title: definition }, upperFirst(title)), value];
  }
}
