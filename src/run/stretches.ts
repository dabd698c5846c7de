import { decodeIndex, encodeIndex } from "./codec/run-index";
import { enterKeyframe, packKeyframe } from "./keyframe";
import { Overview } from "./overview";
import type { RunSource } from "./rerun";
import { runOn } from "./run-on";
import { type Figures, type Landing, Survey } from "./survey";

/** Steps of a run of which the figures of all are kept: of a longer one, those of the stretches that are asked for. */
export const LONG = 2 ** 20;

/** How a long run is cut. */
export interface StretchOptions {
  /** Steps of a run that is not cut, at most. Default `LONG`. */
  readonly whole?: number;
  /** Steps of a stretch. */
  readonly stretch?: number;
  /** Steps from one keyframe to the next, at least: `stretch` times a power of two. */
  readonly spacing?: number;
  /** Bytes that keyframes may take. */
  readonly budget?: number;
}

/** A keyframe of so many bytes takes about as long to make as one step to survey. */
const BYTES_A_STEP = 16;

/** Stretches that are kept: those of which several runs side by side, their panels and their cursors ask in turn. */
const KEPT = 3;

/**
 * What is known of a run that is too long for figures of each of its steps to be kept. It is surveyed a stretch at a time: each from the
 * keyframe before it, when it is asked for. One pass over the run, `work`, makes the keyframes and the overview; keyframes that came with
 * the run make every step near from the beginning.
 */
export class Stretches {
  readonly overview = new Overview();
  readonly #source: RunSource;
  readonly #stretch: number;
  #spacing: number;
  readonly #budget: number;
  /** By step. */
  readonly #keyframes = new Map<number, Uint8Array>();
  #bytes = 0;
  /** The figures at the beginnings of stretches: where they are known, the way there need not be surveyed. */
  readonly #figures = new Map<number, Figures>();
  readonly #elders: readonly number[];
  #pass: Survey;
  /** Where the last stretch ended: the next is often behind it. */
  #ended: Landing;
  #kept: Survey[] = [];
  #near: Survey | null = null;

