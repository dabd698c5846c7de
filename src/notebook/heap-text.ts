import type { Heap } from "../heap/heap";

/** A heap's state in a line: what is allocated, in how many blocks, and the holes. */
export function heapText(heap: Heap): string {
  const blocks = `${heap.liveBlocks} ${heap.liveBlocks === 1 ? "block" : "blocks"}`;
  const holes = `${heap.holeCount} ${heap.holeCount === 1 ? "hole" : "holes"}`;
  return `${heap.usedBytes} of ${heap.capacity} bytes allocated, in ${blocks}; ${holes}`;
}
