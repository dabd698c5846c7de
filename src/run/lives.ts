import { widened } from "../base/column";
import { FREE, REALLOC } from "../trace/operation";
import type { RecordedRun } from "./cursor";
import type { OperationLog } from "./operation-log";
import type { SurveyColumns } from "./survey";

/** What `Lives.died` says of a block that is live at the end of the run. */
export const NEVER = 0xffff_ffff;

/** How many colours tell neighbouring blocks apart. */
export const COLOURS = 6;

/**
 * The lives of a run's blocks, in flat columns that grow while the run is read. A life is one block at one place and size: a
 * block that a realloc resized or moved has several, under one id.
 *
 * Invariants:
 * - `born` ascends; lives of index below `bornUpTo(k)` are exactly those with `born <= k`;
 * - a life is there at step k exactly when `born <= k < died`;
 * - lives that are there at the same step do not overlap.
 */
export class Lives {
  /** First address of the heap. */
  readonly base: number;
  /** Number of lives so far. */
  count = 0;
  /** The block that each is a life of: see `LiveBlock.id`. */
  id: Int32Array = new Int32Array(256);
  /** First address of the block, header included. */
  address: Float64Array = new Float64Array(256);
  /** Bytes of the block. */
  size: Float64Array = new Float64Array(256);
  /** Bytes that were asked for; of a block from before the first step, its payload. */
  request: Float64Array = new Float64Array(256);
  /** The first step at which it is there. */
  born: Uint32Array = new Uint32Array(256);
  /** The first step at which it is gone; `NEVER` while there is none. */
  died: Uint32Array = new Uint32Array(256);
  /** A number below `COLOURS`, never that of a block that touches it. */
  colour: Uint8Array = new Uint8Array(256);
  /** Bytes of the smallest and of the largest block so far. */
  least = Number.POSITIVE_INFINITY;
  most = 0;
  /** The lives in the order in which they end. */
  readonly ends: number[] = [];

  readonly #run: RecordedRun;
  readonly #header: number;
  #bornUpTo: number[] = [];
  #diedUpTo: number[] = [0];
  /** The lives that are there at the last step that was read, by their first address and by the one behind their last. */
  #starts = new Map<number, number>();
  #stops = new Map<number, number>();
  #next = 0;

  /** The lives of `run` before its first step; `read` adds those of its steps. */
  constructor(run: RecordedRun) {
    const { start, base, header } = run.survey(0);
    this.base = base;
    this.#run = run;
    this.#header = header;
    for (const { address, size } of start) this.#begin(-1 - this.count, address, size, size - header, 0);
    this.#bornUpTo.push(this.count);
  }

  /** Steps that have been read. */
  get steps(): number {
    return this.#bornUpTo.length - 1;
  }

  /** How many lives have begun by step k, which has been read. */
  bornUpTo(step: number): number {
    return this.#bornUpTo[step]!;
  }

  /** How many of `ends` have ended by step k, which has been read. */
  diedUpTo(step: number): number {
    return this.#diedUpTo[step]!;
  }

  /** The step that allocated the block; 0 when it was there before the first. Earlier than `born` for one that was resized. */
  made(life: number): number {
    return Math.max(0, this.id[life]!);
  }

  /** Reads on up to `step`. */
  read(step: number): this {
    const { columns } = this.#run.survey(step);
    const { log } = this.#run.source;
    while (this.steps < step) this.#step(log, columns);
    return this;
  }

