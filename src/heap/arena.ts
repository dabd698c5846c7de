import { BitSet } from "./index/bit-set";

/** A heap has at most this many units: what 32-bit indices hold with room to spare. */
export const MOST_UNITS = 2 ** 30;

/**
 * The address range of a heap, cut into units: which unit begins a block, and which block is a hole. Two bits a unit
 * say it all; a block ends where the next one begins.
 *
 * Invariants: `starts` has 0 (of a heap that is not empty) and, as a fence, `units`; every hole is also a start.
 */
export class Arena {
  /** First units of all blocks, and `units`. */
  starts: BitSet;
  /** First units of the holes. */
  holes: BitSet;
  #room: number;

  /**
   * @param units length of the heap; the smallest size of a block is one unit
   * @throws RangeError when the machine has no room for so many
   */
  constructor(public units: number) {
    this.#room = units;
    this.starts = new BitSet(units + 1);
    this.holes = new BitSet(units + 1);
    this.starts.add(units);
  }

  /**
   * An arena with these blocks: their units in address order, negative for a hole.
   * @throws RangeError for blocks that are no whole numbers of units, or too many
   */
  static of(blocks: readonly number[]): Arena {
    let total = 0;
    for (const size of blocks) {
      if (!Number.isInteger(size) || size === 0)
        throw new RangeError(`A block has whole units, not ${size}.`);
      total += Math.abs(size);
    }
    if (total > MOST_UNITS)
      throw new RangeError(`Blocks of ${total} units in all are more than the 2^30 of a heap.`);
    const arena = new Arena(total);
    let unit = 0;
    for (const size of blocks) {
      arena.starts.add(unit);
      if (size < 0) arena.holes.add(unit);
      unit += Math.abs(size);
    }
    return arena;
  }

  /** Units that fit before the next enlargement. */
  get room(): number {
    return this.#room;
  }

  /** Units of the block that starts at `unit`. */
  sizeAt(unit: number): number {
    return this.starts.next(unit + 1) - unit;
  }

  /** True when a block starts at `unit` and is allocated. */
  isAllocated(unit: number): boolean {
    return unit < this.units && this.starts.has(unit) && !this.holes.has(unit);
  }

  /** Room to make when `units` are needed: at least double. */
  roomFor(units: number): number {
    return Math.min(MOST_UNITS, Math.max(1024, units, 2 * this.#room));
  }

  /** Makes room for `room` units in all. */
  enlarge(room: number): void {
    this.starts = this.starts.resized(room + 1);
    this.holes = this.holes.resized(room + 1);
    this.#room = room;
  }

  /** Moves the top; there must be room. The old top stays a start: of a new block, or to be deleted. */
  extend(units: number): void {
    this.units = units;
    this.starts.add(units);
  }

  /** First units of all blocks, in address order. */
  *blockStarts(): IterableIterator<number> {
    for (let unit = 0; unit < this.units; unit = this.starts.next(unit + 1)) yield unit;
  }

  /** Units of all blocks in address order, negative for a hole: what `Arena.of` takes. */
  blockSizes(): number[] {
    const sizes: number[] = [];
    for (let unit = 0, end = 0; unit < this.units; unit = end) {
      end = this.starts.next(unit + 1);
      sizes.push(this.holes.has(unit) ? unit - end : end - unit);
    }
    return sizes;
  }

  /** First units of the holes, in address order. */
  *holeStarts(): IterableIterator<number> {
    if (this.units === 0) return;
    for (let unit = this.holes.next(0); unit >= 0; unit = this.holes.next(unit + 1)) yield unit;
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.starts.byteLength + this.holes.byteLength;
  }
}
