const FIELDS = ["unit", "size", "slot", "child", "sibling", "previous", "chain"] as const;
type Field = (typeof FIELDS)[number];

/** No record. */
export const NONE = 0;

/**
 * A record a hole, in flat arrays, found by the hole's first unit. Records are numbered from 1; 0 is none. The holes that start
 * in the same 32 units are chained.
 */
export class HoleTable implements Record<Field, Int32Array> {
  /** First unit of the hole. */
  unit = new Int32Array(64);
  /** Units of the hole. */
  size = new Int32Array(64);
  /** Its place in the order of arrival, for `Arrivals`. */
  slot = new Int32Array(64);
  /** Its first child, next sibling, and previous sibling or parent, for `SizeIndex`. */
  child = new Int32Array(64);
  sibling = new Int32Array(64);
  previous = new Int32Array(64);
  /** The next hole that starts in the same 32 units; of a record out of use, the next such record. */
  chain = new Int32Array(64);
  #heads: Int32Array;
  #spare: number = NONE;
  #used = 1;

  constructor(units: number) {
    this.#heads = new Int32Array((units >>> 5) + 1);
  }

  /** The record of the hole that starts at `unit`; NONE when there is none. */
  at(unit: number): number {
    let id = this.#heads[unit >>> 5]!;
    while (id !== NONE && this.unit[id] !== unit) id = this.chain[id]!;
    return id;
  }

  add(unit: number, size: number): number {
    let id = this.#spare;
    if (id !== NONE) this.#spare = this.chain[id]!;
    else {
      if (this.#used === this.unit.length) this.#enlarge();
      id = this.#used++;
    }
    this.size[id] = size;
    this.#link(id, unit);
    return id;
  }

  delete(id: number): void {
    this.#unlink(id);
    this.chain[id] = this.#spare;
    this.#spare = id;
  }

  /** The hole now has `size` units from `unit` on. */
  move(id: number, unit: number, size: number): void {
    this.size[id] = size;
    if (this.unit[id] === unit) return;
    this.#unlink(id);
    this.#link(id, unit);
  }

  /** Makes room for holes up to `units`. */
  reserve(units: number): void {
    const heads = new Int32Array((units >>> 5) + 1);
    heads.set(this.#heads.subarray(0, heads.length));
    this.#heads = heads;
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.#heads.byteLength + FIELDS.length * this.unit.byteLength;
  }

  #link(id: number, unit: number): void {
    this.unit[id] = unit;
    this.chain[id] = this.#heads[unit >>> 5]!;
    this.#heads[unit >>> 5] = id;
  }

  #unlink(id: number): void {
    const group = this.unit[id]! >>> 5;
    let at = this.#heads[group]!;
    if (at === id) {
      this.#heads[group] = this.chain[id]!;
      return;
    }
    while (this.chain[at] !== id) at = this.chain[at]!;
    this.chain[at] = this.chain[id]!;
  }

  #enlarge(): void {
    for (const field of FIELDS) {
      const into = new Int32Array(2 * this[field].length);
      into.set(this[field]);
      this[field] = into;
    }
  }
}
