import { cellBytes, type Grid } from "./grid";
import type { Lives } from "./lives";

/**
 * What lies in each cell of a grid at one step, kept up to date by adding and removing the blocks that come and go, in either
 * direction. All of it are sums of integers over the blocks in a cell, so that a step looks the same however it was reached.
 */
export class Occupancy {
  /** Allocated bytes in each cell. */
  readonly used: Float64Array;
  /** Number of allocated blocks that reach into each cell. */
  readonly blocks: Uint32Array;
  /** Sum of (life + 1) over those blocks: names the block where there is one only. */
  readonly names: Float64Array;
  /** Sum of bytes × step of the allocation. */
  readonly made: Float64Array;
  /** Sum of bytes × log2 of the block's size in 64ths. */
  readonly sizes: Float64Array;

  #step = 0;

  /**
   * @param wholePages the original program's picture: a block covers the pages that end within it, and no page is shared.
   */
  constructor(
    readonly grid: Grid,
    private readonly lives: Lives,
    private readonly wholePages: boolean,
    private readonly base: number,
  ) {
    this.used = new Float64Array(grid.cells);
    this.blocks = new Uint32Array(grid.cells);
    this.names = new Float64Array(grid.cells);
    this.made = new Float64Array(grid.cells);
    this.sizes = new Float64Array(grid.cells);
  }

  /** The step that the arrays show. */
  get step(): number {
    return this.#step;
  }

  /** Shows a step. Costs the blocks that came and went in between, or the blocks that began before it if those are fewer. */
  seek(step: number): void {
    const { lives } = this;
    const between =
      Math.abs(lives.bornUpTo(step) - lives.bornUpTo(this.#step)) +
      Math.abs(lives.diedUpTo(step) - lives.diedUpTo(this.#step));
    if (between > 64 + lives.bornUpTo(step) / 8) this.#rebuild(step);
    else if (step > this.#step) this.#between(this.#step, step, 1);
    else if (step < this.#step) this.#between(step, this.#step, -1);
    this.#step = step;
  }

  #rebuild(step: number): void {
    for (const array of [this.used, this.blocks, this.names, this.made, this.sizes]) array.fill(0);
    const { died } = this.lives;
    const count = this.lives.bornUpTo(step);
    for (let id = 0; id < count; id++) if (died[id]! > step) this.#put(id, 1);
  }

  /** Adds (sign 1) what steps low + 1 to high did, or takes it back (sign -1). */
  #between(low: number, high: number, sign: 1 | -1): void {
    const { lives } = this;
    for (let i = lives.diedUpTo(low); i < lives.diedUpTo(high); i++) {
      const id = lives.ends[i]!;
      if (lives.born[id]! <= low) this.#put(id, -sign);
    }
    for (let id = lives.bornUpTo(low); id < lives.bornUpTo(high); id++) {
      if (lives.died[id]! > high) this.#put(id, sign);
    }
  }

  #put(id: number, sign: number): void {
    const { grid, lives } = this;
    const each = cellBytes(grid);
    let start = lives.address[id]!;
    let stop = start + lives.size[id]!;
    if (this.wholePages) {
      start = this.base + Math.floor((start - this.base) / grid.pageSize) * grid.pageSize;
      stop = this.base + Math.floor((stop - this.base) / grid.pageSize) * grid.pageSize;
    }
    start = Math.max(0, start - grid.from);
    stop = Math.min(grid.cells * each, stop - grid.from);
    if (stop <= start) return;
    const made = lives.made[id]!;
    const size = Math.round(Math.log2(lives.size[id]!) * 64);
    const last = Math.ceil(stop / each);
    for (let cell = Math.floor(start / each); cell < last; cell++) {
      const bytes = sign * (Math.min(stop, (cell + 1) * each) - Math.max(start, cell * each));
      this.used[cell]! += bytes;
      this.blocks[cell]! += sign;
      this.names[cell]! += sign * (id + 1);
      this.made[cell]! += bytes * made;
      this.sizes[cell]! += bytes * size;
    }
  }
}
