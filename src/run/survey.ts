import { widened } from "../base/column";
import type { HeapEvent } from "../heap/event";
import { flagsOf, grantOf, isDenied, searchOf } from "./event-summary";
import { type Checkpoint, Rerun, type RunSource } from "./rerun";

/** What is known of each step of a survey, one entry a step from the survey's first on. */
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

/** A block that was allocated at the first step of a survey. */
export interface FirstBlock {
  readonly address: number;
  readonly size: number;
  /** Bytes that its caller asked for. */
  readonly request: number;
  /** See `LiveBlock.id`. */
  readonly id: number;
}

/** Where a survey begins, or has got to. */
export interface Landing {
  readonly rerun: Rerun;
  /** Of the columns that go on from step to step, the figures there. */
  readonly live: number;
  readonly denied: number;
  readonly highWater: number;
  /** Of the tenants (see `Rerun.tenants`) there that a realloc made, the step of the block's malloc. */
  readonly births: ReadonlyMap<number, number>;
  /** Bytes of the blocks from before the first operation: of block −1, −2, … */
  readonly elders: readonly number[];
}

/** How a survey is made. */
export interface SurveyOptions {
  /** Where it begins. Default: before the first operation. */
  readonly from?: Landing;
  /** Whether it knows the blocks that are allocated where it begins. Default true. */
  readonly blocks?: boolean;
  /** Whether it keeps checkpoints on its way: else it has the one of its beginning, or, without the blocks, none. Default true. */
  readonly checkpoints?: boolean;
}

/** Bytes that checkpoints may take, by estimate. */
const CHECKPOINT_BUDGET = 96 * 2 ** 20;
/** Steps between checkpoints at least: to run so many again takes well below a millisecond. */
const LEAST_SPACING = 64;
/** A checkpoint of so many bytes takes about as long to make as one step to run. */
const BYTES_A_STEP = 1024;

/**
 * One pass over a recorded run, or a part of it, forwards, as far as it has been asked for: the figures of every step, and
 * checkpoints from which any step is near. A run that is still being recorded can be surveyed on.
 */
export class Survey {
  /** Where it begins: entry 0 of the columns. What the operation did that led there, if any, is not known. */
  readonly from: number;
  readonly columns: SurveyColumns = emptyColumns(64);
  /** The blocks that were allocated at the first step, in address order; at step 0 they are block −1, −2, … */
  readonly start: readonly FirstBlock[];
  /** First address of the heap. */
  readonly base: number;
  /** Bytes at the start of every block that its caller may not use. */
  readonly header: number;
  readonly #rerun: Rerun;
  readonly #source: RunSource;
  readonly #births: ReadonlyMap<number, number>;
  readonly #elders: readonly number[];
  readonly #spaced: boolean;
  readonly #checkpoints: Checkpoint[] = [];
  readonly #deaf: () => void;
  #event: HeapEvent | null = null;
  /** Whether a realloc has resized or moved a block. */
  #resized = false;
  #known: number;
  #spacing = LEAST_SPACING;
  #bytes = 0;

