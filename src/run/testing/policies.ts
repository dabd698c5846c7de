import { BuddySystem } from "../../heap/buddy-system";
import { FixedPartitions } from "../../heap/fixed-partitions";
import { FreeList } from "../../heap/free-list";
import type { Heap } from "../../heap/heap";
import type { FreeListOptions } from "../../heap/options";
import { OriginalHeap } from "../../heap/original-heap";
import { SegregatedFits } from "../../heap/segregated-fits";

/** Heaps of different minds, by name; `reallocs` says whether they take reallocs. */
export const policies: readonly { name: string; make: () => Heap; reallocs: boolean }[] = [
  heap("the defaults"),
  { name: "the original program", make: () => new OriginalHeap(2048, 8), reallocs: false },
  heap("next fit, last in first out, deferred", { fit: "next", order: "lifo", coalesce: "deferred" }),
  heap("best fit, header, alignment, base", { fit: "best", header: 8, align: 16, base: 4096 }),
  heap("worst fit by size, never merging", { fit: "worst", order: "size-descending", coalesce: "never" }),
  heap("growable from nothing, first in first out", { growable: true, order: "fifo" }, true, 0),
  heap("a fit of one's own: the last hole that is large enough", {
    fit: (holes, size) => [...holes].reverse().find((hole) => hole.size >= size) ?? null,
  }),
  heap("a fit of one's own with deferred coalescing, growable", {
    fit: (holes, size) => holes.find((hole) => hole.size === size || hole.size > 2 * size) ?? null,
    coalesce: "deferred",
    growable: true,
  }),
  { name: "segregated fits", make: () => new SegregatedFits(2048, 8, { header: 4 }), reallocs: true },
  {
    name: "fixed partitions",
    make: () => new FixedPartitions([64, 256, 16, 128, 8, 512, 64, 1000], 8, { fit: "best", header: 4 }),
    reallocs: true,
  },
  { name: "the buddy system", make: () => new BuddySystem(2048, 8, { base: 1024 }), reallocs: true },
];

function heap(name: string, options: FreeListOptions = {}, reallocs = true, size = 2048) {
  return { name, make: () => new FreeList(size, 8, options), reallocs };
}
