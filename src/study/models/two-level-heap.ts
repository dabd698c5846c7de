/** Classes between a power of two and the next one. */
const PARTS = 16;

interface Extent {
  readonly address: number;
  readonly size: number;
}

/**
 * Two-level segregated fit (TLSF: Masmano, Ripoll, Crespo and Real 2004): a list of holes for each sixteenth of each power of two, a
 * bit for each list that is not empty, and a bit for each power of two that has one. A request is rounded up to the next class, so that any
 * hole of the first list that is not empty will do: a search looks at two or three words, and takes the head of a list. A fixed memory; holes
 * merge at once. `looks` counts the words of bits that searches look at.
 */
export class TwoLevelHeap {
  readonly capacity: number;
  /** Words of bits that searches have looked at so far, and the most of any search. */
  looks = 0;
  mostLooks = 0;
  /** Searches so far. */
  searches = 0;
  #levels = 0;
  readonly #parts = new Int32Array(32);
  readonly #lists = new Map<number, Extent[]>();
  /** Holes by their first and by one past their last address: what boundary tags are for. */
  readonly #starts = new Map<number, Extent>();
  readonly #ends = new Map<number, Extent>();
  readonly #blocks = new Map<number, number>();

  /** @param capacity words of memory, from 1 to 2^30 */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#put({ address: 0, size: capacity });
  }

  malloc(size: number): number | null {
    this.searches++;
    const found = this.#search(roundedUp(size));
    if (found === null) return null;
    this.#take(found);
    if (found.size > size) this.#put({ address: found.address + size, size: found.size - size });
    this.#blocks.set(found.address, size);
    return found.address;
  }

  free(address: number): void {
    let start = address;
    let end = address + this.#blocks.get(address)!;
    this.#blocks.delete(address);
    const [below, above] = [this.#ends.get(start), this.#starts.get(end)];
    if (below) {
      this.#take(below);
      start = below.address;
    }
    if (above) {
      this.#take(above);
      end += above.size;
    }
    this.#put({ address: start, size: end - start });
  }

  /** The head of the first list from the class of `size` on that is not empty. */
  #search(size: number): Extent | null {
    let [level, part] = classOf(size);
    let looks = 1;
    let parts = this.#parts[level]! & (-1 << part);
    if (parts === 0) {
      looks++;
      // A shift by 32 would be one by 0.
      const levels = level === 31 ? 0 : this.#levels & (-1 << (level + 1));
      if (levels !== 0) {
        looks++;
        level = lowestBit(levels);
        parts = this.#parts[level]!;
      }
    }
    this.looks += looks;
    this.mostLooks = Math.max(this.mostLooks, looks);
    if (parts === 0) return null;
    part = lowestBit(parts);
    return this.#lists.get(level * PARTS + part)!.at(-1)!;
  }

  #put(hole: Extent): void {
    const [level, part] = classOf(hole.size);
    const key = level * PARTS + part;
    const list = this.#lists.get(key);
    if (list) list.push(hole);
    else this.#lists.set(key, [hole]);
    this.#parts[level]! |= 1 << part;
    this.#levels |= 1 << level;
    this.#starts.set(hole.address, hole);
    this.#ends.set(hole.address + hole.size, hole);
  }

  #take(hole: Extent): void {
    const [level, part] = classOf(hole.size);
    const list = this.#lists.get(level * PARTS + part)!;
    // Here the list is searched; links in both directions would save that.
    list.splice(list.lastIndexOf(hole), 1);
    if (list.length === 0) this.#parts[level]! &= ~(1 << part);
    if (this.#parts[level] === 0) this.#levels &= ~(1 << level);
    this.#starts.delete(hole.address);
    this.#ends.delete(hole.address + hole.size);
  }
}

/** The class of a size: its power of two, and the sixteenth above it. Sizes below 16 have a class each. */
function classOf(size: number): [level: number, part: number] {
  if (size < PARTS) return [0, size];
  const level = 31 - Math.clz32(size);
  return [level, Math.floor(size / 2 ** (level - 4)) - PARTS];
}

/** The least size of the first class all of whose sizes are at least `size`. */
function roundedUp(size: number): number {
  if (size < PARTS) return size;
  const step = 2 ** (27 - Math.clz32(size));
  return Math.ceil(size / step) * step;
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
