import * as v from "valibot";
import { wholeNumber } from "../base/document";
import { oneOf } from "../base/wrong-argument";
import type { HeapEvent } from "../heap/event";
import type { Heap } from "../heap/heap";
import type { CurvePoints } from "./downsample";
import { isDenied, searchOf } from "./event-summary";
import { METRIC_NAMES, METRICS, type MetricName } from "./metrics";
import type { SurveyColumns } from "./survey";

/** Curves of metrics by their names. */
export type MetricCurves = Readonly<Partial<Record<MetricName, CurvePoints>>>;

/** How far a `CurveRecorder` has come, as plain data. */
export interface CurvesState {
  /** What the blocks that were there from the start asked for, and how far up they lie. */
  readonly liveAtStart: number;
  readonly highAtStart: number;
  /** Requests that were denied. */
  readonly denied: number;
  readonly curves: readonly GrowingCurveState[];
}

interface GrowingCurveState {
  readonly length: number;
  readonly step: number;
  readonly first: number;
  readonly last: number;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

const anyNumber = v.custom<number>((value) => typeof value === "number", "must be a number");

/** The fields of a `CurvesState`, each with what it may hold by itself. */
export const CURVES_STATE: v.GenericSchema<unknown, CurvesState> = v.object({
  liveAtStart: wholeNumber(),
  highAtStart: wholeNumber(),
  denied: wholeNumber(),
  curves: v.array(
    v.object({
      length: wholeNumber(1),
      step: wholeNumber(),
      first: anyNumber,
      last: anyNumber,
      steps: v.array(wholeNumber(0, 2 ** 31 - 1)),
      values: v.array(anyNumber),
    }),
  ),
});

/**
 * Draws curves of metrics over a run that is not recorded: of each stretch of steps the lowest and the highest value, so that no peak
 * is lost; of equal ones the first. The stretches are of one length, a power of two, which doubles when there would be too many of them.
 */
export class CurveRecorder {
  readonly #heap: Heap;
  readonly #curves: readonly (readonly [MetricName, GrowingCurve])[];
  /** The state at the present step, as a survey of one step. */
  readonly #columns: SurveyColumns = {
    live: new Float64Array(1),
    used: new Float64Array(1),
    largest: new Float64Array(1),
    capacity: new Float64Array(1),
    highWater: new Float64Array(1),
    sizes: new Float64Array(1),
    holes: new Int32Array(1),
    examined: new Int32Array(1),
    denied: new Int32Array(1),
    births: new Int32Array(1),
    flags: new Uint8Array(1),
  };
  /** What blocks that were there from the start add. */
  #liveAtStart = 0;
  #highAtStart = 0;

