const WIDTH = 32;
const SHIFT = 5;

/**
 * A row of counters that tells how much stands before an index. Above the row lie levels of sums:
 * `levels[k + 1][i] = sum(levels[k][32 i .. 32 i + 31])`.
 */
export class CountTree {
  #levels: Int32Array[] = [];

  /** A row of `length` zeros. */
  constructor(length: number) {
    for (let n = length; ; n = Math.ceil(n / WIDTH)) {
      this.#levels.push(new Int32Array(Math.max(1, n)));
      // Fewer than a group at the top, so that the sum of all is asked for within it.
      if (n < WIDTH) break;
    }
  }

  add(i: number, change: number): void {
    for (const row of this.#levels) {
      row[i]! += change;
      i >>>= SHIFT;
    }
  }

  /** The sum of all counters with an index below `i`. */
  before(i: number): number {
    let sum = 0;
    for (const row of this.#levels) {
      for (let at = (i >>> SHIFT) << SHIFT; at < i; at++) sum += row[at]!;
      i >>>= SHIFT;
    }
    return sum;
  }
}
