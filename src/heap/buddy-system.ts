import { checkNames } from "../base/wrong-argument";
import { BuddyStore } from "./buddy-store";
import { HeapBase } from "./heap-base";
import { type FreeListOptions, policyOf } from "./options";
import { withRoom } from "./with-room";

/** The parameters of a `BuddySystem`; as those of a `FreeList`. */
export type BuddySystemOptions = Pick<FreeListOptions, "align" | "header" | "base" | "growable">;

/**
 * The binary buddy system (Knowlton 1965; Knuth, TAOCP 1, section 2.5, algorithms R and S): every block has 2^k times the
 * smallest size and lies at a multiple of its size. A request takes the smallest hole that is large enough, of several the
 * one with the lowest address, and halves it until it fits; a freed block merges with its buddy, the other half of the
 * block that it was cut from, again and again as long as that is free.
 *
 * In its events, `remainder`, `left` and `right` may stand for several holes side by side, and `examined` counts the lists
 * of sizes that were looked at. `malloc`, `free` and `realloc` answer as those of `FreeList` do; `realloc` shrinks in place
 * and moves a block to grow it. A growable heap doubles.
 */
export class BuddySystem extends HeapBase {
  /**
   * @param heapSize bytes of the heap: a power of two times `options.align`
   * @param pageSize bytes of a page: the unit of the picture, and the smallest block unless `align` says otherwise
   * @throws RangeError or TypeError for a parameter that is not allowed
   */
  constructor(heapSize: number, pageSize: number, options: BuddySystemOptions = {}) {
    checkNames(options, ["align", "header", "base", "growable"]);
    const { align: unit, header, base, growable } = policyOf(heapSize, pageSize, options);
    const units = heapSize / unit;
    if (!Number.isInteger(Math.log2(units)) || units > 2 ** 30) {
      const near = unit * 2 ** Math.min(30, Math.max(0, Math.round(Math.log2(units || 1))));
      throw new RangeError(
        `The heap of a buddy system must be a power of two, up to 2^30, times its smallest block of ${unit} bytes, and ${heapSize} is not; ${near} is.`,
      );
    }
    super(
      withRoom(heapSize, unit, () => new BuddyStore({ heapSize, unit, header, base, growable })),
      {
        kind: "buddy",
        heapSize,
        pageSize,
        options: { ...options },
      },
    );
  }
}
