import { BuddySystem } from "./buddy-system";
import { FreeList } from "./free-list";
import type { Heap, HeapDescription } from "./heap";
import { SegregatedFits } from "./segregated-fits";

/**
 * Makes an empty heap from what `describe()` of another said.
 * @throws RangeError for a kind of heap that is not known, or a fit of one's own, which no description can carry.
 */
export function createHeap(description: HeapDescription): Heap {
  const { kind, heapSize, pageSize, options } = description;
  if (options.fit === "custom") {
    throw new RangeError(
      "A fit of one's own is a function and not part of a description; make the heap with it.",
    );
  }
  if (kind === "free-list") return new FreeList(heapSize, pageSize, options);
  if (kind === "segregated-fits") return new SegregatedFits(heapSize, pageSize, options);
  if (kind === "buddy") return new BuddySystem(heapSize, pageSize, options);
  throw new RangeError(
    `There is no heap of kind ${JSON.stringify(kind)}; the kinds are "free-list", "segregated-fits" and "buddy".`,
  );
}
