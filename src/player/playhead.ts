import { Clock } from "./clock";
import type { Tempo } from "./tempo";
import type { Walker } from "./walker";

/** Where a player is in its runs, and whether it plays on from there. */
export class Playhead {
  readonly #clock: Clock;
  #step: number;
  /** Whether the step is the one that the player chose to open at: playing then starts from the first. */
  #poster: boolean;
  #own = false;

  /**
   * @param step the first to be shown
   * @param poster whether the player chose it
   * @param changed is called when another step, or another place in a decision, is to be shown, and when it plays or does no more
   */
  constructor(
    private readonly tempo: Tempo,
    private readonly walker: Walker,
    step: number,
    poster: boolean,
    private readonly changed: () => void,
  ) {
    this.#step = clamp(step, tempo.steps);
    this.#poster = poster;
    this.#clock = new Clock(
      () => tempo.speed,
      (ahead) => tempo.weight(this.#step + ahead),
      (due) => this.#advance(due),
    );
  }

  get step(): number {
    return this.#step;
  }

  /** Whether the step is one that the reader went to. */
  get own(): boolean {
    return this.#own;
  }

  get playing(): boolean {
    return this.#clock.playing;
  }

  play(): void {
    const ended = this.#step >= this.tempo.steps && !(this.tempo.walking && this.walker.under);
    this.#be(this.#poster || ended ? 0 : this.#step, true);
    this.#clock.start();
    this.changed();
  }

  pause(): void {
    this.#clock.stop();
    this.changed();
  }

  /** Goes to a step. @param own whether it is the reader who goes */
  go(step: number, own: boolean): void {
    this.#be(clamp(step, this.tempo.steps), own);
    this.pause();
  }

  /** Goes on or back in the decision, and from its end to the next operation's. @returns whether there was anywhere to go */
  walk(direction: 1 | -1): boolean {
    const step = this.#step + this.walker.move(direction);
    if (step < 0 || step > this.tempo.steps) return false;
    if (step !== this.#step) this.#be(step, true);
    this.walker.see(step);
    this.changed();
    return true;
  }

  #be(step: number, own: boolean): void {
    this.#step = step;
    this.#own = own;
    this.#poster = false;
  }

  #advance(due: number): boolean {
    if (this.tempo.walking) {
      for (let i = 0; i < due; i++) if (!this.walk(1)) return this.#end();
      return true;
    }
    if (this.#step === this.tempo.steps) return this.#end();
    this.#step = Math.min(this.tempo.steps, this.#step + due);
    this.changed();
    return true;
  }

  #end(): false {
    this.pause();
    return false;
  }
}

function clamp(step: number, steps: number): number {
  return Math.min(steps, Math.max(0, Math.round(step) || 0));
}
