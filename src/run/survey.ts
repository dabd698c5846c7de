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

/** The blocks that were allocated at the first step of a survey, in address order: in columns, since there may be many. */
export interface FirstBlocks {
  readonly address: Float64Array;
  readonly size: Float64Array;
  /** See `Rerun.tenants`. */
  readonly tenant: Int32Array;
}

/** Of the columns that go on from step to step, the figures at one step. */
export interface Figures {
  readonly live: number;
  readonly denied: number;
  readonly highWater: number;
}

/** Where a survey begins, or has got to. */
export interface Landing {
  readonly rerun: Rerun;
  /** Null when they are not known: then a survey from there has none either. */
  readonly figures: Figures | null;
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
  /** Bytes that checkpoints may take, by estimate. Default 96 MiB. */
  readonly budget?: number;
}

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
  /** The blocks that were allocated at the first step; at step 0 they are block −1, −2, … */
  readonly start: FirstBlocks;
  /** First address of the heap. */
  readonly base: number;
  /** Bytes at the start of every block that its caller may not use. */
  readonly header: number;
  readonly #rerun: Rerun;
  readonly #source: RunSource;
  readonly #births: ReadonlyMap<number, number>;
  readonly #elders: readonly number[];
  readonly #spaced: boolean;
  readonly #budget: number;
  readonly #checkpoints: Checkpoint[] = [];
  readonly #deaf: () => void;
  #event: HeapEvent | null = null;
  /** Whether a realloc has resized or moved a block. */
  #resized = false;
  #known: number;
  #spacing = LEAST_SPACING;
  #bytes = 0;

  constructor(
    source: RunSource,
    { from, blocks = true, checkpoints = true, budget = 96 * 2 ** 20 }: SurveyOptions = {},
  ) {
    this.#source = source;
    this.#rerun = from?.rerun ?? new Rerun(source);
    this.#births = from?.births ?? new Map();
    this.#spaced = checkpoints;
    this.#budget = budget;
    const { heap, step } = this.#rerun;
    this.from = this.#known = step;
    this.base = heap.base;
    this.header = heap.header;
    this.#deaf = heap.listen((event) => {
      this.#event = event;
    });
    this.start = blocks || !from ? this.#blocks() : NO_BLOCKS;
    this.#elders = from?.elders ?? Array.from(this.start.size);
    const figures = from ? (from.figures ?? UNKNOWN) : this.#figuresBefore();
    for (const name of FIGURES) this.columns[name][0] = figures[name];
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
    const room = step - this.from + 1;
    const { length } = this.columns.live;
    if (room > length) widen(this.columns, Math.max(room, 2 * length));
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
    const births = new Map<number, number>();
    if (this.#births.size > 0 || this.#resized) {
      this.#rerun.tenants.forEach((_, tenant) => {
        const born = this.blockOf(tenant);
        if (born !== tenant) births.set(tenant, born);
      });
    }
    return { rerun: this.#rerun, figures: this.figuresAt(this.#known), births, elders: this.#elders };
  }

  /** The figures of a step that has been reached; null when they are not known. */
  figuresAt(step: number): Figures | null {
    const { live, denied, highWater } = this.columns;
    const at = step - this.from;
    if (Number.isNaN(live[at])) return null;
    return { live: live[at]!, denied: denied[at]!, highWater: highWater[at]! };
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

  #blocks(): FirstBlocks {
    const { heap, tenants } = this.#rerun;
    const live = tenants.size;
    const [address, size] = [new Float64Array(live), new Float64Array(live)];
    const tenant = new Int32Array(live);
    let count = 0;
    for (const block of heap.blocks()) {
      if (block.free) continue;
      address[count] = block.address;
      size[count] = block.size;
      tenant[count++] = tenants.get(block.address + this.header);
    }
    return { address, size, tenant };
  }

  /** Before the first operation: a block that no operation has touched was asked for as large as it is. */
  #figuresBefore(): Figures {
    const { address, size } = this.start;
    const live = size.reduce((sum, bytes) => sum + bytes - this.header, 0);
    const last = size.length - 1;
    return { live, denied: 0, highWater: last < 0 ? 0 : address[last]! + size[last]! - this.base };
  }

  #advance(): void {
    const rerun = this.#rerun;
    const { columns } = this;
    this.#event = null;
    rerun.execute();
    const step = ++this.#known;
    const at = step - this.from;
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
      (this.#bytes > this.#budget || this.#spacing * BYTES_A_STEP < bytes)
    ) {
      this.#spacing *= 2;
      const kept = this.#checkpoints.filter(({ step }) => (step - this.from) % this.#spacing === 0);
      this.#checkpoints.splice(0, this.#checkpoints.length, ...kept);
      this.#bytes = kept.reduce((sum, one) => sum + bytesOf(one), 0);
    }
  }
}

const FIGURES = ["live", "denied", "highWater"] as const satisfies (keyof Figures)[];
const UNKNOWN: Figures = { live: Number.NaN, denied: 0, highWater: 0 };
const NO_BLOCKS: FirstBlocks = {
  address: new Float64Array(0),
  size: new Float64Array(0),
  tenant: new Int32Array(0),
};

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
  // The entries of a list are alike.
  if (Array.isArray(value)) return 16 + value.length * bytesOf(value[0]);
  return Object.values(value).reduce<number>((bytes, entry) => bytes + bytesOf(entry), 16);
}
