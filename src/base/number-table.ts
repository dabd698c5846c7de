/** A table's content, to go back to. */
export interface NumberTableState {
  readonly keys: Float64Array;
  readonly values: Int32Array;
  readonly size: number;
}

const EMPTY = -1;

/**
 * Integers of 32 bits other than 0 by number, such as an address, from 0 to 2^53 − 1: a hash table with linear probing in two flat
 * arrays (Knuth, TAOCP 3, 6.4, algorithms L and R), so that saving and loading it is copying them.
 *
 * Invariants: at most half of the places are taken; no empty place lies between a number's own place and where it is.
 */
export class NumberTable {
  #keys: Float64Array = new Float64Array(16).fill(EMPTY);
  #values: Int32Array = new Int32Array(16);
  #size = 0;

  /** How many numbers have a value. */
  get size(): number {
    return this.#size;
  }

  /** The value of `key`; 0 when it has none, or is no number from 0 on. */
  get(key: number): number {
    if (!(key >= 0)) return 0;
    const at = this.#find(key);
    return this.#keys[at] === key ? this.#values[at]! : 0;
  }

  /** Gives `key` a value. */
  set(key: number, value: number): void {
    let at = this.#find(key);
    if (this.#keys[at] !== key) {
      if (2 * (this.#size + 1) > this.#keys.length) {
        this.#grow();
        at = this.#find(key);
      }
      this.#keys[at] = key;
      this.#size++;
    }
    this.#values[at] = value;
  }

  /** Removes `key`, if it is there. */
  delete(key: number): void {
    if (!(key >= 0)) return;
    const keys = this.#keys;
    const mask = keys.length - 1;
    let hole = this.#find(key);
    if (keys[hole] !== key) return;
    this.#size--;
    // What would not be found behind the hole moves into it.
    for (let at = (hole + 1) & mask; keys[at] !== EMPTY; at = (at + 1) & mask) {
      const home = this.#home(keys[at]!);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      keys[hole] = keys[at]!;
      this.#values[hole] = this.#values[at]!;
      hole = at;
    }
    keys[hole] = EMPTY;
  }

  /** Calls `take` with each number and its value, in no particular order. The table must not change meanwhile. */
  forEach(take: (key: number, value: number) => void): void {
    const keys = this.#keys;
    for (let i = 0; i < keys.length; i++) if (keys[i] !== EMPTY) take(keys[i]!, this.#values[i]!);
  }

  /** Removes every number, and makes room for so many. */
  clear(room = 0): void {
    let length = this.#keys.length;
    while (length < 2 * room) length *= 2;
    if (length > this.#keys.length) {
      this.#keys = new Float64Array(length);
      this.#values = new Int32Array(length);
    }
    this.#keys.fill(EMPTY);
    this.#size = 0;
  }

  /** A copy of the content. */
  save(): NumberTableState {
    return { keys: this.#keys.slice(), values: this.#values.slice(), size: this.#size };
  }

  /** Goes back to what `save` returned. */
  load({ keys, values, size }: NumberTableState): void {
    if (keys.length === this.#keys.length) {
      this.#keys.set(keys);
      this.#values.set(values);
    } else {
      this.#keys = keys.slice();
      this.#values = values.slice();
    }
    this.#size = size;
  }

  /** Where `key` is, or the empty place where it would be. */
  #find(key: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let at = this.#home(key);
    while (keys[at] !== key && keys[at] !== EMPTY) at = (at + 1) & mask;
    return at;
  }

  /** Where `key` is unless others are there: by Fibonacci hashing of its halves (Knuth, TAOCP 3, 6.4). */
  #home(key: number): number {
    const high = Math.imul(key / 2 ** 32, 0x85ebca6b);
    const mixed = Math.imul(key ^ high, 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#keys.length - 1);
  }

  #grow(): void {
    const { keys, values } = this.save();
    this.#keys = new Float64Array(2 * keys.length).fill(EMPTY);
    this.#values = new Int32Array(2 * keys.length);
    this.#size = 0;
    for (let i = 0; i < keys.length; i++) if (keys[i] !== EMPTY) this.set(keys[i]!, values[i]!);
  }
}
