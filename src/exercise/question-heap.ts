import type { Block } from "../heap/block";
import { createHeap } from "../heap/create-heap";
import type { HeapEvent } from "../heap/event";
import type { Heap, HeapDescription } from "../heap/heap";
import { type HeapFromOptions, heapFrom } from "../heap/heap-from";
import type { FreeListOptions } from "../heap/options";
import { decision } from "../run/decision/decision";
import { explain } from "../run/explain";
import { type HeapState, stateOf } from "../run/heap-state";
import { History } from "../run/history";
import { type Call, type CallAnswer, Caller } from "./call";

/** A heap in a state, as plain JSON. */
export interface QuestionHeap {
  /** Its kind and policy. */
  readonly description: HeapDescription;
  /** Its blocks, and behind a `|` its list, as `heapFrom` takes them; null for a heap as made. */
  readonly start: string | null;
  /** Calls that were made on it since. */
  readonly setup: readonly Call[];
}

/** What a call did. */
export interface Moment {
  readonly call: Call;
  readonly before: HeapState;
  readonly event: HeapEvent;
  readonly answer: CallAnswer;
}

/** The heap, in its state, and who has made its calls: names of the setup are known to it. */
export function makeHeap(
  { description, start, setup }: QuestionHeap,
  options: Partial<HeapFromOptions> = {},
): { heap: Heap; caller: Caller } {
  const { pageSize } = description;
  const policies = { ...description.options, ...options } as FreeListOptions;
  const heap =
    start === null
      ? createHeap({ ...description, options: policies as HeapDescription["options"] })
      : heapFrom(policies.fit === "next" ? start : start.replace(">", ""), { pageSize, ...policies });
  const caller = new Caller(heap);
  for (const call of setup) caller.make(call);
  return { heap, caller };
}

/** The heap with another policy, in the same state. */
export function withPolicy(heap: QuestionHeap, options: Partial<FreeListOptions>): QuestionHeap {
  const { description, ...rest } = heap;
  return { ...rest, description: { ...description, options: { ...description.options, ...options } } };
}

/** Makes calls on a heap in its state, and tells what each did. */
export function play(from: QuestionHeap, calls: readonly Call[]): { heap: Heap; moments: Moment[] } {
  const { heap, caller } = makeHeap(from);
  let event: HeapEvent | undefined;
  heap.listen((its) => {
    event = its;
  });
  const moments = calls.map((call) => {
    const before = stateOf(heap);
    const answer = caller.make(call);
    return { call, before, event: event!, answer };
  });
  return { heap, moments };
}

/** The steps of a decision, as sentences. */
export function stepsOf({ event, before }: Moment): readonly string[] {
  return decision(event, before, { most: 12 }).map(({ text }) => text);
}

/** A sentence for every call. */
export function sentencesOf(moments: readonly Moment[], { description }: QuestionHeap): readonly string[] {
  return moments.map(({ event }) => explain(event, description));
}

/** The run of calls on a heap, those of its setup included. */
export function runOf(from: QuestionHeap, calls: readonly Call[]): History {
  const { heap } = makeHeap({ ...from, setup: [] });
  const history = History.of(heap);
  const caller = new Caller(heap);
  for (const call of [...from.setup, ...calls]) caller.make(call);
  return history.stop();
}

/** The free list after calls. */
export function listAfter(from: QuestionHeap, calls: readonly Call[]): Block[] {
  const { heap, caller } = makeHeap(from);
  for (const call of calls) caller.make(call);
  return [...heap.holes()];
}
