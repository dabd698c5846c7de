import type { Block } from "./block";
import type { HeapListener, OperationRecorder } from "./event";

/**
 * What every heap of this library can do, whatever its policy. Whoever takes a heap (history, replay, pictures) takes
 * this.
 *
 * Invariants, asserted by `check()`:
 * - blocks tile the heap: the first starts at `base`, each next one where the one before ends, the last ends at `top`;
 * - `usedBytes + freeBytes = capacity = top − base`;
 * - `holes()` lists exactly the free blocks of `blocks()`.
 */
export interface Heap {
  /** First address of the heap, in bytes. */
  readonly base: number;
  /** One past the last address of the heap, in bytes: `base + capacity`. */
  readonly top: number;
  /** Bytes of the heap. Grows only in a growable heap. */
  readonly capacity: number;
  /** Bytes of a page: the smallest unit of allocation, and one cell of `asMatrix()`. */
  readonly pageSize: number;
  /** Bytes at the start of every allocated block that its caller may not use. */
  readonly header: number;
  /** Bytes in allocated blocks, headers and rounding included. */
  readonly usedBytes: number;
  /** Bytes in holes. */
  readonly freeBytes: number;
  /** Number of allocated blocks. */
  readonly liveBlocks: number;
  /** Number of holes. */
  readonly holeCount: number;
  /** Bytes of the largest hole; 0 when there is none. */
  readonly largestHole: number;
  /** Bytes of storage that this heap's own tables take on the machine. */
  readonly storageBytes: number;

  /**
   * Allocates a block for `request` bytes.
   * @returns the address of its payload, or null when nothing fits; then nothing has changed, but that deferred coalescing
   *   has merged holes.
   */
  malloc(request: number): number | null;
  /**
   * Frees the block whose payload address is `address`.
   * @returns false when no allocated block has that payload address; then nothing has changed.
   */
  free(address: number | null): boolean;
  /**
   * Gives the block at `address` room for `request` bytes, elsewhere if need be, as C's `realloc` does.
   * @returns the payload address of the block, or null when nothing fits; then the block is as it was.
   */
  realloc(address: number | null, request: number): number | null;

  /** Every block, in address order. */
  blocks(): Iterable<Block>;
  /** The holes, in the order of the free list. */
  holes(): Iterable<Block>;
  /** The heap as a square of pages, row by row: 0 allocated, 1 free; cells beyond the heap are 1. */
  asMatrix(): number[][];
  /** One line: the blocks in address order, `A32` allocated, `f16` free. */
  toString(): string;
  /** Throws an `Error` that names the first broken invariant. */
  check(): void;

  /**
   * Calls `listener` with the event of each operation from now on, after the operation is done and recorded: what a listener
   * throws reaches the operation's caller and undoes nothing. Returns a function that ends it.
   */
  listen(listener: HeapListener): () => void;
  /** Calls `recorder` for each operation from now on, before any listener. Returns a function that ends it. */
  record(recorder: OperationRecorder): () => void;

  /** What it takes to make an empty heap like this one: `createHeap(heap.describe())`. Plain JSON. */
  describe(): HeapDescription;
  /** The state of the heap as plain data, to go back to with `restore`. */
  snapshot(): HeapSnapshot;
  /**
   * Puts the heap into a state that `snapshot` of a heap of the same description returned. What is taken passes `check()`.
   * @throws RangeError for anything else, with the field that is wrong; then nothing has changed
   */
  restore(snapshot: HeapSnapshot): void;
}

/** Names a heap and its parameters; plain JSON, frozen. */
export interface HeapDescription {
  /** The kind of heap: "free-list" (`FreeList`, `TextbookHeap`), "segregated-fits", "fixed-partitions", "buddy" or "original". */
  readonly kind: string;
  /** Bytes the heap starts with. */
  readonly heapSize: number;
  /** Bytes of a page. */
  readonly pageSize: number;
  /** Its options; a `fit` that is a function is named "custom" here. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A heap's state as plain JSON: opaque, and valid for heaps of the same description. */
export interface HeapSnapshot {
  readonly version: 1;
  readonly description: HeapDescription;
  readonly state: unknown;
}
