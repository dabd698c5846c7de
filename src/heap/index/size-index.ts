import { BitSet } from "./bit-set";
import { CountTree } from "./count-tree";
import { type HoleTable, NONE } from "./hole-table";

/** Sizes from here on, in units, are rare enough for a map. */
const RARE = 2 ** 16;

/**
 * The holes by size. A set of the sizes that occur, and for each of them a pairing heap of its holes, the one with the
 * lowest key on top (Fredman, Sedgewick, Sleator and Tarjan 1986): insertion in O(1), removal in O(log n) amortised.
 * The key is a hole's place in the free list, so that ties are broken by list order.
 */
export class SizeIndex {
  #sizes: BitSet;
  /** The tops for the sizes below `RARE`, up to the largest that there has been or more. */
  #tops = new Int32Array(64);
  #rareTops = new Map<number, number>();
  #counts: CountTree | null = null;

  /**
   * @param table the holes
   * @param key what orders holes of one size: the table's unit or slot
   * @param units the largest size there can be
   */
  constructor(
    private readonly table: HoleTable,
    private readonly key: "unit" | "slot",
    private units: number,
  ) {
    this.#sizes = new BitSet(units + 1);
  }

  insert(id: number): void {
    const { table } = this;
    table.child[id] = table.sibling[id] = table.previous[id] = NONE;
    const size = table.size[id]!;
    if (size >= this.#tops.length && size < RARE) this.#enlarge(size);
    const top = this.#top(size);
    if (top === NONE) this.#sizes.add(size);
    this.#setTop(size, top === NONE ? id : this.#link(top, id));
    this.#counts?.add(size, 1);
  }

  remove(id: number): void {
    const { child, sibling, previous, size } = this.table;
    const bin = size[id]!;
    const rest = this.#pair(child[id]!);
    if (previous[id] === NONE) {
      this.#setTop(bin, rest);
      if (rest === NONE) this.#sizes.delete(bin);
    } else {
      const before = previous[id]!;
      const after = sibling[id]!;
      if (child[before] === id) child[before] = after;
      else sibling[before] = after;
      if (after !== NONE) previous[after] = before;
      if (rest !== NONE) this.#setTop(bin, this.#link(this.#top(bin), rest));
    }
    this.#counts?.add(bin, -1);
  }

  /** Of the smallest holes of at least `size`, the first in the list. NONE when there is none. */
  smallest(size: number): number {
    if (size > this.units) return NONE;
    const bin = this.#sizes.next(size);
    return bin < 0 ? NONE : this.#top(bin);
  }

  /** Of the largest holes, the first in the list. NONE when there is none. */
  largest(): number {
    const bin = this.#sizes.previous(this.units);
    return bin < 0 ? NONE : this.#top(bin);
  }

  /** The first hole of just this size in list order. NONE when there is none. */
  firstOf(size: number): number {
    return this.#top(size);
  }

  /** How many holes of its size stand before `id` in the list. Visits those, and the tops of the heaps below them. */
  before(id: number): number {
    let before = 0;
    this.#visit(id, (_, isBefore) => {
      if (isBefore) before++;
    });
    return before;
  }

  /** The hole of its size behind `id` in the list; NONE when it is the last. Visits those before it and some behind. */
  behind(id: number): number {
    const key = this.table[this.key];
    let best = NONE;
    this.#visit(id, (other, isBefore) => {
      if (!isBefore && other !== id && (best === NONE || key[other]! < key[best]!)) best = other;
    });
    return best;
  }

  /** All holes of one size, in list order. Visits each of them. */
  sameSize(size: number): number[] {
    const { child, sibling } = this.table;
    const key = this.table[this.key];
    const found: number[] = [];
    const pending = [this.#top(size)];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (id === NONE) continue;
      found.push(id);
      pending.push(child[id]!, sibling[id]!);
    }
    return found.sort((a, b) => key[a]! - key[b]!);
  }

  /** The next larger size that occurs; −1 when there is none. */
  nextSize(size: number): number {
    return size >= this.units ? -1 : this.#sizes.next(size + 1);
  }

  /** The next smaller size that occurs; −1 when there is none. */
  previousSize(size: number): number {
    return this.#sizes.previous(size - 1);
  }

  /** How many holes are smaller than `size`. Needs `count()`. */
  smaller(size: number): number {
    return this.#counts!.before(size);
  }

  /** How many holes are larger than `size`. Needs `count()`. */
  larger(size: number): number {
    return this.#counts!.before(this.units + 1) - this.#counts!.before(size + 1);
  }

  /** Keeps count of sizes from now on, starting with those of `ids`. */
  count(ids: Iterable<number>): void {
    this.#counts = new CountTree(this.units + 1);
    for (const id of ids) this.#counts.add(this.table.size[id]!, 1);
  }

  /** Makes room for sizes up to `units`; `ids` are all the holes. */
  reserve(units: number, ids: Iterable<number>): void {
    this.units = units;
    this.#sizes = this.#sizes.resized(units + 1);
    if (this.#counts) this.count(ids);
  }

  /** Throws when the holes `ids` are not exactly those of this index, each under its size. */
  check(ids: readonly number[]): void {
    const missing = new Set(ids);
    for (let size = this.#sizes.next(0); size >= 0; size = this.nextSize(size)) {
      for (const id of this.sameSize(size)) {
        const known = missing.delete(id) && this.table.size[id] === size;
        if (!known)
          throw new Error(`Broken index: record ${id} does not belong among the holes of ${size} units.`);
      }
    }
    for (const id of missing)
      throw new Error(`Broken index: the hole at unit ${this.table.unit[id]} is in no size.`);
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.#sizes.byteLength + this.#tops.byteLength;
  }

  /** Visits `id` and all holes of its size before it, and of those behind it the tops of their heaps. */
  #visit(id: number, see: (other: number, isBefore: boolean) => void): void {
    const { child, sibling, size } = this.table;
    const key = this.table[this.key];
    const pending = [this.#top(size[id]!)];
    for (let other = pending.pop(); other !== undefined; other = pending.pop()) {
      if (other === NONE) continue;
      see(other, key[other]! < key[id]!);
      pending.push(sibling[other]!);
      // What lies below a hole stands behind it.
      if (key[other]! <= key[id]!) pending.push(child[other]!);
    }
  }

  /** The top for a size; NONE where no hole has it. */
  #top(size: number): number {
    return (size < RARE ? this.#tops[size] : this.#rareTops.get(size)) ?? NONE;
  }

  #setTop(size: number, id: number): void {
    if (size < RARE) this.#tops[size] = id;
    else if (id === NONE) this.#rareTops.delete(size);
    else this.#rareTops.set(size, id);
    if (id !== NONE) this.table.previous[id] = this.table.sibling[id] = NONE;
  }

  /** Makes room for the top of a size below `RARE`. */
  #enlarge(size: number): void {
    const tops = new Int32Array(Math.min(RARE, Math.max(size + 1, 2 * this.#tops.length)));
    tops.set(this.#tops);
    this.#tops = tops;
  }

  /** Makes the later of two tops the first child of the other, which it returns. */
  #link(a: number, b: number): number {
    const { child, sibling, previous } = this.table;
    const key = this.table[this.key];
    if (key[b]! < key[a]!) {
      const swap = a;
      a = b;
      b = swap;
    }
    const first = child[a]!;
    sibling[b] = first;
    previous[b] = a;
    if (first !== NONE) previous[first] = b;
    child[a] = b;
    return a;
  }

  /** Joins a chain of siblings into one heap: in pairs from the left, then the pairs from the right. */
  #pair(first: number): number {
    const { sibling } = this.table;
    let pairs = NONE;
    for (let a = first; a !== NONE; ) {
      const b = sibling[a]!;
      const rest = b === NONE ? NONE : sibling[b]!;
      const pair = b === NONE ? a : this.#link(a, b);
      sibling[pair] = pairs;
      pairs = pair;
      a = rest;
    }
    if (pairs === NONE) return NONE;
    let top = pairs;
    pairs = sibling[top]!;
    while (pairs !== NONE) {
      const next = sibling[pairs]!;
      top = this.#link(top, pairs);
      pairs = next;
    }
    this.table.previous[top] = this.table.sibling[top] = NONE;
    return top;
  }
}
