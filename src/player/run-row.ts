import type { FitName } from "../heap/fits";
import { branch } from "../run/branch";
import { History } from "../run/history";
import { Film } from "./film";
import type { PlayerRun } from "./payload";
import type { RunView } from "./run-view";

/** Milliseconds of reading before the first frame. */
const READ_FIRST = 250;

/** The runs of a player, side by side: those that it was given, and those that branched off from one. */
export class RunRow {
  readonly films: Film[];
  readonly views: RunView[];
  /** The runs that were there from the start. */
  readonly given: readonly Film[];
  readonly #makeView: (film: Film, given: boolean) => RunView;

  /** @param makeView makes the view of a run; `given` is whether it was there from the start */
  constructor(runs: readonly PlayerRun[], makeView: (film: Film, given: boolean) => RunView) {
    this.films = runs.map(({ label, history }) => new Film(label, History.decode(history)));
    for (const film of this.films) film.read(READ_FIRST / this.films.length);
    this.given = this.films.slice();
    this.#makeView = makeView;
    this.views = this.films.map((film) => makeView(film, true));
  }

  viewOf(film: Film): RunView {
    return this.views[this.films.indexOf(film)]!;
  }

  /** Adds what had come of a run if its operation `step` and all behind it had had another fit. */
  branch(film: Film, step: number, fit: FitName): void {
    const label = `${fit} fit from step ${film.from + step} on`;
    const branched = new Film(label, branch(film.history, step - 1, { fit }), film.from + step - 1);
    this.films.push(branched);
    this.views.push(this.#makeView(branched, false));
  }

  remove(film: Film): void {
    const at = this.films.indexOf(film);
    this.films.splice(at, 1);
    const [view] = this.views.splice(at, 1);
    view!.purge();
  }

  /** Reads on for about `milliseconds`. @returns the runs that had not been read to their ends before */
  read(milliseconds: number): Film[] {
    const open = this.films.filter((film) => !film.done);
    for (const film of open) film.read(milliseconds / open.length);
    return open;
  }
}