  constructor(
    source: RunSource,
    { stretch = 1024, spacing = 4096, budget = 192 * 2 ** 20 }: StretchOptions = {},
  ) {
    this.#source = source;
    this.#stretch = stretch;
    this.#spacing = spacing;
    this.#budget = budget;
    this.#ended = new Survey(source, { checkpoints: false }).land();
    this.#elders = this.#ended.elders;
    this.#figures.set(0, this.#ended.figures!);
    this.#keep(0, packKeyframe(this.#ended));
    this.#pass = new Survey(source, { checkpoints: false });
    this.overview.add(this.#pass);
  }

  /** Passes over the run for about `milliseconds`. @returns whether all of it has been passed over */
  work(milliseconds: number): boolean {
    const end = Date.now() + milliseconds;
    const { length } = this.#source.log;
    while (this.overview.known < length && Date.now() < end) {
      const pass = this.#pass;
      const stop = Math.min(length, (Math.floor(pass.from / this.#spacing) + 1) * this.#spacing);
      pass.reach(Math.min(stop, pass.known + 256));
      if (pass.known < stop) continue;
      this.overview.add(pass);
      const first = Math.ceil(pass.from / this.#stretch) * this.#stretch;
      for (let at = first; at <= stop; at += this.#stretch) this.#figures.set(at, pass.figuresAt(at)!);
      if (stop % this.#spacing > 0) continue;
      const from = pass.land();
      this.#keep(stop, packKeyframe(from));
      this.#pass = new Survey(this.#source, { from, blocks: false, checkpoints: false });
    }
    return this.overview.known === length;
  }

  /** The stretch of a step: of step 0 the first, of a step where two meet the earlier. */
  at(step: number): Survey {
    const from = Math.floor(Math.max(0, step - 1) / this.#stretch) * this.#stretch;
    const stop = Math.min(from + this.#stretch, this.#source.log.length);
    const [last] = this.#kept;
    if (last?.from === from && last.known === stop) return last;
    // One that was made while the run was being recorded may end before its time.
    let found = this.#kept.find((one) => one.from === from && one.known === stop);
    if (found === undefined) {
      found = new Survey(this.#source, { from: this.#reach(from, true), checkpoints: false });
      found.reach(stop);
      this.#ended = found.land();
    }
    const others = this.#kept.filter((one) => one.from !== from);
    this.#kept = [found, ...others.slice(0, KEPT - 1)];
    return found;
  }

  /**
   * The run at a step, or as many steps before it as are tolerated where that is quicker: a survey that goes no further than its
   * beginning.
   */
  near(step: number, tolerance: number): Survey {
    const [keyframe] = this.#keyframeBefore(step);
    const at = step - keyframe <= tolerance ? keyframe : step;
    if (this.#near?.from !== at) {
      const from = this.#reach(at, false);
      this.#near = new Survey(this.#source, { from, checkpoints: false });
      this.#ended = this.#near.land();
    }
    return this.#near;
  }

  /** The whole run, a part after the other, in a pass of its own. */
  *all(): IterableIterator<Survey> {
    const { length } = this.#source.log;
    for (let from: Landing | undefined; (from?.rerun.step ?? -1) < length; ) {
      const part = new Survey(this.#source, { ...(from && { from, blocks: false }), checkpoints: false });
      part.reach(Math.min(length, part.from + this.#stretch));
      yield part;
      from = part.land();
    }
  }

  /** The keyframes, by step. */
  get keyframes(): ReadonlyMap<number, Uint8Array> {
    return this.#keyframes;
  }

  /** Text that makes every step near, of a run that has been passed over: about so many bytes of keyframes at most. */
  index(budget: number): string {
    const { highest, least, most } = this.overview;
    const scales = { highest, least, most };
    const figures = [...this.#figures.keys()].sort((a, b) => a - b).map((step) => this.#figures.get(step)!);
    return encodeIndex({ scales, figures, keyframes: this.#sparse(budget) });
  }

  /** Takes what `index` returned. */
  takeIndex(text: string): void {
    const { scales, figures, keyframes } = decodeIndex(text);
    this.overview.foretell(scales);
    for (const [i, one] of figures.entries()) this.#figures.set(i * this.#stretch, one);
    for (const [step, bytes] of keyframes) if (step > 0) this.#keep(step, bytes);
  }

  /** Keyframes as evenly spaced as there are that take so many bytes at most, but two. */
  #sparse(budget: number): ReadonlyMap<number, Uint8Array> {
    for (let spacing = this.#spacing; ; spacing += this.#spacing) {
      const some = [...this.#keyframes].filter(([step]) => step % spacing === 0);
      if (some.length <= 2 || some.reduce((sum, [, { length }]) => sum + length, 0) <= budget)
        return new Map(some);
    }
  }

  /** The run at a step, from the last stretch if it is before it and near, else from the keyframe. @param figured with the figures there */
  #reach(step: number, figured: boolean): Landing {
    const known = this.#figures.get(step) ?? null;
    const quiet = known !== null || !figured;
    const at = this.#landingBefore(step, quiet);
    if (at.rerun.step === step) return { ...at, figures: at.figures ?? known };
    if (quiet) return runOn(at, step, this.#source.log, known);
    const way = new Survey(this.#source, { from: at, blocks: false, checkpoints: false });
    way.reach(step);
    return way.land();
  }

  /** Where the last stretch ended, or a keyframe; with the figures there unless it is `quiet`. */
  #landingBefore(step: number, quiet: boolean): Landing {
    for (;;) {
      const [near, bytes] = this.#keyframeBefore(step);
      const { rerun, figures } = this.#ended;
      if (rerun.step <= step && rerun.step >= near && (quiet || figures !== null)) return this.#ended;
      try {
        return this.#enter(near, bytes);
      } catch (error) {
        if (near === 0) throw error;
        // What came with the run was none: it is as if it had not come.
        this.#keyframes.delete(near);
        this.#bytes -= bytes.length;
        this.#ended = this.#enter(0, this.#keyframes.get(0)!);
      }
    }
  }

  #enter(step: number, bytes: Uint8Array): Landing {
    const figures = this.#figures.get(step) ?? null;
    return { ...enterKeyframe(bytes, step, this.#ended.rerun, this.#elders), figures };
  }

  #keyframeBefore(step: number): [step: number, bytes: Uint8Array] {
    let near = Math.floor(step / this.#stretch) * this.#stretch;
    let bytes = this.#keyframes.get(near);
    while (bytes === undefined) {
      near -= this.#stretch;
      bytes = this.#keyframes.get(near);
    }
    return [near, bytes];
  }

  #keep(step: number, bytes: Uint8Array): void {
    this.#bytes += bytes.length - (this.#keyframes.get(step)?.length ?? 0);
    this.#keyframes.set(step, bytes);
    while (
      (this.#bytes > this.#budget && this.#keyframes.size > 2) ||
      bytes.length > this.#spacing * BYTES_A_STEP
    ) {
      this.#spacing *= 2;
      for (const [at, one] of this.#keyframes) {
        if (at % this.#spacing === 0) continue;
        this.#keyframes.delete(at);
        this.#bytes -= one.length;
      }
    }
  }
}
