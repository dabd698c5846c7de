import type { Extent } from "../heap/block";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "../heap/event";
import type { Heap } from "../heap/heap";
import type { ComparedPolicy } from "./compared-policy";
import { SizeSet } from "./size-set";

/**
 * Watches a run in a fixed arena and tells in which larger arenas the very same run would have failed as well.
 *
 * Take an address-ordered list with immediate coalescing. A run in an arena that is `d` bytes larger goes through the same
 * states as this one, except that its **top hole** (the hole that ends where the arena ends) has `t + d` bytes instead of
 * `t`; where there is none here, t = 0. That holds as long as every decision is the same for `t` and for `t + d`. So it is
 * enough to note, at every decision, for which `d` it would have been another:
 *
 * - A realloc that found `t` bytes behind its block, up to the arena's top, and needed `m > t`: d >= m - t.
 * - First fit. The top hole is the last one in the list, so it is only taken when no other fits: never, until the failure.
 * - Best fit, n bytes out of a hole of s: with t < n <= s the top hole would win for n - t <= d < s - t (on a tie it
 *   loses: it is last). Out of the top hole itself, when the best other hole has s bytes: d >= s - t.
 * - Worst fit, out of a hole of s >= t bytes: d > s - t. Out of the top hole: never.
 * - Next fit, n > t: the search may have passed the top hole, d >= n - t. And see `#next`.
 * - The failure, of n bytes: d >= n - t.
 *
 * Every `d` that none of these names leads to the same failure. For other orders and coalescing modes no such rule is
 * known here (the top hole's place in the list, or what merges with it, depends on d), and nothing is claimed.
 */
export class LargerArena {
  readonly #heap: Heap;
  readonly #fit: ComparedPolicy["fit"];
  readonly #applies: boolean;
  /** Bytes of the top hole; 0 when the last block is allocated. */
  #top: number;
  /** From this `d` on, some decision was another. */
  #limit = Number.POSITIVE_INFINITY;
  /** Below the limit, the `d` for which some decision was another. */
  readonly #others = new SizeSet();
  /** No hole but the top one is larger. */
  #largest = 0;
  /** Next fit: whether the rover may lie elsewhere in the larger arena. */
  #roverInDoubt = true;

  constructor(heap: Heap, policy: ComparedPolicy) {
    this.#heap = heap;
    this.#fit = policy.fit;
    this.#top = heap.capacity;
    const named = typeof policy.fit === "string";
    const simple = policy.order === "address" && policy.coalesce === "immediate";
    this.#applies = policy.kind === "free-list" && named && simple;
  }

  /** Watches the heap, which must be empty, until the function that is returned is called. */
  watch(): () => void {
    if (!this.#applies) return () => {};
    return this.#heap.listen((event) => this.#see(event));
  }

  /** After the run's first failure: adds to `failing` each arena that is known to fail, this one included. */
  addFailing(failing: SizeSet): void {
    const size = this.#heap.capacity;
    failing.add(size, size + 1);
    if (!this.#applies) return;
    for (let d = 0; d < this.#limit; ) {
      const end = Math.min(this.#limit, this.#others.firstInside(d));
      failing.add(size + d, size + end);
      d = this.#others.firstOutside(end);
    }
  }

  #see(event: HeapEvent): void {
    if (event.kind === "malloc") this.#malloc(event, null);
    else if (event.kind === "free") this.#free(event);
    else this.#realloc(event);
  }

  #malloc(event: MallocEvent, freed: FreeEvent | null): void {
    const { hole, size } = event;
    if (hole === null) {
      this.#differsFrom(size - this.#top);
      return;
    }
    const isTop = hole.address + hole.size === this.#heap.top;
    if (this.#fit === "best") this.#best(size, hole, isTop, freed);
    else if (this.#fit === "worst" && !isTop) this.#differsFrom(hole.size - this.#top + 1);
    else if (this.#fit === "next") this.#next(size, isTop);
    if (isTop) this.#top = event.remainder?.size ?? 0;
    // A hole that was used up leaves the rover at the next one: the top hole, should there be one only in larger arenas.
    this.#roverInDoubt = event.remainder === null && this.#top === 0;
  }

  #best(size: number, hole: Extent, isTop: boolean, freed: FreeEvent | null): void {
    const top = this.#top;
    if (!isTop) {
      if (top < size) this.#others.add(size - top, hole.size - top);
      return;
    }
    if (top >= this.#largest) return;
    const other = this.#bestOther(size, freed);
    if (other < Number.POSITIVE_INFINITY) this.#differsFrom(other - top);
  }

  /** Bytes of the smallest hole of at least `size` that is not the top hole, as it was before `freed`; else infinity. */
  #bestOther(size: number, freed: FreeEvent | null): number {
    let best = Number.POSITIVE_INFINITY;
    let largest = 0;
    const look = (hole: Extent | null) => {
      if (hole === null || hole.address + hole.size === this.#heap.top) return;
      if (hole.size > largest) largest = hole.size;
      if (hole.size >= size && hole.size < best) best = hole.size;
    };
    for (const hole of this.#heap.holes()) {
      if (hole.address !== freed?.hole?.address) look(hole);
      else for (const part of [freed.left, freed.right]) look(part);
    }
    this.#largest = largest;
    return best;
  }

  /**
   * The rover is the same hole in both arenas, with one exception: when there is no top hole here and the rover is past
   * the last hole, it is at the top hole there. Such a search starts at the list's head here and at the top hole there.
   */
  #next(size: number, isTop: boolean): void {
    if (this.#top < size) this.#differsFrom(size - this.#top);
    else if (this.#roverInDoubt && !isTop) this.#differsFrom(1);
  }

  #free(event: FreeEvent): void {
    const { hole } = event;
    if (hole === null) return;
    if (hole.address + hole.size === this.#heap.top) this.#top = hole.size;
    else this.#largest = Math.max(this.#largest, hole.size);
  }

  #realloc(event: ReallocEvent): void {
    const { block, how, malloc, free } = event;
    if (block !== null && how !== "freed" && how !== "kept") {
      const missing = event.size - block.size;
      const nextToTop = block.address + block.size + this.#top === this.#heap.top;
      if (nextToTop && (how === "shrunk" || how === "grown")) this.#top -= missing;
      else if (nextToTop) this.#differsFrom(missing - this.#top);
      else if (how === "shrunk") this.#largest = Number.POSITIVE_INFINITY;
      if (how === "grown") this.#roverInDoubt = true;
    }
    if (malloc !== null) this.#malloc(malloc, free);
    if (free !== null) this.#free(free);
  }

  #differsFrom(d: number): void {
    if (d < this.#limit) this.#limit = d;
  }
}
