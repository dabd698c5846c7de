import { firstIndex } from "../base/first-index";

/** A set of sizes as disjoint ranges, each from its first size up to, not including, its end. */
export class SizeSet {
  /** Ascending, disjoint, not touching: starts[i] < ends[i] < starts[i + 1]. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Adds the sizes from `start` up to, not including, `end`. */
  add(start: number, end: number): void {
    if (!(start < end)) return;
    const from = this.#firstEndingAt(start);
    let to = from;
    let [low, high] = [start, end];
    while (to < this.#starts.length && this.#starts[to]! <= end) {
      low = Math.min(low, this.#starts[to]!);
      high = Math.max(high, this.#ends[to]!);
      to++;
    }
    this.#starts.splice(from, to - from, low);
    this.#ends.splice(from, to - from, high);
  }

  /** The smallest size from `size` on that is not in the set. */
  firstOutside(size: number): number {
    const at = this.#firstEndingAt(size);
    return (this.#starts[at] ?? Number.POSITIVE_INFINITY) <= size ? Math.max(size, this.#ends[at]!) : size;
  }

  /** The smallest size from `size` on that is in the set; infinity when there is none. */
  firstInside(size: number): number {
    const at = this.#firstEndingAt(size + 1);
    return at === this.#starts.length ? Number.POSITIVE_INFINITY : Math.max(size, this.#starts[at]!);
  }

  /** Index of the first range whose end is at least `size`. */
  #firstEndingAt(size: number): number {
    return firstIndex(0, this.#ends.length, (i) => this.#ends[i]! >= size);
  }
}
