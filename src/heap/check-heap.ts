import type { Block } from "./block";
import type { Heap } from "./heap";
import { firstOutOfOrder } from "./list-state";
import type { Order } from "./orders";

/**
 * Asserts what holds for every heap: blocks tile it, the sums are right, and the free list holds exactly the holes.
 * @throws Error that names the first broken invariant
 */
export function checkHeap(heap: Heap): void {
  let address = heap.base;
  let [used, live] = [0, 0];
  const holes = new Map<number, Block>();
  let largest = 0;
  for (const block of heap.blocks()) {
    if (block.address !== address)
      broken(`a block starts at ${block.address}, but the one before ends at ${address}`);
    if (!(block.size > 0)) broken(`the block at ${block.address} has ${block.size} bytes`);
    address += block.size;
    if (block.free) {
      holes.set(block.address, block);
      largest = Math.max(largest, block.size);
    } else {
      used += block.size;
      live++;
    }
  }
  if (address !== heap.top) broken(`the blocks end at ${address}, but the heap at ${heap.top}`);
  if (used !== heap.usedBytes) broken(`${used} bytes are allocated, but usedBytes is ${heap.usedBytes}`);
  if (used + heap.freeBytes !== heap.capacity) {
    broken(`usedBytes ${used} + freeBytes ${heap.freeBytes} is not the capacity ${heap.capacity}`);
  }
  if (live !== heap.liveBlocks) broken(`${live} blocks are allocated, but liveBlocks is ${heap.liveBlocks}`);
  if (holes.size !== heap.holeCount)
    broken(`there are ${holes.size} holes, but holeCount is ${heap.holeCount}`);
  if (largest !== heap.largestHole)
    broken(`the largest hole has ${largest} bytes, but largestHole is ${heap.largestHole}`);
  for (const hole of heap.holes()) {
    if (holes.get(hole.address)?.size !== hole.size) {
      broken(
        `the free list has ${hole.size} bytes at ${hole.address}, the heap has no such hole, or it is listed twice`,
      );
    }
    holes.delete(hole.address);
  }
  for (const hole of holes.values()) broken(`the hole at ${hole.address} is not in the free list`);
}

/** Asserts that the holes of a list stand in its order, where it is sorted; an order of arrival leaves no trace to check. */
export function checkOrder(order: Order, list: Iterable<Block>): void {
  const holes = [...list];
  const at = firstOutOfOrder(order, holes.length, (i) => holes[i]!);
  if (at > 0)
    broken(`the holes at ${holes[at - 1]!.address} and ${holes[at]!.address} are not in the list's order`);
}

/** Asserts that a heap is in a state that it would take back. @param refuse throws a `RangeError`, whose message is a reason, for any other */
export function checkState(refuse: () => void): void {
  try {
    refuse();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    broken(error.message);
  }
}

/** Reports a broken invariant. */
export function broken(what: string): never {
  throw new Error(`Broken heap: ${what}.`);
}
