import { widened } from "../base/column";
import type { Extent } from "../heap/block";
import type { HeapEvent } from "../heap/event";
import { flagsOf, grantOf, isDenied, searchOf } from "./event-summary";
import { type Checkpoint, Rerun, type RunSource } from "./rerun";

/** What is known of every step, one entry a step, entry 0 being the state before the first operation. */
export interface SurveyColumns {
  /** Bytes that the callers of the live blocks asked for. */
  live: Float64Array;
  /** Bytes in allocated blocks. */
  used: Float64Array;
  /** Bytes of the largest hole. */
  largest: Float64Array;
  /** Bytes of the heap. */
  capacity: Float64Array;
  /** Highest byte that was ever in an allocated block, counted from the base. */
  highWater: Float64Array;
  /** Bytes of the block that the step's operation gave; 0 when it gave none. */
  sizes: Float64Array;
  /** Number of holes. */
  holes: Int32Array;
  /** Records that the step's operation examined. */
  examined: Int32Array;
  /** Requests denied so far. */
  denied: Int32Array;
  /** The block that the step's operation gave, moved or freed: the step of its malloc; 0 for none, negative for one from the start. */
  births: Int32Array;
  /** What is notable about the step: see `StepFlag`. */
  flags: Uint8Array;
}

/** Bytes that checkpoints may take, by estimate. */
const CHECKPOINT_BUDGET = 96 * 2 ** 20;
/** Steps between checkpoints at least: to run so many again takes well below a millisecond. */
const LEAST_SPACING = 64;
/** A checkpoint of so many bytes takes about as long to make as one step to run. */
const BYTES_A_STEP = 1024;

/**
 * One pass over a recorded run, forwards, as far as it has been asked for: the figures of every step, and checkpoints from
 * which any step is near. A run that is still being recorded can be surveyed on.
 */
export class Survey {
  readonly columns: SurveyColumns = emptyColumns(64);
  /** The blocks that were allocated before the first step, in address order: block −1, −2, … */
  readonly start: Extent[] = [];
  readonly #rerun: Rerun;
  readonly #source: RunSource;
  readonly #checkpoints: Checkpoint[] = [];
  #event: HeapEvent | null = null;
  #spacing = LEAST_SPACING;
  #bytes = 0;

  constructor(source: RunSource) {
    this.#source = source;
    this.#rerun = new Rerun(source);
    const { heap } = this.#rerun;
    heap.listen((event) => {
      this.#event = event;
    });
    for (const { address, size, free } of heap.blocks()) {
      if (free) continue;
      this.start.push({ address, size });
      this.columns.live[0]! += size - heap.header;
      this.columns.highWater[0] = address + size - heap.base;
    }
    this.#measure(0);
    this.#keep();
  }

  /** First address of the heap. */
  get base(): number {
    return this.#rerun.heap.base;
  }

  /** Bytes at the start of every block that its caller may not use. */
  get header(): number {
    return this.#rerun.heap.header;
  }

  /** Steps surveyed so far. */
  get known(): number {
    return this.#rerun.step;
  }

  /** Bytes that the checkpoints take, by estimate. */
  get checkpointBytes(): number {
    return this.#bytes;
  }

  /** Surveys up to `step`. */
  reach(step: number): void {
    while (this.known < step) this.#advance();
  }

  /** Surveys for about `milliseconds`. @returns whether the whole run is known */
  work(milliseconds: number): boolean {
    const end = Date.now() + milliseconds;
    const { log } = this.#source;
    while (this.known < log.length && Date.now() < end) this.reach(Math.min(this.known + 256, log.length));
    return this.known === log.length;
  }

  /** The last checkpoint at or before `step`, which has been reached. */
  checkpointBefore(step: number): Checkpoint {
    return this.#checkpoints[Math.min(Math.floor(step / this.#spacing), this.#checkpoints.length - 1)]!;
  }

  /** Which block `tenant` (see `Rerun.tenants`) is: the step of its malloc, or itself when it was there at the start. */
  blockOf(tenant: number): number {
    return tenant > 0 ? this.columns.births[tenant]! : tenant;
  }

  /** Bytes that the caller of `tenant` asked for. */
  requestOf(tenant: number): number {
    return tenant > 0 ? this.#source.log.requests[tenant - 1]! : this.start[-1 - tenant]!.size - this.header;
  }

  #advance(): void {
    const rerun = this.#rerun;
    this.#event = null;
    rerun.execute();
    const step = rerun.step;
    if (step >= this.columns.live.length) widen(this.columns, 2 * step);
    const { columns } = this;
    const event = this.#event as HeapEvent | null;
    const given = event && grantOf(event);
    const before = rerun.previousTenant;
    const freed = before !== 0 && rerun.tenants.get(this.#source.log.targets[step - 1]!) === 0;
    const gone = before !== 0 && (freed || given !== null);
    columns.live[step] =
      columns.live[step - 1]! + (given ? given.request : 0) - (gone ? this.requestOf(before) : 0);
    columns.births[step] = before !== 0 ? this.blockOf(before) : given ? step : 0;
    columns.sizes[step] = given ? given.size : 0;
    columns.examined[step] = (event && searchOf(event)?.examined) ?? 0;
    columns.flags[step] = event ? flagsOf(event) : 0;
    columns.denied[step] = columns.denied[step - 1]! + (event && isDenied(event) ? 1 : 0);
    const reached = given ? given.address + given.size - rerun.heap.base : 0;
    columns.highWater[step] = Math.max(columns.highWater[step - 1]!, reached);
    this.#measure(step);
    if (step % this.#spacing === 0) this.#keep();
  }

  #measure(step: number): void {
    const { heap } = this.#rerun;
    this.columns.used[step] = heap.usedBytes;
    this.columns.capacity[step] = heap.capacity;
    this.columns.holes[step] = heap.holeCount;
    this.columns.largest[step] = heap.largestHole;
  }

  #keep(): void {
    const checkpoint = this.#rerun.save(this.#event);
    const bytes = bytesOf(checkpoint);
    this.#checkpoints.push(checkpoint);
    this.#bytes += bytes;
    while (
      this.#checkpoints.length > 1 &&
      (this.#bytes > CHECKPOINT_BUDGET || this.#spacing * BYTES_A_STEP < bytes)
    ) {
      this.#spacing *= 2;
      const kept = this.#checkpoints.filter(({ step }) => step % this.#spacing === 0);
      this.#checkpoints.splice(0, this.#checkpoints.length, ...kept);
      this.#bytes = kept.reduce((sum, one) => sum + bytesOf(one), 0);
    }
  }
}

function emptyColumns(length: number): SurveyColumns {
  return {
    live: new Float64Array(length),
    used: new Float64Array(length),
    largest: new Float64Array(length),
    capacity: new Float64Array(length),
    highWater: new Float64Array(length),
    sizes: new Float64Array(length),
    holes: new Int32Array(length),
    examined: new Int32Array(length),
    denied: new Int32Array(length),
    births: new Int32Array(length),
    flags: new Uint8Array(length),
  };
}

function widen(columns: SurveyColumns, length: number): void {
  const wider = Object.entries(columns).map(([name, column]) => [name, widened(column, length)]);
  Object.assign(columns, Object.fromEntries(wider));
}

/** About how many bytes plain data take in memory. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null) return 8;
  let bytes = 16;
  if (Array.isArray(value)) {
    // The entries of a long array are alike.
    for (const entry of value.slice(0, 16)) bytes += bytesOf(entry);
    return value.length > 16 ? (bytes * value.length) / 16 : bytes;
  }
  for (const entry of Object.values(value)) bytes += bytesOf(entry);
  return bytes;
}
