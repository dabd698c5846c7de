import { checkNumber, oneOf, ownOptions, show } from "../base/wrong-argument";
import type { Block } from "./block";
import { FITS, type FitName } from "./fits";
import type { HeapDescription } from "./heap";
import { COALESCINGS, type CoalesceName, ORDERS, type OrderName } from "./orders";

/**
 * A policy of one's own: chooses one of `holes` (the free list, in list order) for a block of `size` bytes, or null to
 * deny the request. The heap refuses, with an `Error`, a hole that is too small or not from the list.
 */
export type CustomFit = (holes: readonly Block[], size: number) => Block | null | undefined;

/** The policies of a `FreeList`. Every one has a default. */
export interface FreeListOptions {
  /**
   * Which hole serves a request. Default `"first"`.
   * - `"first"`: the first in the list that is large enough.
   * - `"next"`: likewise, but the search starts where the last one ended (see `FreeList`) and wraps around.
   * - `"best"`: the smallest that is large enough; `"worst"`: the largest. Ties: the first in the list.
   * - a function: a policy of one's own.
   */
  readonly fit?: FitName | CustomFit;
  /**
   * In which order the free list is kept. Default `"address"`.
   * - `"address"`: ascending addresses.
   * - `"lifo"`: a new hole goes to the front; `"fifo"`: to the back.
   * - `"size-ascending"`, `"size-descending"`: by size; holes of one size by ascending address.
   *
   * What a split leaves over keeps its hole's place, except in the orders by size, where it moves to its new one. A hole that
   * comes from a merge is a new hole, except after deferred coalescing, when it takes the foremost place of its parts.
   */
  readonly order?: OrderName;
  /**
   * When neighbouring holes merge. Default `"immediate"`.
   * - `"immediate"`: when a block is freed (Knuth's boundary tags, TAOCP 1, 2.5, algorithm C).
   * - `"deferred"`: all at once, when a search has failed, before the operation is tried again; or when `coalesce()` is called.
   * - `"never"`: not at all, unless `coalesce()` is called.
   */
  readonly coalesce?: CoalesceName;
  /** Sizes of blocks are rounded up to a multiple of this, in bytes; at least 1. Default: the page size. */
  readonly align?: number;
  /** Bytes added to every request, before rounding; the payload starts behind them. Default 0. */
  readonly header?: number;
  /** First address of the heap. Default 0. */
  readonly base?: number;
  /**
   * When true, a request that fits nowhere makes the heap grow at its top by exactly what is missing; a hole at the top
   * counts towards it. Default false. Such a heap may start with 0 bytes.
   */
  readonly growable?: boolean;
  /**
   * At which end of its hole a block is placed. Default `"low"`. With `"high"` what is left over keeps the hole's address, as in
   * many a textbook's free list. A block that grows where it is grows towards higher addresses in any case.
   */
  readonly place?: PlaceName;
  /**
   * The least remainder that is split off, in bytes; at least 1. A hole of which less would be left is given away whole; its event
   * says how much was `unsplit`. Likewise a block that is to shrink by less keeps its size. Default 1: every remainder is split off.
   * From the size of the heap on, no hole is ever split: see `FixedPartitions`.
   */
  readonly leastRemainder?: number;
}

/** The policy of a heap that names none. */
export const DEFAULT_POLICY = { fit: "first", order: "address", coalesce: "immediate" } as const;

/** An end of a hole: the one at its lowest addresses, or at its highest. */
export type PlaceName = "low" | "high";

/** The parameters of a heap with a free list: checked, every default filled in. */
export interface CheckedOptions extends Required<FreeListOptions> {
  readonly heapSize: number;
  readonly pageSize: number;
  /** The options as they were given, for the heap's description; a function is named "custom". */
  readonly given: HeapDescription["options"];
}

/** The names of all options. */
export const OPTION_NAMES = [
  "fit",
  "order",
  "coalesce",
  "align",
  "header",
  "base",
  "growable",
  "place",
  "leastRemainder",
];
/** The ends at which a block may be placed. */
export const PLACES: readonly PlaceName[] = ["low", "high"];

/**
 * Checks a heap's parameters and fills in the defaults. Of the options those count that the object has of its own, as they are
 * now: each is read once.
 * @throws TypeError for a value of the wrong kind, RangeError for a value that is not allowed.
 */
export function checkedOptions(
  heapSize: number,
  pageSize: number,
  options: FreeListOptions = {},
): CheckedOptions {
  const own = ownOptions(options, OPTION_NAMES);
  const usual = DEFAULT_POLICY;
  const { fit = usual.fit, order = usual.order, coalesce = usual.coalesce } = own;
  const { growable = false } = own;
  if (typeof growable !== "boolean") {
    throw new TypeError(`options.growable must be true or false, not ${show(growable)}.`);
  }
  checkNumber("pageSize", pageSize, 1, "give the bytes of a page, for example 4");
  checkNumber("heapSize", heapSize, growable ? 0 : 1, `give a multiple of the page size ${pageSize}`);
  if (heapSize % pageSize !== 0) {
    const near = Math.ceil(heapSize / pageSize) * pageSize;
    throw new RangeError(
      `heapSize must be a multiple of pageSize, and ${heapSize} is no multiple of ${pageSize}; ${near} is.`,
    );
  }
  const { align = pageSize, header = 0, base = 0 } = own;
  checkNumber("options.align", align, 1, "give 1 for no rounding");
  checkNumber("options.header", header, 0, "give 0 for no header");
  checkNumber("options.base", base, 0, "give 0 to start at the first address");
  if (base + heapSize > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(
      `A heap must end below 2^53, and base ${base} + heapSize ${heapSize} is beyond; lower one.`,
    );
  }
  const { place = "low", leastRemainder = 1 } = own;
  oneOf("options.place", place, PLACES);
  checkNumber("options.leastRemainder", leastRemainder, 1, "give 1 to split off every remainder");
  if (typeof fit !== "function")
    oneOf("options.fit", fit, Object.keys(FITS), "or a function (holes, size) => hole");
  oneOf("options.order", order, Object.keys(ORDERS));
  oneOf("options.coalesce", coalesce, Object.keys(COALESCINGS));
  const given = typeof fit === "function" ? { ...own, fit: "custom" } : { ...own };
  const policies = { fit, order, coalesce, place, leastRemainder };
  return { heapSize, pageSize, ...policies, align, header, base, growable, given };
}
