/** A heap has at most this many units: what 32-bit indices hold with room to spare. */
export const MOST_UNITS = 2 ** 30;
/** What a tag can say of a size: this, for a long block, means so many units or more. */
const LONG = 127;
/** Long blocks start, and end, farther apart than 2 to this power. */
const APART = 6;

/**
 * The address range of a heap, cut into units, with **boundary tags** (Knuth, TAOCP 1, section 2.5, algorithm C), so that a block's size
 * and both its neighbours are found without a search. The tag of an allocated block is its size, at its first unit. The tag of a
 * hole is its size, negative, at its first and at its last unit.
 *
 * A tag is a byte: one for every unit is little enough to stay in a processor's cache. The size of a long block stands elsewhere.
 *
 * Invariant: all tags but these are 0, also that of `units`, a fence.
 */
export class Arena {
  #tags: Int8Array;
  /** Units of the long block that starts in each 64 units, of which there is at most one; */
  #longFrom: Int32Array;
  /** and of the long hole that ends there. */
  #longTo: Int32Array;

  /**
   * @param units length of the heap; the smallest size of a block is one unit
   * @throws RangeError when the machine has no room for so many
   */
  constructor(public units: number) {
    this.#tags = new Int8Array(units + 1);
    this.#longFrom = new Int32Array((units >>> APART) + 1);
    this.#longTo = new Int32Array((units >>> APART) + 1);
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
      if (size < 0) arena.putHole(unit, -size);
      else arena.putBlock(unit, size);
      unit += Math.abs(size);
    }
    return arena;
  }

  /** Units that fit before the next enlargement. */
  get room(): number {
    return this.#tags.length - 1;
  }

  /** Units of the block that starts at `unit`. */
  sizeAt(unit: number): number {
    const tag = this.#tags[unit]!;
    const size = tag < 0 ? -tag : tag;
    return size < LONG ? size : this.#longFrom[unit >>> APART]!;
  }

  /** Whether a hole starts at `unit`, where a block starts or the heap ends. */
  isHole(unit: number): boolean {
    return this.#tags[unit]! < 0;
  }

  /** Whether an allocated block starts at `unit`, which is 0 or more. */
  isAllocated(unit: number): boolean {
    return unit < this.units && this.#tags[unit]! > 0;
  }

  /** The hole that ends at `unit`, where a block starts or the heap ends; −1 when there is none. */
  holeBefore(unit: number): number {
    const tag = unit > 0 ? this.#tags[unit - 1]! : 0;
    if (tag >= 0) return -1;
    return unit - (tag > -LONG ? -tag : this.#longTo[(unit - 1) >>> APART]!);
  }

  /** Whether `unit`, anywhere in a block, is a hole's. Takes a step for every unit of the block before it. */
  isFree(unit: number): boolean {
    while (this.#tags[unit] === 0) unit--;
    return this.#tags[unit]! < 0;
  }

  /** Makes units that are no block's an allocated block; or gives the one that starts there another size. */
  putBlock(unit: number, size: number): void {
    if (size >= LONG) {
      this.#longFrom[unit >>> APART] = size;
      size = LONG;
    }
    this.#tags[unit] = size;
  }

  /** The allocated block at `unit` is no more. */
  deleteBlock(unit: number): void {
    this.#tags[unit] = 0;
  }

  /** Makes units that are no block's a hole. */
  putHole(unit: number, size: number): void {
    const last = unit + size - 1;
    if (size >= LONG) {
      this.#longFrom[unit >>> APART] = this.#longTo[last >>> APART] = size;
      size = LONG;
    }
    this.#tags[unit] = this.#tags[last] = -size;
  }

  /** The hole at `unit`, of `size` units, is no more. */
  deleteHole(unit: number, size: number): void {
    this.#tags[unit + size - 1] = 0;
    this.#tags[unit] = 0;
  }

  /** Room to make when `units` are needed: at least double. */
  roomFor(units: number): number {
    return Math.min(MOST_UNITS, Math.max(1024, units, 2 * this.room));
  }

  /** Makes room for `room` units in all. */
  enlarge(room: number): void {
    const [tags, from, to] = [this.#tags, this.#longFrom, this.#longTo];
    this.#tags = new Int8Array(room + 1);
    this.#longFrom = new Int32Array((room >>> APART) + 1);
    this.#longTo = new Int32Array((room >>> APART) + 1);
    this.#tags.set(tags);
    this.#longFrom.set(from);
    this.#longTo.set(to);
  }

  /** First units of all blocks, in address order. The block there may become another when it has been seen. */
  *blockStarts(): IterableIterator<number> {
    for (let unit = 0; unit < this.units; unit += this.sizeAt(unit)) yield unit;
  }

  /** Units of all blocks in address order, negative for a hole: what `Arena.of` takes. */
  blockSizes(): number[] {
    const sizes: number[] = [];
    for (let unit = 0; unit < this.units; ) {
      const size = this.sizeAt(unit);
      sizes.push(this.isHole(unit) ? -size : size);
      unit += size;
    }
    return sizes;
  }

  /** First units of the holes, in address order; in a time that grows with the number of blocks. */
  *holeStarts(): IterableIterator<number> {
    for (const unit of this.blockStarts()) if (this.isHole(unit)) yield unit;
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.#tags.byteLength + this.#longFrom.byteLength + this.#longTo.byteLength;
  }
}
