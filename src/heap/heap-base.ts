import { show } from "../base/wrong-argument";
import type { Block } from "./block";
import { checkHeap } from "./check-heap";
import type { HeapEvent, HeapListener, OperationRecorder } from "./event";
import type { Heap, HeapDescription, HeapSnapshot } from "./heap";
import { heapText } from "./heap-text";
import { matrixOf } from "./matrix";
import type { Store } from "./store";

/** What all heaps share: listeners, recorders, pictures and text, around a store. */
export abstract class HeapBase implements Heap {
  readonly pageSize: number;
  readonly #store: Store;
  readonly #description: HeapDescription;
  #listeners: HeapListener[] = [];
  #recorders: OperationRecorder[] = [];
  /** Keeps the event of the operation under way for all listeners; null without any. */
  #tell: HeapListener | null = null;
  #event: HeapEvent | null = null;

  protected constructor(store: Store, description: HeapDescription) {
    this.#store = store;
    this.#description = description;
    this.pageSize = description.pageSize;
  }

  get base(): number {
    return this.#store.base;
  }
  get top(): number {
    return this.#store.top;
  }
  get capacity(): number {
    return this.#store.top - this.#store.base;
  }
  get header(): number {
    return this.#store.header;
  }
  get usedBytes(): number {
    return this.#store.usedBytes;
  }
  get freeBytes(): number {
    return this.capacity - this.#store.usedBytes;
  }
  get liveBlocks(): number {
    return this.#store.liveBlocks;
  }
  get holeCount(): number {
    return this.#store.holeCount;
  }
  get largestHole(): number {
    return this.#store.largestHole;
  }
  get storageBytes(): number {
    return this.#store.storageBytes;
  }

  malloc(size: number): number | null {
    const address = this.#store.malloc(size, this.#tell);
    const event = this.#event;
    const recorders = this.#recorders;
    if (event !== null) this.#event = null;
    for (let i = 0; i < recorders.length; i++) recorders[i]!.malloc(size, address);
    if (event !== null) this.#pass(event);
    return address;
  }

  free(address: number | null): boolean {
    if (address === null) return false;
    if (typeof address !== "number") {
      throw new TypeError(
        `free takes an address, a number, not ${show(address)}; give what malloc returned.`,
      );
    }
    const freed = this.#store.free(address, this.#tell);
    const event = this.#event;
    const recorders = this.#recorders;
    if (event !== null) this.#event = null;
    for (let i = 0; i < recorders.length; i++) recorders[i]!.free(address, freed);
    if (event !== null) this.#pass(event);
    return freed;
  }

  realloc(address: number | null, size: number): number | null {
    if (address !== null && typeof address !== "number") {
      throw new TypeError(
        `realloc takes an address, a number or null, not ${show(address)}; give what malloc returned.`,
      );
    }
    const result = this.#store.realloc(address, size, this.#tell);
    const event = this.#event;
    const recorders = this.#recorders;
    if (event !== null) this.#event = null;
    for (let i = 0; i < recorders.length; i++) recorders[i]!.realloc(address, size, result);
    if (event !== null) this.#pass(event);
    return result;
  }

  blocks(): Iterable<Block> {
    return this.#store.blocks();
  }

  holes(): Iterable<Block> {
    return this.#store.holes();
  }

  asMatrix(): number[][] {
    return this.#store.matrix?.() ?? matrixOf(this.blocks(), this.base, this.capacity, this.pageSize);
  }

  toString(): string {
    return this.#store.text?.() ?? heapText(this.blocks());
  }

  /** What a notebook prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  check(): void {
    checkHeap(this);
    this.#store.check();
  }

  listen(listener: HeapListener): () => void {
    if (typeof listener !== "function")
      throw new TypeError(`A listener is a function, not ${show(listener)}.`);
    this.#store.observe?.();
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
    const mine: OperationRecorder = {
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
    return { description: this.#description, state: this.#store.save() };
  }

  restore(snapshot: HeapSnapshot): void {
    if (typeof snapshot !== "object" || snapshot === null) {
      throw new TypeError(`restore takes what snapshot() returned, not ${show(snapshot)}.`);
    }
    const [is, want] = [JSON.stringify(snapshot.description), JSON.stringify(this.#description)];
    if (is !== want)
      throw new RangeError(`A snapshot of the heap ${is} does not fit the heap ${want}; make one like it.`);
    this.#store.load(snapshot.state);
  }

  /** Tells the recorders that neighbouring holes were merged by hand. */
  protected coalesced(): void {
    for (const recorder of this.#recorders) recorder.coalesce?.();
  }

  #setListeners(listeners: HeapListener[]): void {
    this.#listeners = listeners;
    const keep: HeapListener = (event) => {
      this.#event = event;
    };
    this.#tell = listeners.length === 0 ? null : keep;
  }

  /**
   * Tells the listeners, when the operation is done and recorded: what one of them throws reaches the caller of the operation,
   * and the heap is none the worse.
   */
  #pass(event: HeapEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
