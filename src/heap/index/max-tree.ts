/** Children of a node. */
export const WIDTH = 16;
const SHIFT = 4;

/**
 * A row of numbers, 0 or more, that finds the first one of at least a given value. Above the row lie levels of
 * maxima: `levels[k + 1][i] = max(levels[k][16 i .. 16 i + 15])`.
 */
export class MaxTree {
  #levels: Int32Array[] = [];
  #row: Int32Array;

  /** A row of `length` zeros. */
  constructor(length: number) {
    // Every level is padded to whole groups of children, so that no search leaves it.
    for (let n = length; ; n = Math.ceil(n / WIDTH)) {
      this.#levels.push(new Int32Array(Math.max(1, Math.ceil(n / WIDTH)) * WIDTH));
      if (n <= WIDTH) break;
    }
    this.#row = this.#levels[0]!;
  }

  get length(): number {
    return this.#row.length;
  }

  /** The levels, from the row up, for pictures: each padded with zeros to whole groups of children. */
  get levels(): readonly Int32Array[] {
    return this.#levels;
  }

  at(i: number): number {
    return this.#row[i]!;
  }

  /** Puts `value` at `i`. */
  set(i: number, value: number): void {
    const levels = this.#levels;
    let row = levels[0]!;
    const old = row[i]!;
    row[i] = value;
    for (let level = 1; level < levels.length; level++) {
      const above = levels[level]!;
      const at = i >>> SHIFT;
      const is = above[at]!;
      if (value < is) {
        if (is !== old) return;
        value = maxOf(row, at << SHIFT);
      }
      if (value === is) return;
      above[at] = value;
      row = above;
      i = at;
    }
  }

  /** The first index from `from` on whose value is at least `value` (1 or more); −1 when there is none. */
  first(value: number, from = 0): number {
    const levels = this.#levels;
    let level = levels.length - 1;
    let at = 0;
    if (from > 0) {
      // Up along the right side of `from`, until a group holds such a value.
      level = 0;
      at = from;
      for (;;) {
        const row = levels[level]!;
        const end = ((at >>> SHIFT) + 1) << SHIFT;
        while (at < end && row[at]! < value) at++;
        if (at < end) break;
        at >>>= SHIFT;
        if (++level === levels.length || at >= levels[level]!.length) return -1;
      }
    } else {
      const row = levels[level]!;
      while (at < WIDTH && row[at]! < value) at++;
      if (at === WIDTH) return -1;
    }
    while (level > 0) {
      const row = levels[--level]!;
      at <<= SHIFT;
      while (row[at]! < value) at++;
    }
    return at;
  }

  /** The largest value of all. */
  max(): number {
    return maxOf(this.#levels[this.#levels.length - 1]!, 0);
  }

  /** A tree with the same row, and room for `length` numbers. */
  resized(length: number): MaxTree {
    const tree = new MaxTree(length);
    const row = this.#row.subarray(0, tree.#row.length);
    tree.#row.set(row);
    let used = row.length;
    for (let level = 1; level < tree.#levels.length; level++) {
      const below = tree.#levels[level - 1]!;
      const into = tree.#levels[level]!;
      used = Math.ceil(used / WIDTH);
      for (let i = 0; i < used; i++) into[i] = maxOf(below, i * WIDTH);
    }
    return tree;
  }

  /** Throws when a node is not the maximum of its children. */
  check(): void {
    for (let level = 1; level < this.#levels.length; level++) {
      const below = this.#levels[level - 1]!;
      for (let i = 0; i * WIDTH < below.length; i++) {
        const [is, want] = [this.#levels[level]![i]!, maxOf(below, i * WIDTH)];
        if (is !== want)
          throw new Error(`Broken index: node ${i} of level ${level} says ${is}, its children ${want}.`);
      }
    }
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.#levels.reduce((sum, level) => sum + level.byteLength, 0);
  }
}

/** The largest of the group that starts at `i`. Without a branch, which no processor could predict. */
function maxOf(row: Int32Array, i: number): number {
  const a = greater(greater(row[i]!, row[i + 1]!), greater(row[i + 2]!, row[i + 3]!));
  const b = greater(greater(row[i + 4]!, row[i + 5]!), greater(row[i + 6]!, row[i + 7]!));
  const c = greater(greater(row[i + 8]!, row[i + 9]!), greater(row[i + 10]!, row[i + 11]!));
  const d = greater(greater(row[i + 12]!, row[i + 13]!), greater(row[i + 14]!, row[i + 15]!));
  return greater(greater(a, b), greater(c, d));
}

/** The greater of two numbers whose difference is a 32-bit one. */
function greater(a: number, b: number): number {
  const less = (a - b) | 0;
  return (a - (less & (less >> 31))) | 0;
}
