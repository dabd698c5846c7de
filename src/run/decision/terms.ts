import { show } from "../../base/wrong-argument";
import { FITS, type Fit, type FitName } from "../../heap/fits";
import type { HeapDescription } from "../../heap/heap";
import { DEFAULT_POLICY, type PlaceName } from "../../heap/options";
import {
  COALESCINGS,
  type CoalesceName,
  type Coalescing,
  ORDERS,
  type Order,
  type OrderName,
} from "../../heap/orders";
import { defaultClasses } from "../../heap/segregated-fits";

/** Who searches: a fit, a fit of one's own, or a heap that has no fit. */
export type Searcher = FitName | "custom" | "segregated" | "buddy" | "original";

/** What arranges a list: an order, or a heap that has no choice of orders. */
export type Arranger = OrderName | "segregated" | "buddy" | "original";

/** The policy of a heap as far as its decisions depend on it, every default filled in. */
export interface Terms {
  readonly kind: "free-list" | "segregated-fits" | "fixed-partitions" | "buddy" | "original";
  readonly searcher: Searcher;
  /** The rule of a search that walks along a list. */
  readonly fit: Fit;
  readonly arranger: Arranger;
  readonly order: Order;
  readonly coalesce: CoalesceName;
  readonly coalescing: Coalescing;
  readonly align: number;
  readonly growable: boolean;
  readonly place: PlaceName;
  readonly leastRemainder: number;
  /** The largest size of each size class but the last; empty where there are no classes. */
  readonly classes: readonly number[];
}

/** A heap has one description, and many decisions. */
const known = new WeakMap<HeapDescription, Terms>();

/**
 * The terms that a description states.
 * @throws RangeError for a kind of heap that is not known
 */
export function termsOf(description: HeapDescription): Terms {
  let terms = known.get(description);
  if (terms === undefined) {
    terms = read(description);
    known.set(description, terms);
  }
  return terms;
}

/** The class of a size: the index of the first bound that is not below it; the number of bounds for the last class. */
export function classOf(size: number, classes: readonly number[]): number {
  const at = classes.findIndex((bound) => bound >= size);
  return at < 0 ? classes.length : at;
}

interface Options {
  readonly fit?: FitName | "custom";
  readonly order?: OrderName;
  readonly coalesce?: CoalesceName;
  readonly align?: number;
  readonly growable?: boolean;
  readonly place?: PlaceName;
  readonly leastRemainder?: number;
  readonly classes?: readonly number[];
}

function read({ kind, heapSize, pageSize, options }: HeapDescription): Terms {
  const given = options as Options;
  const usual = DEFAULT_POLICY;
  const { fit = usual.fit, order = usual.order, coalesce = usual.coalesce } = given;
  const {
    growable = false,
    align = pageSize,
    place = "low",
    leastRemainder = 1,
    classes = defaultClasses(align),
  } = given;
  const coalescing = COALESCINGS[coalesce];
  const splitting = { align, growable, place, leastRemainder };
  const terms = { coalesce, coalescing, ...splitting, classes: [], fit: FITS.first };
  if (kind === "free-list" || kind === "fixed-partitions") {
    const rule = fit === "custom" ? FITS.first : FITS[fit];
    const list = { ...terms, searcher: fit, fit: rule, arranger: order, order: ORDERS[order] };
    if (kind === "free-list") return { ...list, kind };
    const whole = { coalesce: "never", coalescing: COALESCINGS.never, leastRemainder: heapSize } as const;
    return { ...list, ...whole, kind };
  }
  if (kind === "segregated-fits") {
    const byClass: Order["compare"] = (a, b) => classOf(a.size, classes) - classOf(b.size, classes);
    const inClasses = { ...ORDERS.lifo, compare: byClass };
    return { ...terms, kind, searcher: "segregated", arranger: "segregated", order: inClasses, classes };
  }
  if (kind === "buddy") {
    return { ...terms, kind, searcher: kind, arranger: kind, order: ORDERS["size-ascending"] };
  }
  if (kind === "original") return { ...terms, kind, searcher: kind, arranger: kind, order: ORDERS.lifo };
  throw new RangeError(
    `Only the heaps of this library can be asked for their decisions, and the kind ${show(kind)} is none of theirs.`,
  );
}
