import type { FitName } from "../heap/fits";
import { branch } from "../run/branch";
import type { NotationName } from "../run/decision/notation";
import { firstDifference } from "../run/first-difference";
import { History } from "../run/history";
import { Clock, type Pace, REST, usualPace } from "./clock";
import { Controls, type Jump } from "./controls";
import { el } from "./dom";
import { ANY_STOP, Film, STOPS } from "./film";
import { keyStep, takeKeys, walkStep } from "./keys";
import { legendOf } from "./legend";
import { WHOLE } from "./look";
import type { Scene } from "./panel";
import { Panels } from "./panels";
import type { PlayerPayload } from "./payload";
import { marksOfPick, type Pick, pickAt } from "./pick";
import type { PlayerHandle } from "./player-global";
import type { PlayerColour, PlayerOptions, PlayerPanel } from "./player-options";
import type { PlotlyLibrary } from "./plotly";
import { RunView } from "./run-view";
import { type Scheme, schemeOf } from "./scheme";
import { STYLE } from "./style";
import { isDark, watchTheme } from "./theme";
import { Walker } from "./walker";
import { WHY_STYLE } from "./why-style";

/** Milliseconds of reading before the first frame, and between two frames after it. */
const READ_FIRST = 250;
const READ_SLICE = 12;
/** Pixels that are left free above and below the player where it is fitted to what is seen at once. */
const MARGIN = 16;
/** While a decision is walked through, the pictures make room for it, but do not become lower than this. */
const LOWEST = 232;
/** Height of the text below a picture, about. */
const TEXT = 140;
/** Least width of the column beside the picture in which the decision stands. */
const COLUMN = 400;

/** A player in the page: its state, and what ties the parts together. */
export class PlayerView implements Omit<PlayerHandle, "ready"> {
  readonly node: HTMLElement;
  readonly steps: number;
  readonly #films: Film[];
  readonly #runs: RunView[];
  readonly #makeRun: (film: Film) => RunView;
  #row = el("div", { class: "fl-runs" });
  #walker: Walker;
  #picked: Pick | null = null;
  /** Whether playing walks through each decision. */
  #walks = false;
  #controls: Controls;
  #panels: Panels;
  #clock: Clock;
  #pace: Pace;
  #rest: boolean;
  /** The runs that were there from the start. */
  readonly #given: ReadonlySet<Film>;
  #title = el("p", { class: "fl-title" });
  #legend = el("div");
  /** The runs' figures, where they do not stand beside the pictures. */
  #figures = el("div", { class: "fl-figures" });
  #scheme: Scheme;
  #step: number;
  /** Whether the step is the one that the player chose to open at: playing then starts from the first. */
  #poster: boolean;
  #difference: number | null = null;
  #wanted = false;
  #drawing: Promise<void> | null = null;
  #ends: (() => void)[] = [];
  #reading: ReturnType<typeof setTimeout> | undefined;
  #gone = false;
  /** What the marks, the legend and the jumps were last drawn for. */
  #current = "";

