import type { Extent } from "./block";

/** What `malloc` did, and why. */
export interface MallocEvent {
  readonly kind: "malloc";
  /** Bytes asked for. */
  readonly request: number;
  /** Header bytes that were added to the request. */
  readonly header: number;
  /** Bytes that rounding added on top of request and header. */
  readonly rounding: number;
  /** Bytes of its hole that were too few to be split off (`leastRemainder`), and that the block got as well. */
  readonly unsplit: number;
  /** Bytes of the block: `request + header + rounding + unsplit`. */
  readonly size: number;
  /** Payload address that was returned; null when the request was denied. */
  readonly address: number | null;
  /** Free-list records that a linear search looks at before it decides, over all searches of this operation. */
  readonly examined: number;
  /** The hole that was chosen, as it was before it was split or grown; null when none was. */
  readonly hole: Extent | null;
  /** What was split off the hole and stays free; null when the hole was used up. */
  readonly remainder: Extent | null;
  /** Pairs of neighbouring holes that a deferred coalescing merged during this operation. */
  readonly merges: number;
  /** Bytes by which the heap grew at its top. */
  readonly grown: number;
  /**
   * Why the request was denied; null when it was granted.
   * - `"full"`: fewer free bytes than the block needs.
   * - `"fragmented"`: enough free bytes, but no hole is large enough.
   * - `"declined"`: a hole would have been large enough, but the policy chose none.
   */
  readonly failure: "full" | "fragmented" | "declined" | null;
}

/** What `free` did, and why. */
export interface FreeEvent {
  readonly kind: "free";
  /** The address that was given to `free`. */
  readonly address: number;
  /** The block that was freed; null when nothing was. */
  readonly block: Extent | null;
  /** The hole before the block that it merged with, as it was; null when there was no such merge. */
  readonly left: Extent | null;
  /** The hole behind the block that it merged with, as it was; null when there was no such merge. */
  readonly right: Extent | null;
  /** The hole that resulted; null when nothing was freed. */
  readonly hole: Extent | null;
  /**
   * Why nothing was freed; null when the block was.
   * - `"outside"`: the address is not in the heap.
   * - `"hole"`: it lies in free memory (freed before, or never allocated).
   * - `"inside"`: it lies in an allocated block, but is not its payload address.
   */
  readonly failure: "outside" | "hole" | "inside" | null;
}

/** What `realloc` did, and why. */
export interface ReallocEvent {
  readonly kind: "realloc";
  /** The address that was given to `realloc`; null for `realloc(null, size)`. */
  readonly from: number | null;
  /** Bytes asked for. */
  readonly request: number;
  /** Header bytes that were added to the request. */
  readonly header: number;
  /** Bytes that rounding added on top of request and header. */
  readonly rounding: number;
  /** Bytes that are too few to be split off (`leastRemainder`), and that the block has as well. */
  readonly unsplit: number;
  /**
   * Bytes of the block, or of the one that was wanted: `request + header + rounding + unsplit`; 0 when `request` is 0 and the block
   * is freed.
   */
  readonly size: number;
  /** Payload address that was returned; null when the request was denied or the block was freed. */
  readonly address: number | null;
  /**
   * How the answer came about.
   * - `"kept"`: the block already has that size.
   * - `"shrunk"`: in place, the tail became free.
   * - `"grown"`: in place, out of the hole behind the block or at the top of the heap; with deferred coalescing perhaps only after
   *   a search has failed and holes have merged.
   * - `"moved"`: allocated elsewhere, copied, the old block freed.
   * - `"allocated"`: as `malloc`, since the address was null.
   * - `"freed"`: as `free`, since the size was 0.
   * - `"denied"`: nothing fits; the block is as it was.
   * - `"unknown"`: no allocated block has that payload address; nothing changed.
   */
  readonly how: "kept" | "shrunk" | "grown" | "moved" | "allocated" | "freed" | "denied" | "unknown";
  /** The block as it was before; null when there was none. */
  readonly block: Extent | null;
  /** Bytes by which the heap grew at its top, for a block grown in place. */
  readonly grown: number;
  /**
   * The malloc within, when the block moved, was allocated or denied. Of a block that grew in place after deferred coalescing, the
   * search that had failed before: it has neither an address nor a failure.
   */
  readonly malloc: MallocEvent | null;
  /** The free within, when the block moved or was freed, or the address was unknown. */
  readonly free: FreeEvent | null;
}

/** What one operation on a heap did, and why. */
export type HeapEvent = MallocEvent | FreeEvent | ReallocEvent;

/** Receives the event of every operation. Events are fresh objects: keep them if you like. */
export type HeapListener = (event: HeapEvent) => void;

/**
 * Receives the bare operations of a heap, before any explanation: no object is made for a call.
 * Meant for recording: from the operations alone a deterministic heap can be run again.
 */
export interface OperationRecorder {
  /** `malloc(request)` answered `address`. */
  malloc(request: number, address: number | null): void;
  /** `free(address)` answered `freed`. */
  free(address: number, freed: boolean): void;
  /** `realloc(from, request)` answered `address`. */
  realloc(from: number | null, request: number, address: number | null): void;
  /** All neighbouring holes were merged, by a call of `coalesce()`. */
  coalesce?(): void;
}
