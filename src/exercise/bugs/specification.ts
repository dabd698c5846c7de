import type { Extent } from "../../heap/block";
import type { HeapEvent } from "../../heap/event";
import { writeHeap } from "../../heap/heap-from";
import type { FreeListOptions } from "../../heap/options";
import { TextbookHeap } from "../../heap/textbook-heap";
import type { CallAnswer } from "../call";

/** A call by addresses. */
export interface AddressedCall {
  readonly op: "malloc" | "free" | "realloc";
  /** Bytes asked for; 0 for a free. */
  readonly request: number;
  /** The payload address that a free or realloc is given; null for a malloc. */
  readonly address: number | null;
}

/** What a right heap does at a call. */
export interface RightStep {
  readonly answer: CallAnswer;
  readonly event: HeapEvent | null;
  readonly after: RightState;
}

/** A state of a right heap. */
export interface RightState {
  /** The blocks, in address order. */
  readonly blocks: readonly (Extent & { readonly free: boolean })[];
  /** The free list. */
  readonly list: readonly Extent[];
  /** One past the heap's last address. */
  readonly top: number;
  /** The blocks as a text: `A8 f8`. */
  readonly text: string;
  /** What a call does in it. */
  step(call: AddressedCall): RightStep;
}

/**
 * What a right heap answers: `TextbookHeap`, asked once for every call in every state and remembered, since a search makes the same
 * calls in the same states again and again.
 */
export class Specification {
  readonly start: RightState;
  readonly #states = new Map<string, RightState>();

  constructor(
    private readonly heapSize: number,
    private readonly pageSize: number,
    private readonly options: FreeListOptions,
  ) {
    this.start = this.#stateOf(this.make(), []);
  }

  /** A right heap, as made. */
  make(): TextbookHeap {
    return new TextbookHeap(this.heapSize, this.pageSize, this.options);
  }

  #stateOf(heap: TextbookHeap, path: readonly AddressedCall[]): RightState {
    const key = writeHeap(heap);
    const known = this.#states.get(key);
    if (known) return known;
    const steps = new Map<string, RightStep>();
    const state: RightState = {
      blocks: [...heap.blocks()],
      list: [...heap.holes()],
      top: heap.top,
      text: String(heap),
      step: (call) => {
        const name = `${call.op} ${call.address} ${call.request}`;
        const made = steps.get(name) ?? this.#step(path, call);
        steps.set(name, made);
        return made;
      },
    };
    this.#states.set(key, state);
    return state;
  }

  #step(path: readonly AddressedCall[], call: AddressedCall): RightStep {
    const heap = this.make();
    for (const before of path) makeCall(heap, before);
    let event: HeapEvent | null = null;
    heap.listen((its) => {
      event = its;
    });
    const answer = makeCall(heap, call) as CallAnswer;
    return { answer, event, after: this.#stateOf(heap, [...path, call]) };
  }
}

/** Makes a call on a heap. */
export function makeCall(
  heap: {
    malloc(request: number): unknown;
    free(address: number | null): unknown;
    realloc?(address: number | null, request: number): unknown;
  },
  { op, address, request }: AddressedCall,
): unknown {
  if (op === "malloc") return heap.malloc(request);
  return op === "free" ? heap.free(address) : heap.realloc!(address, request);
}
