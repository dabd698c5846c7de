/** A table's content, to go back to. */
export interface AddressTableState {
  readonly keys: Float64Array;
  readonly values: Int32Array;
  readonly size: number;
}

const EMPTY = -1;

/**
 * Integers other than 0 by address (0 and up): a hash table with linear probing in two flat arrays (Knuth, TAOCP 3, 6.4,
 * algorithms L and R), so that saving and loading it is copying them.
 *
 * Invariants: at most half of the places are taken; no empty place lies between an address's own place and where it is.
 */
export class AddressTable {
  #keys: Float64Array = new Float64Array(16).fill(EMPTY);
  #values: Int32Array = new Int32Array(16);
  #size = 0;

  /** Number of addresses. */
  get size(): number {
    return this.#size;
  }

  /** The value of `address`; 0 when it has none, or is no address. */
  get(address: number): number {
    if (!(address >= 0)) return 0;
    const at = this.#find(address);
    return this.#keys[at] === address ? this.#values[at]! : 0;
  }

  /** Gives `address` a value. */
  set(address: number, value: number): void {
    let at = this.#find(address);
    if (this.#keys[at] !== address) {
      if (2 * (this.#size + 1) > this.#keys.length) {
        this.#grow();
        at = this.#find(address);
      }
      this.#keys[at] = address;
      this.#size++;
    }
    this.#values[at] = value;
  }

  /** Removes `address`, if it is there. */
  delete(address: number): void {
    if (!(address >= 0)) return;
    const keys = this.#keys;
    const mask = keys.length - 1;
    let hole = this.#find(address);
    if (keys[hole] !== address) return;
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

  /** A copy of the content. */
  save(): AddressTableState {
    return { keys: this.#keys.slice(), values: this.#values.slice(), size: this.#size };
  }

  /** Goes back to what `save` returned. */
  load({ keys, values, size }: AddressTableState): void {
    if (keys.length === this.#keys.length) {
      this.#keys.set(keys);
      this.#values.set(values);
    } else {
      this.#keys = keys.slice();
      this.#values = values.slice();
    }
    this.#size = size;
  }

  /** Where `address` is, or the empty place where it would be. */
  #find(address: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let at = this.#home(address);
    while (keys[at] !== address && keys[at] !== EMPTY) at = (at + 1) & mask;
    return at;
  }

  #home(address: number): number {
    const mixed = Math.imul(address % 4294967291, 0x9e3779b1);
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
