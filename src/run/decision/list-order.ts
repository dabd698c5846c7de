import { firstIndex } from "../../base/first-index";
import type { Block, Extent } from "../../heap/block";
import { classOf, type Terms } from "./terms";

/** Where records stand in a list. */
export interface ListOrder {
  /** The index at which a new hole joins `list`, which does not have it yet. */
  place(list: readonly Extent[], hole: Extent): number;
  /**
   * Undefined where a hole that has changed keeps its record's place: what a split leaves over, what deferred coalescing merges.
   * Elsewhere it leaves the list and joins it anew, and this sorts a list, whose equals stay as they are.
   */
  readonly sort?: (list: Block[]) => Block[];
}

/** The order of a heap's list. */
export function listOrder({ order, classes }: Terms): ListOrder {
  if (order === "segregated") return segregated(classes);
  return ORDERS[order]!;
}

const atFront: ListOrder = { place: () => 0 };
const byAddress = (a: Extent, b: Extent) => a.address - b.address;
const bySizeUp = sorted((a, b) => a.size - b.size || byAddress(a, b));

const ORDERS: Readonly<Record<string, ListOrder>> = {
  address: { place: sorted(byAddress).place },
  lifo: atFront,
  fifo: { place: (list) => list.length },
  "size-ascending": bySizeUp,
  "size-descending": sorted((a, b) => b.size - a.size || byAddress(a, b)),
  buddy: bySizeUp,
  original: atFront,
};

function sorted(compare: (a: Extent, b: Extent) => number): ListOrder {
  return {
    place: (list, hole) => firstIndex(0, list.length, (i) => compare(list[i]!, hole) >= 0),
    sort: (list) => list.sort(compare),
  };
}

/** Class by class, in each the hole that came last in front. */
function segregated(classes: readonly number[]): ListOrder {
  return sorted((a, b) => classOf(a.size, classes) - classOf(b.size, classes));
}
