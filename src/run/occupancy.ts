import type { Extent } from "../heap/block";
import type { Change, Cursor } from "./cursor";

/** A picture has at most so many cells unless another number is asked for: 128 × 128. */
export const MOST_CELLS = 16_384;

/** A part of a heap, in pages from its base: `from` up to, not including, `to`. */
export interface PageWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The heap at the cursor's step as a square grid of at most `maxCells` cells (and what fills up the square), row 0 on top, as
 * `asMatrix` has it. A cell stands for one page, or for a power of two of them in a heap of more pages than cells.
 *
 * @param maxCells 1 or more; default 128 × 128
 * @param window the pages to show; default all, also when the heap grows. Pages beyond the heap are left out.
 * @throws RangeError for no cells, or a window without pages
 *
 * @example
 * const grid = occupancy(cursor);
 * while (cursor.next()) draw(grid.update().rows(grid.allocated));
 */
export function occupancy(cursor: Cursor, maxCells: number = MOST_CELLS, window?: PageWindow): Occupancy {
  return new Occupancy(cursor, maxCells, window);
}

/**
 * The cells of `occupancy`. The arrays have `side * side` entries, row by row; the first `cells` of them are memory, the others
 * only fill up the square and are NaN in `allocated`. All are updated in place by `update()`; a heap that grows may get new ones.
 */
export class Occupancy {
  /** Rows, and columns, of the square. */
  side = 0;
  /** Cells that stand for memory. */
  cells = 0;
  /** Pages that a cell stands for: a power of two. */
  pagesPerCell = 1;
  /** The pages that are shown. */
  shown: PageWindow = { from: 0, to: 0 };
  /**
   * The allocated share of each cell's bytes, 0..1; NaN for a cell that is no memory. Above 0 exactly where `asMatrix` has 0; a
   * heap that is `asPublished` leaves a page that two blocks share to the second, there as here.
   */
  allocated: Float32Array = new Float32Array(0);
  /** How many allocated blocks reach into each cell. */
  blocks: Int32Array = new Int32Array(0);
  /** The block of each cell, by its id (`LiveBlock.id`); 0 where there is none, or more than one. */
  owner: Int32Array = new Int32Array(0);
  /** The step in which the cell's block was allocated (0: before the first), a mean by bytes where blocks share it; NaN for none. */
  born: Float64Array = new Float64Array(0);
  /** Bytes of the cell's block, a mean by bytes where blocks share it; NaN for none. */
  size: Float64Array = new Float64Array(0);

  readonly #cursor: Cursor;
  readonly #maxCells: number;
  readonly #window: PageWindow | undefined;
  readonly #wholePages: boolean;
  #step = -1;
  #capacity = -1;
  #changes: readonly Change[] = [];
  // Sums over the blocks of a cell. They are of integers, thus exact, and taking a block out again restores them.
  #bytes: Float64Array = new Float64Array(0);
  #idBytes: Float64Array = new Float64Array(0);
  #bornBytes: Float64Array = new Float64Array(0);
  #sizeBytes: Float64Array = new Float64Array(0);

  /** @internal Made by `occupancy()`. */
  constructor(cursor: Cursor, maxCells: number, window: PageWindow | undefined) {
    if (!(maxCells >= 1))
      throw new RangeError(`maxCells must be 1 or more, not ${maxCells}; leave it out for 128 × 128.`);
    if (window && !(window.from >= 0 && window.from < window.to)) {
      throw new RangeError(
        `A window is { from, to } in pages with 0 <= from < to, not { from: ${window.from}, to: ${window.to} }.`,
      );
    }
    this.#cursor = cursor;
    this.#maxCells = maxCells;
    this.#window = window;
    this.#wholePages = cursor.run.description.options.order === "as-published";
    this.update();
  }

