import type { RecordedRun } from "./cursor";
import { Lives, type LivesOf } from "./lives";

/**
 * The first step after which the heaps differ: their allocated blocks, by first address (counted from each heap's base) and size,
 * are not the same. That is the first step at which the pictures of the runs are not alike; requests that leave the heaps alike,
 * for example some that are denied, make no difference. A run that has ended keeps its last heap. Null when the heaps never
 * differ; 0 when they differ before the first step.
 * Runs the histories to their ends if that has not been done: see `History.prepare`.
 *
 * @param runs histories
 * @example firstDifference([firstFitRun, bestFitRun]);
 */
export function firstDifference(runs: readonly RecordedRun[]): number | null {
  const search = new DifferenceSearch(runs.map((run) => new Lives(run).read(run.length)));
  search.work(Number.POSITIVE_INFINITY);
  return search.found;
}

/** A run to be compared with others. */
export interface ComparedRun extends LivesOf {
  /** First address of the heap. */
  readonly base: number;
  /** Number of steps. */
  readonly steps: number;
}

/** Steps that are compared between two looks at the clock. */
const SLICE = 256;

/** Looks for the first difference of some runs (see `firstDifference`), a few milliseconds at a time. */
export class DifferenceSearch {
  /** The first step in which they differ; null when there is none, or none yet. */
  found: number | null = null;
  readonly #last: number;
  readonly #all: readonly Blocks[];
  /** For each run but the first, the addresses at which not both have a block of the same size. */
  readonly #apart: readonly Set<number>[];
  #next = 0;

  constructor(runs: readonly ComparedRun[]) {
    this.#last = runs.length < 2 ? -1 : Math.max(...runs.map(({ steps }) => steps));
    this.#all = runs.map((run) => new Blocks(run));
    this.#apart = runs.slice(1).map(() => new Set());
  }

  /** Searches on for about `milliseconds`. @returns whether it is over */
  work(milliseconds: number): boolean {
    const end = Date.now() + milliseconds;
    while (!this.#over && Date.now() < end) {
      for (let i = 0; i < SLICE && !this.#over; i++) this.#step(this.#next++);
    }
    return this.#over;
  }

  get #over(): boolean {
    return this.found !== null || this.#next > this.#last;
  }

  #step(step: number): void {
    const changed = this.#all.map((blocks) => blocks.goTo(step));
    const [first, ...others] = this.#all;
    for (const [i, { sizes }] of others.entries()) {
      const apart = this.#apart[i]!;
      for (const address of [...changed[0]!, ...changed[i + 1]!]) {
        if (first!.sizes.get(address) === sizes.get(address)) apart.delete(address);
        else apart.add(address);
      }
      if (apart.size > 0) this.found = step;
    }
  }
}

/** The allocated blocks of a run at a step that goes on: sizes by address, which counts from the heap's base. */
class Blocks {
  readonly sizes = new Map<number, number>();
  #lives: Lives | null = null;
  #born = 0;
  #ended = 0;

  constructor(private readonly run: ComparedRun) {}

  /** Goes to `step`, the present one or the next, and returns the addresses at which something has changed. */
  goTo(step: number): number[] {
    const known = Math.min(step, this.run.steps);
    const lives = this.run.livesAt(known);
    const changed: number[] = [];
    if (lives !== this.#lives) {
      // A stretch begins with the blocks that are there already; a run begins with blocks that are new.
      this.#born = this.#lives === null ? 0 : lives.bornUpTo(lives.from);
      this.#ended = 0;
      this.#lives = lives;
    }
    for (; this.#ended < lives.diedUpTo(known); this.#ended++) {
      const address = this.#addressOf(lives, lives.ends[this.#ended]!);
      this.sizes.delete(address);
      changed.push(address);
    }
    for (; this.#born < lives.bornUpTo(known); this.#born++) {
      const address = this.#addressOf(lives, this.#born);
      this.sizes.set(address, lives.size[this.#born]!);
      changed.push(address);
    }
    return changed;
  }

  #addressOf(lives: Lives, life: number): number {
    return lives.address[life]! - this.run.base;
  }
}
