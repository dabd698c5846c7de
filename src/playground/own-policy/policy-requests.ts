import { type Call, Caller, callText } from "../../exercise/call";
import { createHeap } from "../../heap/create-heap";
import type { Heap, HeapDescription } from "../../heap/heap";
import type { FreeListOptions } from "../../heap/options";
import { History } from "../../run/history";

/** What a policy is to serve. Plain JSON. */
export interface PolicyRequests {
  /** The heap, as `describe()` says; whatever its fit is, the policy takes its place. */
  readonly heap: HeapDescription;
  /** The calls on the heap, from the first on. A block that was denied is null to later calls, as it is in C. */
  readonly calls: readonly PolicyCall[];
}

/** A call on a heap. */
export type PolicyCall = Call | { readonly op: "coalesce" };

/** A call as a program has it. */
export function policyCallText(call: PolicyCall): string {
  return call.op === "coalesce" ? "coalesce()" : callText(call);
}

/** Whether such a heap has a fit in whose place a policy can step. */
export function takesPolicy({ kind }: HeapDescription): boolean {
  return kind === "free-list" || kind === "fixed-partitions";
}

/** The address of no block. */
const NO_BLOCK = -1;

/**
 * The requests served under a fit, a call at a time: of a run that a policy breaks off, there is what came before. Step k of the run
 * is call k under every fit: one that frees a block which was denied is a step as well, and frees nothing.
 */
export class ServedRequests {
  readonly heap: Heap;
  /** The run so far. */
  readonly run: History;
  readonly #calls: readonly PolicyCall[];
  readonly #caller: Caller;

  /** @throws RangeError for a heap that there is not, or that has no fit */
  constructor({ heap, calls }: PolicyRequests, fit: FreeListOptions["fit"]) {
    if (!takesPolicy(heap))
      throw new RangeError(`A heap of kind ${JSON.stringify(heap.kind)} has no fit; take a free list.`);
    this.heap = createHeap({ ...heap, options: { ...heap.options, fit } });
    this.run = History.of(this.heap);
    this.#calls = calls;
    this.#caller = new Caller(this.heap);
    if (this.done) this.run.stop();
  }

  /** Whether every call was made. */
  get done(): boolean {
    return this.run.length === this.#calls.length;
  }

  /** Makes the next call. @throws what a policy throws; then nothing has changed */
  advance(): void {
    const call = this.#calls[this.run.length]!;
    if (call.op === "coalesce") (this.heap as Heap & { coalesce(): void }).coalesce();
    else if (call.op === "free") this.heap.free(this.#caller.addressOf(call.block) ?? NO_BLOCK);
    else this.#caller.make(call);
    if (this.done) this.run.stop();
  }
}

/** The run of the requests under a fit. */
export function serve(requests: PolicyRequests, fit: FreeListOptions["fit"]): History {
  const served = new ServedRequests(requests, fit);
  while (!served.done) served.advance();
  return served.run;
}
