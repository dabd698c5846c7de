import { widened } from "../base/column";
import type { CurvePoints } from "./downsample";
import { METRIC_NAMES, METRICS, type MetricName } from "./metrics";
import type { Survey } from "./survey";

/** So many buckets at most: more than a screen has pixels. */
const MOST_BUCKETS = 8192;
/** Steps for which it is known at once whether any of them is notable. */
const FLAGGED = 4096;

/** A value of a metric, and the first step that has it. */
export interface Extreme {
  readonly step: number;
  readonly value: number;
}

/**
 * A whole run at a glance, as far as it has been surveyed: its notable steps, the lowest and the highest values of each metric in a few
 * thousand buckets of steps, and the scales that pictures need.
 */
export class Overview {
  /** The last step that it knows of; −1 before any is added. */
  known = -1;
  /** Bytes of the heap at its largest. */
  highest = 0;
  /** Bytes of the smallest and of the largest block. */
  least = Number.POSITIVE_INFINITY;
  most = 0;
  readonly #curves = Object.fromEntries(METRIC_NAMES.map((name) => [name, new Buckets()])) as Record<
    MetricName,
    Buckets
  >;
  #flags: Uint8Array = new Uint8Array(256);
  /** All the bits of each `FLAGGED` steps. */
  #together: Uint8Array = new Uint8Array(16);

  /** Adds what a survey knows and the overview does not; the survey begins at a step that is known, or at the first. */
  add(survey: Survey): void {
    const first = this.known + 1;
    const { columns, from, known } = survey;
    if (known < first) return;
    this.known = known;
    for (const name of METRIC_NAMES) {
      const { at } = METRICS[name];
      const curve = this.#curves[name];
      for (let step = first; step <= known; step++) curve.put(step, at(columns, step - from));
    }
    if (known >= this.#flags.length) this.#flags = widened(this.#flags, 2 * known);
    const rows = Math.ceil(this.#flags.length / FLAGGED);
    if (rows > this.#together.length) this.#together = widened(this.#together, rows);
    if (first === 0) for (const size of survey.start.size) this.#size(size);
    for (let step = first; step <= known; step++) {
      const at = step - from;
      this.#flags[step] = columns.flags[at]!;
      this.#together[Math.floor(step / FLAGGED)]! |= columns.flags[at]!;
      this.highest = Math.max(this.highest, columns.capacity[at]!);
      if (columns.sizes[at]! > 0) this.#size(columns.sizes[at]!);
    }
  }

  /** Knows the scales of the whole run from the beginning. */
  foretell({ highest, least, most }: Pick<Overview, "highest" | "least" | "most">): void {
    Object.assign(this, { highest, least, most });
  }

  /** The `StepFlag` bits of a step that is known. */
  flagsAt(step: number): number {
    return this.#flags[step]!;
  }

  /** The nearest known step after `step` (or before it) with any of the `StepFlag` bits of `mask`; null when there is none. */
  next(step: number, mask: number, direction: 1 | -1): number | null {
    const flags = this.#flags;
    const { known } = this;
    for (let at = step + direction; at >= 0 && at <= known; at += direction) {
      if ((this.#together[Math.floor(at / FLAGGED)]! & mask) === 0) {
        const row = Math.floor(at / FLAGGED) * FLAGGED;
        at = direction > 0 ? row + FLAGGED - 1 : row;
      } else if ((flags[at]! & mask) !== 0) return at;
    }
    return null;
  }

  /** The highest value of a metric. */
  highestOf(name: MetricName): Extreme {
    return this.#curves[name].highest();
  }

  /** The value of a metric at the last step that is known. */
  lastOf(name: MetricName): number {
    return this.#curves[name].last;
  }

  /**
   * At most `points` points of a metric's curve, with all its peaks, as `downsample` has them; of a run of few steps all.
   * @param points 4 or more
   */
  curve(name: MetricName, points: number): CurvePoints {
    return this.#curves[name].points(points, this.known);
  }

  #size(bytes: number): void {
    this.least = Math.min(this.least, bytes);
    this.most = Math.max(this.most, bytes);
  }
}

/** The lowest and the highest value of a curve in each of some buckets of `each` steps. */
class Buckets {
  last = Number.NaN;
  #each = 1;
  #count = 0;
  #least: Float64Array = new Float64Array(64);
  #most: Float64Array = new Float64Array(64);
  #leastAt: Uint32Array = new Uint32Array(64);
  #mostAt: Uint32Array = new Uint32Array(64);

  /** Puts the value of the step behind the last. */
  put(step: number, value: number): void {
    this.last = value;
    let bucket = Math.floor(step / this.#each);
    if (bucket === MOST_BUCKETS) {
      this.#halve();
      bucket = step / this.#each;
    }
    if (bucket === this.#count) this.#begin(step, value);
    else {
      if (value < this.#least[bucket]!) {
        this.#least[bucket] = value;
        this.#leastAt[bucket] = step;
      }
      if (value > this.#most[bucket]!) {
        this.#most[bucket] = value;
        this.#mostAt[bucket] = step;
      }
    }
  }

  highest(): Extreme {
    let best = 0;
    for (let bucket = 1; bucket < this.#count; bucket++)
      if (this.#most[bucket]! > this.#most[best]!) best = bucket;
    return { step: this.#mostAt[best]!, value: this.#most[best]! };
  }

  points(most: number, known: number): CurvePoints {
    const steps: number[] = [];
    const values: number[] = [];
    const add = (step: number, value: number) => {
      if (steps.at(-1) === step) return;
      steps.push(step);
      values.push(value);
    };
    const whole = this.#each === 1 && this.#count <= most;
    const together = whole ? 1 : Math.ceil(this.#count / Math.floor((most - 1) / 2));
    for (let from = 0; from < this.#count; from += together) {
      let [low, high] = [from, from];
      for (let bucket = from + 1; bucket < Math.min(this.#count, from + together); bucket++) {
        if (this.#least[bucket]! < this.#least[low]!) low = bucket;
        if (this.#most[bucket]! > this.#most[high]!) high = bucket;
      }
      const ends = [
        [this.#leastAt[low]!, this.#least[low]!],
        [this.#mostAt[high]!, this.#most[high]!],
      ] as const;
      for (const [step, value] of ends[0][0] <= ends[1][0] ? ends : [ends[1], ends[0]]) add(step, value);
    }
    if (known >= 0) add(known, this.last);
    return { steps: Int32Array.from(steps), values: Float64Array.from(values) };
  }

  #begin(step: number, value: number): void {
    const bucket = this.#count++;
    if (bucket === this.#least.length) {
      this.#least = widened(this.#least, 2 * bucket);
      this.#most = widened(this.#most, 2 * bucket);
      this.#leastAt = widened(this.#leastAt, 2 * bucket);
      this.#mostAt = widened(this.#mostAt, 2 * bucket);
    }
    this.#least[bucket] = this.#most[bucket] = value;
    this.#leastAt[bucket] = this.#mostAt[bucket] = step;
  }

  /** Puts every two buckets together. */
  #halve(): void {
    this.#each *= 2;
    this.#count /= 2;
    for (let bucket = 0; bucket < this.#count; bucket++) {
      const [one, other] = [2 * bucket, 2 * bucket + 1];
      const low = this.#least[other]! < this.#least[one]! ? other : one;
      const high = this.#most[other]! > this.#most[one]! ? other : one;
      this.#least[bucket] = this.#least[low]!;
      this.#leastAt[bucket] = this.#leastAt[low]!;
      this.#most[bucket] = this.#most[high]!;
      this.#mostAt[bucket] = this.#mostAt[high]!;
    }
  }
}
