import type { OstepFlags } from "./flags";
import { PythonError, pythonModulo } from "./python";

/** A hole: address and size, in bytes. */
export interface OstepHole {
  readonly address: bigint;
  readonly size: bigint;
}

/** What a policy takes for the size of the hole it has, as long as it has none; and whether another hole is better. */
interface Policy {
  none(heapSize: bigint): bigint;
  better(size: bigint, chosen: bigint): boolean;
  /** Whether the first hole that is large enough ends the search. */
  readonly stops: boolean;
}

const POLICIES: Readonly<Record<string, Policy>> = {
  FIRST: { none: () => 0n, better: () => true, stops: true },
  BEST: { none: (heapSize) => heapSize + 1n, better: (size, chosen) => size < chosen, stops: false },
  WORST: { none: () => -1n, better: (size, chosen) => size > chosen, stops: false },
};

/** Where a block that is freed enters the list, which is then sorted as a whole; holes that compare as equal keep their order. */
interface ListOrder {
  readonly front?: boolean;
  readonly compare?: (a: OstepHole, b: OstepHole) => bigint;
}

const ORDERS: Readonly<Record<string, ListOrder>> = {
  ADDRSORT: { compare: (a, b) => a.address - b.address },
  "SIZESORT+": { compare: (a, b) => a.size - b.size },
  "SIZESORT-": { compare: (a, b) => b.size - a.size },
  "INSERT-FRONT": { front: true },
  "INSERT-BACK": {},
};

/** The heap of malloc.py, with its quirks (`OSTEP_QUIRKS`). A failed allocation has the address −1. */
export class OstepHeap {
  #list: OstepHole[];
  /** Sizes of the allocated blocks by address, header included. */
  readonly #sizes = new Map<bigint, bigint>();
  readonly #policy: Policy;
  readonly #order: ListOrder;

  /** @throws PythonError an AssertionError, for a policy, an order or an alignment that there is not */
  constructor(private readonly flags: OstepFlags) {
    const { policy, order, align } = flags;
    assert(Object.hasOwn(POLICIES, policy) && Object.hasOwn(ORDERS, order));
    assert(align === -1n || align > 0n);
    this.#policy = POLICIES[policy]!;
    this.#order = ORDERS[order]!;
    this.#list = [{ address: flags.base, size: flags.size }];
  }

  /** The free list. */
  get list(): readonly OstepHole[] {
    return this.#list;
  }

  /** Bytes of the block for a request: the request is rounded, then the header is added. */
  blockSize(request: bigint): bigint {
    const { align, header } = this.flags;
    return request + (align === -1n ? 0n : pythonModulo(-request, align)) + header;
  }

  /**
   * Allocates a block.
   * @returns the address of the block, not of its payload, or −1; and how many records of the list were examined
   * @throws PythonError an AssertionError, when a block of no bytes is where the next one shall be
   */
  malloc(request: bigint): { address: bigint; searched: number } {
    const size = this.blockSize(request);
    const { none, better, stops } = this.#policy;
    let [at, chosen] = [-1, none(this.flags.size)];
    let searched = 0;
    for (const hole of this.#list) {
      searched++;
      if (hole.size < size || !better(hole.size, chosen)) continue;
      [at, chosen] = [searched - 1, hole.size];
      if (stops) break;
    }
    if (at < 0) return { address: -1n, searched };
    const { address } = this.#list[at]!;
    if (chosen === size) this.#list.splice(at, 1);
    else this.#list[at] = { address: address + size, size: chosen - size };
    assert(!this.#sizes.has(address));
    this.#sizes.set(address, size);
    return { address, searched };
  }

  /** Frees the block at an address. @returns false when there is none */
  free(address: bigint): boolean {
    const size = this.#sizes.get(address);
    if (size === undefined) return false;
    this.#sizes.delete(address);
    const { front, compare } = this.#order;
    this.#list[front ? "unshift" : "push"]({ address, size });
    if (compare) this.#list.sort((a, b) => Number(compare(a, b)));
    if (this.flags.coalesce) this.#coalesce();
    return true;
  }

  /** Merges each hole with those that follow it, in the list as in memory. */
  #coalesce(): void {
    const merged: OstepHole[] = [];
    for (const hole of this.#list) {
      const last = merged.at(-1);
      if (last && last.address + last.size === hole.address)
        merged[merged.length - 1] = { address: last.address, size: last.size + hole.size };
      else merged.push(hole);
    }
    this.#list = merged;
  }
}

/** Python's `assert`. */
export function assert(holds: boolean): void {
  if (!holds) throw new PythonError("AssertionError");
}
