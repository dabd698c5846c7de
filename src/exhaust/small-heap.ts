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

/** What a small heap with a free list goes by; the words are those of the library's options. */
export interface SmallHeapRules extends CallLimits {
  readonly units: number;
  readonly fit: "first" | "next" | "best" | "worst";
  /** `"classes"`: a list for each size class 1, 2, 3-4, 5-8, …, the newest hole in front: segregated fits. */
  readonly order: "address" | "lifo" | "fifo" | "size-ascending" | "size-descending" | "classes";
  readonly merging: "immediate" | "deferred" | "never";
  /** At which end of its hole a block is placed. Default "low". */
  readonly place?: "low" | "high";
  /** A remainder of fewer units is not split off. Default 1. */
  readonly leastRest?: number;
  /** A block's units are a multiple of this: what a request and its header need, rounded up. Default 1. */
  readonly align?: number;
  /**
   * The hole at the top is taken only where no other is large enough, and then there is room: so a heap behaves that grows at its top,
   * as long as it does not grow beyond these units. Default false.
   */
  readonly topLast?: boolean;
  /** Units of partitions that are given away whole and stay what they are. Default: one hole, to be cut. */
  readonly partitions?: readonly number[];
}

/**
 * A heap with a free list of few units, written from the definitions alone: an independent specification, which shares no line with the
 * library's heaps. A block is named by its first unit; in calls and answers, by its payload's.
 */
export class SmallHeap implements Model {
  readonly units: number;
  readonly header: number;
  readonly words: number;
  readonly did = new Did();
  /** Units of the block that starts at each unit; 0 where none does. */
  readonly #size: Uint8Array;
  /** 1 where a hole starts. */
  readonly #free: Uint8Array;
  /** The holes, in list order. */
  #list: number[] = [];
  /** The hole where next fit goes on; NONE for the head of the list. */
  #rover = NONE;
  /** Holes keep their places in the list while they shrink or merge after a failed search: it is in order of arrival. */
  readonly #keepsPlaces: boolean;
  /** The list does not follow from the blocks: a state has it as well. */
  readonly #hasHistory: boolean;
  readonly #leastRest: number;

  constructor(private readonly rules: SmallHeapRules) {
    const { units, order, leastRest = 1, header = 0 } = rules;
    this.units = units;
    this.header = header;
    this.#size = new Uint8Array(units + 1);
    this.#free = new Uint8Array(units + 1);
    this.#keepsPlaces = order === "lifo" || order === "fifo";
    this.#hasHistory = this.#keepsPlaces || order === "classes";
    this.#leastRest = rules.partitions ? units : leastRest;
    this.words = this.#hasHistory ? 3 + Math.ceil(units / HOLES_A_WORD) : 3;
    this.start();
  }

  start(): void {
    this.#size.fill(0);
    this.#free.fill(0);
    this.#list = [];
    this.#rover = NONE;
    let unit = 0;
    for (const size of this.rules.partitions ?? [this.units]) {
      this.#size[unit] = size;
      this.#free[unit] = 1;
      this.#list.push(unit);
      unit += size;
    }
  }

  make(call: number): void {
    const { kind, unit, size } = callOf(call);
    const { did, header } = this;
    did.clear();
    if (kind === "malloc") did.answer = this.#malloc(this.#sizeFor(size));
    else if (kind === "free") did.answer = this.#freeAt(unit);
    else if (kind === "realloc") this.#realloc(unit - header, this.#sizeFor(size));
    else did.answer = this.#mergeAll();
    if (kind === "free" || kind === "coalesce" || did.answer === NONE) return;
    did.size = this.#size[did.answer]!;
    did.answer += header;
  }

