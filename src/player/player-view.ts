import type { BranchPolicy } from "../run/branch";
import type { NotationName } from "../run/decision/notation";
import { Controls } from "./controls";
import type { Film } from "./film";
import { Frames } from "./frames";
import { type Jump, Jumps } from "./jumps";
import { keyStep, takeKeys, walkStep } from "./keys";
import { Layout } from "./layout";
import { legendOf } from "./legend";
import { WHOLE } from "./look";
import type { Scene } from "./panel";
import { Panels } from "./panels";
import type { PlayerPayload } from "./payload";
import { marksOfPick, type Pick, pickAt } from "./pick";
import type { PlayerHandle } from "./player-global";
import type { PlayerColour, PlayerPanel } from "./player-options";
import { Playhead } from "./playhead";
import type { PlotlyLibrary } from "./plotly";
import { RunRow, type ShownRun } from "./run-row";
import { RunView } from "./run-view";
import { type Scheme, schemeOf } from "./scheme";
import { Tempo } from "./tempo";
import { isDark, watchTheme } from "./theme";
import { Walker } from "./walker";
import { whileInPage } from "./while-in-page";

/** What a player is made with, beside its runs. */
export interface PlayerSettings extends Omit<PlayerPayload, "version" | "runs"> {
  /** CSS pixels that the pictures are high at most. Default: as high as there is room. */
  readonly highest?: number;
  /** Is told the steps to which the reader goes, when they have been drawn, also while it plays; not those of `seek`. */
  moved?(step: number): void;
}

/** Milliseconds of reading between two frames. */
const READ_SLICE = 12;
/** Milliseconds without reading behind each step of the reader's. */
const QUIET = 150;

/** A player in the page: its state, and what ties the parts together. */
export class PlayerView implements Omit<PlayerHandle, "ready"> {
  readonly #runs: RunRow;
  #walker: Walker;
  #picked: Pick | null = null;
  #controls: Controls;
  #panels: Panels;
  #head: Playhead;
  #tempo: Tempo;
  #jumps: Jumps;
  #layout: Layout;
  #frames = new Frames(() => this.#drawAll());
  #scheme: Scheme;
  #leave: () => void = () => {};
  #reading: ReturnType<typeof setTimeout> | undefined;
  /** Until then nothing is read, so that the reader who goes from step to step need not wait for it. */
  #quietUntil = 0;
  /** How much had been read when the last frame was drawn. */
  #progress = 0;
  /** What the marks, the legend and the jumps were last drawn for. */
  #current = "";

