import { firstDifference } from "../run/first-difference";
import { Clock } from "./clock";
import { Controls } from "./controls";
import { el } from "./dom";
import { Film, STOPS, type Stop } from "./film";
import { keyStep } from "./keys";
import { legendOf } from "./legend";
import { drawMarks } from "./marks";
import { type Scheme, schemeOf } from "./palette";
import { Panels } from "./panels";
import type { PlayerColour, PlayerPayload } from "./payload";
import type { PlayerHandle } from "./player-global";
import type { PlotlyLibrary } from "./plotly";
import { RunView } from "./run-view";
import { STYLE } from "./style";
import { isDark, watchTheme } from "./theme";

/** Milliseconds of reading before the first frame, and between two frames after it. */
const READ_FIRST = 250;
const READ_SLICE = 12;
/** How many steps' time a notable step is shown when resting. */
const REST = 3;

/** A player in the page: its state, and what ties the parts together. */
export class PlayerView implements Omit<PlayerHandle, "ready"> {
  readonly node: HTMLElement;
  readonly steps: number;
  #films: Film[];
  #runs: RunView[];
  #controls: Controls;
  #panels: Panels;
  #clock: Clock;
  #legend = el("div");
  #scheme: Scheme;
  #step: number;
  #difference: number | null = null;
  #wanted = false;
  #drawing: Promise<void> | null = null;
  #ends: (() => void)[] = [];
  #reading: ReturnType<typeof setTimeout> | undefined;
  #gone = false;
  #told = "";

