import { BuddySystem } from "../buddy-system";
import { FreeList } from "../free-list";
import type { Heap } from "../heap";
import { OriginalHeap } from "../original-heap";
import { SegregatedFits } from "../segregated-fits";
import { TextbookHeap } from "../textbook-heap";

/** A heap of each kind, and free lists whose documents differ. */
export const SMALL_HEAPS: Record<string, () => Heap> = {
  "a free list": () => new FreeList(256, 4),
  "a free list, next fit, deferred, header, base": () =>
    new FreeList(256, 4, { fit: "next", order: "fifo", coalesce: "deferred", header: 4, base: 64 }),
  "a free list by size, last in first out, growable": () =>
    new FreeList(128, 4, {
      fit: "worst",
      order: "lifo",
      coalesce: "never",
      align: 16,
      growable: true,
      place: "high",
    }),
  "a free list in the order of sizes": () =>
    new FreeList(256, 4, { fit: "best", order: "size-descending", leastRemainder: 9 }),
  "a textbook heap": () => new TextbookHeap(256, 4, { fit: "next", growable: true }),
  "segregated fits": () => new SegregatedFits(256, 4, { classes: [8, 32, 64], coalesce: "deferred" }),
  "a buddy system": () => new BuddySystem(256, 4, { header: 4 }),
  "a buddy system, growable": () => new BuddySystem(64, 4, { growable: true }),
  "the original program": () => new OriginalHeap(256, 4),
};
