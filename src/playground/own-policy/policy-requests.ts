import type { FitName } from "../../heap/fits";
import type { Heap } from "../../heap/heap";
import type { CustomFit } from "../../heap/options";
import { History } from "../../run/history";
import { CallPlayer, type PlaygroundCall } from "../calls";
import { type HeapChoice, makeHeap, takesFit, withOption } from "../heap-choice";

/** What a policy is to serve, as a playground's state has it. Plain JSON. */
export interface PolicyRequests {
  /** The heap; whatever its fit is, the policy takes its place. */
  readonly heap: HeapChoice;
  /** The calls on the heap, from the first on. A block that was denied is null to later calls, as it is in C. */
  readonly calls: readonly PlaygroundCall[];
}

/**
 * The requests served under a fit, a call at a time: of a run that a policy breaks off, there is what came before. Step k of the run
 * is call k under every fit: one that frees a block which was denied is a step as well, and frees nothing.
 */
export class ServedRequests {
  readonly heap: Heap;
  /** The run so far. */
  readonly run: History;
  readonly #calls: readonly PlaygroundCall[];
  readonly #player: CallPlayer;

  /** @throws RangeError for a heap that there is not, or that has no fit */
  constructor(requests: PolicyRequests, fit: FitName | CustomFit) {
    const { calls } = requests;
    this.heap = heapUnder(requests, fit);
    this.run = History.of(this.heap);
    this.#calls = calls;
    this.#player = new CallPlayer(this.heap, true);
    if (this.done) this.run.stop();
  }

  /** Whether every call was made. */
  get done(): boolean {
    return this.run.length === this.#calls.length;
  }

  /** Makes the next call. @throws what a policy throws; then nothing has changed */
  advance(): void {
    this.#player.make(this.#calls[this.run.length]!);
    if (this.done) this.run.stop();
  }
}

/** The run of the requests under a fit. */
export function serve(requests: PolicyRequests, fit: FitName | CustomFit): History {
  const served = new ServedRequests(requests, fit);
  while (!served.done) served.advance();
  return served.run;
}

/** An empty heap for the requests, under a fit. @throws RangeError for a heap that there is not, or that has no fit */
export function heapUnder({ heap }: PolicyRequests, fit: FitName | CustomFit): Heap {
  if (!takesFit(heap))
    throw new RangeError(`A heap of kind ${JSON.stringify(heap.kind)} has no fit; take a free list.`);
  if (typeof fit === "string") return makeHeap(withOption(heap, "fit", fit));
  return makeHeap(withOption(heap, "fit", "custom"), fit);
}
