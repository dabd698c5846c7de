import { CountTree } from "./count-tree";
import { type HoleTable, NONE } from "./hole-table";
import { MaxTree } from "./max-tree";

/**
 * The holes in the order of their arrival, from front to back. Each has a slot; a new hole takes the slot before the
 * first or behind the last. When the slots run out, the holes are numbered anew with as much room again.
 */
export class Arrivals {
  /** The size of the hole in each slot; 0 for an empty slot. */
  #sizes = new MaxTree(64);
  /** The hole in each slot. */
  #ids = new Int32Array(this.#sizes.length);
  #counts: CountTree | null = null;
  /** One past the slots in use, and the first of them. */
  #end: number;
  #start: number;

  /** @param side where new holes go */
  constructor(
    private readonly table: HoleTable,
    private readonly side: "front" | "back",
  ) {
    this.#start = this.#end = side === "front" ? this.#ids.length : 0;
  }

  insert(id: number): void {
    if (this.side === "front" ? this.#start === 0 : this.#end === this.#ids.length) this.#renumber();
    this.#occupy(this.side === "front" ? --this.#start : this.#end++, id);
  }

  remove(id: number): void {
    const slot = this.table.slot[id]!;
    this.#sizes.set(slot, 0);
    this.#ids[slot] = NONE;
    this.#counts?.add(slot, -1);
  }

  /** The hole's size has changed. */
  resize(id: number): void {
    this.#sizes.set(this.table.slot[id]!, this.table.size[id]!);
  }

  /** Hole `into` takes the place of `from`, which is removed, if that is further to the front. */
  adopt(into: number, from: number): void {
    const slot = Math.min(this.table.slot[into]!, this.table.slot[from]!);
    this.remove(into);
    this.remove(from);
    this.#occupy(slot, into);
  }

  /** The first hole of at least `size`, from hole `from` on or from the front. NONE when there is none. */
  first(size: number, from = NONE): number {
    const slot = this.#sizes.first(size, from === NONE ? 0 : this.table.slot[from]);
    return slot < 0 ? NONE : this.#ids[slot]!;
  }

  /** The hole behind `id` in the list; NONE when it is the last. */
  after(id: number): number {
    return this.#next(this.table.slot[id]! + 1);
  }

  /** How many holes stand before `id`. Needs `count()`. */
  rank(id: number): number {
    return this.#counts!.before(this.table.slot[id]!);
  }

  /** All holes, from front to back. */
  *[Symbol.iterator](): IterableIterator<number> {
    for (let id = this.#next(this.#start); id !== NONE; id = this.#next(this.table.slot[id]! + 1)) yield id;
  }

  /** The size of the largest hole; 0 without any. */
  largestSize(): number {
    return this.#sizes.max();
  }

  /** Keeps count of the slots in use from now on. */
  count(): void {
    this.#counts = new CountTree(this.#ids.length);
    for (const id of this) this.#counts.add(this.table.slot[id]!, 1);
  }

  /** Throws when a hole's size is not the one that it is found by. */
  check(): void {
    this.#sizes.check();
    for (const id of this) {
      if (this.#sizes.at(this.table.slot[id]!) !== this.table.size[id])
        throw new Error(`Broken index: record ${id} is not found by its size.`);
    }
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.#sizes.byteLength + this.#ids.byteLength;
  }

  #next(slot: number): number {
    if (slot >= this.#ids.length) return NONE;
    const at = this.#sizes.first(1, slot);
    return at < 0 ? NONE : this.#ids[at]!;
  }

  #occupy(slot: number, id: number): void {
    this.table.slot[id] = slot;
    this.#ids[slot] = id;
    this.#sizes.set(slot, this.table.size[id]!);
    this.#counts?.add(slot, 1);
  }

  #renumber(): void {
    const ids = [...this];
    this.#sizes = new MaxTree(Math.max(64, 2 * ids.length));
    this.#ids = new Int32Array(this.#sizes.length);
    const counted = this.#counts !== null;
    this.#counts = null;
    this.#start = this.side === "front" ? this.#ids.length - ids.length : 0;
    this.#end = this.#start + ids.length;
    for (const [i, id] of ids.entries()) this.#occupy(this.#start + i, id);
    if (counted) this.count();
  }
}
