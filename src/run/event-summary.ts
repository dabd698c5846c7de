import type { HeapEvent, MallocEvent } from "../heap/event";

/**
 * What can be notable about a step, as bits of one byte.
 * - `split`: a hole was larger than needed and left a remainder.
 * - `merge`: neighbouring holes became one.
 * - `denied`: a request found no hole.
 * - `grown`: the heap grew.
 * - `moved`: a realloc moved its block.
 * - `refused`: a free or realloc named no allocated block.
 */
export const StepFlag = {
  split: 1,
  merge: 2,
  denied: 4,
  grown: 8,
  moved: 16,
  refused: 32,
} as const;

/** The `StepFlag` bits of an event. */
export function flagsOf(event: HeapEvent): number {
  if (event.kind === "malloc") {
    return (
      (event.remainder ? StepFlag.split : 0) |
      (event.merges > 0 ? StepFlag.merge : 0) |
      (event.failure ? StepFlag.denied : 0) |
      (event.grown > 0 ? StepFlag.grown : 0)
    );
  }
  if (event.kind === "free") {
    return (event.left || event.right ? StepFlag.merge : 0) | (event.failure ? StepFlag.refused : 0);
  }
  const inner = (event.malloc ? flagsOf(event.malloc) : 0) | (event.free ? flagsOf(event.free) : 0);
  return inner | (event.grown > 0 ? StepFlag.grown : 0) | (event.how === "moved" ? StepFlag.moved : 0);
}

/** A block that an operation gave to its caller. */
export interface Grant {
  /** First address of the block. */
  readonly address: number;
  /** Bytes of the block. */
  readonly size: number;
  /** Bytes asked for. */
  readonly request: number;
}

/** The block that an operation gave, new or at a new size; null when it gave none. */
export function grantOf(event: HeapEvent): Grant | null {
  if (event.kind === "free" || event.address === null || event.address < 0) return null;
  return { address: event.address - event.header, size: event.size, request: event.request };
}

/** The malloc, and thus the search of the free list, that `event` is or contains; null when it searched nothing. */
export function searchOf(event: HeapEvent): MallocEvent | null {
  if (event.kind === "malloc") return event;
  return event.kind === "realloc" ? event.malloc : null;
}

/** Whether a request was denied. */
export function isDenied(event: HeapEvent): boolean {
  return event.kind === "malloc"
    ? event.failure !== null
    : event.kind === "realloc" && event.how === "denied";
}
