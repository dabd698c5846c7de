import { type Pace, REST, usualPace } from "./clock";
import { ANY_STOP, type Film } from "./film";
import type { PlayerOptions } from "./player-options";
import type { Walker } from "./walker";

/** Steps of a decision a second that can still be read along, and the pace of those who want to see them. */
const READABLE = 4;
const SLOW: Pace = { of: "steps", value: 2 };

/** How fast a player plays, and for how long each step is shown. */
export class Tempo {
  pace: Pace;
  /** Whether playing rests on notable steps. */
  rest: boolean;
  /** Whether playing walks through each decision, while decisions are to be seen. */
  walks = false;
  /** What notable steps add, and what was known of the runs when that was counted. */
  #counted = { known: "", rests: 0 };

  constructor(
    options: PlayerOptions,
    public steps: number,
    private readonly films: readonly Film[],
    private readonly walker: Walker,
  ) {
    this.pace = paceOf(options, steps);
    this.rest = options.rest ?? false;
  }

  /** Whether playing goes step by step of each decision. */
  get walking(): boolean {
    return this.walks && this.walker.open;
  }

  /** Units of time a second: steps that are not notable, or not rested on, take one each. */
  get speed(): number {
    const { of, value } = this.pace;
    if (of === "steps") return value;
    if (this.walking) return READABLE;
    return (this.steps + (this.rest ? this.#rests() : 0)) / value;
  }

  /** Units of time that notable steps take beyond one each: counted when they are needed, and again when the runs have been read. */
  #rests(): number {
    const known = this.films.map((film) => film.done).join();
    if (known !== this.#counted.known) {
      let rests = 0;
      for (let step = 1; step <= this.steps; step++) rests += this.weight(step) - 1;
      this.#counted = { known, rests };
    }
    return this.#counted.rests;
  }

  /** For how many units of time a step is shown. */
  weight(step: number): number {
    return this.rest && !this.walking && this.films.some((film) => film.has(step, ANY_STOP)) ? REST : 1;
  }

  /** Slows down to a pace at which a decision can be read along. @returns whether it was faster */
  slowDown(): boolean {
    if (this.speed <= READABLE) return false;
    this.pace = SLOW;
    return true;
  }
}

function paceOf({ speed, duration }: PlayerOptions, steps: number): Pace {
  if (speed !== undefined && speed > 0) return { of: "steps", value: speed };
  if (duration !== undefined && duration > 0) return { of: "run", value: duration };
  return usualPace(steps);
}
