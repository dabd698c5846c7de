import { firstIndex } from "../../base/first-index";

/** An end of a hole. */
export type HoleEnd = "low" | "high";

/**
 * First fit in address order in a heap without an end, in which every block is placed at the end of its hole that `end` says: a thing
 * that a `FreeList` decides once for all. Lists and nothing else; for experiments that take thousands of blocks, not millions.
 */
export class RandomEndHeap {
  /** Addresses and sizes of the holes, ascending; none borders on another. */
  readonly #addresses: number[] = [];
  readonly #sizes: number[] = [];
  readonly #blocks = new Map<number, number>();
  readonly #end: () => HoleEnd;
  #top = 0;

  constructor(end: () => HoleEnd) {
    this.#end = end;
  }

  get holeCount(): number {
    return this.#addresses.length;
  }
  get liveBlocks(): number {
    return this.#blocks.size;
  }
  /** How far up the heap reaches. */
  get capacity(): number {
    return this.#top;
  }

  malloc(size: number): number {
    let hole = this.#sizes.findIndex((each) => each >= size);
    if (hole < 0) hole = this.#grow(size);
    const rest = this.#sizes[hole]! - size;
    const low = this.#addresses[hole]!;
    // A hole that is used up has no ends to choose from.
    const end = rest === 0 ? "low" : this.#end();
    if (rest === 0) this.#remove(hole);
    else {
      this.#sizes[hole] = rest;
      if (end === "low") this.#addresses[hole] = low + size;
    }
    const address = end === "low" ? low : low + rest;
    this.#blocks.set(address, size);
    return address;
  }

  free(address: number): void {
    const size = this.#blocks.get(address)!;
    this.#blocks.delete(address);
    const right = firstIndex(0, this.#addresses.length, (i) => this.#addresses[i]! > address);
    const left = right - 1;
    const joinsLeft = left >= 0 && this.#addresses[left]! + this.#sizes[left]! === address;
    const joinsRight = this.#addresses[right] === address + size;
    if (joinsLeft) this.#sizes[left]! += size;
    else if (joinsRight) {
      this.#addresses[right] = address;
      this.#sizes[right]! += size;
    } else {
      this.#addresses.splice(right, 0, address);
      this.#sizes.splice(right, 0, size);
    }
    if (joinsLeft && joinsRight) {
      this.#sizes[left]! += this.#sizes[right]!;
      this.#remove(right);
    }
  }

  /** Grows the heap at its top by what is missing for `size`; the hole there is returned. */
  #grow(size: number): number {
    const last = this.#addresses.length - 1;
    if (last >= 0 && this.#addresses[last]! + this.#sizes[last]! === this.#top) {
      this.#top = this.#addresses[last]! + size;
      this.#sizes[last] = size;
      return last;
    }
    this.#addresses.push(this.#top);
    this.#sizes.push(size);
    this.#top += size;
    return last + 1;
  }

  #remove(hole: number): void {
    this.#addresses.splice(hole, 1);
    this.#sizes.splice(hole, 1);
  }
}
