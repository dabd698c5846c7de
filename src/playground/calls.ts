import { blockName, type Call, Caller, callText } from "../exercise/call";
import { NO_BLOCK } from "../heap/block";
import type { Heap } from "../heap/heap";
import { History } from "../run/history";
import type { Trace } from "../trace/trace";

/** What a playground's reader asks of the heap: a call; or `coalesce()`, of a heap that has it. */
export type PlaygroundCall = Call | { readonly op: "coalesce" };

/** A call as a program has it: `a = malloc(8)`, `free(a)`, `a = realloc(a, 16)`, `coalesce()`. */
export function playgroundCallText(call: PlaygroundCall): string {
  return call.op === "coalesce" ? "coalesce()" : callText(call);
}

/** The requests of a trace; its blocks get names in the order in which they are allocated. */
export function callsOfTrace(trace: Trace): PlaygroundCall[] {
  const names = new Map<number, string>();
  let blocks = 0;
  return Array.from(trace, (operation): PlaygroundCall => {
    if (operation.kind === "malloc") {
      const as = blockName(blocks++);
      names.set(operation.id, as);
      return { op: "malloc", request: operation.size, as };
    }
    const block = names.get(operation.id)!;
    if (operation.kind === "free") return { op: "free", block };
    return { op: "realloc", block, request: operation.size };
  });
}

/** Makes calls on a heap one after the other. */
export class CallPlayer {
  readonly #caller: Caller;

  /** @param everyCall whether a `free(null)` asks the heap for `NO_BLOCK`, so that its run has a step for every call */
  constructor(
    private readonly heap: Heap,
    private readonly everyCall = false,
  ) {
    this.#caller = new Caller(heap);
  }

  /** Makes a call. @returns what the heap answered; null for a `coalesce()` */
  make(call: PlaygroundCall): number | boolean | null {
    if (call.op === "free" && this.everyCall)
      return this.heap.free(this.#caller.addressOf(call.block) ?? NO_BLOCK);
    if (call.op !== "coalesce") return this.#caller.make(call);
    (this.heap as Heap & { coalesce(): void }).coalesce();
    return null;
  }
}

/**
 * Makes calls on a heap, and returns the run.
 * @throws what a fit of one's own throws, or an Error for a hole that it may not choose: the calls before have been made
 */
export function playCalls(calls: Iterable<PlaygroundCall>, heap: Heap): History {
  const history = History.of(heap);
  const player = new CallPlayer(heap);
  try {
    for (const call of calls) player.make(call);
  } finally {
    history.stop();
  }
  return history;
}