  constructor(
    private readonly payload: PlayerPayload,
    plotly: PlotlyLibrary,
  ) {
    const { options } = payload;
    this.#films = payload.runs.map((run) => new Film(run));
    for (const film of this.#films) film.read(READ_FIRST / this.#films.length);
    this.steps = Math.max(...this.#films.map((film) => film.steps));
    this.#step = clamp(options.step === "end" ? this.steps : (options.step ?? 0), this.steps);
    this.#scheme = schemeOf(options.colour ?? "original", isDark(payload.theme));
    const named = this.#films.length > 1 || this.#films[0]!.label !== "";
    const redraw = () => this.#request();
    const maxCells = Math.max(64, options.maxCells ?? 16_384);
    this.#runs = this.#films.map((film) => new RunView(film, { maxCells, named, redraw }, plotly));
    const settings = { speed: (options.speed ?? 0) > 0 ? options.speed! : 8, rest: options.rest ?? true };
    this.#clock = new Clock(
      settings,
      (ahead) => this.#weight(this.#step + ahead),
      (due) => this.#advance(due),
    );
    const several = this.#films.length > 1;
    this.#controls = new Controls(
      { ...settings, steps: this.steps, colour: this.#scheme.colour, several },
      {
        toggle: () => (this.playing ? this.pause() : this.play()),
        seek: (step) => this.#go(step),
        jump: (stop, direction) => this.#jump(stop, direction),
        speed: (speed) => {
          this.#clock.speed = speed;
        },
        colour: (colour) => this.#recolour(colour),
        rest: (on) => {
          this.#clock.rest = on;
        },
      },
    );
    this.#panels = new Panels(this.#films, this.steps, options.panels ?? [], {
      seek: (step) => this.#go(step),
      opened: redraw,
    });
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
    if (this.#step >= this.steps) this.#step = 0;
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
    for (const run of this.#runs) run.fit();
    await this.#draw();
  }

  destroy(): void {
    this.#gone = true;
    this.#disarm();
    for (const run of this.#runs) run.purge();
    this.node.remove();
  }

  #build(): HTMLElement {
    const { title } = this.payload;
    const runs = el("div", { class: "fl-runs", "data-one": this.#runs.length === 1 });
    runs.append(...this.#runs.map((run) => run.node));
    const node = el("section", {
      class: "fl-player",
      "aria-label": title || "Player of a heap's run",
      "data-lm-suppress-shortcuts": "true",
      "data-dark": this.#scheme.dark,
    });
    node.append(el("style", {}, STYLE));
    if (title) node.append(el("p", { class: "fl-title" }, title));
    node.append(runs, ...this.#controls.rows, this.#panels.node);
    // One run leaves room beside its picture.
    if (this.#runs.length === 1) this.#runs[0]!.node.append(this.#legend);
    else runs.after(this.#legend);
    node.addEventListener("keydown", (event) => this.#key(event));
    // A node that is put back into the document, as a windowed notebook does, starts its style's animation again.
    node.addEventListener("animationstart", (event) => {
      if (event.target === node) this.#arm();
    });
    return node;
  }

  /** Watches size and theme and reads on, from when the node is in the document until it is not. */
  #arm(): void {
    if (this.#gone || this.#ends.length > 0 || !this.node.isConnected) return;
    const sizes = new ResizeObserver(() => {
      if (!this.node.isConnected) return this.#disarm();
      const changed = this.#runs.map((run) => run.fit()).some(Boolean);
      this.#told = "";
      if (changed || this.#drawing === null) this.#request();
    });
    sizes.observe(this.node);
    this.#ends = [() => sizes.disconnect(), watchTheme(() => this.#recolour(this.#scheme.colour))];
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
      this.#difference = firstDifference(this.#films.map((film) => film.lives));
      this.#request();
      return;
    }
    for (const film of open) film.read(READ_SLICE / open.length);
    if (open.some((film) => this.#step >= film.known)) this.#request();
    this.#reading = setTimeout(() => {
      if (this.node.isConnected) this.#readOn();
      else this.#disarm();
    });
  }

  #go(step: number): void {
    this.#step = clamp(step, this.steps);
    if (this.playing) this.#clock.stop();
    this.#controls.showPlaying(false);
    this.#request();
  }

  #advance(due: number): boolean {
    if (!this.node.isConnected) {
      this.#disarm();
      return false;
    }
    this.#step = Math.min(this.steps, this.#step + due);
    this.#request();
    if (this.#step < this.steps) return true;
    this.#controls.showPlaying(false);
    return false;
  }

  #weight(step: number): number {
    const notable = STOPS.split | STOPS.merge | STOPS.failure;
    return this.#films.some((film) => film.has(step, notable)) ? REST : 1;
  }

  #find(stop: Stop | "difference", direction: 1 | -1): number | null {
    if (stop === "difference") {
      const there = this.#difference;
      return there !== null && (there - this.#step) * direction > 0 ? there : null;
    }
    const found = this.#films.map((film) => film.next(this.#step, STOPS[stop], direction));
    const steps = found.filter((step) => step !== null);
    if (steps.length === 0) return null;
    return direction > 0 ? Math.min(...steps) : Math.max(...steps);
  }

  #jump(stop: Stop | "difference", direction: 1 | -1): void {
    const step = this.#find(stop, direction);
    if (step !== null) this.#go(step);
  }

  #recolour(colour: PlayerColour): void {
    const dark = isDark(this.payload.theme);
    if (colour !== this.#scheme.colour || dark !== this.#scheme.dark) this.#scheme = schemeOf(colour, dark);
    this.node.toggleAttribute("data-dark", dark);
    this.#told = "";
    this.#request();
  }

  #key(event: KeyboardEvent): void {
    // JupyterLab's command mode has its own use for most keys; what is typed in here is meant for the player.
    event.stopPropagation();
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
    this.#controls.show(step, this.steps, `Step ${step} of ${this.steps}`);
    for (const run of this.#runs) await run.draw(step, this.#scheme, playing);
    const style = getComputedStyle(this.node);
    const colourOf = (name: string) => style.getPropertyValue(name).trim() || "#888";
    this.#panels.draw(step, this.#scheme, colourOf);
    this.node.dataset.shown = String(step);
    if (playing) return;
    this.#controls.showJumps((stop, direction) => this.#find(stop, direction) !== null);
    this.#tellOnce(colourOf);
  }

  /** What changes only with the page, the colours or what has been read. */
  #tellOnce(colourOf: (name: string) => string): void {
    const grids = this.#runs.map((run) => run.grid);
    const known = this.#films.map((film) => film.known).join();
    const told = `${known} ${this.#difference} ${this.#scheme.colour} ${this.#scheme.dark} ${grids.map((g) => g.side)}`;
    if (told === this.#told) return;
    this.#told = told;
    drawMarks(this.#controls.marks, this.#films, this.steps, this.#difference, colourOf);
    const aggregated = grids.some((grid) => grid.pagesPerCell > 1);
    const padding =
      grids.some((grid) => grid.cells < grid.side ** 2) || this.#films.some((film) => film.grows);
    this.#legend.replaceChildren(legendOf(this.#scheme, aggregated, padding));
  }
}

function clamp(step: number, steps: number): number {
  return Math.min(steps, Math.max(0, Math.round(step) || 0));
}
