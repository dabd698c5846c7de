import { show } from "../base/wrong-argument";
import type { Block } from "./block";
import { BlockTable } from "./block-table";
import { checkHeap } from "./check-heap";
import type { HeapEvent, HeapListener, OperationRecorder } from "./event";
import type { Heap, HeapDescription, HeapSnapshot } from "./heap";
import { heapText } from "./heap-text";
import { matrixOf } from "./matrix";
import { checkSnapshot } from "./snapshot";

/**
 * What all heaps share: who listens and who records, pictures, text, description and snapshots. A kind of heap adds its own
 * `allocate`, `release` and `reallocate`, which decide first and then change.
 */
export abstract class HeapBase implements Heap {
  abstract readonly base: number;
  abstract readonly top: number;
  abstract readonly header: number;
  abstract readonly usedBytes: number;
  abstract readonly liveBlocks: number;
  abstract readonly holeCount: number;
  abstract readonly largestHole: number;
  abstract readonly storageBytes: number;
  readonly pageSize: number;
  /** Whether anybody wants to know what operations did: only then is `lastEvent` asked, and need it count records. */
  protected listening = false;
  readonly #description: HeapDescription;
  #listeners: HeapListener[] = [];
  #recorders: Required<OperationRecorder>[] = [];

  protected constructor(description: HeapDescription) {
    for (const value of Object.values(description.options)) Object.freeze(value);
    Object.freeze(description.options);
    this.#description = Object.freeze(description);
    this.pageSize = description.pageSize;
  }

  /** As `malloc`. */
  protected abstract allocate(request: number): number | null;
  /** As `free`, of a number. */
  protected abstract release(address: number): boolean;
  /** As `realloc`. */
  protected abstract reallocate(address: number | null, request: number): number | null;
  /** What the operation that has just been done did, and why. */
  protected abstract lastEvent(): HeapEvent;
  /** Every block, in address order. */
  protected abstract eachBlock(): Iterator<Block>;
  /** The holes, in the order of the free list. */
  protected abstract eachHole(): Iterator<Block>;
  /** The heap's state as plain JSON. */
  protected abstract save(): unknown;
  /**
   * Takes the state in a snapshot of a heap like this one.
   * @throws RangeError for one that `save` cannot have returned, with the field and the rule; then nothing has changed
   */
  protected abstract load(snapshot: HeapSnapshot): void;

  get capacity(): number {
    return this.top - this.base;
  }
  get freeBytes(): number {
    return this.capacity - this.usedBytes;
  }

  /**
   * Allocates a block for `request` bytes: a whole number from 0 to 2^53 − 1. A request for 0 bytes gets the smallest block,
   * as in glibc, so that its address is its own.
   * @returns the address of its payload, or null when no hole is large enough; then no block has changed.
   * @throws RangeError or TypeError for a request that is no such number; then nothing has changed.
   */
  malloc(request: number): number | null {
    const address = this.allocate(request);
    const event = this.listening ? this.lastEvent() : null;
    const recorders = this.#recorders;
    for (let i = 0; i < recorders.length; i++) recorders[i]!.malloc(request, address);
    if (event !== null) this.#pass(event);
    return address;
  }

  /**
   * Frees the block whose payload address is `address`.
   * @returns false when no allocated block has that payload address: one never returned, one freed before, one inside a
   *   block, a fraction, NaN, or null (C's `free(NULL)`). Then nothing has changed.
   * @throws TypeError for what is neither a number nor null.
   */
  free(address: number | null): boolean {
    if (address === null) return false;
    if (typeof address !== "number") {
      throw new TypeError(
        `free takes an address, a number, not ${show(address)}; give what malloc returned.`,
      );
    }
    const freed = this.release(address);
    const event = this.listening ? this.lastEvent() : null;
    const recorders = this.#recorders;
    for (let i = 0; i < recorders.length; i++) recorders[i]!.free(address, freed);
    if (event !== null) this.#pass(event);
    return freed;
  }

  /**
   * Gives the block at `address` room for `request` bytes (C17, 7.22.3.5): where it is, if that is possible; else by `malloc`, a
   * copy and `free`. `realloc(null, request)` is `malloc(request)`; `realloc(address, 0)` frees the block and returns null.
   * @returns the payload address of the block, or null when nothing fits (the block is as it was) or no allocated block has
   *   that address (nothing has changed).
   * @throws as `malloc` and `free` do.
   */
  realloc(address: number | null, request: number): number | null {
    if (address !== null && typeof address !== "number") {
      throw new TypeError(
        `realloc takes an address, a number or null, not ${show(address)}; give what malloc returned.`,
      );
    }
    const result = this.reallocate(address, request);
    const event = this.listening ? this.lastEvent() : null;
    const recorders = this.#recorders;
    for (let i = 0; i < recorders.length; i++) recorders[i]!.realloc(address, request, result);
    if (event !== null) this.#pass(event);
    return result;
  }

  blocks(): Iterable<Block> {
    return new BlockTable(() => this.eachBlock(), "block");
  }

  holes(): Iterable<Block> {
    return new BlockTable(() => this.eachHole(), "hole");
  }

  asMatrix(): number[][] {
    return matrixOf(this.blocks(), this.base, this.capacity, this.pageSize);
  }

  toString(): string {
    return heapText(this.blocks());
  }

  /** What a notebook prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  check(): void {
    checkHeap(this);
  }

  listen(listener: HeapListener): () => void {
    if (typeof listener !== "function")
      throw new TypeError(`A listener is a function, not ${show(listener)}.`);
    // A copy, so that the same function may listen twice and each be ended alone.
    const mine: HeapListener = (event) => listener(event);
    this.#setListeners([...this.#listeners, mine]);
    return () => this.#setListeners(this.#listeners.filter((other) => other !== mine));
  }

  record(recorder: OperationRecorder): () => void {
    for (const operation of ["malloc", "free", "realloc"] as const) {
      if (typeof recorder?.[operation] !== "function") {
        throw new TypeError(
          `A recorder has the methods malloc, free and realloc, and ${show(recorder)} has no ${operation}.`,
        );
      }
    }
    const mine: Required<OperationRecorder> = {
      malloc: (request, address) => recorder.malloc(request, address),
      free: (address, freed) => recorder.free(address, freed),
      realloc: (from, request, address) => recorder.realloc(from, request, address),
      coalesce: () => recorder.coalesce?.(),
    };
    this.#recorders = [...this.#recorders, mine];
    return () => {
      this.#recorders = this.#recorders.filter((other) => other !== mine);
    };
  }

  describe(): HeapDescription {
    return this.#description;
  }

  snapshot(): HeapSnapshot {
    return { version: 1, description: this.#description, state: this.save() };
  }

  restore(snapshot: HeapSnapshot): void {
    checkSnapshot(snapshot, this.#description);
    this.load(snapshot);
  }

  /** Passes a call of `coalesce()` on to the recorders. */
  protected recordCoalescing(): void {
    for (const recorder of this.#recorders) recorder.coalesce();
  }

  #setListeners(listeners: HeapListener[]): void {
    this.#listeners = listeners;
    this.listening = listeners.length > 0;
  }

  /**
   * Calls the listeners, when the operation is done and recorded: what one of them throws reaches the caller of the operation,
   * and the heap is none the worse.
   */
  #pass(event: HeapEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
