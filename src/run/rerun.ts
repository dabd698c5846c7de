import { NumberTable, type NumberTableState } from "../base/number-table";
import { createHeap } from "../heap/create-heap";
import type { Heap, HeapDescription, HeapSnapshot } from "../heap/heap";
import type { CustomFit } from "../heap/options";
import { FREE, MALLOC, REALLOC } from "../trace/operation";
import { type Choices, type OperationLog, UNKNOWN } from "./operation-log";

/** Where a rerun can go on from. */
export interface Checkpoint {
  readonly step: number;
  readonly heap: HeapSnapshot;
  readonly tenants: NumberTableState;
}

/** What a rerun starts from. */
export interface RunSource {
  readonly log: OperationLog;
  /** The heap's state before the first operation; null when it was as made. */
  readonly start: HeapSnapshot | null;
  /** Makes an empty heap like the recorded one, whose fit, where it needs one, is `fit`. */
  makeHeap(fit: CustomFit): Heap;
}

/** Makes the empty heap that `description` names; a fit of one's own is replaced by `fit`. */
export function heapOf(description: HeapDescription, fit: CustomFit): Heap {
  if (description.options.fit !== "custom") return createHeap(description);
  return createHeap({ ...description, options: { ...description.options, fit } });
}

/**
 * Runs a recorded run again on a heap of its own, operation by operation, and keeps account of who lives where.
 * Fills in the answers of a log that does not know them yet; compares those that it knows.
 */
export class Rerun {
  readonly heap: Heap;
  /**
   * The live blocks: payload address → the step whose operation gave it (malloc, or the last realloc); −1, −2, … for blocks
   * that were there before the first operation, in address order.
   */
  readonly tenants = new NumberTable();
  /** Operations run so far. */
  step = 0;
  /** The tenant of the address that the last operation was given, before that operation; 0 when there was none. */
  previousTenant = 0;
  readonly #log: OperationLog;
  #search = 0;
  #looked = 0;

  constructor(source: RunSource) {
    this.#log = source.log;
    this.heap = source.makeHeap((holes, size) => this.#choose(holes, size));
    if (source.start) this.heap.restore(source.start);
    let ordinal = 0;
    for (const block of this.heap.blocks()) {
      if (!block.free) this.tenants.set(block.address + this.heap.header, --ordinal);
    }
  }

  /** Runs the next operation. Throws an `Error` that names the step when the heap answers otherwise than it did, or refuses. */
  execute(): void {
    try {
      this.#run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`Step ${this.step + 1} cannot be run again: ${reason}`);
    }
  }

  #run(): void {
    const i = this.step;
    const log = this.#log;
    const kind = log.kinds[i]!;
    this.#search = 0;
    this.#looked = 0;
    this.previousTenant = 0;
    let result = 0;
    if (kind === MALLOC) {
      result = this.heap.malloc(log.requests[i]!) ?? Number.NaN;
    } else if (kind === FREE) {
      const target = this.#target(i);
      this.previousTenant = this.tenants.get(target);
      result = this.heap.free(target) ? 1 : 0;
      this.tenants.delete(target);
    } else if (kind === REALLOC) {
      const target = this.#target(i);
      this.previousTenant = this.tenants.get(target);
      const request = log.requests[i]!;
      result = this.heap.realloc(Number.isNaN(target) ? null : target, request) ?? Number.NaN;
      if (result >= 0 || request === 0) this.tenants.delete(target);
    } else {
      (this.heap as Heap & { coalesce?(): number }).coalesce?.();
    }
    // The original program answers −1 to a request of nothing: that is no block.
    if ((kind === MALLOC || kind === REALLOC) && result >= 0) this.tenants.set(result, i + 1);
    this.#answer(i, result);
    this.step = i + 1;
  }

  /** What it takes to be here again. */
  save(): Checkpoint {
    return { step: this.step, heap: this.heap.snapshot(), tenants: this.tenants.save() };
  }

  load({ step, heap, tenants }: Checkpoint): void {
    this.heap.restore(heap);
    this.tenants.load(tenants);
    this.step = step;
  }

  /**
   * Goes to a step that has not been run to: the heap's state there, and the tenant of each allocated block in address order. The
   * blocks' addresses become known as what their operations answered.
   * @throws RangeError for a state that such a heap cannot be in, or that has not so many blocks; then it is to enter another
   */
  enter(step: number, heap: HeapSnapshot, tenants: Int32Array): void {
    this.heap.restore(heap);
    const { liveBlocks } = this.heap;
    if (liveBlocks !== tenants.length)
      throw new RangeError(`There are ${tenants.length} tenants of ${liveBlocks} blocks at step ${step}.`);
    this.tenants.clear(tenants.length);
    this.step = step;
    const { results } = this.#log;
    let at = 0;
    for (const block of this.heap.blocks()) {
      if (block.free) continue;
      const address = block.address + this.heap.header;
      const tenant = tenants[at++]!;
      this.tenants.set(address, tenant);
      if (results[tenant - 1] === UNKNOWN) results[tenant - 1] = address;
    }
  }

  #target(i: number): number {
    const log = this.#log;
    const reference = log.references?.[i] ?? 0;
    const address = log.results[reference - 1]!;
    if (address >= 0) log.targets[i] = address;
    return log.targets[i]!;
  }

  #answer(i: number, result: number): void {
    const { results } = this.#log;
    const known = results[i]!;
    if (known === UNKNOWN) {
      results[i] = result;
    } else if (!Object.is(result, known)) {
      throw new Error(
        `it answered ${known} when it was recorded and ${result} now; the heap was changed in a way that was not recorded, or its policy is not a function of its holes.`,
      );
    }
  }

  /** The fit of a heap whose own is not known: picks the hole that was picked, and looks at as many as were looked at. */
  #choose: CustomFit = (holes, size) => {
    const choices = this.#log.choices as Choices;
    const look = Math.min(holes.length, choices.examined[this.step]! - this.#looked);
    // Such holes notice when they are looked at: that is how they are counted.
    for (let i = 0; i < look; i++) holes[i]!.size;
    this.#looked += look;
    this.#search++;
    const wanted = choices.holes[this.step]!;
    if (this.#search < choices.searches[this.step]!) return null;
    // They are found in the heap's own list, where looking does not count.
    const index = [...this.heap.holes()].findIndex((hole) => hole.address === wanted && hole.size >= size);
    return holes[index] ?? null;
  };
}
