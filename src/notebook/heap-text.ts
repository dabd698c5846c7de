import { counted, readable } from "../base/readable";
import type { Heap } from "../heap/heap";

/** A heap's state in a line: what is allocated, in how many blocks, and the holes. */
export function heapText(heap: Heap): string {
  const allocated = `${readable(heap.usedBytes)} of ${counted(heap.capacity, "byte")} allocated`;
  return `${allocated}, in ${counted(heap.liveBlocks, "block")}; ${counted(heap.holeCount, "hole")}`;
}
