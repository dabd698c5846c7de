import { firstIndex } from "../../base/first-index";
import type { Arena } from "../arena";
import { BitSet } from "./bit-set";
import { type HoleList, NO_HOLE } from "./hole-list";
import { HoleTable, NONE } from "./hole-table";

/**
 * Free lists by size class, each with the hole that came last in front. The list order of the whole is class by class, from
 * the smallest sizes up.
 */
export class SegregatedList implements HoleList {
  #table: HoleTable;
  /** First hole of each class. */
  #heads: Int32Array;
  /** The classes that have holes. */
  #occupied: BitSet;

  /**
   * @param bounds for each class but the last, the largest size in it, in units, ascending
   */
  constructor(
    private readonly arena: Arena,
    private readonly bounds: readonly number[],
  ) {
    this.#table = new HoleTable(arena.room);
    this.#heads = new Int32Array(bounds.length + 1);
    this.#occupied = new BitSet(bounds.length + 1);
  }

  put(hole: number, size: number, left: number, right: number): void {
    if (left !== NO_HOLE) this.take(left);
    if (right !== NO_HOLE) this.take(right);
    this.#push(this.#table.add(hole, size));
  }

  take(hole: number): void {
    const id = this.#table.at(hole);
    this.#pull(id);
    this.#table.delete(id);
  }

  split(hole: number, rest: number, restSize: number): void {
    const id = this.#table.at(hole);
    this.#pull(id);
    this.#table.move(id, rest, restSize);
    this.#push(id);
  }

  fuse(low: number, high: number, size: number): void {
    this.put(low, size, low, high);
  }

  first(size: number): number {
    for (let id = this.#from(this.#classOf(size)); id !== NONE; id = this.#behind(id)) {
      if (this.#table.size[id]! >= size) return this.#table.unit[id]!;
    }
    return NO_HOLE;
  }

  after(hole: number): number {
    const order = this.inOrder();
    return order[order.indexOf(hole) + 1] ?? NO_HOLE;
  }

  rank(hole: number): number {
    return this.inOrder().indexOf(hole);
  }

  count(): void {}

  /** Records that the search for `size` looks at until it takes `hole`; all that it can take when that is NO_HOLE. */
  walked(size: number, hole: number): number {
    let records = 0;
    for (let id = this.#from(this.#classOf(size)); id !== NONE; id = this.#behind(id)) {
      records++;
      if (this.#table.unit[id] === hole) break;
    }
    return records;
  }

  largestSize(): number {
    const last = this.#occupied.previous(this.bounds.length);
    if (last < 0) return 0;
    let largest = 0;
    for (let id = this.#heads[last]!; id !== NONE; id = this.#table.sibling[id]!) {
      largest = Math.max(largest, this.#table.size[id]!);
    }
    return largest;
  }

  inOrder(): number[] {
    const holes: number[] = [];
    for (let id = this.#from(0); id !== NONE; id = this.#behind(id)) holes.push(this.#table.unit[id]!);
    return holes;
  }

  reserve(units: number): void {
    this.#table.reserve(units);
  }

  check(): void {
    for (const hole of this.arena.holeStarts()) {
      const id = this.#table.at(hole);
      if (id === NONE || this.#table.size[id] !== this.arena.sizeAt(hole)) {
        throw new Error(`Broken index: the hole at unit ${hole} has no record of its size.`);
      }
      if (this.#table.slot[id] !== this.#classOf(this.#table.size[id]!)) {
        throw new Error(`Broken index: the hole at unit ${hole} is in the wrong size class.`);
      }
    }
  }

  get byteLength(): number {
    return this.#table.byteLength + this.#heads.byteLength + this.#occupied.byteLength;
  }

  /** The first hole of class `first` or of a later one; NONE when there is none. */
  #from(first: number): number {
    const at = first > this.bounds.length ? -1 : this.#occupied.next(first);
    return at < 0 ? NONE : this.#heads[at]!;
  }

  /** The hole behind another, in its class or a later one. */
  #behind(id: number): number {
    const sibling = this.#table.sibling[id]!;
    return sibling !== NONE ? sibling : this.#from(this.#table.slot[id]! + 1);
  }

  /** The first class whose bound is not below `size`. */
  #classOf(size: number): number {
    return firstIndex(0, this.bounds.length, (i) => this.bounds[i]! >= size);
  }

  #push(id: number): void {
    const { sibling, previous, slot, size } = this.#table;
    const sizeClass = this.#classOf(size[id]!);
    const head = this.#heads[sizeClass]!;
    slot[id] = sizeClass;
    sibling[id] = head;
    previous[id] = NONE;
    if (head !== NONE) previous[head] = id;
    this.#heads[sizeClass] = id;
    this.#occupied.add(sizeClass);
  }

  #pull(id: number): void {
    const { sibling, previous, slot } = this.#table;
    const [before, after] = [previous[id]!, sibling[id]!];
    if (before !== NONE) sibling[before] = after;
    else this.#heads[slot[id]!] = after;
    if (after !== NONE) previous[after] = before;
    if (this.#heads[slot[id]!] === NONE) this.#occupied.delete(slot[id]!);
  }
}
