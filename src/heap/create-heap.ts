import { ownOptions, show } from "../base/wrong-argument";
import { BuddySystem } from "./buddy-system";
import { FixedPartitions, type FixedPartitionsOptions } from "./fixed-partitions";
import { FreeList } from "./free-list";
import type { Heap, HeapDescription } from "./heap";
import { OriginalHeap } from "./original-heap";
import { SegregatedFits } from "./segregated-fits";

/** Every kind of heap: what its description calls it, and how it is made. */
const KINDS: Readonly<Record<string, (heapSize: number, pageSize: number, options: object) => Heap>> = {
  "free-list": (heapSize, pageSize, options) => new FreeList(heapSize, pageSize, options),
  "segregated-fits": (heapSize, pageSize, options) => new SegregatedFits(heapSize, pageSize, options),
  buddy: (heapSize, pageSize, options) => new BuddySystem(heapSize, pageSize, options),
  "fixed-partitions": (heapSize, pageSize, options) => {
    const { partitions, ...own } = options as FixedPartitionsOptions & { partitions: number[] };
    const heap = new FixedPartitions(partitions, pageSize, own);
    if (heap.capacity === heapSize) return heap;
    throw new RangeError(
      `A description's heapSize must be that of its partitions, ${heap.capacity}, not ${heapSize}.`,
    );
  },
  original: (heapSize, pageSize, options) => {
    ownOptions(options, []);
    return new OriginalHeap(heapSize, pageSize);
  },
};

/**
 * Makes an empty heap from what `describe()` of another said.
 * @throws TypeError or RangeError for what is no description, a kind of heap or an option that is not known, or a fit of one's own,
 *   which no description can carry.
 */
export function createHeap(description: HeapDescription): Heap {
  if (typeof description !== "object" || description === null || Array.isArray(description)) {
    throw new TypeError(`createHeap takes what describe() of a heap returned, not ${show(description)}.`);
  }
  const { kind, heapSize, pageSize, options } = { ...description };
  if (typeof kind !== "string" || !Object.hasOwn(KINDS, kind)) {
    const kinds = Object.keys(KINDS).map(show).join(", ");
    throw new RangeError(`There is no heap of kind ${show(kind)}; the kinds are ${kinds}.`);
  }
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `A description's options must be an object, not ${show(options)}; give {} for the defaults.`,
    );
  }
  const own = { ...options };
  if (own.fit === "custom") {
    throw new RangeError(
      "A fit of one's own is a function and not part of a description; make the heap with it.",
    );
  }
  if (own.order === "as-published") {
    throw new RangeError(
      'This describes the original program\'s heap as earlier versions did, by the order "as-published"; it is a heap of its own now, of kind "original".',
    );
  }
  return KINDS[kind]!(heapSize, pageSize, own);
}
