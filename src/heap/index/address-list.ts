import type { Arena } from "../arena";
import { trailingZeros } from "./bit-set";
import { CountTree } from "./count-tree";
import { type HoleList, NO_HOLE } from "./hole-list";
import { MaxTree } from "./max-tree";

/**
 * The free list in address order. The arena already keeps the holes in that order; this adds, for every 32 units, the
 * size of the largest hole that starts there, with a tree of maxima above, so that the leftmost fit is found in
 * O(log n) (the idea of Stephenson's Fast Fits, 1983, on a tree of fixed shape).
 */
export class AddressList implements HoleList {
  #largest: MaxTree;
  #counts: CountTree | null = null;

  constructor(private readonly arena: Arena) {
    this.#largest = new MaxTree((arena.room >>> 5) + 1);
  }

  put(hole: number, size: number, left: number, right: number): void {
    const group = hole >>> 5;
    if (size > this.#largest.at(group)) this.#largest.set(group, size);
    if (right !== NO_HOLE && right >>> 5 !== group) this.#refresh(right >>> 5);
    if (this.#counts !== null) {
      if (left === NO_HOLE) this.#counts.add(group, 1);
      if (right !== NO_HOLE) this.#counts.add(right >>> 5, -1);
    }
  }

  take(hole: number): void {
    this.#refresh(hole >>> 5);
    this.#counts?.add(hole >>> 5, -1);
  }

  split(hole: number, rest: number, restSize: number): void {
    const from = hole >>> 5;
    const to = rest >>> 5;
    if (from !== to) {
      if (restSize > this.#largest.at(to)) this.#largest.set(to, restSize);
      if (this.#counts !== null) {
        this.#counts.add(from, -1);
        this.#counts.add(to, 1);
      }
    }
    this.#refresh(from);
  }

  fuse(low: number, high: number, size: number): void {
    this.put(low, size, low, high);
  }

  first(size: number, from: number = NO_HOLE): number {
    let group = 0;
    if (from > 0) {
      const found = this.#firstIn(from >>> 5, size, -1 << (from & 31));
      if (found !== NO_HOLE) return found;
      group = (from >>> 5) + 1;
      if (group >= this.#largest.length) return NO_HOLE;
    }
    group = this.#largest.first(size, group);
    return group < 0 ? NO_HOLE : this.#firstIn(group, size, -1);
  }

  after(hole: number): number {
    return this.arena.holes.next(hole + 1);
  }

  rank(hole: number): number {
    const group = hole >>> 5;
    const before = this.arena.holes.words[group]! & ~(-1 << (hole & 31));
    return this.#counts!.before(group) + ones(before);
  }

  count(): void {
    this.#counts = new CountTree(this.#largest.length);
    for (const hole of this.arena.holeStarts()) this.#counts.add(hole >>> 5, 1);
  }

  inOrder(): number[] {
    const holes: number[] = [];
    if (this.arena.units === 0) return holes;
    for (let hole = this.arena.holes.next(0); hole >= 0; hole = this.after(hole)) holes.push(hole);
    return holes;
  }

  reserve(units: number): void {
    this.#largest = this.#largest.resized((units >>> 5) + 1);
    if (this.#counts !== null) this.count();
  }

  check(): void {
    this.#largest.check();
    for (const hole of this.arena.holeStarts()) {
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
    return this.#largest.byteLength;
  }

  /** The first hole of at least `size` in a group, among those that `mask` lets pass. */
  #firstIn(group: number, size: number, mask: number): number {
    let word = this.arena.holes.words[group]! & mask;
    while (word !== 0) {
      const hole = (group << 5) + trailingZeros(word);
      if (this.arena.sizeAt(hole) >= size) return hole;
      word &= word - 1;
    }
    return NO_HOLE;
  }

  /** Looks up a group's largest hole again. */
  #refresh(group: number): void {
    let word = this.arena.holes.words[group]!;
    let largest = 0;
    while (word !== 0) {
      const size = this.arena.sizeAt((group << 5) + trailingZeros(word));
      if (size > largest) largest = size;
      word &= word - 1;
    }
    this.#largest.set(group, largest);
  }
}

/** How many bits of a word are set. */
function ones(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