  /**
   * Follows the cursor to its present step. After one step forward or back only the cells that it touched are computed;
   * otherwise all.
   */
  update(): this {
    const cursor = this.#cursor;
    const forwards = cursor.step === this.#step + 1;
    const backwards = cursor.step === this.#step - 1;
    if (cursor.heap.capacity !== this.#capacity) {
      this.#layOut();
      this.#fill();
    } else if (forwards) {
      for (const change of cursor.changes) this.#apply(change, change.appeared ? 1 : -1);
    } else if (backwards) {
      for (const change of [...this.#changes].reverse()) this.#apply(change, change.appeared ? -1 : 1);
    } else if (cursor.step !== this.#step) {
      this.#fill();
    }
    this.#step = cursor.step;
    this.#changes = cursor.changes;
    return this;
  }

  /** One of the arrays as rows, without copying: `rows(grid.allocated)`. */
  rows<A extends Float32Array | Float64Array | Int32Array>(array: A): A[] {
    return Array.from(
      { length: this.side },
      (_, row) => array.subarray(row * this.side, (row + 1) * this.side) as A,
    );
  }

  /** The addresses that cell `index` stands for; null for a cell that is no memory. */
  extentOf(index: number): Extent | null {
    if (!(index >= 0 && index < this.cells)) return null;
    const { base, pageSize, top } = this.#cursor.heap;
    const address = base + (this.shown.from + index * this.pagesPerCell) * pageSize;
    const end = Math.min(address + this.pagesPerCell * pageSize, base + this.shown.to * pageSize, top);
    return { address, size: end - address };
  }

  /** The index of the cell in which `address` lies; null when it is not shown. Its row is `Math.floor(index / side)`. */
  cellOf(address: number): number | null {
    const { base, pageSize } = this.#cursor.heap;
    const page = Math.floor((address - base) / pageSize) - this.shown.from;
    const index = Math.floor(page / this.pagesPerCell);
    return index >= 0 && index < this.cells ? index : null;
  }

  #layOut(): void {
    const { capacity, pageSize } = this.#cursor.heap;
    const all = Math.ceil(capacity / pageSize);
    const from = Math.min(this.#window?.from ?? 0, all);
    const to = Math.min(this.#window?.to ?? all, all);
    this.#capacity = capacity;
    this.shown = { from, to };
    this.pagesPerCell = 1;
    while ((to - from) / this.pagesPerCell > this.#maxCells) this.pagesPerCell *= 2;
    this.cells = Math.ceil((to - from) / this.pagesPerCell);
    this.side = Math.ceil(Math.sqrt(this.cells));
    const length = this.side * this.side;
    this.allocated = new Float32Array(length);
    this.blocks = new Int32Array(length);
    this.owner = new Int32Array(length);
    this.born = new Float64Array(length);
    this.size = new Float64Array(length);
    this.#bytes = new Float64Array(length);
    this.#idBytes = new Float64Array(length);
    this.#bornBytes = new Float64Array(length);
    this.#sizeBytes = new Float64Array(length);
  }

  #fill(): void {
    for (const sums of [this.#bytes, this.#idBytes, this.#bornBytes, this.#sizeBytes]) sums.fill(0);
    this.blocks.fill(0);
    this.owner.fill(0);
    this.allocated.fill(0, 0, this.cells).fill(Number.NaN, this.cells);
    this.born.fill(Number.NaN);
    this.size.fill(Number.NaN);
    for (const { address, size, free } of this.#cursor.heap.blocks()) {
      if (!free) this.#apply({ address, size, id: this.#cursor.idAt(address) }, 1);
    }
  }

  /** Puts a block in (sign 1) or takes it out (−1). */
  #apply({ address, size, id }: Omit<Change, "appeared">, sign: 1 | -1): void {
    const { base, pageSize } = this.#cursor.heap;
    const cellBytes = this.pagesPerCell * pageSize;
    const origin = base + this.shown.from * pageSize;
    const round = this.#wholePages
      ? (at: number) => Math.floor(at / pageSize) * pageSize
      : (at: number) => at;
    const start = Math.max(0, round(address - origin));
    const end = Math.min(round(address + size - origin), (this.shown.to - this.shown.from) * pageSize);
    const born = Math.max(0, id);
    for (let cell = Math.floor(start / cellBytes); cell * cellBytes < end; cell++) {
      const bytes = Math.min(end, (cell + 1) * cellBytes) - Math.max(start, cell * cellBytes);
      const signed = sign * bytes;
      this.blocks[cell]! += sign;
      this.#bytes[cell]! += signed;
      this.#idBytes[cell]! += signed * id;
      this.#bornBytes[cell]! += signed * born;
      this.#sizeBytes[cell]! += signed * size;
      this.#derive(cell);
    }
  }

  #derive(cell: number): void {
    const bytes = this.#bytes[cell]!;
    this.allocated[cell] = bytes === 0 ? 0 : bytes / this.extentOf(cell)!.size;
    this.owner[cell] = this.blocks[cell] === 1 ? this.#idBytes[cell]! / bytes : 0;
    this.born[cell] = bytes === 0 ? Number.NaN : this.#bornBytes[cell]! / bytes;
    this.size[cell] = bytes === 0 ? Number.NaN : this.#sizeBytes[cell]! / bytes;
  }
}
