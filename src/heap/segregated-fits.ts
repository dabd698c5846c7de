import { checkNumber, ownOptions, show } from "../base/wrong-argument";
import type { IndexedSearch } from "./fits";
import { FreeList } from "./free-list";
import { SegregatedList } from "./index/segregated-list";
import { checkedOptions, type FreeListOptions } from "./options";
import { greatestDivisor } from "./rounding";

/** The parameters of `SegregatedFits`; as those of a `FreeList` where they have the same name. */
export interface SegregatedFitsOptions
  extends Pick<
    FreeListOptions,
    "coalesce" | "align" | "header" | "base" | "growable" | "place" | "leastRemainder"
  > {
  /**
   * The largest block size of each class but the last, in bytes, ascending, at least one; larger holes make up the last class.
   * Default: the powers of two from the alignment to 2^30.
   */
  readonly classes?: readonly number[];
}

/** The names of its options. */
export const SEGREGATED_OPTIONS = [
  "classes",
  "coalesce",
  "align",
  "header",
  "base",
  "growable",
  "place",
  "leastRemainder",
];

/**
 * A heap with a free list for every size class (segregated fits: Wilson et al. 1995, section 3.6; the scheme of Doug Lea's
 * malloc). A request is served from the list of its own class, first fit, the hole that came last in front; when none
 * there is large enough, from the next class that has a hole. In all else it is a `FreeList`.
 *
 * Records examined are those of the lists that are searched: the point of the scheme is that smaller holes are not among
 * them.
 */
export class SegregatedFits extends FreeList {
  /**
   * @param heapSize bytes of the heap: a positive multiple of the page size (0 is allowed when the heap is growable)
   * @param pageSize bytes of a page: the unit of the picture, and what sizes are rounded up to unless `align` says otherwise
   * @throws RangeError or TypeError for a parameter that is not allowed
   */
  constructor(heapSize: number, pageSize: number, options: SegregatedFitsOptions = {}) {
    const { classes, ...rest } = ownOptions(options, SEGREGATED_OPTIONS);
    const { align } = checkedOptions(heapSize, pageSize, rest);
    const bounds = classes === undefined ? defaultClasses(align) : checkedClasses(classes);
    const unit = greatestDivisor(align, heapSize);
    const inUnits = bounds.map((bound) => Math.floor(bound / unit));
    const classOf = (size: number) => bounds.findIndex((bound) => size <= bound) >>> 0;
    super(heapSize, pageSize, rest, {
      kind: "segregated-fits",
      given: classes === undefined ? { ...rest } : { ...rest, classes: bounds },
      order: {
        newest: "front",
        compare: (a, b) => classOf(a.size) - classOf(b.size),
        index: (arena) => new SegregatedList(arena, inUnits),
      },
      search: FIRST_OF_CLASS as IndexedSearch,
    });
  }
}

/** First fit in the class of the request, then the first hole of the next class that has one. */
const FIRST_OF_CLASS: IndexedSearch<SegregatedList> = {
  find: (list, size) => list.first(size),
  examined: (list, hole, _rover, _holes, size) => list.walked(size, hole),
};

/** The classes that a heap has which names none: the powers of two from its alignment on. */
export function defaultClasses(align: number): number[] {
  const bounds: number[] = [];
  for (let bound = align; bound <= 2 ** 30; bound *= 2) bounds.push(bound);
  return bounds;
}

function checkedClasses(given: readonly number[]): number[] {
  if (!Array.isArray(given))
    throw new TypeError(`options.classes must be an array of sizes, not ${show(given)}.`);
  const classes = Array.from(given) as number[];
  if (classes.length === 0)
    throw new RangeError(
      "options.classes must name at least one size, not none; leave it out for the powers of two.",
    );
  for (const [i, bound] of classes.entries()) {
    checkNumber(`options.classes[${i}]`, bound, 1, "give the largest size of the class in bytes");
    const before = classes[i - 1] ?? 0;
    if (bound <= before)
      throw new RangeError(`options.classes must ascend, and ${bound} follows ${before}; sort them.`);
  }
  return classes;
}
