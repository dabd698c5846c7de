/** Decides, while a run plays, which step is due. */
export class Clock {
  /** Steps per second. */
  speed: number;
  /** Whether notable steps are shown longer. */
  rest: boolean;
  #frame = 0;
  #then = 0;
  #owed = 0;

  /**
   * @param weight how many steps' time a step is shown when resting
   * @param advance is given how many steps are due, and says whether there is more to play
   */
  constructor(
    options: { speed: number; rest: boolean },
    private readonly weight: (ahead: number) => number,
    private readonly advance: (steps: number) => boolean,
  ) {
    this.speed = options.speed;
    this.rest = options.rest;
  }

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
    this.#owed += (Math.min(250, Math.max(0, now - this.#then)) / 1000) * this.speed;
    this.#then = now;
    let due = 0;
    while (this.#owed >= this.#weightOf(due)) {
      this.#owed -= this.#weightOf(due);
      due++;
    }
    if (due > 0 && !this.advance(due)) this.#frame = 0;
    else if (this.#frame !== 0) this.#frame = requestAnimationFrame(this.#tick);
  };

  #weightOf(ahead: number): number {
    return this.rest ? this.weight(ahead) : 1;
  }
}
