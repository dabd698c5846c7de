import { type BranchPolicy, branch } from "../run/branch";
import type { History } from "../run/history";
import { nameOf } from "./branch-line";
import { Film } from "./film";
import type { RunView } from "./run-view";

/** Milliseconds of reading before the first frame. */
const READ_FIRST = 250;

/** A run, and what it is called; "" for a run that stands alone. */
export interface ShownRun {
  readonly label: string;
  readonly history: History;
}

/** The runs of a player, side by side: those that it was given, and those that branched off from one. */
export class RunRow {
  readonly films: Film[] = [];
  readonly views: RunView[] = [];
  readonly #makeView: (film: Film, given: boolean) => RunView;
  #given: readonly Film[] = [];

  /** @param makeView makes the view of a run; `given` is whether the player was given it */
  constructor(runs: readonly ShownRun[], makeView: (film: Film, given: boolean) => RunView) {
    this.#makeView = makeView;
    this.set(runs);
  }

  /** The runs that the player was given. */
  get given(): readonly Film[] {
    return this.#given;
  }

  /** Shows other runs, in the views that are there; what branched off from the former ones goes with them. */
  set(runs: readonly ShownRun[]): void {
    const films = runs.map(({ label, history }) => new Film(label, history));
    for (const film of films) film.read(READ_FIRST / films.length);
    const kept = Math.min(films.length, this.#given.length);
    for (const view of this.views.splice(kept)) view.purge();
    for (const [i, view] of this.views.entries()) view.show(films[i]!);
    this.views.push(...films.slice(kept).map((film) => this.#makeView(film, true)));
    this.films.splice(0, this.films.length, ...films);
    this.#given = films;
  }

  viewOf(film: Film): RunView {
    return this.views[this.films.indexOf(film)]!;
  }

  /** Adds what had come of a run if its operation `step` and all behind it had had another policy. */
  branch(film: Film, step: number, policy: BranchPolicy): void {
    const label = `${nameOf(policy)} from step ${film.from + step} on`;
    const branched = new Film(label, branch(film.history, step - 1, policy), film.from + step - 1);
    this.films.push(branched);
    this.views.push(this.#makeView(branched, false));
  }

  remove(film: Film): void {
    const at = this.films.indexOf(film);
    this.films.splice(at, 1);
    const [view] = this.views.splice(at, 1);
    view!.purge();
  }

  /** How many twentieths of the runs have been read. */
  get progress(): number {
    const known = this.films.reduce((sum, film) => sum + film.known, 0);
    const steps = this.films.reduce((sum, film) => sum + film.steps, 0);
    return steps === 0 ? 20 : Math.floor((20 * known) / steps);
  }

  /** Reads on for about `milliseconds`. @returns the runs that had not been read to their ends before */
  read(milliseconds: number): Film[] {
    const open = this.films.filter((film) => !film.done);
    for (const film of open) film.read(milliseconds / open.length);
    return open;
  }
}
