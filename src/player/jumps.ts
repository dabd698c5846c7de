import { firstDifference } from "../run/first-difference";
import { type Film, STOPS, type StopName } from "./film";

/** What there is to jump to. */
export type Jump = StopName | "difference";

/** The steps to which a reader can jump: the notable ones of any run, and the first in which runs differ. */
export class Jumps {
  readonly #films: readonly Film[];
  readonly #given: ReadonlySet<Film>;
  #difference: number | null = null;

  /**
   * @param films the runs that are shown; more may come
   * @param given those that are compared: one that branched off differs from its beginning on, or never
   */
  constructor(films: readonly Film[], given: ReadonlySet<Film>) {
    this.#films = films;
    this.#given = given;
  }

  /** The first step in which the runs differ; null when they do not, or have not been compared. */
  get difference(): number | null {
    return this.#difference;
  }

  /** Compares the runs, which have been read to their ends. */
  compare(): void {
    this.#difference = firstDifference([...this.#given].map((film) => film.lives));
  }

  /** Whether there is any such step, as far as is known yet. */
  has(stop: Jump): boolean {
    if (stop === "difference" && this.#given.size === 1) return false;
    if (this.#films.some((film) => !film.done)) return true;
    if (stop === "difference") return this.#difference !== null;
    return this.#films.some((film) => film.next(0, STOPS[stop].mask, 1) !== null);
  }

  /** The nearest such step after the step `from`, or before it; null when there is none. */
  find(stop: Jump, from: number, direction: 1 | -1): number | null {
    if (stop === "difference") {
      const there = this.#difference;
      return there !== null && (there - from) * direction > 0 ? there : null;
    }
    const found = this.#films.map((film) => film.next(from, STOPS[stop].mask, direction));
    const steps = found.filter((step) => step !== null);
    if (steps.length === 0) return null;
    return direction > 0 ? Math.min(...steps) : Math.max(...steps);
  }
}