  constructor(source: RunSource, { from, blocks = true, checkpoints = true }: SurveyOptions = {}) {
    this.#source = source;
    this.#rerun = from?.rerun ?? new Rerun(source);
    this.#births = from?.births ?? new Map();
    this.#spaced = checkpoints;
    const { heap, step } = this.#rerun;
    this.from = this.#known = step;
    this.base = heap.base;
    this.header = heap.header;
    this.#deaf = heap.listen((event) => {
      this.#event = event;
    });
    this.start = blocks || !from ? this.#blocks() : [];
    this.#elders = from?.elders ?? this.start.map(({ size }) => size);
    const { live, denied, highWater } = this.columns;
    live[0] = from?.live ?? this.start.reduce((sum, { request }) => sum + request, 0);
    denied[0] = from?.denied ?? 0;
    const last = this.start.at(-1);
    highWater[0] = from?.highWater ?? (last ? last.address + last.size - this.base : 0);
    this.#measure(0);
    if (blocks) this.#keep();
  }

  /** The step surveyed to so far. */
  get known(): number {
    return this.#known;
  }

  /** The first step of which everything is known. */
  get first(): number {
    return this.from === 0 ? 0 : this.from + 1;
  }

  /** Bytes that the checkpoints take, by estimate. */
  get checkpointBytes(): number {
    return this.#bytes;
  }

  /** Surveys up to `step`. */
  reach(step: number): void {
    while (this.#known < step) this.#advance();
  }

  /** Surveys for about `milliseconds`. @returns whether the whole run is known */
  work(milliseconds: number): boolean {
    const end = Date.now() + milliseconds;
    const { log } = this.#source;
    while (this.#known < log.length && Date.now() < end) this.reach(Math.min(this.#known + 256, log.length));
    return this.#known === log.length;
  }

  /** Ends it where it has got to. @returns what the survey that goes on from there begins with */
  land(): Landing {
    this.#deaf();
    const { live, denied, highWater } = this.columns;
    const at = this.#known - this.from;
    const births = new Map<number, number>();
    if (this.#births.size > 0 || this.#resized) {
      this.#rerun.tenants.forEach((_, tenant) => {
        const born = this.blockOf(tenant);
        if (born !== tenant) births.set(tenant, born);
      });
    }
    const figures = { live: live[at]!, denied: denied[at]!, highWater: highWater[at]! };
    return { rerun: this.#rerun, ...figures, births, elders: this.#elders };
  }

  /** The last checkpoint at or before `step`, which has been reached. */
  checkpointBefore(step: number): Checkpoint {
    const at = Math.floor((step - this.from) / this.#spacing);
    return this.#checkpoints[Math.min(at, this.#checkpoints.length - 1)]!;
  }

  /** Which block `tenant` (see `Rerun.tenants`) is: the step of its malloc, or itself when it was there at the start. */
  blockOf(tenant: number): number {
    return tenant > this.from
      ? this.columns.births[tenant - this.from]!
      : (this.#births.get(tenant) ?? tenant);
  }

  /** Bytes that the caller of `tenant` asked for. */
  requestOf(tenant: number): number {
    return tenant > 0 ? this.#source.log.requests[tenant - 1]! : this.#elders[-1 - tenant]! - this.header;
  }

  #blocks(): FirstBlock[] {
    const { heap, tenants } = this.#rerun;
    const blocks: FirstBlock[] = [];
    for (const { address, size, free } of heap.blocks()) {
      if (free) continue;
      const tenant = tenants.get(address + this.header);
      // A block that no operation has touched is as large as it was.
      const request = tenant < 0 ? size - this.header : this.requestOf(tenant);
      blocks.push({ address, size, request, id: this.blockOf(tenant) });
    }
    return blocks;
  }

  #advance(): void {
    const rerun = this.#rerun;
    const { columns } = this;
    this.#event = null;
    rerun.execute();
    const step = ++this.#known;
    const at = step - this.from;
    if (at >= columns.live.length) widen(columns, 2 * at);
    const event = this.#event as HeapEvent | null;
    const given = event && grantOf(event);
    const before = rerun.previousTenant;
    const gone =
      before !== 0 && (given !== null || rerun.tenants.get(this.#source.log.targets[step - 1]!) === 0);
    columns.live[at] =
      columns.live[at - 1]! + (given ? given.request : 0) - (gone ? this.requestOf(before) : 0);
    this.#resized ||= before !== 0 && given !== null;
    columns.births[at] = before !== 0 ? this.blockOf(before) : given ? step : 0;
    columns.sizes[at] = given ? given.size : 0;
    columns.examined[at] = (event && searchOf(event)?.examined) ?? 0;
    columns.flags[at] = event ? flagsOf(event) : 0;
    columns.denied[at] = columns.denied[at - 1]! + (event && isDenied(event) ? 1 : 0);
    const reached = given ? given.address + given.size - this.base : 0;
    columns.highWater[at] = Math.max(columns.highWater[at - 1]!, reached);
    this.#measure(at);
    if (this.#spaced && at % this.#spacing === 0) this.#keep();
  }

  #measure(at: number): void {
    const { heap } = this.#rerun;
    this.columns.used[at] = heap.usedBytes;
    this.columns.capacity[at] = heap.capacity;
    this.columns.holes[at] = heap.holeCount;
    this.columns.largest[at] = heap.largestHole;
  }

  #keep(): void {
    const checkpoint = this.#rerun.save();
    const bytes = bytesOf(checkpoint);
    this.#checkpoints.push(checkpoint);
    this.#bytes += bytes;
    while (
      this.#checkpoints.length > 1 &&
      (this.#bytes > CHECKPOINT_BUDGET || this.#spacing * BYTES_A_STEP < bytes)
    ) {
      this.#spacing *= 2;
      const kept = this.#checkpoints.filter(({ step }) => (step - this.from) % this.#spacing === 0);
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
