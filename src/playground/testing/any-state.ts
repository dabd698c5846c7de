import { blockName } from "../../exercise/call";
import { HEAP_KINDS } from "../../heap/create-heap";
import type { Random } from "../../random/random";
import { WORKLOADS, type WorkloadName } from "../../workload/workloads";
import type { PlaygroundCall } from "../calls";
import { type HeapChoice, OPTION_FIELDS, withKind, withOption } from "../heap-choice";
import { ORIGINAL_SOURCE } from "../sources";
import { drawn, FIRST_STATE, type PlaygroundState } from "../state";

/** `count` random calls on names that are given before them, now and then on an address or none. */
export function anyCalls(random: Random, count: number): PlaygroundCall[] {
  let blocks = 0;
  return Array.from({ length: count }, (): PlaygroundCall => {
    const draw = random.random();
    if (blocks === 0 || draw < 0.5)
      return { op: "malloc", request: random.randint(0, 120), as: blockName(blocks++) };
    const block = blockName(random.randint(0, blocks));
    if (draw < 0.8) return { op: "free", block };
    if (draw < 0.95) return { op: "realloc", block, request: random.randint(0, 120) };
    if (draw < 0.97) return { op: "free", block: random.randint(0, 512) };
    return { op: "free", block: draw < 0.98 ? null : `${block} + ${random.randint(1, 20)}` };
  });
}

/** A random heap of any kind, with random options. */
export function anyHeap(random: Random): HeapChoice {
  const kind = random.choice(Object.keys(HEAP_KINDS));
  let heap = withKind({ ...FIRST_STATE.heap, heapSize: 256 * random.randint(1, 9) }, kind);
  for (const name of HEAP_KINDS[kind]!.options) {
    const field = OPTION_FIELDS[name]!;
    if (random.random() < 0.5) continue;
    if (field.kind === "choice") heap = withOption(heap, name, random.choice(field.choices));
    else if (field.kind === "flag") heap = withOption(heap, name, random.random() < 0.5);
    else if (name === "align") heap = withOption(heap, name, 16);
    else if (field.kind === "bytes") heap = withOption(heap, name, 8 * random.randint(1, 5));
  }
  return heap;
}

/** A random state: a heap of any kind, with calls of its own or drawn. */
export function anyState(random: Random): PlaygroundState {
  const heap = anyHeap(random);
  const state = { ...FIRST_STATE, heap };
  const draw = random.random();
  if (draw < 0.1) {
    const name = random.choice(Object.keys(WORKLOADS)) as WorkloadName;
    return drawn(state, { kind: "workload", name, seed: `${random.randint(0, 99)}` });
  }
  if (draw < 0.2) {
    const source = { ...ORIGINAL_SOURCE, seed: random.randint(0, 99), published: random.random() < 0.5 };
    return drawn(state, { ...source, maxRequest: 40, steps: 40, requests: 10 });
  }
  const calls = anyCalls(random, random.randint(0, 60));
  return { ...state, calls, step: random.randint(0, calls.length + 1) };
}
