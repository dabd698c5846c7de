/** Children of a node. */
export const WIDTH = 4;
const SHIFT = 2;

/**
 * A row of numbers, 0 or more, that finds the first one of at least a given value. Above the row lie levels of
 * maxima: `levels[k + 1][i] = max(levels[k][4 i .. 4 i + 3])`.
 *
 * The levels lie one behind the other in one array, the row first, each padded with zeros to whole groups of children, so that no
 * search leaves it.
 */
export class MaxTree {
  #nodes: Int32Array;
  /** Where each level ends, and the next one begins. */
  #ends: number[] = [];
  /** The parent of node `i` of a level is node `(i >>> SHIFT) + up[level]`. */
  #up: number[] = [];

  /** A row of `length` zeros. */
  constructor(length: number) {
    let start = 0;
    for (let n = length; ; n = Math.ceil(n / WIDTH)) {
      const end = start + Math.max(1, Math.ceil(n / WIDTH)) * WIDTH;
      this.#ends.push(end);
      if (n <= WIDTH) break;
      this.#up.push(end - start / WIDTH);
      start = end;
    }
    this.#nodes = new Int32Array(this.#ends.at(-1)!);
  }

  get length(): number {
    return this.#ends[0]!;
  }

  /** The levels, from the row up, for pictures: each padded with zeros to whole groups of children. */
  get levels(): readonly Int32Array[] {
    return this.#ends.map((end, level) => this.#nodes.subarray(this.#ends[level - 1] ?? 0, end));
  }

  at(i: number): number {
    return this.#nodes[i]!;
  }

  /** Puts `value` at `i`. */
  set(i: number, value: number): void {
    const nodes = this.#nodes;
    const up = this.#up;
    const old = nodes[i]!;
    nodes[i] = value;
    for (let level = 0; level < up.length; level++) {
      const group = i >>> SHIFT;
      i = group + up[level]!;
      const is = nodes[i]!;
      if (value < is) {
        if (is !== old) return;
        value = maxOf(nodes, group << SHIFT);
      }
      if (value === is) return;
      nodes[i] = value;
    }
  }

  /** The first index from `from` on whose value is at least `value` (1 or more); −1 when there is none. */
  first(value: number, from = 0): number {
    if (from > 0) return this.#firstFrom(value, from);
    const nodes = this.#nodes;
    const i = firstOf(nodes, nodes.length - WIDTH, value);
    return nodes[i]! < value ? -1 : this.#firstBelow(this.#up.length, i, value);
  }

  /** Up along the right side of `from`, until a group holds such a value. */
  #firstFrom(value: number, from: number): number {
    const nodes = this.#nodes;
    let i = from;
    for (let level = 0; ; level++) {
      const end = ((i >>> SHIFT) + 1) << SHIFT;
      while (i < end && nodes[i]! < value) i++;
      if (i < end) return this.#firstBelow(level, i, value);
      if (i === this.#ends[level]) return -1;
      i = (i >>> SHIFT) + this.#up[level]!;
    }
  }

  /** The first index below node `i` of a level, which is at least `value`. */
  #firstBelow(level: number, i: number, value: number): number {
    const nodes = this.#nodes;
    const up = this.#up;
    while (level > 0) {
      level--;
      i = firstOf(nodes, (i - up[level]!) << SHIFT, value);
    }
    return i;
  }

  /** The largest value of all. */
  max(): number {
    return maxOf(this.#nodes, this.#nodes.length - WIDTH);
  }

  /** A tree with the same row, and room for `length` numbers. */
  resized(length: number): MaxTree {
    const tree = new MaxTree(length);
    tree.#nodes.set(this.#nodes.subarray(0, Math.min(this.length, tree.length)));
    for (const [level, up] of tree.#up.entries()) {
      for (let i = tree.#ends[level - 1] ?? 0; i < tree.#ends[level]!; i += WIDTH)
        tree.#nodes[(i >>> SHIFT) + up] = maxOf(tree.#nodes, i);
    }
    return tree;
  }

  /** Throws when a node is not the maximum of its children. */
  check(): void {
    const { levels } = this;
    for (const [level, above] of levels.slice(1).entries()) {
      const below = levels[level]!;
      for (let i = 0; i * WIDTH < below.length; i++) {
        const [is, want] = [above[i]!, maxOf(below, i * WIDTH)];
        if (is !== want)
          throw new Error(`Broken index: node ${i} of level ${level + 1} says ${is}, its children ${want}.`);
      }
    }
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.#nodes.byteLength;
  }
}

// The four of a group are looked at without a branch, which no processor could predict: that takes longer than a look.

/** The largest of the group that starts at `i`. */
function maxOf(row: Int32Array, i: number): number {
  return greater(greater(row[i]!, row[i + 1]!), greater(row[i + 2]!, row[i + 3]!));
}

/** The first of the group that starts at `i` that is at least `value`; the last when there is none. */
function firstOf(row: Int32Array, i: number, value: number): number {
  const one = less(row[i]!, value);
  const two = one & less(row[i + 1]!, value);
  const three = two & less(row[i + 2]!, value);
  return i + one + two + three;
}

/** 1 where `a` is less than `b`, else 0, for numbers whose difference is a 32-bit one. */
function less(a: number, b: number): number {
  return (a - b) >>> 31;
}

/** The greater of two numbers whose difference is a 32-bit one. */
function greater(a: number, b: number): number {
  const less = (a - b) | 0;
  return (a - (less & (less >> 31))) | 0;
}
