import type { HeapEvent, MallocEvent } from "../heap/event";
import type { Heap } from "../heap/heap";

/** What searches of the free list cost. */
export interface SearchCount {
  /** Mallocs, and reallocs that could not stay where they were. */
  searches: number;
  /** Free-list records that a linear search looks at, over all of them. */
  examined: number;
}

/** Adds the searches of `heap` to `count` from now on. Returns a function that ends it. */
export function watchSearches(heap: Heap, count: SearchCount): () => void {
  return heap.listen((event) => {
    const search = searchOf(event);
    if (search === null) return;
    count.searches++;
    count.examined += search.examined;
  });
}

/** The malloc that `event` is or contains; null when it searched nothing. */
export function searchOf(event: HeapEvent): MallocEvent | null {
  if (event.kind === "malloc") return event;
  return event.kind === "realloc" ? event.malloc : null;
}
