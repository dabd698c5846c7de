import { ownOptions, show } from "../base/wrong-argument";
import { BUDDY_OPTIONS, BuddySystem } from "./buddy-system";
import { FixedPartitions, type FixedPartitionsOptions, PARTITIONS_OPTIONS } from "./fixed-partitions";
import { FreeList } from "./free-list";
import type { Heap, HeapDescription } from "./heap";
import { OPTION_NAMES } from "./options";
import { OriginalHeap } from "./original-heap";
import { SEGREGATED_OPTIONS, SegregatedFits } from "./segregated-fits";

/** What sets a kind of heap apart for those who look at heaps of all kinds. */
export interface HeapTraits {
  /** Whether its list, which its snapshot is, has every block as a record, free or allocated. Default: the list has the holes. */
  readonly listsAllBlocks?: boolean;
  /** Whether in its picture a block covers the pages that end within it: see `Grid.wholePages`. Default: those that it reaches into. */
  readonly wholePages?: boolean;
}

/** A kind of heap, as it may stand in a list to choose from. */
export interface HeapKind extends HeapTraits {
  /** What it is called: "free list". */
  readonly title: string;
  /** The names of its options, as in its description. */
  readonly options: readonly string[];
  make(heapSize: number, pageSize: number, options: object): Heap;
}

/** Every kind of heap, by what its description calls it. */
export const HEAP_KINDS: Readonly<Record<string, HeapKind>> = {
  "free-list": {
    title: "free list",
    options: OPTION_NAMES,
    make: (heapSize, pageSize, options) => new FreeList(heapSize, pageSize, options),
  },
  "segregated-fits": {
    title: "segregated fits",
    options: SEGREGATED_OPTIONS,
    make: (heapSize, pageSize, options) => new SegregatedFits(heapSize, pageSize, options),
  },
  buddy: {
    title: "buddy system",
    options: BUDDY_OPTIONS,
    make: (heapSize, pageSize, options) => new BuddySystem(heapSize, pageSize, options),
  },
  "fixed-partitions": {
    title: "fixed partitions",
    options: [...PARTITIONS_OPTIONS, "partitions"],
    make(heapSize, pageSize, options) {
      const { partitions, ...own } = options as FixedPartitionsOptions & { partitions: number[] };
      const heap = new FixedPartitions(partitions, pageSize, own);
      if (heap.capacity === heapSize) return heap;
      throw new RangeError(
        `A description's heapSize must be that of its partitions, ${heap.capacity}, not ${heapSize}.`,
      );
    },
  },
  original: {
    title: "original program",
    options: [],
    listsAllBlocks: true,
    wholePages: true,
    make(heapSize, pageSize, options) {
      ownOptions(options, []);
      return new OriginalHeap(heapSize, pageSize);
    },
  },
};

/** What sets the heaps of a description apart. */
export function traitsOf({ kind }: HeapDescription): HeapTraits {
  return Object.hasOwn(HEAP_KINDS, kind) ? HEAP_KINDS[kind]! : {};
}

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
  if (typeof kind !== "string" || !Object.hasOwn(HEAP_KINDS, kind)) {
    const kinds = Object.keys(HEAP_KINDS).map(show).join(", ");
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
  return HEAP_KINDS[kind]!.make(heapSize, pageSize, own);
}
