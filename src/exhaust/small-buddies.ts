import {
  type CallLimits,
  callOf,
  Did,
  everyCall,
  type Model,
  NONE,
  type Seen,
  saveBlocks,
  whyNotFreed,
} from "./model";

/** How a block of each size is cut in two, the lower part first; none for a size that is not cut. */
export type BuddySizes = ReadonlyMap<number, readonly [low: number, high: number]>;

/** Powers of two, cut in halves (Knowlton 1965). */
export const BINARY: BuddySizes = new Map([
  [2, [1, 1]],
  [4, [2, 2]],
  [8, [4, 4]],
  [16, [8, 8]],
]);

/** Each size is cut into the two before it (Hirschberg 1973). */
export const FIBONACCI: BuddySizes = new Map([
  [2, [1, 1]],
  [3, [2, 1]],
  [5, [3, 2]],
  [8, [5, 3]],
  [13, [8, 5]],
]);

/** 2^k and 3 · 2^k (Shen and Peterson 1974). */
export const WEIGHTED: BuddySizes = new Map([
  [2, [1, 1]],
  [3, [2, 1]],
  [4, [3, 1]],
  [6, [4, 2]],
  [8, [6, 2]],
  [12, [8, 4]],
  [16, [12, 4]],
]);

/** What a small buddy system goes by. */
export interface SmallBuddiesRules extends CallLimits {
  /** One of the sizes, or 1. */
  readonly units: number;
  readonly sizes: BuddySizes;
}

/**
 * A buddy system of few units, from the definition: what is cut is a tree, two parts that are both free are one, and every search is a
 * loop over all blocks.
 */
export class SmallBuddies implements Model {
  readonly units: number;
  readonly header = 0;
  readonly words = 2;
  readonly did = new Did();
  /** Units of the block that starts at each unit; 0 where none does. */
  readonly #size: Uint8Array;
  /** 1 where a hole starts. */
  readonly #free: Uint8Array;

  constructor(private readonly rules: SmallBuddiesRules) {
    this.units = rules.units;
    this.#size = new Uint8Array(this.units + 1);
    this.#free = new Uint8Array(this.units + 1);
    this.start();
  }

  start(): void {
    this.#size.fill(0);
    this.#free.fill(0);
    this.#size[0] = this.units;
    this.#free[0] = 1;
  }

  make(call: number): void {
    const { kind, unit, size } = callOf(call);
    const { did } = this;
    did.clear();
    if (kind === "malloc") did.answer = this.#malloc(size);
    else if (kind === "free") did.answer = this.#release(unit);
    else this.#realloc(unit, size);
    if (kind !== "free" && did.answer !== NONE) did.size = this.#size[did.answer]!;
  }

