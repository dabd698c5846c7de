// Called by a short name, so that what calls it is short enough for V8 to have it inline. A shift takes its count modulo 32.
const { clz32 } = Math;

/**
 * A set of small integers that finds neighbours: the next member at or above a number, the last at or below it. A bit a
 * number, and above each level a bit for every word that is not empty, so that every operation looks at no more than one
 * word a level (32-ary: 6 levels for 2^30 numbers). An empty tail costs address space, not memory.
 */
export class BitSet {
  /** levels[0] has a bit a number; levels[k + 1] a bit for every word of levels[k] that is not 0. */
  #levels: Int32Array[] = [];
  /** The lowest level, for readers in a hurry. Read only. */
  words: Int32Array;

  /** An empty set of numbers from 0 to `size − 1`. */
  constructor(size: number) {
    let words = (size + 31) >>> 5;
    for (;;) {
      this.#levels.push(new Int32Array(Math.max(1, words)));
      if (words <= 1) break;
      words = (words + 31) >>> 5;
    }
    this.words = this.#levels[0]!;
  }

  has(i: number): boolean {
    return (this.words[i >>> 5]! & (1 << i)) !== 0;
  }

  add(i: number): void {
    const at = i >>> 5;
    const word = this.words[at]!;
    this.words[at] = word | (1 << i);
    if (word === 0) this.#fill(at);
  }

  delete(i: number): void {
    const at = i >>> 5;
    const word = this.words[at]! & ~(1 << i);
    this.words[at] = word;
    if (word === 0) this.#empty(at);
  }

  /** The smallest member that is at least `i`; −1 when there is none. */
  next(i: number): number {
    const at = i >>> 5;
    const word = this.words[at]! & (-1 << i);
    if (word !== 0) return (at << 5) + trailingZeros(word);
    // Most neighbours are a word away.
    const beside = this.words[at + 1];
    if (beside !== undefined && beside !== 0) return ((at + 1) << 5) + trailingZeros(beside);
    return this.#nextFrom(at + 1);
  }

  /** The largest member that is at most `i`; −1 when there is none. */
  previous(i: number): number {
    if (i < 0) return -1;
    const at = i >>> 5;
    const word = this.words[at]! & (-1 >>> (31 - i));
    if (word !== 0) return (at << 5) + 31 - clz32(word);
    if (at === 0) return -1;
    const beside = this.words[at - 1]!;
    if (beside !== 0) return ((at - 1) << 5) + 31 - clz32(beside);
    return this.#previousFrom(at - 1);
  }

  /** A set of the same members with room for numbers up to `size − 1`. */
  resized(size: number): BitSet {
    const set = new BitSet(size);
    for (const [level, words] of this.#levels.entries()) {
      const into = set.#levels[level];
      if (into) into.set(words.subarray(0, into.length));
    }
    // Levels that the old set did not have: only the first word below can have members.
    for (let level = this.#levels.length; level < set.#levels.length; level++) {
      if (set.#levels[level - 1]![0] !== 0) set.#levels[level]![0] = 1;
    }
    return set;
  }

  /** Bytes of storage. */
  get byteLength(): number {
    return this.#levels.reduce((sum, level) => sum + level.byteLength, 0);
  }

  #fill(at: number): void {
    for (let level = 1; level < this.#levels.length; level++) {
      const words = this.#levels[level]!;
      const word = words[at >>> 5]!;
      words[at >>> 5] = word | (1 << at);
      if (word !== 0) return;
      at >>>= 5;
    }
  }

  #empty(at: number): void {
    for (let level = 1; level < this.#levels.length; level++) {
      const words = this.#levels[level]!;
      const word = words[at >>> 5]! & ~(1 << at);
      words[at >>> 5] = word;
      if (word !== 0) return;
      at >>>= 5;
    }
  }

  /** The smallest member in word `at` of the lowest level or behind it. */
  #nextFrom(at: number): number {
    for (let level = 1; level < this.#levels.length; level++) {
      const words = this.#levels[level]!;
      if (at >>> 5 < words.length) {
        const word = words[at >>> 5]! & (-1 << at);
        if (word !== 0) return this.#descend(level, ((at >>> 5) << 5) + trailingZeros(word), trailingZeros);
      }
      at = (at >>> 5) + 1;
    }
    return -1;
  }

  #previousFrom(at: number): number {
    for (let level = 1; level < this.#levels.length && at >= 0; level++) {
      const word = this.#levels[level]![at >>> 5]! & (-1 >>> (31 - at));
      if (word !== 0) return this.#descend(level, ((at >>> 5) << 5) + leadingOne(word), leadingOne);
      at = (at >>> 5) - 1;
    }
    return -1;
  }

  #descend(level: number, at: number, choose: (word: number) => number): number {
    while (--level >= 0) at = (at << 5) + choose(this.#levels[level]![at]!);
    return at;
  }
}

/** Index of the lowest bit that is set in a word that is not 0. */
export function trailingZeros(word: number): number {
  return 31 - clz32(word & -word);
}

function leadingOne(word: number): number {
  return 31 - clz32(word);
}
