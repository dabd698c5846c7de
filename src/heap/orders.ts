import type { Arena } from "./arena";
import type { Extent } from "./block";
import { AddressList } from "./index/address-list";
import type { HoleList } from "./index/hole-list";
import { ArrivalList, SizedAddressList, SizeList } from "./index/record-list";

/**
 * In which order a free list is kept. What a split leaves over keeps its hole's place, unless the list is sorted by size and it
 * moves to its new one. A hole that comes from a merge is a new hole, except after deferred coalescing, when it takes the
 * foremost place of its parts.
 */
export interface Order {
  /** How the list is sorted. Left out: holes stay where they were put. */
  readonly compare?: (a: Extent, b: Extent) => number;
  /** With `compare`, for sentences: what the list is sorted by. Default `"keys"`. */
  readonly sortedBy?: string;
  /** At which end of the list a new hole is put, before the list is sorted. Default: the back. */
  readonly newest?: "front" | "back";
  /**
   * The same order by index, for `FreeList`.
   * @param bySize whether holes will be asked for by size (best and worst fit): then a `SizedHoleList`
   */
  readonly index: (arena: Arena, bySize: boolean) => HoleList;
}

/** In which order the free list is kept. */
export type OrderName = "address" | "lifo" | "fifo" | "size-ascending" | "size-descending";

/** Every order. One more is a name and an entry more, with its index: nothing else asks which order it is. */
export const ORDERS: Readonly<Record<OrderName, Order>> = {
  /** Ascending addresses. */
  address: {
    compare: (a, b) => a.address - b.address,
    sortedBy: "addresses",
    index: (arena, bySize) => (bySize ? new SizedAddressList(arena) : new AddressList(arena)),
  },
  /** Last in, first out: a new hole goes to the front. */
  lifo: {
    newest: "front",
    index: (arena, bySize) => new ArrivalList(arena, "front", bySize),
  },
  /** First in, first out: a new hole goes to the back. */
  fifo: {
    newest: "back",
    index: (arena, bySize) => new ArrivalList(arena, "back", bySize),
  },
  /** By size, the smallest first; holes of one size by ascending address. */
  "size-ascending": {
    compare: (a, b) => a.size - b.size || a.address - b.address,
    sortedBy: "sizes",
    index: (arena) => new SizeList(arena, "ascending"),
  },
  /** By size, the largest first; holes of one size by ascending address. */
  "size-descending": {
    compare: (a, b) => b.size - a.size || a.address - b.address,
    sortedBy: "sizes",
    index: (arena) => new SizeList(arena, "descending"),
  },
};

/** When neighbouring holes merge. */
export interface Coalescing {
  /** A block that is freed merges with the holes beside it. */
  readonly onFree: boolean;
  /** When a search has failed, all neighbouring holes merge, and the operation is tried again. */
  readonly onFailure: boolean;
}

/** When neighbouring holes merge. */
export type CoalesceName = "immediate" | "deferred" | "never";

/** Every mode of coalescing. */
export const COALESCINGS: Readonly<Record<CoalesceName, Coalescing>> = {
  /** When a block is freed (Knuth's boundary tags, TAOCP 1, 2.5, algorithm C). */
  immediate: { onFree: true, onFailure: false },
  /** All at once, when a search has failed, before the operation is tried again; or when `coalesce()` is called. */
  deferred: { onFree: false, onFailure: true },
  /** Not at all, unless `coalesce()` is called. */
  never: { onFree: false, onFailure: false },
};