  /** The smallest hole that is large enough, of several the lowest, is cut until its parts are too small. */
  #malloc(request: number): number {
    const { did } = this;
    const size = this.#rounded(request);
    let hole = NONE;
    let free = 0;
    for (let unit = this.units - 1; unit >= 0; unit--) {
      if (this.#free[unit] === 0) continue;
      free += this.#size[unit]!;
      if (this.#size[unit]! >= size && (hole === NONE || this.#size[unit]! <= this.#size[hole]!)) hole = unit;
    }
    // A list for each size is looked at, from the wanted one to the one with a hole, or to the last.
    const last = hole === NONE ? this.units : this.#size[hole]!;
    for (const each of this.#allSizes()) if (each >= size && each <= last) did.examined++;
    if (hole === NONE) {
      did.failure = free < size ? "full" : "fragmented";
      return NONE;
    }
    did.hole = hole;
    did.holeSize = this.#size[hole]!;
    const block = this.#cut(hole, size);
    this.#free[block] = 0;
    did.restSize = did.holeSize - this.#size[block]!;
    if (did.restSize > 0) did.rest = block + this.#size[block]!;
    return block;
  }

  /** Cuts a block while one of its parts is large enough: goes on with the smaller such part, of equal ones the lower; the other is free. */
  #cut(unit: number, size: number): number {
    const parts = this.rules.sizes.get(this.#size[unit]!);
    if (parts === undefined || this.#size[unit] === size || Math.max(...parts) < size) return unit;
    const high = unit + parts[0];
    [this.#size[unit], this.#size[high]] = parts;
    const takesHigh = parts[0] < size || (parts[1] >= size && parts[1] < parts[0]);
    this.#free[unit] = takesHigh ? 1 : 0;
    this.#free[high] = takesHigh ? 0 : 1;
    return this.#cut(takesHigh ? high : unit, size);
  }

  #release(unit: number): number {
    const { did } = this;
    did.failure = whyNotFreed(this.#size, this.#free, unit);
    if (did.failure !== "") return NONE;
    did.freed = unit;
    did.freedSize = this.#size[unit]!;
    this.#free[unit] = 1;
    this.#joinBelow(0, this.units);
    let merged = unit;
    while (this.#size[merged] === 0) merged--;
    did.merged = merged;
    did.mergedSize = this.#size[merged]!;
    did.leftSize = unit - merged;
    if (did.leftSize > 0) did.left = merged;
    did.rightSize = did.mergedSize - did.leftSize - did.freedSize;
    if (did.rightSize > 0) did.right = unit + did.freedSize;
    return 1;
  }

  /** Joins all parts of one block that are both free, from the leaves of its tree up. */
  #joinBelow(unit: number, size: number): void {
    if (this.#size[unit] === size) return;
    const [low, high] = this.rules.sizes.get(size)!;
    const behind = unit + low;
    this.#joinBelow(unit, low);
    this.#joinBelow(behind, high);
    const whole = this.#size[unit] === low && this.#size[behind] === high;
    if (!whole || this.#free[unit] === 0 || this.#free[behind] === 0) return;
    this.#size[unit] = size;
    this.#size[behind] = this.#free[behind] = 0;
  }

  /** A smaller block is cut where it is; a larger one is another. */
  #realloc(unit: number, request: number): void {
    const { did } = this;
    const size = this.#rounded(request);
    did.answer = unit;
    if (size === this.#size[unit]) did.how = "kept";
    else if (size < this.#size[unit]!) {
      did.how = "shrunk";
      this.#cut(unit, size);
    } else {
      did.answer = this.#malloc(request);
      did.how = did.answer === NONE ? "denied" : "moved";
      if (did.answer !== NONE) this.#release(unit);
    }
  }

  /** The sizes that blocks can have, ascending. */
  #allSizes(): number[] {
    return [1, ...this.rules.sizes.keys()];
  }

  #rounded(request: number): number {
    return this.#allSizes().find((size) => size >= request)!;
  }

  calls(): readonly number[] {
    return everyCall(this.#size, this.#free, this.units, this.rules);
  }

  save(states: Int32Array, at: number): void {
    saveBlocks(states, at, this.#size, this.#free, this.units);
  }

  load(states: Int32Array, at: number): void {
    let end = this.units;
    for (let unit = this.units - 1; unit >= 0; unit--) {
      const begins = (states[at]! >> unit) & 1;
      this.#size[unit] = begins === 1 ? end - unit : 0;
      this.#free[unit] = (states[at + 1]! >> unit) & 1;
      if (begins === 1) end = unit;
    }
  }

  /** The list is by size, then by address. */
  see(): Seen {
    const blocks: number[] = [];
    const list: number[] = [];
    for (let unit = 0; unit < this.units; unit += this.#size[unit]!) {
      const hole = this.#free[unit] === 1;
      blocks.push(hole ? -this.#size[unit]! : this.#size[unit]!);
      if (hole) list.push(unit);
    }
    list.sort((a, b) => this.#size[a]! - this.#size[b]! || a - b);
    return { blocks, list, rover: NONE };
  }
}
