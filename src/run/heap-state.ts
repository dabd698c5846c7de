import type { Block } from "../heap/block";
import { traitsOf } from "../heap/create-heap";
import { FITS, type Fit } from "../heap/fits";
import type { HeapDescription } from "../heap/heap";
import type { ListState } from "../heap/list-state";
import type { HeapView } from "./cursor";

/** The state of a heap between two operations, as plain data: all that its next decision depends on. */
export interface HeapState {
  /** What `heap.describe()` says: its kind and its policy. */
  readonly description: HeapDescription;
  /** First address of the heap. */
  readonly base: number;
  /** One past its last address. */
  readonly top: number;
  /** Bytes at the start of every allocated block that its caller may not use. */
  readonly header: number;
  /** Every block, in address order. */
  readonly blocks: readonly Block[];
  /**
   * The records of the list that is searched, in list order: the holes; of the original program's heap every block, free or
   * allocated.
   */
  readonly list: readonly Block[];
  /** Address of the hole at which next fit goes on; null for the head of the list, and for other policies. */
  readonly rover: number | null;
}

/** The state of `heap`, or of a cursor's heap, now: `stateOf(cursor.seek(5).heap)`. Takes time in proportion to its blocks. */
export function stateOf(heap: HeapView): HeapState {
  const description = heap.describe();
  const { base, top, header } = heap;
  const blocks = [...heap.blocks()];
  const list = traitsOf(description).listsAllBlocks ? (heap.snapshot().state as Block[]) : [...heap.holes()];
  return { description, base, top, header, blocks, list, rover: roverOf(heap, description) };
}

function roverOf(heap: HeapView, { options }: HeapDescription): number | null {
  const fit = (FITS as Record<string, Fit>)[String(options.fit)];
  if (!fit?.roves) return null;
  const { blocks, rover } = heap.snapshot().state as ListState;
  const units = blocks.reduce((sum, size) => sum + Math.abs(size), 0);
  return rover < 0 ? null : heap.base + rover * (heap.capacity / units);
}
