import { FreeList } from "../free-list";
import { parseHeapText } from "../heap-text";
import type { FreeListOptions } from "../options";

/**
 * A free list with the given blocks: `heapOf("A32 f16 A8", { fit: "best" })`. Sizes are not rounded unless the options say so.
 * @param freed block addresses of the holes in the order in which they are freed; by default ascending
 */
export function heapOf(text: string, options: FreeListOptions = {}, freed?: readonly number[]): FreeList {
  const { base = 0, header = 0 } = options;
  const blocks = parseHeapText(text, base);
  const size = blocks.reduce((sum, block) => sum + block.size, 0);
  const heap = new FreeList(size, 1, options);
  for (const block of blocks) {
    if (heap.malloc(block.size - header) !== block.address + header)
      throw new Error(`No heap can be ${text}.`);
  }
  const holes = freed ?? blocks.filter((block) => block.free).map((block) => block.address);
  for (const address of holes) heap.free(address + header);
  if (String(heap) !== text) throw new Error(`The heap is ${heap}, not ${text}.`);
  return heap;
}

/** The addresses of the holes in list order. */
export function listOf(heap: FreeList): number[] {
  return Array.from(heap.holes(), (hole) => hole.address);
}
