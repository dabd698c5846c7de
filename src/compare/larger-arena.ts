import type { Extent } from "../heap/block";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "../heap/event";
import { type ArenaChoice, FITS, type LargerArenaRule } from "../heap/fits";
import type { Heap } from "../heap/heap";
import type { ComparedPolicy } from "./policy-model";
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
 * - The choice of a hole: as the rule of the fit says (`largerArena` in the table of fits, with its reason).
 * - The failure, of n bytes: d >= n - t.
 *
 * Every `d` that none of these names leads to the same failure. For other orders and coalescing modes no such rule is
 * known here (the top hole's place in the list, or what merges with it, depends on d), and for a fit that states no rule, or one of
 * one's own, neither: then nothing is claimed.
 */
export class LargerArena {
  readonly #heap: Heap;
  readonly #rule: LargerArenaRule | null;
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
    this.#top = heap.capacity;
    this.#rule = largerArenaRule(policy);
  }

  /** Watches the heap, which must be empty, until the function that is returned is called. */
  watch(): () => void {
    if (this.#rule === null) return () => {};
    return this.#heap.listen((event) => this.#see(event));
  }

  /** After the run's first failure: adds to `failing` each arena that is known to fail, this one included. */
  addFailing(failing: SizeSet): void {
    const size = this.#heap.capacity;
    failing.add(size, size + 1);
    if (this.#rule === null) return;
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
    const takesTop = hole.address + hole.size === this.#heap.top;
    this.#rule!.choice(this.#choice(size, hole, takesTop, freed));
    if (takesTop) this.#top = event.remainder?.size ?? 0;
    // A hole that was used up leaves the rover at the next one: the top hole, should there be one only in larger arenas.
    this.#roverInDoubt = event.remainder === null && this.#top === 0;
  }

  #choice(size: number, hole: Extent, takesTop: boolean, freed: FreeEvent | null): ArenaChoice {
    const top = this.#top;
    return {
      size,
      hole,
      takesTop,
      top,
      roverInDoubt: this.#roverInDoubt,
      // The top hole was the smallest that is large enough, or no other is as large: the holes need not be looked through.
      smallestOther: () =>
        takesTop && top >= this.#largest ? Number.POSITIVE_INFINITY : this.#smallestOther(size, freed),
      differsFrom: (d) => this.#differsFrom(d),
      differsBetween: (d, end) => this.#others.add(d, end),
    };
  }

  /** Bytes of the smallest hole of at least `size` that is not the top hole, as it was before `freed`; else infinity. */
  #smallestOther(size: number, freed: FreeEvent | null): number {
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

/** The rule of a policy's fit, where it holds: for a free list in address order with immediate coalescing. Null without one. */
export function largerArenaRule({ kind, fit, order, coalesce }: ComparedPolicy): LargerArenaRule | null {
  if (kind !== "free-list" || order !== "address" || coalesce !== "immediate") return null;
  return (typeof fit === "string" && FITS[fit].largerArena) || null;
}
