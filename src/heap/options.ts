import { checkNames, checkNumber, oneOf, show } from "../base/wrong-argument";
import type { Block } from "./block";

/** Which hole serves a request. @see Knuth, The Art of Computer Programming 1, section 2.5; Wilson et al. 1995, section 3. */
export type FitName = "first" | "next" | "best" | "worst";

/**
 * A policy of one's own: chooses one of `holes` (the free list, in list order) for a block of `size` bytes, or null to
 * deny the request. The heap refuses, with an `Error`, a hole that is too small or not from the list.
 */
export type CustomFit = (holes: readonly Block[], size: number) => Block | null | undefined;

/**
 * In which order the free list is kept.
 * - `"address"`: ascending addresses.
 * - `"lifo"`: a new hole goes to the front.
 * - `"fifo"`: a new hole goes to the back.
 * - `"size-ascending"`, `"size-descending"`: by size; holes of one size by ascending address.
 *
 * What a split leaves over keeps its hole's place, except in the orders by size, where it moves to its new one. A hole that
 * comes from a merge is a new hole, except after deferred coalescing, when it takes the foremost place of its parts.
 */
export type OrderName = "address" | "lifo" | "fifo" | "size-ascending" | "size-descending";

/**
 * When neighbouring holes merge.
 * - `"immediate"`: when a block is freed (Knuth's boundary tags, TAOCP 1, 2.5, algorithm C).
 * - `"deferred"`: all at once, when a search has failed, before it is tried again; or when `coalesce()` is called.
 * - `"never"`: not at all.
 */
export type CoalesceName = "immediate" | "deferred" | "never";

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
  /** In which order the free list is kept. Default `"address"`. `"as-published"` stands alone: see `asPublished`. */
  readonly order?: OrderName | "as-published";
  /** When neighbouring holes merge. Default `"immediate"`. */
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
}

/**
 * Options with which a `FreeList` behaves like the original program: one list of all blocks, sizes not rounded, the
 * remainder of a split at the front of the list, merging by search, the list sorted by address after every `free`, and
 * `free` answering true for any record's address, allocated or not.
 */
export const asPublished: FreeListOptions = Object.freeze({ order: "as-published" });

/** Options with every default filled in. */
export interface Policy {
  readonly fit: FitName | CustomFit;
  readonly order: OrderName | "as-published";
  readonly coalesce: CoalesceName;
  readonly align: number;
  readonly header: number;
  readonly base: number;
  readonly growable: boolean;
}

/** Every `FitName`. */
export const FITS: readonly string[] = ["first", "next", "best", "worst"];
/** Every `OrderName`. */
export const ORDERS: readonly string[] = ["address", "lifo", "fifo", "size-ascending", "size-descending"];
/** Every `CoalesceName`. */
export const COALESCE: readonly string[] = ["immediate", "deferred", "never"];
const NAMES = ["fit", "order", "coalesce", "align", "header", "base", "growable"];

/**
 * Checks a heap's parameters and fills in the defaults.
 * @throws TypeError for a value of the wrong kind, RangeError for a value that is not allowed.
 */
export function policyOf(heapSize: number, pageSize: number, options: FreeListOptions = {}): Policy {
  checkNames(options, NAMES);
  const growable = options.growable ?? false;
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
  const align = options.align ?? pageSize;
  checkNumber("options.align", align, 1, "give 1 for no rounding");
  const header = options.header ?? 0;
  checkNumber("options.header", header, 0, "give 0 for no header");
  const base = options.base ?? 0;
  checkNumber("options.base", base, 0, "give 0 to start at the first address");
  if (base + heapSize > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(
      `A heap must end below 2^53, and base ${base} + heapSize ${heapSize} is beyond; lower one.`,
    );
  }
  const fit = options.fit ?? "first";
  if (typeof fit !== "function") oneOf("options.fit", fit, FITS, "or a function (holes, size) => hole");
  const order = oneOf("options.order", options.order ?? "address", [...ORDERS, "as-published"]);
  const coalesce = oneOf("options.coalesce", options.coalesce ?? "immediate", COALESCE);
  const policy = { fit, order, coalesce, align, header, base, growable } as Policy;
  if (order === "as-published") publishedStandsAlone(policy, pageSize);
  return policy;
}

function publishedStandsAlone(policy: Policy, pageSize: number): void {
  const usual: Partial<Policy> = {
    fit: "first",
    coalesce: "immediate",
    align: pageSize,
    header: 0,
    growable: false,
  };
  for (const [name, value] of Object.entries(usual)) {
    if (policy[name as keyof Policy] !== value) {
      throw new RangeError(
        `order "as-published" is the original program as it was and takes no other ${name}; leave ${name} out.`,
      );
    }
  }
}
