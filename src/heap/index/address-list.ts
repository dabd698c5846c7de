import type { Arena } from "../arena";
import { trailingZeros } from "./bit-set";
import { CountTree } from "./count-tree";
import { type HoleList, NO_HOLE } from "./hole-list";
import { MaxTree } from "./max-tree";

/**
 * The free list in address order. For every 32 units there is a word with a bit for each hole that starts there, and the size of the
 * largest of them, with a tree of maxima above, so that the leftmost fit is found in O(log n) (the idea of Stephenson's Fast
 * Fits, 1983, on a tree of fixed shape).
 */
export class AddressList implements HoleList {
  /** One more than there are groups, where a search from the end of the heap finds nothing. */
  #words: Int32Array;
  #largest: MaxTree;
  #counts: CountTree | null = null;

  constructor(private readonly arena: Arena) {
    const groups = groupsOf(arena.room);
    this.#words = new Int32Array(groups + 1);
    this.#largest = new MaxTree(groups);
  }

  put(hole: number, size: number, left: number, right: number): void {
    const group = hole >>> 5;
    this.#words[group]! |= 1 << hole;
    if (size > this.#largest.at(group)) this.#largest.set(group, size);
    if (right !== NO_HOLE) this.take(right);
    if (left === NO_HOLE) this.#counts?.add(group, 1);
  }

  take(hole: number): void {
    const group = hole >>> 5;
    this.#words[group]! &= ~(1 << hole);
    this.#refresh(group);
    this.#counts?.add(group, -1);
  }

  split(hole: number, rest: number, restSize: number): void {
    const group = hole >>> 5;
    this.#words[group]! &= ~(1 << hole);
    this.#counts?.add(group, -1);
    this.put(rest, restSize, NO_HOLE, NO_HOLE);
    this.#refresh(group);
  }

  fuse(low: number, high: number, size: number): void {
    this.put(low, size, low, high);
  }

  first(size: number, from: number = NO_HOLE): number {
    if (from > 0) return this.#firstFrom(size, from);
    const group = this.#largest.first(size);
    return group < 0 ? NO_HOLE : this.#firstIn(group, size, -1);
  }

  after(hole: number): number {
    return this.first(1, hole + 1);
  }

  rank(hole: number): number {
    const group = hole >>> 5;
    const before = this.#words[group]! & ~(-1 << hole);
    return this.#counts!.before(group) + ones(before);
  }

  count(): void {
    this.#counts = new CountTree(this.#largest.length);
    for (const hole of this.inOrder()) this.#counts.add(hole >>> 5, 1);
  }

  inOrder(): number[] {
    const holes: number[] = [];
    for (let hole = this.first(1); hole !== NO_HOLE; hole = this.after(hole)) holes.push(hole);
    return holes;
  }

  reserve(units: number): void {
    const groups = groupsOf(units);
    const words = this.#words;
    this.#words = new Int32Array(groups + 1);
    this.#words.set(words);
    this.#largest = this.#largest.resized(groups);
    if (this.#counts !== null) this.count();
  }

  check(): void {
    this.#largest.check();
    const holes = [...this.arena.holeStarts()];
    const listed = this.inOrder();
    const wrong = holes.findIndex((hole, i) => hole !== listed[i]);
    if (wrong >= 0) throw new Error(`Broken index: the hole at unit ${holes[wrong]} is not in its place.`);
    if (listed.length > holes.length)
      throw new Error(`Broken index: there is no hole at unit ${listed[holes.length]}.`);
    for (const hole of holes) {
      const is = this.#largest.at(hole >>> 5);
      this.#refresh(hole >>> 5);
      if (this.#largest.at(hole >>> 5) !== is) {
        throw new Error(
          `Broken index: the group of the hole at unit ${hole} has not ${is} for its largest hole.`,
        );
      }
    }
  }

  largestSize(): number {
    return this.#largest.max();
  }

  get byteLength(): number {
    return this.#words.byteLength + this.#largest.byteLength;
  }

  /** The first hole of at least `size` from unit `from` on. */
  #firstFrom(size: number, from: number): number {
    let group = from >>> 5;
    const found = this.#firstIn(group, size, -1 << from);
    if (found !== NO_HOLE || ++group >= this.#largest.length) return found;
    group = this.#largest.first(size, group);
    return group < 0 ? NO_HOLE : this.#firstIn(group, size, -1);
  }

  /** The first hole of at least `size` in a group, among those that `mask` lets pass. */
  #firstIn(group: number, size: number, mask: number): number {
    let word = this.#words[group]! & mask;
    while (word !== 0) {
      const hole = (group << 5) + trailingZeros(word);
      if (this.arena.sizeAt(hole) >= size) return hole;
      word &= word - 1;
    }
    return NO_HOLE;
  }

  /** Looks up a group's largest hole again. */
  #refresh(group: number): void {
    let word = this.#words[group]!;
    let largest = 0;
    while (word !== 0) {
      const size = this.arena.sizeAt((group << 5) + trailingZeros(word));
      if (size > largest) largest = size;
      word &= word - 1;
    }
    this.#largest.set(group, largest);
  }
}

/** How many groups of 32 units there are in `units`. */
function groupsOf(units: number): number {
  return (units + 31) >>> 5;
}

/** How many bits of a word are set. */
function ones(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
