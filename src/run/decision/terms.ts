import type { HeapDescription } from "../../heap/heap";
import { listsAllBlocks } from "../heap-state";

/** The policy of a heap as far as its decisions depend on it, every default filled in. */
export interface Terms {
  readonly kind: "free-list" | "segregated-fits" | "buddy" | "original";
  /** A fit's name; "custom" for a fit of one's own. */
  readonly fit: string;
  /** The order of the list: an order's name, "segregated", "buddy" or "original". */
  readonly order: string;
  readonly coalesce: "immediate" | "deferred" | "never";
  readonly align: number;
  readonly growable: boolean;
  /** The largest size of each size class but the last; empty where there are no classes. */
  readonly classes: readonly number[];
}

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

/** A heap has one description, and many decisions. */
const known = new WeakMap<HeapDescription, Terms>();

function read(description: HeapDescription): Terms {
  const { kind, pageSize } = description;
  const given = description.options as Partial<Terms>;
  const terms = {
    fit: given.fit ?? "first",
    order: given.order ?? "address",
    coalesce: given.coalesce ?? "immediate",
    align: given.align ?? pageSize,
    growable: given.growable ?? false,
    classes: [],
  };
  if (listsAllBlocks(description)) return { ...terms, kind: "original", fit: "original", order: "original" };
  if (kind === "free-list") return { ...terms, kind };
  if (kind === "buddy") return { ...terms, kind, fit: "buddy", order: "buddy" };
  if (kind === "segregated-fits") {
    const classes = given.classes ?? powersOfTwo(terms.align);
    return { ...terms, kind, fit: "segregated", order: "segregated", classes };
  }
  throw new RangeError(
    `Only the heaps of this library can be asked for their decisions, and the kind ${JSON.stringify(kind)} is none of theirs; their kinds are "free-list", "segregated-fits" and "buddy".`,
  );
}

/** The class of a size: the index of the first bound that is not below it; the number of bounds for the last class. */
export function classOf(size: number, classes: readonly number[]): number {
  const at = classes.findIndex((bound) => bound >= size);
  return at < 0 ? classes.length : at;
}

function powersOfTwo(least: number): number[] {
  const bounds: number[] = [];
  for (let bound = least; bound <= 2 ** 30; bound *= 2) bounds.push(bound);
  return bounds;
}