  constructor(
    private readonly payload: PlayerPayload,
    plotly: PlotlyLibrary,
  ) {
    const { options, poster } = payload;
    this.#films = payload.runs.map(({ label, history }) => new Film(label, History.decode(history)));
    for (const film of this.#films) film.read(READ_FIRST / this.#films.length);
    this.steps = Math.max(...this.#films.map((film) => film.steps));
    const wished = options.step ?? poster ?? "end";
    this.#step = clamp(wished === "end" ? this.steps : wished, this.steps);
    this.#poster = options.step === undefined;
    const original = this.#films.every((film) => film.published);
    this.#scheme = schemeOf(options.colour ?? (original ? "original" : "block"), isDark(payload.theme));
    const redraw = () => this.#request();
    const maxCells = Math.max(64, options.maxCells ?? 16_384);
    this.#given = new Set(this.#films);
    this.#makeRun = (film) => {
      const remove = this.#given.has(film) ? null : () => this.#remove(film);
      const click = (address: number) => this.#click(film, address);
      const notation = () => this.#walker.notation;
      return new RunView(film, { maxCells, redraw, remove, click, notation }, plotly);
    };
    this.#runs = this.#films.map(this.#makeRun);
    this.#walker = new Walker(this.#films[0]!);
    this.#pace = paceOf(options, this.steps);
    this.#rest = options.rest ?? false;
    this.#clock = new Clock(
      () => this.#speed,
      (ahead) => this.#weight(this.#step + ahead),
      (due) => this.#advance(due),
    );
    const settings = { pace: this.#pace, rest: this.#rest, steps: this.steps };
    this.#controls = new Controls(
      { ...settings, colour: this.#scheme.colour },
      {
        toggle: () => (this.playing ? this.pause() : this.play()),
        seek: (step) => this.#go(step),
        jump: (stop, direction) => this.#jump(stop, direction),
        pace: (pace) => {
          this.#pace = pace;
        },
        colour: (colour) => this.#recolour(colour),
        notation: (notation) => this.#write(notation),
        rest: (on) => {
          this.#rest = on;
        },
      },
    );
    this.#panels = new Panels(this.#scene(redraw), options.panels ?? [], (name) => this.#opened(name));
    this.node = this.#build();
  }

  get step(): number {
    return this.#step;
  }

  get playing(): boolean {
    return this.#clock.playing;
  }

  seek(step: number): void {
    this.#go(step);
  }

  play(): void {
    const ended = this.#step >= this.steps && !(this.#walking && this.#walker.under);
    if (this.#poster || ended) this.#step = 0;
    this.#poster = false;
    this.#clock.start();
    this.#controls.showPlaying(true);
    this.#request();
  }

  pause(): void {
    this.#clock.stop();
    this.#controls.showPlaying(false);
    this.#request();
  }

  /** Draws the first frame; the node is in the document by then. */
  async start(): Promise<void> {
    this.#arm();
    this.#fit();
    await this.#draw();
    if (this.#fit()) await this.#draw();
  }

  destroy(): void {
    this.#gone = true;
    this.#disarm();
    for (const run of this.#runs) run.purge();
    this.node.remove();
  }

  #build(): HTMLElement {
    const { title } = this.payload;
    const node = el("section", {
      class: "fl-player",
      "aria-label": title || "Player of a heap's run",
      "data-lm-suppress-shortcuts": "true",
      "data-dark": this.#scheme.dark,
      tabindex: -1,
    });
    this.#row.append(...this.#runs.map((run) => run.node));
    this.#count(node);
    this.#title.textContent = title;
    node.append(el("style", {}, STYLE + WHY_STYLE), ...(title ? [this.#title] : []), this.#row);
    node.append(this.#legend, this.#controls.node, this.#figures, this.#panels.node);
    node.addEventListener("keydown", (event) => this.#key(event));
    takeKeys(node);
    // A node that is put back into the document, as a windowed notebook does, starts its style's animation again.
    node.addEventListener("animationstart", (event) => {
      if (event.target === node) this.#arm();
    });
    return node;
  }

  /**
   * Fits the pictures, so that they, the sentence and the controls are seen together.
   * @returns whether they have to be drawn again
   */
  #fit(): boolean {
    const seen = this.node.closest<HTMLElement>(SCROLLERS)?.clientHeight ?? innerHeight;
    const around = [this.#title, this.#controls.node].map((part) => part.offsetHeight);
    if (this.#legend.parentNode === this.node) around.push(this.#legend.offsetHeight);
    const left = seen - 2 * MARGIN - around.reduce((sum, each) => sum + each);
    const why = this.#panels.of("why");
    const walked = why.open ? this.#panels.of("strip").offsetHeight : 0;
    const beside = why.parentNode !== this.#panels.node;
    let changed = this.#runs.map((run) => run.fit(left));
    if (why.open) {
      const room = left - walked - (beside ? 0 : why.offsetHeight);
      const lowest = LOWEST + (this.#runs.every((run) => run.sideways) ? 0 : TEXT);
      changed = this.#runs.map((run) => run.fit(Math.max(Math.min(left, lowest), room)));
    }
    this.#place();
    return changed.includes(true);
  }

  /** Puts what stands beside the pictures, where there is room, in its place. */
  #place(): void {
    // A single run leaves room beside its picture.
    const only = this.#runs.length === 1 && this.#runs[0]!.sideways ? this.#runs[0]! : null;
    const why = this.#panels.of("why");
    const column = only !== null && only.column >= COLUMN ? only : null;
    const crowded = column !== null && why.open;
    for (const run of this.#runs) {
      put(run.facts, run.sideways && !crowded ? run.text : this.#figures);
      run.crowded = crowded;
    }
    if (column) put(why, column.text);
    else if (why !== this.#panels.node.firstChild) this.#panels.node.prepend(why);
    if (only && !crowded) put(this.#legend, only.text);
    else if (this.#legend.nextSibling !== this.#controls.node) this.#controls.node.before(this.#legend);
    // The figures give way to the decision.
    if (why.open && this.node.lastChild !== this.#figures) this.node.append(this.#figures);
    if (!why.open && this.#figures.nextSibling !== this.#panels.node) this.#panels.node.before(this.#figures);
  }

  /** What the panels are given. */
  #scene(redraw: () => void): Scene {
    const view = this;
    return {
      films: this.#films,
      steps: this.steps,
      walker: this.#walker,
      redraw,
      seek: (step) => this.#go(step),
      walk: (direction) => this.#walk(direction),
      walkWhilePlaying: (on) => {
        this.#walks = on;
        // A sentence is to be read.
        if (!on || this.#speed <= READABLE) return;
        this.#pace = SLOW;
        this.#controls.showPace(SLOW);
      },
      branch: (film, step, fit) => this.#branch(film, step, fit),
      pick: (film, address) => this.#pick(film, address),
      click: (film, address) => this.#click(film, address),
      get picked() {
        return view.#picked;
      },
      get playing() {
        return view.playing;
      },
    };
  }

  #opened(name: PlayerPanel): void {
    const why = this.#panels.of("why");
    this.#walker.open = why.open;
    this.#controls.showWalks(why.open);
    // What is walked through is shown in the strip and in the list as well.
    if (name === "why" && why.open) this.#panels.of("strip").open = true;
    this.#fit();
    this.#request();
  }

  /** Goes on or back in the decision, and from its end to the next operation's. @returns whether there was anywhere to go */
  #walk(direction: 1 | -1): boolean {
    const step = this.#step + this.#walker.move(direction);
    if (step < 0 || step > this.steps) return false;
    if (step !== this.#step) {
      this.#step = step;
      this.#poster = false;
    }
    this.#walker.see(step);
    this.#request();
    return true;
  }

  /** Picks what lies at an address. @returns whether it is in the heap */
  #pick(film: Film, address: number | null): boolean {
    const picked = address === null ? null : pickAt(film, address, film.local(this.#step));
    if (address !== null && picked === null) return false;
    this.#picked = picked;
    if (picked) {
      this.#panels.of("find").open = true;
      this.#runs[this.#films.indexOf(film)]!.find(picked.address);
    }
    this.#request();
    return true;
  }

  /** Picks the block at an address that is clicked; where there is none, nothing is picked any more. */
  #click(film: Film, address: number): void {
    const free = pickAt(film, address, film.local(this.#step))?.life == null;
    this.#pick(film, free ? null : address);
  }

  /** Marks what is picked, above all other marks. */
  #markPick(step: number): void {
    for (const film of this.#films) {
      if (film !== this.#walker.film) film.look = WHOLE;
      if (this.#picked?.film !== film) continue;
      const marks = [...film.look.marks, ...marksOfPick(this.#picked, film.local(step))];
      film.look = { ...film.look, marks };
    }
  }

  /** Writes addresses another way. */
  #write(notation: NotationName): void {
    this.#walker.write(notation);
    this.#request();
  }

  /** Plays another run beside the others: what had come of one if from an operation on it had had another fit. */
  #branch(film: Film, step: number, fit: FitName): void {
    const label = `${fit} fit from step ${film.from + step} on`;
    const branched = new Film(label, branch(film.history, step - 1, { fit }), film.from + step - 1);
    this.#films.push(branched);
    const run = this.#makeRun(branched);
    this.#runs.push(run);
    this.#row.append(run.node);
    this.#regroup();
    this.#readOn();
  }

  #remove(film: Film): void {
    const at = this.#films.indexOf(film);
    this.#films.splice(at, 1);
    const [run] = this.#runs.splice(at, 1);
    run!.purge();
    run!.node.remove();
    run!.facts.remove();
    if (this.#picked?.film === film) this.#picked = null;
    if (this.#walker.film === film) this.#walker.choose(this.#films[0]!);
    this.#regroup();
  }

  /** After there are more runs or fewer. */
  #regroup(): void {
    this.#count(this.node);
    this.#panels.renew();
    this.#current = "";
    this.#fit();
    this.#request();
  }

  #count(node: HTMLElement): void {
    node.dataset.runs = String(this.#runs.length);
    for (const run of this.#runs) run.named = this.#runs.length > 1 || run.film.label !== "";
  }

  /** Watches size and theme and reads on, from when the node is in the document until it is not. */
  #arm(): void {
    if (this.#gone || this.#ends.length > 0 || !this.node.isConnected) return;
    const sizes = new ResizeObserver(() => {
      if (!this.node.isConnected) return this.#disarm();
      const changed = this.#fit();
      this.#current = "";
      if (changed || this.#drawing === null) this.#request();
    });
    for (const part of [this.node, this.#controls.node, this.node.closest(SCROLLERS)]) {
      if (part) sizes.observe(part);
    }
    const resized = () => this.#fit() && this.#request();
    addEventListener("resize", resized);
    this.#ends = [
      () => sizes.disconnect(),
      () => removeEventListener("resize", resized),
      watchTheme(() => this.#recolour(this.#scheme.colour)),
    ];
    this.#recolour(this.#scheme.colour);
    this.#readOn();
  }

  #disarm(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    this.#clock.stop();
    this.#controls.showPlaying(false);
    clearTimeout(this.#reading);
  }

  #readOn(): void {
    const open = this.#films.filter((film) => !film.done);
    if (open.length === 0) {
      // A run that branched off differs from its beginning on, or never.
      this.#difference = firstDifference([...this.#given].map((film) => film.lives));
      this.#request();
      return;
    }
    for (const film of open) film.read(READ_SLICE / open.length);
    if (open.some((film) => this.#step >= film.from + film.known)) this.#request();
    this.#reading = setTimeout(() => {
      if (this.node.isConnected) this.#readOn();
      else this.#disarm();
    });
  }

  #go(step: number): void {
    this.#step = clamp(step, this.steps);
    this.#poster = false;
    if (this.playing) this.#clock.stop();
    this.#controls.showPlaying(false);
    this.#request();
  }

  #advance(due: number): boolean {
    if (!this.node.isConnected) {
      this.#disarm();
      return false;
    }
    if (this.#walking) {
      for (let i = 0; i < due; i++) if (!this.#walk(1)) return this.#ended();
      return true;
    }
    if (this.#step === this.steps) return this.#ended();
    this.#step = Math.min(this.steps, this.#step + due);
    this.#request();
    return true;
  }

  /** Whether playing goes step by step of each decision. */
  get #walking(): boolean {
    return this.#walks && this.#walker.open;
  }

  #ended(): false {
    this.#controls.showPlaying(false);
    // Not before the clock has stopped: what a pause shows is drawn then.
    queueMicrotask(() => this.#request());
    return false;
  }

  /** Units of time a second: steps that are not notable, or not rested on, take one each. */
  get #speed(): number {
    const { of, value } = this.#pace;
    if (of === "steps") return value;
    if (this.#walking) return READABLE;
    let total = this.steps;
    if (this.#rest) for (let step = 1; step <= this.steps; step++) total += this.#weight(step) - 1;
    return total / value;
  }

  #weight(step: number): number {
    return this.#rest && !this.#walking && this.#films.some((film) => film.has(step, ANY_STOP)) ? REST : 1;
  }

  #find(stop: Jump, direction: 1 | -1): number | null {
    if (stop === "difference") {
      const there = this.#difference;
      return there !== null && (there - this.#step) * direction > 0 ? there : null;
    }
    const found = this.#films.map((film) => film.next(this.#step, STOPS[stop].mask, direction));
    const steps = found.filter((step) => step !== null);
    if (steps.length === 0) return null;
    return direction > 0 ? Math.min(...steps) : Math.max(...steps);
  }

  #jump(stop: Jump, direction: 1 | -1): void {
    const step = this.#find(stop, direction);
    if (step !== null) this.#go(step);
  }

  #has(stop: Jump): boolean {
    if (stop === "difference" && this.#given.size === 1) return false;
    if (this.#films.some((film) => !film.done)) return true;
    if (stop === "difference") return this.#difference !== null;
    return this.#films.some((film) => film.next(0, STOPS[stop].mask, 1) !== null);
  }

  #recolour(colour: PlayerColour): void {
    const dark = isDark(this.payload.theme);
    if (colour !== this.#scheme.colour || dark !== this.#scheme.dark) this.#scheme = schemeOf(colour, dark);
    this.node.toggleAttribute("data-dark", dark);
    this.#current = "";
    this.#request();
  }

  #key(event: KeyboardEvent): void {
    // JupyterLab's command mode has its own use for most keys; what is typed in here is meant for the player.
    event.stopPropagation();
    const direction = this.#walker.open ? walkStep(event) : 0;
    if (direction !== 0) {
      event.preventDefault();
      if (this.playing) this.pause();
      this.#walk(direction);
      return;
    }
    const asked = keyStep(event, this.#step, this.steps);
    if (asked === null) return;
    event.preventDefault();
    if (asked === "toggle") this.playing ? this.pause() : this.play();
    else this.#go(asked);
  }

  /** Asks for a frame; one that is late is left out. */
  #request(): void {
    this.#wanted = true;
    if (this.#drawing || this.#gone) return;
    requestAnimationFrame(() => {
      if (this.#wanted && !this.#drawing && !this.#gone) void this.#draw();
    });
  }

  async #draw(): Promise<void> {
    this.#wanted = false;
    const work = this.#drawAll();
    this.#drawing = work;
    try {
      await work;
    } finally {
      this.#drawing = null;
    }
    if (this.#wanted) this.#request();
  }

  async #drawAll(): Promise<void> {
    const step = this.#step;
    const { playing } = this;
    this.#controls.show(step, this.steps);
    this.#walker.open = this.#panels.of("why").open;
    this.#walker.see(step);
    this.#markPick(step);
    for (const run of this.#runs) await run.draw(step, this.#scheme, playing);
    const style = getComputedStyle(this.node);
    const colourOf = (name: string) => style.getPropertyValue(name).trim() || "#888";
    this.#panels.draw(step, this.#scheme, colourOf);
    this.node.dataset.shown = String(step);
    if (playing) return;
    this.#controls.showJumps(
      (stop) => this.#has(stop),
      (stop, direction) => this.#find(stop, direction) !== null,
    );
    this.#drawRest(colourOf);
  }

  /** What changes only with the page, the colours or what has been read. */
  #drawRest(colourOf: (name: string) => string): void {
    const grids = this.#runs.map((run) => run.grid);
    const known = this.#films.map((film) => film.known).join();
    const { colour, dark } = this.#scheme;
    const current = `${known} ${this.#difference} ${colour} ${dark} ${grids.map(({ side }) => side)}`;
    if (current === this.#current) return;
    this.#current = current;
    this.#controls.timeline.drawMarks(this.#films, this.#difference, colourOf);
    const aggregated = grids.some((grid) => grid.pagesPerCell > 1);
    const padding =
      grids.some((grid) => grid.cells < grid.side ** 2) || this.#films.some((film) => film.grows);
    this.#legend.replaceChildren(legendOf(this.#scheme, aggregated, padding, this.#films[0]!.sites));
  }
}

/** Steps of a decision a second that can still be read along, and the pace of those who want to see them. */
const READABLE = 4;
const SLOW: Pace = { of: "steps", value: 2 };

/** Puts a node last into its parent, if it is not in it. */
function put(node: HTMLElement, parent: HTMLElement): void {
  if (node.parentNode !== parent) parent.append(node);
}

/** What scrolls a notebook's cells in JupyterLab: as high as what is seen at once. */
const SCROLLERS = ".jp-WindowedPanel-outer,.jp-Notebook";

function paceOf({ speed, duration }: PlayerOptions, steps: number): Pace {
  if (speed !== undefined && speed > 0) return { of: "steps", value: speed };
  if (duration !== undefined && duration > 0) return { of: "run", value: duration };
  return usualPace(steps);
}

function clamp(step: number, steps: number): number {
  return Math.min(steps, Math.max(0, Math.round(step) || 0));
}