  constructor(
    private readonly payload: PlayerSettings,
    runs: readonly ShownRun[],
    plotly: PlotlyLibrary,
  ) {
    const { options, poster } = payload;
    const redraw = () => this.#frames.request();
    const maxCells = Math.max(64, options.maxCells ?? 16_384);
    this.#runs = new RunRow(runs, (film, given) => {
      const remove = given ? null : () => this.#remove(view.film);
      const click = (address: number) => this.#click(view.film, address);
      const notation = () => this.#walker.notation;
      const view: RunView = new RunView(film, { maxCells, redraw, remove, click, notation }, plotly);
      return view;
    });
    const { films } = this.#runs;
    const original = films.every((film) => film.published);
    this.#scheme = schemeOf(options.colour ?? (original ? "original" : "block"), isDark(payload.theme));
    this.#walker = new Walker(films[0]!);
    this.#jumps = new Jumps(this.#runs);
    this.#tempo = new Tempo(options, this.steps, films, this.#walker);
    const wished = options.step ?? poster ?? "end";
    const first = wished === "end" ? this.steps : wished;
    this.#head = new Playhead(this.#tempo, this.#walker, first, options.step === undefined, () => {
      this.#controls.showPlaying(this.playing);
      redraw();
    });
    const { pace, rest } = this.#tempo;
    this.#controls = new Controls(
      { pace, rest, steps: this.steps, colour: this.#scheme.colour },
      {
        toggle: () => (this.playing ? this.pause() : this.play()),
        seek: (step) => this.#go(step),
        jump: (stop, direction) => this.#jump(stop, direction),
        pace: (pace) => {
          this.#tempo.pace = pace;
        },
        colour: (colour) => this.#recolour(colour),
        notation: (notation) => this.#write(notation),
        rest: (on) => {
          this.#tempo.rest = on;
        },
      },
    );
    this.#panels = new Panels(this.#scene(redraw), options.panels ?? [], (name) => this.#opened(name));
    this.#layout = new Layout(
      payload.title,
      this.#runs.views,
      this.#controls.node,
      this.#panels,
      payload.highest,
    );
    this.node.addEventListener("keydown", (event) => this.#key(event));
    takeKeys(this.node);
  }

  get node(): HTMLElement {
    return this.#layout.node;
  }

  /** Steps of the longest of the runs that it was given. */
  get steps(): number {
    return Math.max(...this.#runs.given.map((film) => film.steps));
  }

  get step(): number {
    return this.#head.step;
  }

  get playing(): boolean {
    return this.#head.playing;
  }

  seek(step: number): void {
    this.#head.go(step, false);
  }

  /**
   * Shows other runs in place of those that it has, at a step of theirs; what the reader chose (panels, colours, speed) stays. What
   * is seen changes with the next frame, all at once.
   */
  setRuns(runs: readonly ShownRun[], step: number): void {
    clearTimeout(this.#reading);
    this.#runs.set(runs);
    this.#picked = null;
    this.#walker.choose(this.#runs.films[0]!);
    this.#tempo.steps = this.steps;
    this.#controls.setSteps(this.steps);
    this.#head.go(step, false);
    this.#regroup();
    this.#readOn();
  }

  play(): void {
    this.#head.play();
  }

  pause(): void {
    this.#head.pause();
  }

  /** Draws the first frame; the node is in the document by then. */
  async start(): Promise<void> {
    this.#leave = whileInPage(this.node, () => this.#enter());
    this.#layout.fit();
    await this.#frames.now();
    if (this.#layout.fit()) await this.#frames.now();
  }

  destroy(): void {
    this.#frames.end();
    this.#leave();
    clearTimeout(this.#reading);
    for (const run of this.#runs.views) run.purge();
    this.node.remove();
  }

  /** What the panels are given. */
  #scene(redraw: () => void): Scene {
    const view = this;
    return {
      films: this.#runs.films,
      get steps() {
        return view.steps;
      },
      walker: this.#walker,
      redraw,
      seek: (step) => this.#go(step),
      walk: (direction) => this.#head.walk(direction),
      walkWhilePlaying: (on) => {
        this.#tempo.walks = on;
        if (on && this.#tempo.slowDown()) this.#controls.showPace(this.#tempo.pace);
      },
      branch: (film, step, policy) => this.#branch(film, step, policy),
      pick: (film, address) => this.#pick(film, address),
      click: (film, address) => this.#click(film, address),
      get picked() {
        return view.#picked;
      },
      get playing() {
        return view.playing;
      },
      get hurried() {
        return performance.now() < view.#quietUntil;
      },
    };
  }

  #opened(name: PlayerPanel): void {
    const why = this.#panels.of("why");
    this.#walker.open = why.open;
    this.#controls.showWalks(why.open);
    // What is walked through is shown in the strip and in the list as well.
    if (name === "why" && why.open) this.#panels.of("strip").open = true;
    this.#layout.fit();
    this.#frames.request();
  }

  /** Picks what lies at an address. @returns whether it is in the heap */
  #pick(film: Film, address: number | null): boolean {
    const picked = address === null ? null : pickAt(film, address, film.local(this.step));
    if (address !== null && picked === null) return false;
    this.#picked = picked;
    if (picked) {
      this.#panels.of("find").open = true;
      this.#runs.viewOf(film).find(picked.address);
    }
    this.#frames.request();
    return true;
  }

  /** Picks the block at an address that is clicked; where there is none, nothing is picked any more. */
  #click(film: Film, address: number): void {
    const free = pickAt(film, address, film.local(this.step))?.block == null;
    this.#pick(film, free ? null : address);
  }

  /** Marks what is picked, above all other marks. */
  #markPick(step: number): void {
    for (const film of this.#runs.films) {
      if (film !== this.#walker.film) film.look = WHOLE;
      if (this.#picked?.film !== film) continue;
      const marks = [...film.look.marks, ...marksOfPick(this.#picked, film.local(step))];
      film.look = { ...film.look, marks };
    }
  }

  /** Writes addresses another way. */
  #write(notation: NotationName): void {
    this.#walker.write(notation);
    this.#frames.request();
  }

  /** Plays another run beside the others: what had come of one if from an operation on it had had another policy. */
  #branch(film: Film, step: number, policy: BranchPolicy): void {
    this.#runs.branch(film, step, policy);
    this.#regroup();
    this.#readOn();
  }

  #remove(film: Film): void {
    this.#runs.remove(film);
    if (this.#picked?.film === film) this.#picked = null;
    if (this.#walker.film === film) this.#walker.choose(this.#runs.films[0]!);
    this.#regroup();
  }

  /** After there are more runs or fewer. */
  #regroup(): void {
    this.#layout.regroup();
    this.#panels.renew();
    this.#current = "";
    this.#layout.fit();
    this.#frames.request();
  }

  /** Watches size and theme and reads on, while the node is in the document. @returns what ends it */
  #enter(): () => void {
    let room = "";
    const sizes = new ResizeObserver(() => {
      if (this.#layout.room === room) return;
      room = this.#layout.room;
      const changed = this.#layout.fit();
      this.#current = "";
      if (changed || !this.#frames.drawing) this.#frames.request();
    });
    for (const part of [this.node, this.#controls.node, this.#layout.scroller]) if (part) sizes.observe(part);
    const resized = () => this.#layout.fit() && this.#frames.request();
    addEventListener("resize", resized);
    const recolour = () => this.#recolour(this.#scheme.colour);
    const unwatch = watchTheme(recolour);
    recolour();
    this.#readOn();
    return () => {
      sizes.disconnect();
      removeEventListener("resize", resized);
      unwatch();
      this.pause();
      clearTimeout(this.#reading);
    };
  }

  #readOn(): void {
    const now = performance.now();
    if (now < this.#quietUntil) {
      this.#reading = setTimeout(() => this.#readOn(), this.#quietUntil - now);
      return;
    }
    const open = this.#runs.read(READ_SLICE);
    if (open.length === 0 && this.#jumps.compare(READ_SLICE)) {
      this.node.dataset.read = "";
      this.#frames.request();
      return;
    }
    const waiting = open.some((film) => this.step >= film.from + film.reach);
    if (waiting || this.#runs.progress !== this.#progress) this.#frames.request();
    this.#reading = setTimeout(() => this.#readOn());
  }

  #go(step: number): void {
    this.#quietUntil = performance.now() + QUIET;
    this.#head.go(step, true);
  }

  #jump(stop: Jump, direction: 1 | -1): void {
    const step = this.#jumps.find(stop, this.step, direction);
    if (step !== null) this.#go(step);
  }

  #recolour(colour: PlayerColour): void {
    const dark = isDark(this.payload.theme);
    if (colour !== this.#scheme.colour || dark !== this.#scheme.dark) this.#scheme = schemeOf(colour, dark);
    this.node.toggleAttribute("data-dark", dark);
    this.#current = "";
    this.#frames.request();
  }

  #key(event: KeyboardEvent): void {
    // JupyterLab's command mode has its own use for most keys; what is typed in here is meant for the player.
    event.stopPropagation();
    const direction = this.#walker.open ? walkStep(event) : 0;
    if (direction !== 0) {
      event.preventDefault();
      if (this.playing) this.pause();
      this.#head.walk(direction);
      return;
    }
    const asked = keyStep(event, this.step, this.steps);
    if (asked === null) return;
    event.preventDefault();
    if (asked === "toggle") this.playing ? this.pause() : this.play();
    else this.#go(asked);
  }

  async #drawAll(): Promise<void> {
    if (!this.node.isConnected) return;
    const step = this.step;
    const { playing } = this;
    const { given } = this.#runs;
    this.#progress = this.#runs.progress;
    this.#controls.show(step);
    this.#walker.open = this.#panels.of("why").open;
    this.#walker.see(step);
    this.#markPick(step);
    for (const run of this.#runs.views) await run.draw(step, this.#scheme, playing);
    // Other runs have come meanwhile: the next frame is theirs.
    if (given !== this.#runs.given) return;
    const style = getComputedStyle(this.node);
    const colourOf = (name: string) => style.getPropertyValue(name).trim() || "#888";
    this.#panels.draw(step, this.#scheme, colourOf);
    this.node.dataset.shown = String(step);
    if (this.#head.own) this.payload.moved?.(this.step);
    if (playing) return;
    this.#controls.showJumps(
      (stop) => this.#jumps.has(stop),
      (stop, direction) => this.#jumps.find(stop, step, direction) !== null,
    );
    this.#drawRest(colourOf);
  }

  /** What changes only with the page, the colours or what has been read. */
  #drawRest(colourOf: (name: string) => string): void {
    const { films, views } = this.#runs;
    const grids = views.map((run) => run.grid);
    const { colour, dark } = this.#scheme;
    const { difference } = this.#jumps;
    const current = `${this.#progress} ${difference} ${colour} ${dark} ${grids.map(({ side }) => side)}`;
    if (current === this.#current) return;
    this.#current = current;
    this.#controls.timeline.drawMarks(films, difference, colourOf);
    const aggregated = grids.some((grid) => grid.pagesPerCell > 1);
    const padding = grids.some((grid) => grid.cells < grid.side ** 2) || films.some((film) => film.grows);
    this.#layout.legend.replaceChildren(legendOf(this.#scheme, aggregated, padding, films[0]!.sites));
  }
}
