import { firstIndex } from "../../base/first-index";

/** A buddy system: the sizes that its blocks can have, and how a block is cut in two. */
export interface BuddyFamily {
  readonly name: string;
  /** The sizes in words, ascending, from 1. */
  readonly sizes: readonly number[];
  /** Indices into `sizes` of the two parts that a block is cut into, the lower one first; null for a block that is not cut. */
  readonly parts: (index: number) => readonly [low: number, high: number] | null;
}

/** Sizes 1, 2, 4, …: a block is halved (Knowlton, CACM 8, 1965). */
export function binaryBuddies(largest: number): BuddyFamily {
  const sizes = upTo(largest, (k) => 2 ** k);
  return { name: "binary", sizes, parts: (i) => (i === 0 ? null : [i - 1, i - 1]) };
}

/** Sizes 1, 2, 3, 5, 8, …: a Fibonacci number of words is cut into the two before it (Hirschberg, CACM 16, 1973). */
export function fibonacciBuddies(largest: number): BuddyFamily {
  const sizes = [1, 2];
  while (sizes.at(-1)! + sizes.at(-2)! <= largest) sizes.push(sizes.at(-1)! + sizes.at(-2)!);
  return { name: "Fibonacci", sizes, parts: (i) => (i === 0 ? null : i === 1 ? [0, 0] : [i - 1, i - 2]) };
}

/**
 * Sizes 1, 2, 3, 4, 6, 8, 12, …, that is 2^k and 3 · 2^k: 2^(k+2) is cut into 3 · 2^k and 2^k, and 3 · 2^k into 2^(k+1) and 2^k (Shen and
 * Peterson, CACM 17, 1974).
 */
export function weightedBuddies(largest: number): BuddyFamily {
  const sizes = [1, ...upTo(largest, (k) => (k % 2 === 0 ? 2 : 3) * 2 ** Math.floor(k / 2))];
  return {
    name: "weighted",
    sizes,
    parts(i) {
      if (i === 0) return null;
      if (i === 1) return [0, 0];
      if (i === 2) return [1, 0];
      // 4, 8, 16, … stand at odd indices from 3 on, 6, 12, 24, … at even ones from 4 on.
      return i % 2 === 1 ? [i - 1, i - 3 === 0 ? 0 : i - 4] : [i - 1, i - 3];
    },
  };
}

function upTo(largest: number, size: (k: number) => number): number[] {
  const sizes: number[] = [];
  for (let k = 0; size(k) <= largest; k++) sizes.push(size(k));
  return sizes;
}

/** A block, free, allocated, or cut in two. */
interface Node {
  readonly address: number;
  readonly index: number;
  readonly parent: Node | null;
  children: readonly [Node, Node] | null;
  free: boolean;
}

/**
 * A heap of one buddy system: a request is rounded up to the next size; the smallest free block that is large enough, at the lowest
 * address, is cut until its parts are too small; a freed block merges with its other half as long as that is free. Trees and lists and
 * nothing else; for experiments.
 */
export class BuddyFamilyHeap {
  readonly family: BuddyFamily;
  readonly #free: Node[][];
  readonly #blocks = new Map<number, Node>();

  /** A heap of one block of the largest size. */
  constructor(family: BuddyFamily) {
    this.family = family;
    this.#free = family.sizes.map(() => []);
    this.#put({ address: 0, index: family.sizes.length - 1, parent: null, children: null, free: true });
  }

  get capacity(): number {
    return this.family.sizes.at(-1)!;
  }

  /** Words of the block that a request gets; infinity for one that is too large. */
  static blockSize({ sizes }: BuddyFamily, request: number): number {
    return sizes[sizeIndex(sizes, request)] ?? Number.POSITIVE_INFINITY;
  }

  malloc(request: number): number | null {
    const wanted = sizeIndex(this.family.sizes, request);
    let index = wanted;
    while (index < this.#free.length && this.#free[index]!.length === 0) index++;
    let node = this.#free[index]?.[0];
    if (node === undefined) return null;
    this.#take(node);
    for (let part = this.#cut(node, wanted); part !== null; part = this.#cut(node, wanted)) node = part;
    this.#blocks.set(node.address, node);
    return node.address;
  }

  free(address: number): void {
    let node = this.#blocks.get(address)!;
    this.#blocks.delete(address);
    node.free = true;
    for (let { parent } = node; parent !== null; parent = parent.parent) {
      const [low, high] = parent.children!;
      const other = node === low ? high : low;
      if (!other.free) break;
      this.#take(other);
      parent.children = null;
      parent.free = true;
      node = parent;
    }
    this.#put(node);
  }

  /** Cuts a node that was taken, unless both parts are too small: the smaller part that is large enough; the other one becomes free. */
  #cut(node: Node, wanted: number): Node | null {
    const parts = this.family.parts(node.index);
    if (parts === null || node.index === wanted || Math.max(...parts) < wanted) return null;
    const { sizes } = this.family;
    const low = { address: node.address, index: parts[0], parent: node, children: null, free: false };
    const high = { ...low, address: node.address + sizes[parts[0]]!, index: parts[1] };
    node.children = [low, high];
    const takesHigh = high.index >= wanted && high.index < low.index;
    const [taken, left] = takesHigh || low.index < wanted ? [high, low] : [low, high];
    this.#put(left);
    return taken;
  }

  #put(node: Node): void {
    node.free = true;
    const list = this.#free[node.index]!;
    list.splice(
      firstIndex(0, list.length, (i) => list[i]!.address > node.address),
      0,
      node,
    );
  }

  #take(node: Node): void {
    node.free = false;
    const list = this.#free[node.index]!;
    list.splice(
      firstIndex(0, list.length, (i) => list[i]!.address >= node.address),
      1,
    );
  }
}

function sizeIndex(sizes: readonly number[], request: number): number {
  return firstIndex(0, sizes.length, (i) => sizes[i]! >= request);
}