  /**
   * @param points of each curve at most
   * @throws RangeError for a name that is no metric's, or fewer than 4 points
   */
  constructor(heap: Heap, names: readonly MetricName[], points: number) {
    if (!(Number.isInteger(points) && points >= 4)) {
      throw new RangeError(
        `options.curvePoints is a whole number from 4, not ${points}; leave it out for 2,000.`,
      );
    }
    this.#heap = heap;
    this.#curves = names.map((name) => {
      oneOf("options.curves", name, METRIC_NAMES);
      return [name, new GrowingCurve(Math.floor((points - 2) / 2))];
    });
    for (const { address, size, free } of heap.blocks()) {
      if (free) continue;
      this.#liveAtStart += size - heap.header;
      this.#highAtStart = address + size - heap.base;
    }
    this.step(0, 0);
  }

  /** Takes what an operation did, before its step is noted. */
  see(event: HeapEvent): void {
    this.#columns.examined[0] = searchOf(event)?.examined ?? 0;
    if (isDenied(event)) this.#columns.denied[0]!++;
  }

  /** Notes the next step: the heap as it is, the bytes that blocks of this run ask for, and how far they ever reached. */
  step(live: number, highWater: number): void {
    const { capacity, usedBytes, holeCount, largestHole } = this.#heap;
    const columns = this.#columns;
    columns.live[0] = this.#liveAtStart + live;
    columns.highWater[0] = Math.max(this.#highAtStart, highWater);
    columns.capacity[0] = capacity;
    columns.used[0] = usedBytes;
    columns.holes[0] = holeCount;
    columns.largest[0] = largestHole;
    for (const [name, curve] of this.#curves) curve.add(METRICS[name].at(columns, 0));
    columns.examined[0] = 0;
  }

  /** How far it has come, for `load`. */
  save(): CurvesState {
    return {
      liveAtStart: this.#liveAtStart,
      highAtStart: this.#highAtStart,
      denied: this.#columns.denied[0]!,
      curves: this.#curves.map(([, curve]) => curve.save()),
    };
  }

  /**
   * Goes to where one of the same metrics and as many points has come after so many steps.
   * @throws RangeError for where none can have come, with the field and the rule; then nothing has changed
   */
  load({ liveAtStart, highAtStart, denied, curves }: CurvesState, steps: number): void {
    const fits = curves.length === this.#curves.length;
    if (!fits) throw new RangeError(`its curves must be ${this.#curves.length}, not ${curves.length}`);
    for (const [i, [, curve]] of this.#curves.entries())
      if (!curve.takes(curves[i]!, steps)) throw new RangeError(`its curves[${i}] must be of ${steps} steps`);
    for (const [i, [, curve]] of this.#curves.entries()) curve.load(curves[i]!);
    this.#liveAtStart = liveAtStart;
    this.#highAtStart = highAtStart;
    this.#columns.denied[0] = denied;
  }

  /** The curves so far. */
  get curves(): MetricCurves {
    return Object.fromEntries(this.#curves.map(([name, curve]) => [name, curve.points()]));
  }
}

/** A curve whose values come one by one. */
class GrowingCurve {
  /** Steps of a stretch. */
  #length = 1;
  #step = 0;
  #first = Number.NaN;
  #last = Number.NaN;
  /** Of each stretch the steps of the lowest and of the highest value, and these; `stretches` of them at most. */
  readonly #steps: Int32Array;
  readonly #values: Float64Array;

  constructor(stretches: number) {
    this.#steps = new Int32Array(2 * stretches);
    this.#values = new Float64Array(2 * stretches);
  }

  add(value: number): void {
    const step = this.#step++;
    if (step === 0) this.#first = value;
    this.#last = value;
    while (2 * Math.floor(step / this.#length) >= this.#values.length) this.#double();
    const low = 2 * Math.floor(step / this.#length);
    const begins = step % this.#length === 0;
    if (begins || value < this.#values[low]!) this.#set(low, step, value);
    if (begins || value > this.#values[low + 1]!) this.#set(low + 1, step, value);
  }

  save(): GrowingCurveState {
    return {
      length: this.#length,
      step: this.#step,
      first: this.#first,
      last: this.#last,
      steps: Array.from(this.#steps),
      values: Array.from(this.#values),
    };
  }

  /** Whether a curve of as many stretches can be in this state after so many steps, the one before the first operation included. */
  takes({ length, step, steps, values }: GrowingCurveState, taken: number): boolean {
    const room = this.#steps.length;
    const kept = 2 * Math.ceil(step / length);
    if (step !== taken || Math.log2(length) % 1 !== 0 || kept > room) return false;
    if (steps.length !== room || values.length !== room) return false;
    return steps.every((at, i) => i >= kept || Math.floor(at / length) === i >> 1);
  }

  load({ length, step, first, last, steps, values }: GrowingCurveState): void {
    this.#length = length;
    this.#step = step;
    this.#first = first;
    this.#last = last;
    this.#steps.set(steps);
    this.#values.set(values);
  }

  /** The first and the last step, and the lowest and highest of each stretch, ascending. */
  points(): CurvePoints {
    const kept = 2 * Math.ceil(this.#step / this.#length);
    const at = new Map([[0, this.#first]]);
    for (let i = 0; i < kept; i += 2) {
      const [a, b] = this.#steps[i]! < this.#steps[i + 1]! ? [i, i + 1] : [i + 1, i];
      at.set(this.#steps[a]!, this.#values[a]!);
      at.set(this.#steps[b]!, this.#values[b]!);
    }
    at.set(this.#step - 1, this.#last);
    return { steps: Int32Array.from(at.keys()), values: Float64Array.from(at.values()) };
  }

  /** Makes one stretch of two. */
  #double(): void {
    const values = this.#values;
    const stretches = values.length / 2;
    for (let to = 0; 2 * to < stretches; to++) {
      const [a, b] = [4 * to, 4 * to + 2];
      const isOdd = b >= values.length;
      const low = isOdd || values[a]! <= values[b]! ? a : b;
      const high = isOdd || values[a + 1]! >= values[b + 1]! ? a + 1 : b + 1;
      const highest = [this.#steps[high]!, values[high]!] as const;
      this.#set(2 * to, this.#steps[low]!, values[low]!);
      this.#set(2 * to + 1, ...highest);
    }
    this.#length *= 2;
  }

  #set(at: number, step: number, value: number): void {
    this.#steps[at] = step;
    this.#values[at] = value;
  }
}
