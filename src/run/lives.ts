import { widened } from "../base/column";
import { NumberTable } from "../base/number-table";
import type { RecordedRun } from "./cursor";
import type { OperationLog } from "./operation-log";
import type { FirstBlocks, Survey } from "./survey";

/** What `Lives.died` says of a block that is live at the end of the run. */
export const NEVER = 0xffff_ffff;

/** How many colours tell neighbouring blocks apart. */
export const COLOURS = 6;

/**
 * The lives of a run's blocks, in flat columns that grow while the run is read. A life is one block at one place and size: a
 * block that a realloc resized or moved has several, under one id.
 *
 * Those of a stretch of a long run begin with the blocks that are there where the stretch begins, as if they were born there.
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
  id: Int32Array = new Int32Array(0);
  /** First address of the block, header included. */
  address: Float64Array = new Float64Array(0);
  /** Bytes of the block. */
  size: Float64Array = new Float64Array(0);
  /** The first step at which it is there. */
  born: Uint32Array = new Uint32Array(0);
  /** The first step at which it is gone; `NEVER` while there is none. */
  died: Uint32Array = new Uint32Array(0);
  /** A number below `COLOURS`, never that of a block that touches it. */
  colour: Uint8Array = new Uint8Array(0);
  /** The lives in the order in which they end. */
  readonly ends: number[] = [];

  /** The step with which they begin. */
  readonly from: number;
  readonly #run: RecordedRun;
  readonly #stretch: Survey | null;
  readonly #header: number;
  /** See `FirstBlocks`: the first lives are those of the blocks that are there from the beginning, ascending by address. */
  readonly #firstTenants: Int32Array;
  #bornUpTo: number[] = [];
  #diedUpTo: number[] = [0];
  /**
   * Life + 1 of those that have begun since and are there at the last step that was read, by their first address and by the one behind
   * their last.
   */
  #starts = new NumberTable();
  #stops = new NumberTable();
  #next = 0;

  /**
   * The lives of `run` before its first step; `read` adds those of its steps.
   * @param stretch of a long run the part that is wanted: the lives are those from its first step on
   */
  constructor(run: RecordedRun, stretch: Survey | null = null) {
    const { from, start, base, header } = stretch ?? run.survey(0);
    this.from = from;
    this.base = base;
    this.#run = run;
    this.#stretch = stretch;
    this.#header = header;
    this.#firstTenants = start.tenant;
    this.#begin(start, stretch ?? run.survey(0));
    this.#bornUpTo.push(this.count);
  }

  /** The last step that has been read. */
  get steps(): number {
    return this.from + this.#bornUpTo.length - 1;
  }

  /** How many lives have begun by step k, which has been read. */
  bornUpTo(step: number): number {
    return this.#bornUpTo[step - this.from]!;
  }

  /** How many of `ends` have ended by step k, which has been read. */
  diedUpTo(step: number): number {
    return this.#diedUpTo[step - this.from]!;
  }

  /** Bytes that were asked for; of a block from before the first step, its payload. */
  request(life: number): number {
    const survey = this.#stretch ?? this.#run.survey(0);
    return survey.requestOf(this.#firstTenants[life] ?? this.born[life]!);
  }

  /** The step that allocated the block; 0 when it was there before the first. Earlier than `born` for one that was resized. */
  made(life: number): number {
    return Math.max(0, this.id[life]!);
  }

  /** Reads on up to `step`. */
  read(step: number): this {
    const { log } = this.#run.source;
    while (this.steps < step) {
      const survey = this.#stretch ?? this.#run.survey(this.steps + 1);
      const stop = Math.min(step, survey.known);
      while (this.steps < stop) this.#step(log, survey);
    }
    return this;
  }

  /** They are all there are: see `LivesOf`. */
  livesAt(): this {
    return this;
  }

  /** The blocks that are there from the beginning. */
  #begin({ address, size, tenant }: FirstBlocks, survey: Survey): void {
    this.count = tenant.length;
    this.#grow(this.count + 256);
    this.address.set(address);
    this.size.set(size);
    this.born.fill(survey.from, 0, this.count);
    this.died.fill(NEVER, 0, this.count);
    const { id, colour } = this;
    for (const [life, one] of tenant.entries()) {
      id[life] = survey.blockOf(one);
      const touches = address[life - 1]! + size[life - 1]! === address[life];
      const wish = this.#wish(id[life]!);
      colour[life] = touches && colour[life - 1] === wish ? (wish + 1) % COLOURS : wish;
    }
  }

  #step(log: OperationLog, { from, columns }: Survey): void {
    const step = this.steps + 1;
    const at = step - from;
    const size = columns.sizes[at]!;
    const ended = this.#end(endedAt(log, size, step) - this.#header, step);
    if (size > 0) {
      const address = log.results[step - 1]! - this.#header;
      this.#add(columns.births[at]!, address, size, step, this.colour[ended]);
    }
    this.#bornUpTo.push(this.count);
    this.#diedUpTo.push(this.ends.length);
  }

  #add(id: number, address: number, size: number, step: number, wish: number = this.#wish(id)): void {
    const life = this.count++;
    if (life === this.born.length) this.#grow(2 * life);
    this.id[life] = id;
    this.address[life] = address;
    this.size[life] = size;
    this.born[life] = step;
    this.died[life] = NEVER;
    const left = this.#thatEnds(address);
    const right = this.#thatBegins(address + size);
    const taken = (one: number) => this.colour[left] === one || this.colour[right] === one;
    let colour = wish;
    while (taken(colour)) colour = (colour + 1) % COLOURS;
    this.colour[life] = colour;
    this.#starts.set(address, life + 1);
    this.#stops.set(address + size, life + 1);
  }

  /** @returns the life that has ended; −1 for none */
  #end(address: number, step: number): number {
    const life = this.#thatBegins(address);
    if (life < 0) return life;
    this.died[life] = step;
    this.ends.push(life);
    this.#starts.delete(address);
    this.#stops.delete(address + this.size[life]!);
    return life;
  }

  /** The colour that a block has unless it touches one of that colour. */
  #wish(id: number): number {
    return this.#stretch ? colourOf(id) : this.#next++ % COLOURS;
  }

  /** The life at this first address that is there at the last step that was read; −1 for none. */
  #thatBegins(address: number): number {
    const life = this.#starts.get(address) - 1;
    if (life >= 0) return life;
    const first = this.#firstUpTo(address);
    return this.address[first] === address && this.died[first] === NEVER ? first : -1;
  }

  /** The same for a life that ends before this address. */
  #thatEnds(address: number): number {
    const life = this.#stops.get(address) - 1;
    if (life >= 0) return life;
    const first = this.#firstUpTo(address - 1);
    const touches = this.address[first]! + this.size[first]! === address;
    return touches && this.died[first] === NEVER ? first : -1;
  }

  /** Of the blocks that were there from the beginning, the last that began at an address or before it; −1 for none. */
  #firstUpTo(address: number): number {
    let low = 0;
    let high = this.#firstTenants.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.address[middle]! <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #grow(room: number): void {
    this.id = widened(this.id, room);
    for (const name of ["address", "size"] as const) this[name] = widened(this[name], room);
    for (const name of ["born", "died"] as const) this[name] = widened(this[name], room);
    this.colour = widened(this.colour, room);
  }
}

/** The lives that tell of a step: those of the whole run, or of the stretch in which the step is. */
export interface LivesOf {
  livesAt(step: number): Lives;
}

/** The colour that a block of a stretch has unless it touches one of that colour: the same in every stretch. */
function colourOf(id: number): number {
  return (Math.imul(id, 0x9e3779b1) >>> 16) % COLOURS;
}

/**
 * The payload address that `step` (1 or more) was given to free, or to resize or move its block, unless that was denied: if a block is
 * there, its life at its place and size is over. NaN when there is none.
 * @param size bytes of the block that the step's operation gave
 */
function endedAt(log: OperationLog, size: number, step: number): number {
  const denied = size === 0 && log.requests[step - 1]! > 0;
  return denied ? Number.NaN : log.targets[step - 1]!;
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
    const largest = listed.sort((a, b) => areas[b]! - areas[a]!);
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
