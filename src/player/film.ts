import type { Block } from "../heap/block";
import { traitsOf } from "../heap/create-heap";
import type { Cursor } from "../run/cursor";
import type { CurvePoints } from "../run/downsample";
import { StepFlag } from "../run/event-summary";
import { type Grid, gridOf } from "../run/grid";
import type { History } from "../run/history";
import { COLOURS, Lives, type LivesOf } from "../run/lives";
import { METRICS, type MetricName } from "../run/metrics";
import type { Occupancy } from "../run/occupancy";
import type { Overview } from "../run/overview";
import type { Survey } from "../run/survey";
import { MIXED_HUE, type Scales } from "./colourings";
import { type Look, WHOLE } from "./look";

/** What a reader can jump to: its title, and its bits of `StepFlag`. A further one is an entry here and a colour in the style. */
export const STOPS = {
  split: { title: "Split", mask: StepFlag.split },
  merge: { title: "Merge", mask: StepFlag.merge },
  denied: { title: "Denied", mask: StepFlag.denied },
  refused: { title: "Refused", mask: StepFlag.refused },
} as const;

/** Names a kind of step to jump to. */
export type StopName = keyof typeof STOPS;

/** All of their bits. */
export const ANY_STOP = Object.values(STOPS).reduce((bits, { mask }) => bits | mask, 0);

/** Steps that are read at once between two looks at the clock. */
const SLICE = 512;
/** Steps that are looked at, at least, for a notable one in a run that has not been read. */
const BEYOND = 64;
/** Stretches of a long run whose lives are kept: the panels ask for them in turn. */
const KEPT = 3;

/**
 * One run as the player needs it: its history, the lives of its blocks, and what is known of each step. It is read from the
 * first step on, a slice at a time, so that the first frame need not wait for the end. Of a long run (see `History.long`) only the lives
 * around the steps that are shown are kept.
 */
export class Film implements LivesOf {
  /** What is shown of it. */
  look: Look = WHOLE;
  readonly base: number;
  readonly pageSize: number;
  /** Bytes at the start of every allocated block that its caller may not use. */
  readonly header: number;
  /** Whether the heap is the original program's, whose picture leaves out pages that no block fills. */
  readonly published: boolean;
  #cursor: Cursor;
  /** Of a run that is not long. */
  #lives: Lives | null = null;
  #stretches: { readonly stretch: Survey; readonly lives: Lives }[] = [];
  #near: Lives | null = null;
  /** Bytes of the heap before the first step. */
  readonly #atFirst: number;
  #sites: readonly string[] | null = null;

  /**
   * @param from the player's step at which it begins: 0, but for a run that branched off from another; its own steps count from
   *   there
   */
  constructor(
    readonly label: string,
    readonly history: History,
    readonly from = 0,
  ) {
    this.published = traitsOf(this.history.description).wholePages === true;
    this.#cursor = this.history.cursor();
    const { heap } = this.#cursor;
    this.base = heap.base;
    this.pageSize = heap.pageSize;
    this.header = heap.header;
    this.#atFirst = heap.capacity;
    if (!this.history.long) this.#lives = new Lives(this.history);
  }

  /** Number of steps. */
  get steps(): number {
    return this.history.length;
  }

  /** The player's step at which it ends. */
  get end(): number {
    return this.from + this.steps;
  }

  /** Its own step at a step of the player: as far as it can be shown, and its first before it begins. */
  local(step: number): number {
    return Math.min(Math.max(0, step - this.from), this.reach);
  }

  /** Steps that have been read. */
  get known(): number {
    return this.#lives?.steps ?? this.history.prepared;
  }

  /** The last step that can be shown: that to which it has been read, or one that is near all the same. */
  get reach(): number {
    return this.#lives ? this.known : this.history.reach;
  }

  get done(): boolean {
    return this.known === this.steps;
  }

  /** Reads on for about `milliseconds`. */
  read(milliseconds: number): void {
    if (!this.#lives) {
      this.history.prepare(milliseconds);
      return;
    }
    const end = performance.now() + milliseconds;
    while (!this.done && performance.now() < end) this.#lives.read(Math.min(this.steps, this.known + SLICE));
  }

  /** The run at a glance, as far as it has been read. */
  get overview(): Overview {
    return this.history.overview;
  }

