/** How fast a run plays: so many steps a second, or the whole run in so many seconds. */
export interface Pace {
  readonly of: "steps" | "run";
  readonly value: number;
}

/** How many steps' time a notable step is shown while playing rests on these. */
export const REST = 3;

/** What a run plays at unless its author says otherwise. */
export function usualPace(steps: number): Pace {
  return steps <= 240 ? { of: "steps", value: 8 } : { of: "run", value: 30 };
}

/** The paces that are offered for a run of so many steps: those at which it ends within an hour and is not over at once. */
export function pacesFor(steps: number, chosen: Pace): Pace[] {
  const rates = [1, 2, 4, 8, 15, 30, 60, 200, 1000].filter(
    (rate) => rate === 1 || (steps / rate >= 1 && steps / rate <= 3600),
  );
  const all: Pace[] = [10, 30, 60].map((value) => ({ of: "run", value }));
  all.push(...rates.map((value): Pace => ({ of: "steps", value })));
  if (!all.some(({ of, value }) => of === chosen.of && value === chosen.value)) all.push(chosen);
  return all.sort((a, b) => (a.of === b.of ? a.value - b.value : a.of === "run" ? -1 : 1));
}

/**
 * Decides, while a run plays, which step is due. The first one is due at once, and each is shown for its time, also the last:
 * 100 steps at 8 a second play for 12.5 seconds.
 */
export class Clock {
  #frame = 0;
  #then = 0;
  #owed = 0;

  /**
   * @param speed units of time a second, in the present
   * @param weight how many units of time the step `ahead` steps from the present one is shown
   * @param advance is given how many steps are due; returns false when there is none left to show, which ends the playing
   */
  constructor(
    private readonly speed: () => number,
    private readonly weight: (ahead: number) => number,
    private readonly advance: (steps: number) => boolean,
  ) {}

  get playing(): boolean {
    return this.#frame !== 0;
  }

  start(): void {
    if (this.playing) return;
    this.#then = performance.now();
    // The first press shows something at once.
    this.#owed = this.weight(0);
    this.#frame = requestAnimationFrame(this.#tick);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #tick = (now: number): void => {
    // After a pause of the page, for instance in a hidden tab, it goes on where it was.
    this.#owed += (Math.min(250, Math.max(0, now - this.#then)) / 1000) * this.speed();
    this.#then = now;
    let due = 0;
    for (let weight = this.weight(0); this.#owed >= weight; weight = this.weight(due)) {
      this.#owed -= weight;
      due++;
    }
    if (due > 0 && !this.advance(due)) this.#frame = 0;
    else if (this.#frame !== 0) this.#frame = requestAnimationFrame(this.#tick);
  };
}
