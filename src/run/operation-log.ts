import { widened } from "../base/column";
import type { HeapEvent, OperationRecorder } from "../heap/event";
import { FREE, MALLOC, OPERATION_KINDS, REALLOC } from "../trace/operation";
import { searchOf } from "./event-summary";

/** What stands for a result that is not known yet. */
export const UNKNOWN = Number.NEGATIVE_INFINITY;

/** The number of a recorded call of `coalesce()`, which no trace has. */
export const COALESCE = 3;

/** The kinds of a run's operations by their numbers. */
export const STEP_KINDS = [...OPERATION_KINDS, "coalesce"] as const;

/**
 * The operations of a run in flat columns, 25 bytes a step and no objects: what a heap was asked and what it answered.
 * Operation `i` (from 0) leads from step `i` to step `i + 1`.
 *
 * Of a run that was read from text, an answer is `UNKNOWN` before its operation has been run again. Where an operation names a
 * block, such a log has the operation that returned the block's address in `references`.
 */
export class OperationLog implements OperationRecorder {
  /** What each operation was: `MALLOC`, `FREE`, `REALLOC` or `COALESCE`. */
  kinds: Uint8Array = new Uint8Array(64);
  /** Bytes that a malloc or realloc asked for; 0 for the others. */
  requests: Float64Array = new Float64Array(64);
  /** The address that a free or realloc was given; NaN for null, for the other kinds, and for a reference not yet followed. */
  targets: Float64Array = new Float64Array(64);
  /** What was returned: a payload address or NaN for null; of a free 1 for true, 0 for false; `UNKNOWN`. */
  results: Float64Array = new Float64Array(64);
  /** Of a run that was read: operation + 1 whose result is the target; 0 when the target is literal. */
  references: Int32Array | null = null;
  /** Which hole served each request, where only the recorded run knows: a fit of one's own. */
  choices: Choices | null = null;
  /** Number of operations. */
  length = 0;

  malloc(request: number, address: number | null): void {
    this.push(MALLOC, request, Number.NaN, address ?? Number.NaN);
  }

  free(address: number, freed: boolean): void {
    this.push(FREE, 0, address, freed ? 1 : 0);
  }

  realloc(from: number | null, request: number, address: number | null): void {
    this.push(REALLOC, request, from ?? Number.NaN, address ?? Number.NaN);
  }

  /** `coalesce()` was called. */
  coalesce(): void {
    this.push(COALESCE, 0, Number.NaN, 0);
    this.choices?.add(Number.NaN, 1, 0);
  }

  private push(kind: number, request: number, target: number, result: number): void {
    const i = this.length;
    if (i === this.kinds.length) this.grow(2 * i);
    this.kinds[i] = kind;
    this.requests[i] = request;
    this.targets[i] = target;
    this.results[i] = result;
    this.length = i + 1;
  }

  /** Makes room for `capacity` operations. */
  grow(capacity: number): void {
    this.kinds = widened(this.kinds, capacity);
    this.requests = widened(this.requests, capacity);
    this.targets = widened(this.targets, capacity);
    this.results = widened(this.results, capacity);
  }
}

/**
 * The hole that served each operation, at which search of that operation it was found, and how many were looked at. A fit
 * that is a function is not part of a heap's description; with its choices the run can be had again without it.
 */
export class Choices {
  /** Address of the hole that was chosen; NaN when none was, or the heap grew. One entry an operation. */
  holes: Float64Array = new Float64Array(64);
  /** 1 when the first search found it; 2 when it took a deferred coalescing first. */
  searches: Uint8Array = new Uint8Array(64);
  /** How many holes the fit looked at. */
  examined: Int32Array = new Int32Array(64);
  length = 0;

  add(hole: number, search: number, examined: number): void {
    const i = this.length;
    if (i === this.holes.length) {
      this.holes = widened(this.holes, 2 * i);
      this.searches = widened(this.searches, 2 * i);
      this.examined = widened(this.examined, 2 * i);
    }
    this.holes[i] = hole;
    this.searches[i] = search;
    this.examined[i] = examined;
    this.length = i + 1;
  }

  /** Adds what `event` says about the choice. */
  addEvent(event: HeapEvent): void {
    const malloc = searchOf(event);
    const hole = malloc && malloc.grown === 0 ? malloc.hole : null;
    this.add(hole ? hole.address : Number.NaN, malloc && malloc.merges > 0 ? 2 : 1, malloc?.examined ?? 0);
  }
}
