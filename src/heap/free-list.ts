import { HeapBase } from "./heap-base";
import { IndexedStore } from "./indexed-store";
import { type FreeListOptions, type Policy, policyOf } from "./options";
import { PublishedStore } from "./published-store";
import type { Store } from "./store";
import { withRoom } from "./with-room";

/**
 * A heap with a free list: `malloc` searches the list for a hole and splits it, `free` returns the block to the list and
 * merges it with its neighbours. By default first fit in address order with immediate coalescing; see `FreeListOptions`
 * for the other policies (Knuth, TAOCP 1, section 2.5; Wilson, Johnstone, Neely and Boles 1995).
 *
 * Addresses are simulated: nothing is stored at them. `malloc` returns the address of the payload, `header` bytes
 * behind that of its block. Every search answers as a walk along the list would, but takes O(log n);
 * in an order by size, next fit also visits the holes of its rover's size that stand before the rover.
 *
 * The rover of next fit starts at the head of the list. After an allocation it stands on what is left of the hole, or, when
 * the hole is used up, on the next one in the list; past the last, and when the heap has grown for a new block, at the head.
 * When its hole merges it stays with the memory it points at.
 */
export class FreeList extends HeapBase {
  readonly #store: Store;

  /**
   * @param heapSize bytes of the heap: a positive multiple of the page size (0 is allowed when the heap is growable)
   * @param pageSize bytes of a page: the unit of the picture, and what sizes are rounded up to unless `align` says otherwise
   * @param options the policies
   * @throws RangeError or TypeError for a parameter that is not allowed, and RangeError for a heap too large for this machine
   */
  constructor(heapSize: number, pageSize: number, options: FreeListOptions = {}) {
    const policy = policyOf(heapSize, pageSize, options);
    const store = storeFor(heapSize, pageSize, policy);
    const named = typeof options.fit === "function" ? { ...options, fit: "custom" } : { ...options };
    super(store, { kind: "free-list", heapSize, pageSize, options: named });
    this.#store = store;
  }

  /**
   * Allocates a block for `size` bytes: a whole number from 0 to 2^53 − 1. A request for 0 bytes gets the smallest block,
   * as in glibc, so that its address is its own.
   * @returns the address of its payload, or null when no hole is large enough; then no block has changed.
   * @throws RangeError or TypeError for a size that is no such number; then nothing has changed.
   */
  override malloc(size: number): number | null {
    return super.malloc(size);
  }

  /**
   * Frees the block whose payload address is `address`.
   * @returns false when no allocated block has that payload address: one never returned, one freed before, one inside a
   *   block, a fraction, NaN, or null (C's `free(NULL)`). Then nothing has changed.
   * @throws TypeError for what is neither a number nor null.
   */
  override free(address: number | null): boolean {
    return super.free(address);
  }

  /**
   * Gives the block at `address` room for `size` bytes (C17, 7.22.3.5): where it is when it shrinks, when the block behind it
   * is a hole that is large enough, or when it can grow at the top of a growable heap; else by `malloc`, a copy and `free`.
   * `realloc(null, size)` is `malloc(size)`; `realloc(address, 0)` frees the block and returns null.
   * @returns the payload address of the block, or null when nothing fits (the block is as it was) or no allocated block has
   *   that address (nothing has changed).
   * @throws as `malloc` and `free` do.
   */
  override realloc(address: number | null, size: number): number | null {
    return super.realloc(address, size);
  }

  /**
   * Merges all neighbouring holes now, as deferred coalescing does when a search has failed.
   * @returns how many pairs there were; 0 under immediate coalescing.
   */
  coalesce(): number {
    if (!(this.#store instanceof IndexedStore)) return 0;
    const merges = this.#store.coalesce();
    this.coalesced();
    return merges;
  }
}

function storeFor(heapSize: number, pageSize: number, policy: Policy): Store {
  if (policy.order === "as-published") return new PublishedStore(policy.base, heapSize, pageSize);
  return withRoom(heapSize, policy.align, () => new IndexedStore(heapSize, policy));
}
