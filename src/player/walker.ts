import type { NotationName } from "../run/decision/notation";
import type { Film } from "./film";
import { type Look, WHOLE } from "./look";
import { Walk } from "./walk";

/** Walks through the decision of the present operation of one of the runs, and says what is shown of that run meanwhile. */
export class Walker {
  /** Whether decisions are to be seen at all. What is not seen is not computed. */
  open = false;
  /** The decision of the chosen run's present operation; null when it is not seen, and before the first operation. */
  walk: Walk | null = null;
  /** The step of the decision that is shown; null for the operation as a whole. */
  at: number | null = null;
  /** What another fit's choice marks, while it is pointed at. */
  pointed: Look["marks"] | null = null;
  #film: Film;
  #notation: NotationName = "decimal";
  /** Of which operation of which run `walk` is. */
  #seen: { readonly film: Film; readonly step: number } | null = null;
  /** Where in the next decision to begin, when it is reached by walking on. */
  #entry: "first" | "last" | null = null;

  constructor(film: Film) {
    this.#film = film;
  }

  /** The run whose decisions are walked. */
  get film(): Film {
    return this.#film;
  }

  choose(film: Film): void {
    this.#film.look = WHOLE;
    this.#film = film;
    this.#forget();
  }

  get notation(): NotationName {
    return this.#notation;
  }

  /** Writes addresses and sizes another way; the place in the decision stays. */
  write(notation: NotationName): void {
    this.#notation = notation;
    if (this.walk && this.#seen) this.walk = new Walk(this.#film.history, this.#seen.step, notation);
  }

  /** Goes to the player's step, and decides what is shown of the chosen run. */
  see(playerStep: number): void {
    const film = this.#film;
    const own = playerStep - film.from;
    const step = this.open && own > 0 && own <= film.reach ? own : 0;
    if (this.#seen?.film !== film || this.#seen.step !== step) {
      this.walk = step > 0 ? new Walk(film.history, step, this.#notation, film.cursor) : null;
      this.#seen = { film, step };
      this.pointed = null;
      this.at = null;
      if (this.walk && this.#entry) this.at = this.#entry === "first" ? 0 : this.walk.steps.length - 1;
    }
    this.#entry = null;
    film.look = this.#look();
  }

  /** Shows a step of the decision; null for the operation as a whole. */
  select(at: number | null): void {
    this.at = at;
    this.pointed = null;
  }

  /**
   * Goes a step of the decision on or back, and behind its last, or before its first, to the next operation's.
   * @returns by how many of the player's steps it has to go for that: `direction` or 0
   */
  move(direction: 1 | -1): number {
    const last = (this.walk?.steps.length ?? 0) - 1;
    const next = this.at === null ? (direction > 0 ? 0 : last) : this.at + direction;
    if (next >= 0 && next <= last) {
      this.select(next);
      return 0;
    }
    this.#entry = direction > 0 ? "first" : "last";
    return direction;
  }

  /** Whether there is more of the present decision behind the step that is shown. */
  get under(): boolean {
    return this.walk !== null && this.at !== null && this.at < this.walk.steps.length - 1;
  }

  #forget(): void {
    this.#seen = null;
    this.walk = null;
    this.at = null;
    this.pointed = null;
  }

  #look(): Look {
    if (!this.walk) return WHOLE;
    if (this.pointed) return { ...this.walk.look(-1), marks: this.pointed };
    return this.at === null ? WHOLE : this.walk.look(this.at);
  }
}