  /** The lives around a step that can be shown: those that have begun by then, and those of the steps behind it that are near. */
  livesAt(step: number): Lives {
    if (this.#lives) return this.#lives;
    const stretch = this.history.survey(step);
    const [last] = this.#stretches;
    if (last?.stretch === stretch) return last.lives;
    const kept = this.#stretches.find((one) => one.stretch === stretch);
    const found = kept ?? { stretch, lives: new Lives(this.history, stretch).read(stretch.known) };
    const others = this.#stretches.filter((one) => one !== found);
    this.#stretches = [found, ...others.slice(0, KEPT - 1)];
    return found.lives;
  }

  /**
   * Of a long run, the lives at a step, and how many bytes the heap has; or those of as many steps before it as are tolerated where that
   * is quicker.
   */
  near(step: number, tolerance: number): { readonly lives: Lives; readonly bytes: number } {
    const survey = this.history.stretches.near(step, tolerance);
    if (this.#near?.from !== survey.from) this.#near = new Lives(this.history, survey);
    return { lives: this.#near, bytes: survey.columns.capacity[0]! };
  }

  /** Bytes of the heap at its largest, as far as it has been read. */
  get highest(): number {
    return this.overview.highest;
  }

  /** Whether the heap is larger at some step than at the first. */
  get grows(): boolean {
    return this.highest > this.#atFirst;
  }

  /** Whether a step of the player, if it has been read, has any of the `StepFlag` bits of `mask`. */
  has(step: number, mask: number): boolean {
    const own = step - this.from;
    return own >= 0 && own <= this.known && (this.overview.flagsAt(own) & mask) !== 0;
  }

  /** The player's nearest step after `step`, or before it, with any of the bits; null when none has been read. */
  next(step: number, mask: number, direction: 1 | -1): number | null {
    const { overview } = this;
    // Of runs side by side a shorter one may have ended before `step`.
    const own = Math.min(Math.max(0, step - this.from), overview.known + 1);
    const found = overview.next(own, mask, direction);
    return found === null ? null : found + this.from;
  }

  /**
   * As `next`, also where a long run has not been read: there as far as the steps around `step` tell, which soon have each kind that is
   * not rare. Null where what comes next is not known.
   */
  nearest(step: number, mask: number, direction: 1 | -1): number | null {
    const first = step - this.from + direction;
    const { known } = this.overview;
    if (!this.history.long || first <= known || first > this.reach) return this.next(step, mask, direction);
    let own = first;
    do {
      const { from, known: last, columns } = this.history.survey(own);
      for (; own > from && own > known && own <= last; own += direction)
        if ((columns.flags[own - from]! & mask) !== 0) return own + this.from;
      if (own <= known) return this.next(this.from + known + 1, mask, -1);
      // Who goes from one to the next comes past the end of a stretch.
    } while (Math.abs(own - first) < BEYOND && own <= this.reach);
    return null;
  }

  /** A metric at a step that can be shown. */
  metric(name: MetricName, step: number): number {
    const { from, columns } = this.history.survey(step);
    return METRICS[name].at(columns, step - from);
  }

  /** At most so many points of a metric's curve, as far as it has been read. */
  curve(name: MetricName, points: number): CurvePoints {
    return this.overview.curve(name, points);
  }

  /** One past the heap's last address at a step. */
  top(step: number): number {
    return this.base + this.metric("capacity", step);
  }

  /** The same as it is shown: in the middle of an operation that makes the heap grow, before it or behind it. */
  topShown(step: number): number {
    const { progress } = this.look;
    return this.top(step > 0 && progress !== null && !progress.grown ? step - 1 : step);
  }

  /** Whether a life that has begun by the step is there as the step is shown: see `Look.progress`. */
  there(life: number, step: number): boolean {
    const { born, died } = this.livesAt(step);
    const { progress } = this.look;
    if (progress === null || died[life]! < step) return died[life]! > step;
    if (died[life] === step) return !progress.ended;
    return born[life] !== step || step === 0 || progress.begun;
  }

  /** Makes an occupancy at a step that of the middle of the step's operation, where that is shown (sign 1), or undoes it (−1). */
  shift(occupancy: Occupancy, step: number, sign: 1 | -1): void {
    const lives = this.livesAt(step);
    const { progress } = this.look;
    if (progress === null || step === 0) return;
    const put = (life: number, way: 1 | -1) =>
      occupancy.put(way, lives.address[life]!, lives.size[life]!, life, lives.made(life));
    if (!progress.begun) {
      for (let life = lives.bornUpTo(step - 1); life < lives.bornUpTo(step); life++)
        put(life, sign === 1 ? -1 : 1);
    }
    if (!progress.ended) {
      for (let i = lives.diedUpTo(step - 1); i < lives.diedUpTo(step); i++) put(lives.ends[i]!, sign);
    }
  }

  /** The grid of the whole heap. */
  grid(maxCells?: number): Grid {
    return gridOf(this.base, this.highest, this.pageSize, maxCells, this.published);
  }

  get scales(): Scales {
    return {
      steps: this.steps,
      leastLog: Math.log2(this.overview.least),
      mostLog: Math.log2(this.overview.most),
      hueOfSite: this.#hueOfSite,
    };
  }

  /** Who makes the run's requests, in the order in which they come up; "" where nobody is named. */
  get sites(): readonly string[] {
    this.#sites ??= [...new Set(["", ...this.history.labels.map(({ text }) => text)])].filter(
      (site) => site !== "" || this.history.labelAt(1) === "",
    );
    return this.#sites;
  }

  #hueOfSite = (step: number): number => {
    const at = this.sites.indexOf(this.history.labelAt(step));
    return at < 0 || at >= COLOURS ? MIXED_HUE : at;
  };

  /** The run's cursor, wherever it is: `at` moves it anyway. */
  get cursor(): Cursor {
    return this.#cursor;
  }

  /** The run's cursor at a step: the heap, its free list, and the operation that led there. Valid until the next call. */
  at(step: number): Cursor {
    return this.#cursor.seek(step);
  }

  /** The block or hole at an address, and which of `livesAt(step)` the block is; without moving the cursor. */
  blockAt(address: number, step: number): Block & { readonly life: number | null } {
    const lives = this.livesAt(step);
    let low = this.base;
    let high = this.topShown(step);
    const count = lives.bornUpTo(step);
    for (let id = 0; id < count; id++) {
      if (!this.there(id, step)) continue;
      const start = lives.address[id]!;
      const stop = start + lives.size[id]!;
      if (start <= address && address < stop)
        return { address: start, size: lives.size[id]!, free: false, life: id };
      if (stop <= address && stop > low) low = stop;
      if (start > address && start < high) high = start;
    }
    return { address: low, size: high - low, free: true, life: null };
  }
}

/** Says how much of the runs has been read; "" when it is all. */
export function readingText(films: readonly Film[]): string {
  if (films.every((film) => film.done)) return "";
  const parts = films.map((film) => Math.floor((20 * film.known) / Math.max(1, film.steps)));
  return `Reading the run: ${5 * Math.min(...parts)} %`;
}
