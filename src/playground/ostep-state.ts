import { show } from "../base/wrong-argument";
import { ostepCalls } from "../exercise/ostep/ostep-calls";
import { ostepRun } from "../exercise/ostep/ostep-run";
import { checkHeap } from "./heap-choice";
import { MOST_CALLS } from "./parse-calls";
import type { PlaygroundState } from "./state";

/**
 * A call of OSTEP's malloc.py as a playground's state, at its first operation: the heap of its flags, and its requests, where the block
 * of `ptr[3]` is called `ptr3`. A quirk of malloc.py is left behind: see `ostepRun`.
 * @throws as `ostepRun`; RangeError for a heap that is too large for a page, or more than 10,000 operations
 */
export function ostepState(flags: string | readonly string[]): PlaygroundState {
  const { heap, calls } = ostepCalls(ostepRun(flags), (pointer) => `ptr${pointer}`);
  if (calls.length > MOST_CALLS) {
    throw new RangeError(
      `A playground has at most ${MOST_CALLS} operations, and ${show(flags)} makes ${calls.length}; give a smaller -n.`,
    );
  }
  checkHeap(heap, calls);
  return { heap, calls, source: null, step: 0, code: null };
}
