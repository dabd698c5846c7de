import { show } from "../base/wrong-argument";
import type { Heap } from "../heap/heap";
import type { History } from "../run/history";
import { Trace } from "../trace/trace";
import { callsOfTrace, playCalls } from "./calls";
import { parseCalls } from "./parse-calls";

/**
 * Makes the calls of a list on a heap, and returns the run: `show(play("+10, -0, +3", new FreeList(64, 1)))`. A list is what the
 * playground takes, as text (`a = malloc(100); free(a)`, OSTEP's `+100,-0`, a `.rep` file; see README), or a trace.
 * @throws SyntaxError with the place for a text that is none; TypeError for what is neither
 */
export function play(list: string | Trace, heap: Heap): History {
  if (typeof list === "string") return playCalls(parseCalls(list), heap);
  if (list instanceof Trace) return playCalls(callsOfTrace(list), heap);
  throw new TypeError(`play takes a list of operations as text, or a trace, not ${show(list)}.`);
}
