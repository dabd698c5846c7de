import { widened } from "../base/column";
import type { Block } from "../heap/block";
import { endedAt } from "../run/ended-at";
import type { History } from "../run/history";
import type { OperationLog } from "../run/operation-log";
import type { SurveyColumns } from "../run/survey";

/** What `died` says of a block that is live at the end of the run. */
export const NEVER = 0xffff_ffff;

/**
 * The lives of a run's blocks, in flat arrays that grow while the run is read. Life i is one block of one size at one
 * address; a block that `realloc` resizes in place begins a new life there. `lives()` of the library lists the same lives; these
 * can be read while the run is still being read, and looked up by step.
 *
 * Invariants:
 * - `born` ascends; lives of index below `bornUpTo(k)` are exactly those with `born <= k`;
 * - life i is live at step k exactly when `born[i] <= k < died[i]`;
 * - lives that are live at the same step do not overlap.
 */
export class Lives {
  /** Number of lives so far. */
  count = 0;
  /** First address of each block, header included. */
  address = new Float64Array(256);
  /** Bytes of each block. */
  size = new Float64Array(256);
  /** Bytes that were asked for. */
  request = new Float64Array(256);
  /** The step at which the life begins. */
  born = new Uint32Array(256);
  /** The step at which it is over; `NEVER` while it is not. */
  died = new Uint32Array(256);
  /** The step of the call that allocated the block: `born`, or earlier for a block that was resized in place. */
  made = new Uint32Array(256);
  /** One of `COLOURS` numbers, never that of a block that touches it. */
  colour = new Uint8Array(256);
  /** Bytes of the smallest and of the largest block so far. */
  least = Number.POSITIVE_INFINITY;
  most = 0;
  /** Numbers of the lives in the order in which they end. */
  readonly ends: number[] = [];

  #bornUpTo: number[] = [0];
  #diedUpTo: number[] = [0];
  #starts = new Map<number, number>();
  #stops = new Map<number, number>();
  #next = 0;

  /** Steps that have been read. */
  get steps(): number {
    return this.#bornUpTo.length - 1;
  }

  /** How many lives have begun by step k. */
  bornUpTo(step: number): number {
    return this.#bornUpTo[step]!;
  }

  /** How many of `ends` have ended by step k. */
  diedUpTo(step: number): number {
    return this.#diedUpTo[step]!;
  }

  /** Reads on in a history, up to `step`; its survey must have come that far. The blocks of its start live from step 0. */
  read(history: History, step: number, header: number): void {
    const { columns } = history.survey(step);
    const { log } = history.source;
    while (this.steps < step) this.#step(log, columns, header);
  }

  /** Takes in the blocks that were there before the first step. */
  seed(blocks: Iterable<Block>, header: number): void {
    for (const { free, address, size } of blocks) if (!free) this.#begin(address, size, size - header, 0, 0);
    this.#bornUpTo[0] = this.count;
  }

  #step(log: OperationLog, columns: SurveyColumns, header: number): void {
    const step = this.steps + 1;
    const size = columns.sizes[step]!;
    const ended = this.#end(endedAt(log, columns, step) - header, step);
    if (size > 0) {
      const address = log.results[step - 1]! - header;
      const colour = ended === undefined ? undefined : this.colour[ended];
      this.#begin(address, size, log.requests[step - 1]!, step, Math.max(0, columns.births[step]!), colour);
    }
    this.#bornUpTo.push(this.count);
    this.#diedUpTo.push(this.ends.length);
  }

  #begin(address: number, size: number, request: number, step: number, made: number, wish?: number): void {
    const id = this.count++;
    if (id === this.born.length) this.#grow();
    this.address[id] = address;
    this.size[id] = size;
    this.request[id] = request;
    this.least = Math.min(this.least, size);
    this.most = Math.max(this.most, size);
    this.born[id] = step;
    this.died[id] = NEVER;
    this.made[id] = made;
    const left = this.#stops.get(address);
    const right = this.#starts.get(address + size);
    const taken = [left, right].map((near) => (near === undefined ? -1 : this.colour[near]));
    let colour = wish ?? this.#next++ % COLOURS;
    while (taken.includes(colour)) colour = (colour + 1) % COLOURS;
    this.colour[id] = colour;
    this.#starts.set(address, id);
    this.#stops.set(address + size, id);
  }

  #end(address: number, step: number): number | undefined {
    const id = this.#starts.get(address);
    if (id === undefined) return undefined;
    this.died[id] = step;
    this.ends.push(id);
    this.#starts.delete(address);
    this.#stops.delete(address + this.size[id]!);
    return id;
  }

  #grow(): void {
    const room = 2 * this.born.length;
    for (const name of ["address", "size", "request"] as const) this[name] = widened(this[name], room);
    for (const name of ["born", "died", "made"] as const) this[name] = widened(this[name], room);
    this.colour = widened(this.colour, room);
  }
}

/** How many colours tell neighbouring blocks apart. */
export const COLOURS = 6;
