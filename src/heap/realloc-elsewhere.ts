import type { Extent } from "./block";
import type { FreeEvent, MallocEvent, ReallocEvent } from "./event";

/**
 * C's `realloc` for heaps that cannot change a block in place: keeps a block that has the size already, else allocates,
 * copies and frees.
 * @param size bytes of the block that the request needs, header and rounding included
 * @param block the allocated block at `from`; null when there is none
 */
export function reallocElsewhere(
  from: number | null,
  request: number,
  size: number,
  header: number,
  block: Extent | null,
  heap: { malloc(): MallocEvent; free(address: number): FreeEvent },
): ReallocEvent {
  const rounding = size - request - header;
  const plain = { kind: "realloc" as const, from, request, header, rounding, unsplit: 0, size };
  const rest = {
    block: block && { address: block.address, size: block.size },
    grown: 0,
    malloc: null,
    free: null,
  };
  if (from === null) {
    const malloc = heap.malloc();
    return { ...plain, ...rest, how: "allocated", address: malloc.address, malloc };
  }
  if (block === null) return { ...plain, ...rest, how: "unknown", address: null, free: heap.free(from) };
  if (request === 0) {
    const nothing = { header: 0, rounding: 0, size: 0 };
    return { ...plain, ...nothing, ...rest, how: "freed", address: null, free: heap.free(from) };
  }
  if (size === block.size) return { ...plain, ...rest, how: "kept", address: from };
  const malloc = heap.malloc();
  if (malloc.address === null) return { ...plain, ...rest, how: "denied", address: null, malloc };
  return { ...plain, ...rest, how: "moved", address: malloc.address, malloc, free: heap.free(from) };
}
