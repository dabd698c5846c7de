import { DifferenceSearch } from "../run/first-difference";
import { STOPS, type StopName } from "./film";
import type { RunRow } from "./run-row";

/** What there is to jump to. */
export type Jump = StopName | "difference";

/** The steps to which a reader can jump: the notable ones of any run, and the first in which runs differ. */
export class Jumps {
  readonly #runs: RunRow;
  /** Of the runs given: one that branched off differs from its beginning on, or never. */
  #search: DifferenceSearch | null = null;
  #of: RunRow["given"] = [];

  constructor(runs: RunRow) {
    this.#runs = runs;
  }

  /** The first step in which the runs differ; null when they do not, or have not been compared. */
  get difference(): number | null {
    return this.#search?.found ?? null;
  }

  /** Compares the runs, which have been read to their ends, for about `milliseconds`. @returns whether they have been compared */
  compare(milliseconds: number): boolean {
    const { given } = this.#runs;
    if (given !== this.#of || this.#search === null) this.#search = new DifferenceSearch(given);
    this.#of = given;
    return this.#search.work(milliseconds);
  }

  /** Whether there is any such step, as far as is known yet. */
  has(stop: Jump): boolean {
    if (stop === "difference" && this.#runs.given.length === 1) return false;
    if (this.#runs.films.some((film) => !film.done)) return true;
    if (stop === "difference") return this.difference !== null;
    return this.#runs.films.some((film) => film.next(0, STOPS[stop].mask, 1) !== null);
  }

  /** The nearest such step after the step `from`, or before it; null when there is none, or none is known to be the nearest. */
  find(stop: Jump, from: number, direction: 1 | -1): number | null {
    if (stop === "difference") {
      const there = this.difference;
      return there !== null && (there - from) * direction > 0 ? there : null;
    }
    const found = this.#runs.films.map((film) => film.nearest(from, STOPS[stop].mask, direction));
    const steps = found.filter((step) => step !== null);
    if (steps.length === 0) return null;
    return direction > 0 ? Math.min(...steps) : Math.max(...steps);
  }
}
