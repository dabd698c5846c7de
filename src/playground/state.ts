import type { CustomFit } from "../heap/options";
import type { History } from "../run/history";
import { type PlaygroundCall, playCalls } from "./calls";
import { checkHeap, FIRST_HEAP, type HeapChoice, makeHeap } from "./heap-choice";
import { parseCalls } from "./parse-calls";
import { callsOf, type Source } from "./sources";

/** All that a playground is: what is asked of which heap, and where in it the reader stands. Immutable. */
export interface PlaygroundState {
  readonly heap: HeapChoice;
  /** What is asked of the heap, in order. */
  readonly calls: readonly PlaygroundCall[];
  /** Where the calls come from; null where they were typed, clicked, or changed since. */
  readonly source: Source | null;
  /** How many of the calls have been made in what is shown: 0 to their number. See `CalledRun` for the step of the run. */
  readonly step: number;
  /** The text of a fit of one's own, which the heap has where its fit is `"custom"`; null for none. */
  readonly code: string | null;
}

/** An empty heap, and nothing asked of it yet. */
export const FIRST_STATE: PlaygroundState = {
  heap: FIRST_HEAP,
  calls: [],
  source: null,
  step: 0,
  code: null,
};

/** A few operations that split, free, merge and leave holes: something to see, and to go on from. */
export function exampleState(): PlaygroundState {
  const calls = parseCalls(
    "a = malloc(100); b = malloc(200); c = malloc(60); d = malloc(250); e = malloc(40); free(b); free(d); f = malloc(90); free(c); g = malloc(120)",
  );
  return withCalls(FIRST_STATE, calls);
}

/** Whether the state's run needs the fit of one's own. */
export function needsOwnFit({ heap }: PlaygroundState): boolean {
  return heap.options.fit === "custom";
}

/**
 * The run of a state's calls, all of them.
 * @param ownFit the fit of one's own, for a state that needs it
 * @throws what a fit of one's own throws
 */
export function runOf({ heap, calls }: PlaygroundState, ownFit?: CustomFit): History {
  return playCalls(calls, makeHeap(heap, ownFit));
}

/** The state with another heap under the same requests. @throws RangeError or TypeError for a heap that is not allowed */
export function withHeap(state: PlaygroundState, heap: HeapChoice): PlaygroundState {
  if (state.source) return atStep(drawn(state, state.source, heap), state.step);
  checkHeap(heap, state.calls);
  return { ...state, heap };
}

/** The state with what a source draws in place of its calls, at the last of them. @throws RangeError for what cannot be drawn */
export function drawn(
  state: PlaygroundState,
  source: Source,
  heap: HeapChoice = state.heap,
): PlaygroundState {
  checkHeap(heap, []);
  const calls = callsOf(source, heap);
  checkHeap(heap, calls);
  return { ...state, heap, calls, source, step: calls.length };
}

/** The state with other calls, at the last of them. @throws RangeError where the heap could grow too large by them */
export function withCalls(state: PlaygroundState, calls: readonly PlaygroundCall[]): PlaygroundState {
  checkHeap(state.heap, calls);
  return { ...state, calls, source: null, step: calls.length };
}

/** The state with one more call, made where the reader stands; those behind it are made after it. @throws as `withCalls` */
export function withCall(state: PlaygroundState, call: PlaygroundCall): PlaygroundState {
  const { calls, step } = state;
  const more = [...calls.slice(0, step), call, ...calls.slice(step)];
  return { ...withCalls(state, more), step: step + 1 };
}

/** The state without the calls behind the step. */
export function cutOff(state: PlaygroundState): PlaygroundState {
  return withCalls(state, state.calls.slice(0, state.step));
}

/** The state at another step: at the nearest, where there is no such one. */
export function atStep(state: PlaygroundState, step: number): PlaygroundState {
  return { ...state, step: Math.min(state.calls.length, Math.max(0, Math.round(step) || 0)) };
}
