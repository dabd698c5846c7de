import type { Block } from "../heap/block";
import { traitsOf } from "../heap/create-heap";
import type { Cursor } from "../run/cursor";
import { StepFlag } from "../run/event-summary";
import { type Grid, gridOf } from "../run/grid";
import type { History } from "../run/history";
import { COLOURS, Lives } from "../run/lives";
import { type MetricName, metricSeries } from "../run/metrics";
import type { Occupancy } from "../run/occupancy";
import { nextFlagged } from "../run/step-flags";
import type { SurveyColumns } from "../run/survey";
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

/**
 * One run as the player needs it: its history, the lives of its blocks, and what is known of each step. It is read from the
 * first step on, a slice at a time, so that the first frame need not wait for a long run's end.
 */
export class Film {
  /** What is shown of it. */
  look: Look = WHOLE;
  readonly lives: Lives;
  readonly base: number;
  readonly pageSize: number;
  /** Bytes at the start of every allocated block that its caller may not use. */
  readonly header: number;
  /** Whether the heap is the original program's, whose picture leaves out pages that no block fills. */
  readonly published: boolean;
  #cursor: Cursor;
  #highest = 0;
  #sites: readonly string[] | null = null;
  #series = new Map<MetricName, Float64Array>();

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
    this.lives = new Lives(this.history);
    this.#highest = heap.capacity;
  }

  /** Number of steps. */
  get steps(): number {
    return this.history.length;
  }

  /** The player's step at which it ends. */
  get end(): number {
    return this.from + this.steps;
  }

  /** Its own step at a step of the player: as far as it has been read, and its first before it begins. */
  local(step: number): number {
    return Math.min(Math.max(0, step - this.from), this.known);
  }

  /** Steps that have been read. */
  get known(): number {
    return this.lives.steps;
  }

  get done(): boolean {
    return this.known === this.steps;
  }

  /** Reads on for about `milliseconds`. */
  read(milliseconds: number): void {
    const end = performance.now() + milliseconds;
    while (!this.done && performance.now() < end) {
      const from = this.known;
      this.lives.read(Math.min(this.steps, from + SLICE));
      const { capacity } = this.columns;
      for (let step = from; step <= this.known; step++)
        this.#highest = Math.max(this.#highest, capacity[step]!);
    }
  }

  /** What is known of each step that has been read. */
  get columns(): SurveyColumns {
    return this.history.survey(0).columns;
  }

  /** Bytes of the heap at its largest, as far as it has been read. */
  get highest(): number {
    return this.#highest;
  }

  /** Whether the heap is larger at some step than at the first. */
  get grows(): boolean {
    return this.#highest > this.columns.capacity[0]!;
  }

  /** Whether a step of the player, if it has been read, has any of the `StepFlag` bits of `mask`. */
  has(step: number, mask: number): boolean {
    const own = step - this.from;
    return own >= 0 && own <= this.known && (this.columns.flags[own]! & mask) !== 0;
  }

  /** The player's nearest step after `step`, or before it, with any of the bits; null when none has been read. */
  next(step: number, mask: number, direction: 1 | -1): number | null {
    const flags = this.columns.flags.subarray(0, this.known + 1);
    // Of runs side by side a shorter one may have ended before `step`.
    const own = Math.min(Math.max(0, step - this.from), flags.length);
    const found = nextFlagged(flags, own, mask, direction);
    return found === null ? null : found + this.from;
  }

  /** One past the heap's last address at a step. */
  top(step: number): number {
    return this.base + this.columns.capacity[step]!;
  }

  /** The same as it is shown: in the middle of an operation that makes the heap grow, before it or behind it. */
  topShown(step: number): number {
    const { progress } = this.look;
    return this.top(step > 0 && progress !== null && !progress.grown ? step - 1 : step);
  }

  /** Whether a life that has begun by the step is there as the step is shown: see `Look.progress`. */
  there(life: number, step: number): boolean {
    const { born, died } = this.lives;
    const { progress } = this.look;
    if (progress === null || died[life]! < step) return died[life]! > step;
    if (died[life] === step) return !progress.ended;
    return born[life] !== step || step === 0 || progress.begun;
  }

  /** Makes an occupancy at a step that of the middle of the step's operation, where that is shown (sign 1), or undoes it (−1). */
  shift(occupancy: Occupancy, step: number, sign: 1 | -1): void {
    const { lives } = this;
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
    return gridOf(this.base, this.#highest, this.pageSize, maxCells, this.published);
  }

  get scales(): Scales {
    return {
      steps: this.steps,
      leastLog: Math.log2(this.lives.least),
      mostLog: Math.log2(this.lives.most),
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

  /** The run's cursor at a step: the heap, its free list, and the operation that led there. Valid until the next call. */
  at(step: number): Cursor {
    return this.#cursor.seek(step);
  }

  /** A metric at every step; only of a run that has been read to its end. */
  series(name: MetricName): Float64Array {
    let series = this.#series.get(name);
    if (!series) {
      series = metricSeries(this.history, name);
      this.#series.set(name, series);
    }
    return series;
  }

  /** The block or hole at an address: from the lives, without moving the cursor. */
  blockAt(address: number, step: number): Block & { readonly life: number | null } {
    const { lives } = this;
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