  #step(log: OperationLog, columns: SurveyColumns): void {
    const step = this.steps + 1;
    const size = columns.sizes[step]!;
    const ended = this.#end(endedAt(log, columns, step) - this.#header, step);
    if (size > 0) {
      const address = log.results[step - 1]! - this.#header;
      const colour = ended === undefined ? undefined : this.colour[ended];
      this.#begin(columns.births[step]!, address, size, log.requests[step - 1]!, step, colour);
    }
    this.#bornUpTo.push(this.count);
    this.#diedUpTo.push(this.ends.length);
  }

  #begin(id: number, address: number, size: number, request: number, step: number, wish?: number): void {
    const life = this.count++;
    if (life === this.born.length) this.#grow();
    this.id[life] = id;
    this.address[life] = address;
    this.size[life] = size;
    this.request[life] = request;
    this.least = Math.min(this.least, size);
    this.most = Math.max(this.most, size);
    this.born[life] = step;
    this.died[life] = NEVER;
    const left = this.#stops.get(address);
    const right = this.#starts.get(address + size);
    const taken = [left, right].map((near) => (near === undefined ? -1 : this.colour[near]));
    let colour = wish ?? this.#next++ % COLOURS;
    while (taken.includes(colour)) colour = (colour + 1) % COLOURS;
    this.colour[life] = colour;
    this.#starts.set(address, life);
    this.#stops.set(address + size, life);
  }

  #end(address: number, step: number): number | undefined {
    const life = this.#starts.get(address);
    if (life === undefined) return undefined;
    this.died[life] = step;
    this.ends.push(life);
    this.#starts.delete(address);
    this.#stops.delete(address + this.size[life]!);
    return life;
  }

  #grow(): void {
    const room = 2 * this.born.length;
    this.id = widened(this.id, room);
    for (const name of ["address", "size", "request"] as const) this[name] = widened(this[name], room);
    for (const name of ["born", "died"] as const) this[name] = widened(this[name], room);
    this.colour = widened(this.colour, room);
  }
}

/**
 * The payload address of the block whose life at its place and size is over at `step` (1 or more, and surveyed): it was freed,
 * resized or moved. NaN when there is none.
 */
function endedAt(log: OperationLog, columns: SurveyColumns, step: number): number {
  const kind = log.kinds[step - 1]!;
  const resized = kind === REALLOC && (columns.sizes[step]! > 0 || log.requests[step - 1] === 0);
  return columns.births[step] !== 0 && (kind === FREE || resized) ? log.targets[step - 1]! : Number.NaN;
}

/** A rectangle of the space-time diagram: a block at one place and size, from one step to another. */
export interface Life {
  /** The block's id: see `LiveBlock.id`. A block that a realloc resized or moved has several lives under one id. */
  readonly id: number;
  /** First address of the block. */
  readonly address: number;
  /** Bytes of the block. */
  readonly size: number;
  /** The first step at which it is there. */
  readonly from: number;
  /** The first step at which it is gone; null when it is still there at the end. */
  readonly to: number | null;
}

/** What `lives` returns. */
export interface ListedLives {
  /** The lives that are listed, in the order in which they began. */
  readonly lives: readonly Life[];
  /** How many there are in all. */
  readonly total: number;
  /** How many were left out, because there are more than were asked for. */
  readonly omitted: number;
  /** The share of all bytes × steps that the omitted ones take, 0..1. */
  readonly omittedShare: number;
}

/**
 * The life of every block of a run, for the space-time diagram: time across, address up, a rectangle each. Of more lives than
 * `most`, those with the largest rectangles (bytes × steps) are listed, and the others counted.
 * Runs the history to its end if that has not been done: see `History.prepare`.
 *
 * @param most 0 or more; default 4000, what a browser draws at ease
 * @throws RangeError for a negative `most`
 */
export function lives(run: RecordedRun, most: number = 4000): ListedLives {
  if (!(most >= 0)) throw new RangeError(`At most so many lives must be 0 or more, not ${most}.`);
  const all = new Lives(run).read(run.length);
  let listed = Array.from({ length: all.count }, (_, life) => life);
  let omittedShare = 0;
  if (listed.length > most) {
    const areas = listed.map(
      (life) => all.size[life]! * (Math.min(all.died[life]!, run.length + 1) - all.born[life]!),
    );
    const whole = areas.reduce((sum, area) => sum + area, 0);
    const largest = listed.sort((a, b) => areas[b]! - areas[a]! || a - b);
    omittedShare = largest.slice(most).reduce((sum, life) => sum + areas[life]!, 0) / whole;
    listed = largest.slice(0, most).sort((a, b) => a - b);
  }
  return {
    lives: listed.map((life) => ({
      id: all.id[life]!,
      address: all.address[life]!,
      size: all.size[life]!,
      from: all.born[life]!,
      to: all.died[life] === NEVER ? null : all.died[life]!,
    })),
    total: all.count,
    omitted: all.count - listed.length,
    omittedShare,
  };
}
