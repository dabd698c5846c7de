import { traitsOf } from "../heap/create-heap";
import type { HeapView } from "./cursor";
import { cellBytes, type Grid, gridOf, MOST_CELLS } from "./grid";
import type { Lives, LivesOf } from "./lives";

/** A part of a heap, in pages from its base: `from` up to, not including, `to`. */
export interface PageWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The heap as it is now as a square grid of at most `maxCells` cells, row 0 on top, as `asMatrix` has it. A cell stands for one
 * page, or for a power of two of them in a heap of more pages than cells.
 *
 * @param heap a heap, or `cursor.heap`
 * @param maxCells 1 or more; default 128 × 128
 * @param window the pages to show; default all. Pages beyond the heap are left out.
 * @throws RangeError for no cells, or a window without pages
 *
 * @example
 * const cells = occupancy(heap);
 * cells.share(0); // the allocated share of the first cell
 */
export function occupancy(heap: HeapView, maxCells: number = MOST_CELLS, window?: PageWindow): Occupancy {
  if (!(maxCells >= 1))
    throw new RangeError(`maxCells must be 1 or more, not ${maxCells}; leave it out for 128 × 128.`);
  if (window && !(window.from >= 0 && window.from < window.to)) {
    throw new RangeError(
      `A window is { from, to } in pages with 0 <= from < to, not { from: ${window.from}, to: ${window.to} }.`,
    );
  }
  const { base, capacity, pageSize } = heap;
  const from = Math.min((window?.from ?? 0) * pageSize, capacity);
  const bytes = Math.min((window?.to ?? Number.POSITIVE_INFINITY) * pageSize, capacity) - from;
  const grid = gridOf(base + from, bytes, pageSize, maxCells, traitsOf(heap.describe()).wholePages);
  const cells = new Occupancy(grid);
  for (const { address, size, free } of heap.blocks()) if (!free) cells.put(1, address, size);
  return cells;
}

/**
 * What lies in each cell of a grid: sums of integers over the allocated blocks in it, so that taking a block out again restores
 * them exactly, and a step looks the same however it was reached.
 */
export class Occupancy {
  /** Allocated bytes in each cell. */
  readonly used: Float64Array;
  /** Number of allocated blocks that reach into each cell. */
  readonly blocks: Uint32Array;
  /** Sum of bytes × step of the block's malloc; 0 of a heap. */
  readonly made: Float64Array;
  /** Sum of bytes × log2 of the block's size in 64ths. */
  readonly sizes: Float64Array;
  /** Sum of (life + 1) over the blocks in each cell. */
  readonly #lives: Float64Array;

  constructor(readonly grid: Grid) {
    this.used = new Float64Array(grid.cells);
    this.blocks = new Uint32Array(grid.cells);
    this.made = new Float64Array(grid.cells);
    this.sizes = new Float64Array(grid.cells);
    this.#lives = new Float64Array(grid.cells);
  }

  /** The allocated share of a cell's bytes, 0..1. Above 0 exactly where `asMatrix` has 0, when a cell is a page. */
  share(cell: number): number {
    const each = cellBytes(this.grid);
    return this.used[cell]! / Math.min(each, this.grid.bytes - cell * each);
  }

  /** The life (see `Lives`) in a cell that one block alone reaches into; −1 for another cell, and of a heap. */
  lifeIn(cell: number): number {
    return this.blocks[cell] === 1 ? this.#lives[cell]! - 1 : -1;
  }

  /**
   * Puts a block in (sign 1) or takes it out (−1).
   * @param life which of the run's lives it is; −1 for none
   * @param made the step of its malloc
   */
  put(sign: 1 | -1, address: number, size: number, life = -1, made = 0): void {
    const { grid, used, blocks, sizes } = this;
    const [lives, mades] = [this.#lives, this.made];
    const each = cellBytes(grid);
    let start = address - grid.from;
    let stop = start + size;
    if (grid.wholePages) {
      start = Math.floor(start / grid.pageSize) * grid.pageSize;
      stop = Math.floor(stop / grid.pageSize) * grid.pageSize;
    }
    start = Math.max(0, start);
    stop = Math.min(grid.cells * each, stop);
    if (stop <= start) return;
    const log = Math.round(Math.log2(size) * 64);
    const end = Math.ceil(stop / each);
    for (let cell = Math.floor(start / each); cell < end; cell++) {
      const bytes = sign * (Math.min(stop, (cell + 1) * each) - Math.max(start, cell * each));
      used[cell]! += bytes;
      blocks[cell]! += sign;
      sizes[cell]! += bytes * log;
      mades[cell]! += bytes * made;
      lives[cell]! += sign * (life + 1);
    }
  }

  /** Takes every block out. */
  clear(): void {
    for (const sums of [this.used, this.blocks, this.made, this.sizes, this.#lives]) sums.fill(0);
  }
}

/**
 * The occupancy of a run at any step that has been read: kept up to date by adding and removing the blocks that come and go, in
 * either direction.
 */
export class RunOccupancy extends Occupancy {
  readonly #source: LivesOf;
  #lives: Lives | null = null;
  #step = -1;

  constructor(grid: Grid, source: LivesOf) {
    super(grid);
    this.#source = source;
  }

  /** The step that is shown; −1 before the first `seek`. */
  get step(): number {
    return this.#step;
  }

  /** Shows a step. Costs the blocks that came and went in between, or the blocks that began before it if those are fewer. */
  seek(step: number): this {
    const lives = this.#source.livesAt(step);
    const between =
      lives !== this.#lives
        ? Number.POSITIVE_INFINITY
        : Math.abs(lives.bornUpTo(step) - lives.bornUpTo(this.#step)) +
          Math.abs(lives.diedUpTo(step) - lives.diedUpTo(this.#step));
    this.#lives = lives;
    if (between > 64 + lives.bornUpTo(step) / 8) this.#rebuild(lives, step);
    else if (step > this.#step) this.#between(lives, this.#step, step, 1);
    else if (step < this.#step) this.#between(lives, step, this.#step, -1);
    this.#step = step;
    return this;
  }

  #rebuild(lives: Lives, step: number): void {
    this.clear();
    const { died } = lives;
    const count = lives.bornUpTo(step);
    for (let life = 0; life < count; life++) if (died[life]! > step) this.#putLife(lives, 1, life);
  }

  /** Adds (sign 1) what steps low + 1 to high did, or takes it back (sign −1). */
  #between(lives: Lives, low: number, high: number, sign: 1 | -1): void {
    for (let i = lives.diedUpTo(low); i < lives.diedUpTo(high); i++) {
      const life = lives.ends[i]!;
      if (lives.born[life]! <= low) this.#putLife(lives, sign === 1 ? -1 : 1, life);
    }
    for (let life = lives.bornUpTo(low); life < lives.bornUpTo(high); life++) {
      if (lives.died[life]! > high) this.#putLife(lives, sign, life);
    }
  }

  #putLife(lives: Lives, sign: 1 | -1, life: number): void {
    this.put(sign, lives.address[life]!, lives.size[life]!, life, lives.made(life));
  }
}