  /** Units of the block for a request. */
  #sizeFor(request: number): number {
    const { align = 1 } = this.rules;
    return Math.ceil((request + this.header) / align) * align;
  }

  #malloc(size: number, retry = () => false): number {
    let hole = this.#search(size);
    if (hole === NONE && this.rules.merging === "deferred") {
      this.did.merges = this.#mergeAll();
      if (this.did.merges > 0) {
        if (retry()) return NONE;
        hole = this.#search(size);
      }
    }
    if (hole !== NONE) return this.#cut(hole, size);
    const free = this.#list.reduce((sum, each) => sum + this.#size[each]!, 0);
    this.did.failure = free < size ? "full" : "fragmented";
    return NONE;
  }

  /** The hole that the fit takes: the walk along the list, from the rover on and around. */
  #search(size: number): number {
    const { fit, order, topLast } = this.rules;
    const start = this.#rover === NONE ? 0 : this.#list.indexOf(this.#rover);
    let found = NONE;
    for (let i = 0; i < this.#list.length; i++) {
      const hole = this.#list[(start + i) % this.#list.length]!;
      const holeSize = this.#size[hole]!;
      // The lists of smaller classes are not searched.
      if (order === "classes" && this.#classOf(holeSize) < this.#classOf(size)) continue;
      this.did.examined++;
      if (holeSize < size || (topLast && hole + holeSize === this.units)) continue;
      if (fit === "first" || fit === "next") return hole;
      if (found === NONE) found = hole;
      if (fit === "best" && holeSize < this.#size[found]!) found = hole;
      if (fit === "worst" && holeSize > this.#size[found]!) found = hole;
    }
    return found === NONE && topLast ? this.#topHole(size) : found;
  }

  /** The hole at the top, when it is large enough. */
  #topHole(size: number): number {
    const top = this.#holeBefore(this.units);
    return top !== NONE && this.#size[top]! >= size ? top : NONE;
  }

  /** Makes units of a hole a block, or all of it; its first unit. */
  #cut(hole: number, size: number): number {
    const { did } = this;
    did.hole = hole;
    did.holeSize = this.#size[hole]!;
    if (this.rules.fit === "next") this.#rover = hole;
    const restSize = did.holeSize - size;
    if (restSize < this.#leastRest) {
      this.#useUp(hole);
      return hole;
    }
    const [block, rest] = this.rules.place === "high" ? [hole + restSize, hole] : [hole, hole + size];
    did.rest = rest;
    did.restSize = restSize;
    this.#shrinkTo(hole, rest, restSize);
    this.#size[block] = size;
    return block;
  }

  /** A hole leaves the list: all of it is part of a block. A rover on it goes to the next one. */
  #useUp(hole: number): void {
    const at = this.#list.indexOf(hole);
    this.#list.splice(at, 1);
    if (this.#rover === hole) this.#rover = this.#list[at] ?? NONE;
    this.#free[hole] = 0;
  }

  /** A hole becomes the hole `rest`. It keeps its place in a list of arrival; in another it goes where it belongs. */
  #shrinkTo(hole: number, rest: number, restSize: number): void {
    this.#free[hole] = this.#size[hole] = 0;
    this.#free[rest] = 1;
    this.#size[rest] = restSize;
    if (this.#rover === hole) this.#rover = rest;
    const at = this.#list.indexOf(hole);
    if (this.#keepsPlaces) this.#list[at] = rest;
    else {
      this.#list.splice(at, 1);
      this.#enter(rest);
    }
  }

  /** Frees the block whose payload has this address, if there is one. */
  #freeAt(address: number): number {
    const { did, header } = this;
    did.failure = whyNotFreed(this.#size, this.#free, address, header);
    if (did.failure !== "") return NONE;
    this.#release(address - header);
    return 1;
  }

  /** Makes the block at `unit` a hole; immediate merging joins it with the holes beside it. */
  #release(unit: number): void {
    const { did } = this;
    const end = unit + this.#size[unit]!;
    did.freed = unit;
    did.freedSize = end - unit;
    const left = this.rules.merging === "immediate" ? this.#holeBefore(unit) : NONE;
    const right = this.rules.merging === "immediate" && this.#free[end] === 1 ? end : NONE;
    if (left !== NONE) did.leftSize = this.#size[left]!;
    if (right !== NONE) did.rightSize = this.#size[right]!;
    did.left = left;
    did.right = right;
    did.merged = left === NONE ? unit : left;
    did.mergedSize = did.leftSize + did.freedSize + did.rightSize;
    this.#list = this.#list.filter((hole) => hole !== left && hole !== right);
    this.#join(did.merged, did.mergedSize);
    this.#enter(did.merged);
  }

  /** One hole of all that lies in these units. A rover within stays with its memory. */
  #join(hole: number, size: number): void {
    for (let unit = hole; unit < hole + size; unit++) {
      if (this.#rover === unit) this.#rover = hole;
      this.#size[unit] = this.#free[unit] = 0;
    }
    this.#size[hole] = size;
    this.#free[hole] = 1;
  }

  #holeBefore(unit: number): number {
    let before = unit - 1;
    while (before > 0 && this.#size[before] === 0) before--;
    return before >= 0 && this.#free[before] === 1 ? before : NONE;
  }

  /** Joins all holes that touch, pair by pair from the lowest; how many pairs there were. Partitions stay. */
  #mergeAll(): number {
    if (this.rules.partitions) return 0;
    let pairs = 0;
    for (let low = 0; low < this.units; low += this.#size[low]!) {
      let high = low + this.#size[low]!;
      for (; this.#free[low] === 1 && this.#free[high] === 1; high = low + this.#size[low]!) {
        const places = [this.#list.indexOf(low), this.#list.indexOf(high)];
        this.#join(low, high - low + this.#size[high]!);
        // In a list of arrival the joined hole takes the foremost place of its parts.
        this.#list[Math.min(...places)] = low;
        this.#list.splice(Math.max(...places), 1);
        if (!this.#keepsPlaces) {
          this.#list.splice(this.#list.indexOf(low), 1);
          this.#enter(low);
        }
        pairs++;
      }
    }
    return pairs;
  }

  /** In place if it can be; else elsewhere. After a failed search, when holes have merged, all of it again. */
  #realloc(unit: number, size: number): void {
    const { did } = this;
    const old = this.#size[unit]!;
    did.answer = unit;
    if (size <= old) {
      did.how = old - size < this.#leastRest ? "kept" : "shrunk";
      if (did.how === "shrunk") this.#shrinkBlock(unit, size);
    } else if (this.#stretch(unit, size)) did.how = "grown";
    else {
      const to = this.#malloc(size, () => this.#stretch(unit, size));
      if (to !== NONE) {
        this.#release(unit);
        did.how = "moved";
        did.answer = to;
      } else if (this.#size[unit]! > old) did.how = "grown";
      else {
        did.how = "denied";
        did.answer = NONE;
      }
    }
  }

  /** Frees the end of a block, as a block of its own. That has a hole behind it, but none before it. */
  #shrinkBlock(unit: number, size: number): void {
    const tail = unit + size;
    this.#size[tail] = this.#size[unit]! - size;
    this.#size[unit] = size;
    this.#release(tail);
    const { did } = this;
    did.freed = did.left = did.right = did.merged = NONE;
    did.freedSize = did.leftSize = did.rightSize = did.mergedSize = 0;
  }

  /** Lengthens a block out of the hole behind it. */
  #stretch(unit: number, size: number): boolean {
    const hole = unit + this.#size[unit]!;
    const missing = size - this.#size[unit]!;
    const restSize = this.#size[hole]! - missing;
    if (this.#free[hole] !== 1 || restSize < 0 || this.rules.partitions) return false;
    if (restSize < this.#leastRest) {
      this.#useUp(hole);
      this.#size[unit]! += this.#size[hole]!;
      this.#size[hole] = 0;
    } else {
      this.#shrinkTo(hole, hole + missing, restSize);
      this.#size[unit] = size;
    }
    return true;
  }

  /** Puts a hole into the list: in front of the first that it precedes. */
  #enter(hole: number): void {
    const at = this.#list.findIndex((other) => this.#precedes(hole, other));
    if (at < 0) this.#list.push(hole);
    else this.#list.splice(at, 0, hole);
  }

  /** Whether a hole that comes into the list stands before one that is in it. */
  #precedes(hole: number, other: number): boolean {
    const [size, otherSize] = [this.#size[hole]!, this.#size[other]!];
    switch (this.rules.order) {
      case "address":
        return hole < other;
      case "lifo":
        return true;
      case "fifo":
        return false;
      case "size-ascending":
        return size < otherSize || (size === otherSize && hole < other);
      case "size-descending":
        return size > otherSize || (size === otherSize && hole < other);
      case "classes":
        return this.#classOf(size) <= this.#classOf(otherSize);
    }
  }

  /** The first class has the sizes up to `align`; each has those up to twice as many units as the one before. */
  #classOf(size: number): number {
    const { align = 1 } = this.rules;
    let k = 0;
    while (align * 2 ** k < size) k++;
    return k;
  }

  calls(): readonly number[] {
    return everyCall(this.#size, this.#free, this.units, this.rules);
  }

  /** Two numbers have a bit for each block and each hole at its first unit; one is the rover; the rest are the list. */
  save(states: Int32Array, at: number): void {
    saveBlocks(states, at, this.#size, this.#free, this.units);
    states[at + 2] = this.#rover;
    if (!this.#hasHistory) return;
    states.fill(0, at + 3, at + this.words);
    for (let i = 0; i < this.#list.length; i++)
      states[at + 3 + Math.floor(i / HOLES_A_WORD)]! |= this.#list[i]! << (5 * (i % HOLES_A_WORD));
  }

  load(states: Int32Array, at: number): void {
    const [starts, holes] = [states[at]!, states[at + 1]!];
    let end = this.units;
    let count = 0;
    this.#list = [];
    for (let unit = this.units - 1; unit >= 0; unit--) {
      const begins = (starts >> unit) & 1;
      this.#size[unit] = begins === 1 ? end - unit : 0;
      this.#free[unit] = (holes >> unit) & 1;
      if (begins === 1) end = unit;
      if (this.#free[unit] === 0) continue;
      count++;
      if (!this.#hasHistory) this.#enter(unit);
    }
    this.#rover = states[at + 2]!;
    if (!this.#hasHistory) return;
    for (let i = 0; i < count; i++)
      this.#list.push((states[at + 3 + Math.floor(i / HOLES_A_WORD)]! >> (5 * (i % HOLES_A_WORD))) & 31);
  }

  see(): Seen {
    const blocks: number[] = [];
    for (let unit = 0; unit < this.units; unit += this.#size[unit]!)
      blocks.push(this.#free[unit] === 1 ? -this.#size[unit]! : this.#size[unit]!);
    return { blocks, list: this.#list, rover: this.#rover };
  }
}

/** Holes of a list that a number of 32 bits has: five bits each. */
const HOLES_A_WORD = 6;
