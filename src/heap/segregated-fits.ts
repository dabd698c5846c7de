import { checkNames, checkNumber, show } from "../base/wrong-argument";
import type { Fit } from "./fit/fit";
import { HeapBase } from "./heap-base";
import { IndexedStore } from "./indexed-store";
import { type FreeListOptions, policyOf } from "./options";
import { NO_HOLE } from "./order/hole-list";
import type { ListMaker } from "./order/hole-list-for";
import { SegregatedList, segregatedFit } from "./order/segregated-list";
import { withRoom } from "./with-room";

/** The parameters of `SegregatedFits`; as those of a `FreeList` where they have the same name. */
export interface SegregatedFitsOptions
  extends Pick<FreeListOptions, "coalesce" | "align" | "header" | "base" | "growable"> {
  /**
   * The largest block size of each class but the last, in bytes, ascending; larger holes make up the last class.
   * Default: the powers of two from the alignment to 2^30.
   */
  readonly classes?: readonly number[];
}

/**
 * A heap with a free list for every size class (segregated fits: Wilson et al. 1995, section 3.6; the scheme of Doug Lea's
 * malloc). A request is served from the list of its own class, first fit, the hole that came last in front; when none
 * there is large enough, from the next class that has a hole. Holes are split and merged as in a `FreeList`.
 *
 * Records examined are those of the lists that are searched: the point of the scheme is that smaller holes are not among
 * them. `malloc`, `free` and `realloc` answer as those of `FreeList` do.
 */
export class SegregatedFits extends HeapBase {
  /**
   * @param heapSize bytes of the heap: a positive multiple of the page size (0 is allowed when the heap is growable)
   * @param pageSize bytes of a page: the unit of the picture, and what sizes are rounded up to unless `align` says otherwise
   * @throws RangeError or TypeError for a parameter that is not allowed
   */
  constructor(heapSize: number, pageSize: number, options: SegregatedFitsOptions = {}) {
    checkNames(options, ["classes", "coalesce", "align", "header", "base", "growable"]);
    const { classes, ...rest } = options;
    const policy = policyOf(heapSize, pageSize, { ...rest, order: "lifo" });
    const bounds = checkClasses(classes ?? powersOfTwo(policy.align));
    const lists: ListMaker = (_, arena, holes, _blockOf, unit) => {
      const list = new SegregatedList(
        arena,
        bounds.map((bound) => Math.floor(bound / unit)),
      );
      for (const hole of [...holes].reverse()) list.put(hole, arena.sizeAt(hole), NO_HOLE, NO_HOLE);
      return [list, segregatedFit as Fit];
    };
    const store = withRoom(heapSize, policy.align, () => new IndexedStore(heapSize, policy, lists));
    super(store, {
      kind: "segregated-fits",
      heapSize,
      pageSize,
      options: classes ? { ...rest, classes: [...classes] } : rest,
    });
  }
}

function powersOfTwo(least: number): number[] {
  const bounds: number[] = [];
  for (let bound = least; bound <= 2 ** 30; bound *= 2) bounds.push(bound);
  return bounds;
}

function checkClasses(classes: readonly number[]): readonly number[] {
  if (!Array.isArray(classes))
    throw new TypeError(`options.classes must be an array of sizes, not ${show(classes)}.`);
  for (const [i, bound] of classes.entries()) {
    checkNumber(`options.classes[${i}]`, bound, 1, "give the largest size of the class in bytes");
    if (i > 0 && bound <= classes[i - 1]!) {
      throw new RangeError(`options.classes must ascend, and ${bound} follows ${classes[i - 1]}; sort them.`);
    }
  }
  return classes;
}
