import type { Block } from "../heap/block";
import type { HeapEvent } from "../heap/event";
import type { Heap, HeapDescription } from "../heap/heap";
import { grantOf, isDenied } from "./event-summary";
import { Rerun, type RunSource } from "./rerun";
import type { Survey } from "./survey";

/** A heap to look at and not to touch. */
export type HeapView = Pick<
  Heap,
  | "base"
  | "top"
  | "capacity"
  | "pageSize"
  | "header"
  | "snapshot"
  | "usedBytes"
  | "freeBytes"
  | "liveBlocks"
  | "holeCount"
  | "blocks"
  | "holes"
  | "asMatrix"
  | "describe"
  | "toString"
>;

/** An allocated block, and how it came to be. */
export interface LiveBlock {
  /** First address of the block. */
  readonly address: number;
  /** Bytes of the block, header and rounding included. */
  readonly size: number;
  /** The address that its caller got. */
  readonly payload: number;
  /** Bytes that its caller asked for, at its malloc or its last realloc; of a block from before the first step, its payload. */
  readonly request: number;
  /**
   * Names the block for its whole life, also when a realloc moves it: the step of its malloc, from 1 on. Blocks from before
   * the first step are −1, −2, … in address order.
   */
  readonly id: number;
  /** The step of its malloc; 0 when it was there before the first step. */
  readonly born: number;
  /** Who allocated it: the label of that step; "" when nobody was named. */
  readonly who: string;
}

/** A block that appeared or disappeared in a step. */
export interface Change {
  /** True when the block appeared, false when it disappeared. A block that a realloc resized or moved does both. */
  readonly appeared: boolean;
  readonly address: number;
  readonly size: number;
  /** See `LiveBlock.id`. */
  readonly id: number;
}

/** A recorded run, for whoever reads it: what a cursor moves in. A `History` is one. */
export interface RecordedRun {
  /** The recorded heap's kind and parameters. */
  readonly description: HeapDescription;
  /** Number of steps. */
  readonly length: number;
  /** Who made the request of `step`; "" when nobody was named, and at step 0. */
  labelAt(step: number): string;
  /** @internal What is known of a step, and of those around it: of a run that is not long, of all steps up to it. */
  survey(step: number): Survey;
  /** @internal What is known of all steps: of a long run a part after the other, each valid until the next. */
  surveys(): Iterable<Survey>;
  /** @internal The operations, and the heap that they are run on. */
  readonly source: RunSource;
}

/**
 * A place in a run, to be moved forwards and backwards. At each step it shows the heap, its blocks and the operation that led
 * there. Going back runs the history again from a checkpoint: a step back takes about as long as some hundred steps forward.
 *
 * `step` runs from 0 (before the first operation) to `length`.
 */
export class Cursor {
  /** The run. */
  readonly run: RecordedRun;
  readonly #rerun: Rerun;
  #event: HeapEvent | null = null;
  #changes: readonly Change[] = [];

  /** @internal Made by `history.cursor()`. */
  constructor(run: RecordedRun) {
    this.run = run;
    run.survey(0);
    this.#rerun = new Rerun(run.source);
  }

  /** The present step: so many operations have been run. */
  get step(): number {
    return this.#rerun.step;
  }

  /** The last step. Grows while the history is recording. */
  get length(): number {
    return this.run.length;
  }

  /** The heap at this step. It is valid until the cursor moves. */
  get heap(): HeapView {
    return this.#rerun.heap;
  }

  /** What the operation that led to this step did; null at step 0 and for a call of `coalesce`. */
  get event(): HeapEvent | null {
    return this.#event;
  }

  /** The allocated blocks that the operation that led to this step made or removed, at most two. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Who asked for this step: its label; "" when nobody was named. */
  get who(): string {
    return this.run.labelAt(this.step);
  }

  /**
   * Goes to `step`.
   * @throws RangeError unless it is an integer from 0 to `length`; the cursor stays
   */
  seek(step: number): this {
    checkStep(step, 0, this.length);
    if (step === this.step) return this;
    const survey = this.run.survey(step);
    const rerun = this.#rerun;
    // One step short of the goal, so that its own operation is run, and heard.
    const checkpoint = survey.checkpointBefore(Math.max(0, step - 1));
    if (step < rerun.step || checkpoint.step > rerun.step) rerun.load(checkpoint);
    if (step === 0) {
      this.#event = null;
      this.#changes = [];
      return this;
    }
    while (rerun.step < step - 1) rerun.execute();
    this.#runListening();
    return this;
  }

  /** One step on. @returns false, and stays, at the end */
  next(): boolean {
    if (this.step >= this.length) return false;
    this.run.survey(this.step + 1);
    this.#runListening();
    return true;
  }

  /** One step back. @returns false, and stays, at step 0 */
  previous(): boolean {
    if (this.step === 0) return false;
    this.seek(this.step - 1);
    return true;
  }

  /** Every block, in address order: holes, and allocated blocks with what is known of them. */
  *blocks(): Iterable<Block | (Block & LiveBlock)> {
    for (const block of this.heap.blocks()) {
      const live = block.free ? null : this.#live(block);
      yield live ? { ...live, free: false } : block;
    }
  }

  /** The holes, in list order. */
  holes(): Iterable<Block> {
    return this.heap.holes();
  }

  /** The block, free or allocated, in which `address` lies; null when it is outside the heap. Looks through the blocks. */
  blockAt(address: number): Block | (Block & LiveBlock) | null {
    for (const block of this.heap.blocks()) {
      if (address < block.address || address >= block.address + block.size) continue;
      const live = block.free ? null : this.#live(block);
      return live ? { ...live, free: false } : block;
    }
    return null;
  }

  /** @internal The block's id (see `LiveBlock`) by its first address; 0 when no such block is allocated. */
  idAt(address: number): number {
    const tenant = this.#rerun.tenants.get(address + this.heap.header);
    return this.run.survey(this.step).blockOf(tenant);
  }

  #live(block: Block): LiveBlock | null {
    const payload = block.address + this.heap.header;
    const tenant = this.#rerun.tenants.get(payload);
    if (tenant === 0) return null;
    const survey = this.run.survey(this.step);
    const id = survey.blockOf(tenant);
    const born = Math.max(0, id);
    const { address, size } = block;
    const request = survey.requestOf(tenant);
    return { address, size, payload, request, id, born, who: this.run.labelAt(born) };
  }

  #runListening(): void {
    const rerun = this.#rerun;
    let event: HeapEvent | null = null;
    const end = rerun.heap.listen((heard) => {
      event = heard;
    });
    try {
      rerun.execute();
    } finally {
      end();
    }
    this.#event = event;
    const { from, columns } = this.run.survey(rerun.step);
    const id = columns.births[rerun.step - from]!;
    this.#changes = event ? changesOf(event, id, rerun.previousTenant !== 0) : [];
  }
}

function changesOf(event: HeapEvent, id: number, wasLive: boolean): Change[] {
  const changes: Change[] = [];
  const before = event.kind === "malloc" ? null : event.block;
  const given = grantOf(event);
  if (before && wasLive && !isDenied(event)) changes.push({ appeared: false, ...before, id });
  if (given) changes.push({ appeared: true, address: given.address, size: given.size, id });
  return changes;
}

/** @throws RangeError unless `step` is an integer from `least` to `most` */
export function checkStep(step: number, least: number, most: number): void {
  if (Number.isInteger(step) && step >= least && step <= most) return;
  throw new RangeError(
    `A step is an integer from ${least} to ${most}, not ${step}; see the history's length.`,
  );
}
