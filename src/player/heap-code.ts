import { writeHeap } from "../heap/heap-from";
import { heapText } from "../heap/heap-text";
import type { HeapView } from "../run/cursor";

/**
 * A heap as a cell's code that makes it again, free list and all: `heapFrom("A32 f16 | 32", { pageSize: 16 })`. Where `heapFrom`
 * makes no such heap (buddies, size classes, the original program, a fit that is a function), its blocks as a text, and why.
 * @param operation the call that led to it
 */
export function heapCode(heap: HeapView, operation: string): string {
  const { kind, pageSize, options } = heap.describe();
  const about = `// ${operation.replace(/\s+/g, " ")}`;
  if (kind !== "free-list" || options.fit === "custom") {
    return `${about}\n// heapFrom makes no heap of this kind again; its blocks:\n"${heapText(heap.blocks())}"`;
  }
  return `${about}\nheapFrom("${writeHeap(heap)}", ${JSON.stringify({ pageSize, ...options })})`;
}
