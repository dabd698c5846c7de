import { ostepCalls } from "../exercise/ostep/ostep-calls";
import { ostepRun } from "../exercise/ostep/ostep-run";
import { checkHeap } from "./heap-choice";
import type { PlaygroundState } from "./state";

/**
 * A call of OSTEP's malloc.py as a playground's state, at its first operation: the heap of its flags, and its requests, where the block
 * of `ptr[3]` is called `ptr3`. A quirk of malloc.py is left behind: see `ostepRun`.
 * @throws as `ostepRun`; RangeError for a heap that is too large for a page
 */
export function ostepState(flags: string | readonly string[]): PlaygroundState {
  const { heap, calls } = ostepCalls(ostepRun(flags), (pointer) => `ptr${pointer}`);
  checkHeap(heap, calls);
  return { heap, calls, source: null, step: 0, code: null };
}
