import { checkNumber, show } from "../base/wrong-argument";
import type { Extent } from "../heap/block";
import type { FreeList } from "../heap/free-list";
import { MaxTree, WIDTH } from "../heap/index/max-tree";

/** Units of the heap that an entry of the index's row stands for. */
const GROUP = 32;

/** One level of the index, and what a search does there. */
export interface IndexLevel {
  /** Bytes of the heap that an entry stands for. */
  readonly bytes: number;
  /** For each entry: the bytes of the largest hole that begins in its part of the heap; 0 for none. */
  readonly entries: readonly number[];
  /** The first entry that the search looks at, how many it might look at, and how many it does. */
  readonly from: number;
  readonly among: number;
  readonly looks: number;
  /** The entry that it goes on from, the first that is large enough; null when none is. */
  readonly chosen: number | null;
}

/** How the index of a heap finds the first fit. */
export interface IndexSearch {
  /** Bytes of the block. */
  readonly size: number;
  /** From the top down; a search that fails ends at the top. */
  readonly levels: readonly IndexLevel[];
  /** The holes of the last entry's part of the heap that the search looks at, in address order; the last of them is taken. */
  readonly holes: readonly Extent[];
  /** The hole that is found; null when none is large enough. */
  readonly hole: Extent | null;
  /** Entries and holes that the search looks at. */
  readonly looks: number;
  /** Records that a walk along the free list looks at. */
  readonly records: number;
}

/**
 * The search of first fit for `size` bytes in the heap as it is, by the index that `FreeList` keeps in address order: for every 32 pages the
 * largest hole that begins there, and above that maxima of four, of four times four, and so on (`src/heap/index/address-list.ts`).
 * The index is made anew from the holes; the heap is not changed.
 * @param size bytes of the block, a multiple of the page size
 * @throws RangeError for a heap that is not first fit in address order; RangeError or TypeError for a size that is no such number
 */
export function indexSearch(heap: FreeList, size: number): IndexSearch {
  const { fit = "first", order = "address", align = heap.pageSize } = heap.describe().options;
  if (heap.describe().kind !== "free-list" || fit !== "first" || order !== "address") {
    throw new RangeError(
      `This index is that of first fit in address order, not of ${show(fit)} in ${show(order)} order.`,
    );
  }
  checkNumber("size", size, 1, "give the bytes of a block");
  const unit = heap.pageSize;
  if (align !== unit || size % unit !== 0) {
    throw new RangeError(
      `Sizes here are multiples of the page size, ${unit} bytes, not ${align} and ${size}.`,
    );
  }
  const holes = [...heap.holes()];
  const tree = new MaxTree(Math.ceil(heap.capacity / unit / GROUP));
  const groupOf = (hole: Extent) => Math.floor((hole.address - heap.base) / unit / GROUP);
  for (const hole of holes) tree.set(groupOf(hole), Math.max(tree.at(groupOf(hole)), hole.size / unit));
  const levels = levelsOf(tree, heap.capacity, unit, size);
  const group = levels.at(-1)!.chosen;
  const within =
    group === null || levels.length < tree.levels.length
      ? []
      : holes.filter((hole) => groupOf(hole) === group);
  const at = within.findIndex((hole) => hole.size >= size);
  const examined = within.slice(0, at + 1);
  const hole = examined.at(-1) ?? null;
  const looks = levels.reduce((sum, level) => sum + level.looks, 0) + examined.length;
  const records =
    hole === null ? holes.length : holes.findIndex(({ address }) => address === hole.address) + 1;
  return {
    size,
    levels,
    holes: examined,
    hole: hole && { address: hole.address, size: hole.size },
    looks,
    records,
  };
}

/** The way down from the top to an entry of the row. */
function levelsOf(tree: MaxTree, capacity: number, unit: number, size: number): IndexLevel[] {
  const found: IndexLevel[] = [];
  let from = 0;
  for (let level = tree.levels.length - 1; level >= 0; level--) {
    const bytes = GROUP * unit * WIDTH ** level;
    const count = Math.max(1, Math.ceil(capacity / bytes));
    const entries = Array.from(tree.levels[level]!.subarray(0, count), (units) => units * unit);
    const among = Math.min(WIDTH, count - from);
    const steps = entries.slice(from, from + among).findIndex((largest) => largest >= size);
    const chosen = steps < 0 ? null : from + steps;
    found.push({ bytes, entries, from, among, looks: steps < 0 ? among : steps + 1, chosen });
    if (chosen === null) break;
    from = chosen * WIDTH;
  }
  return found;
}
