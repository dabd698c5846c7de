import type { Heap } from "../heap/heap";
import type { Operation } from "../trace/operation";
import { type Trace, TraceBuilder } from "../trace/trace";

/**
 * A workload that looks at where the heap puts its blocks: a generator of operations that is given the address of each
 * malloc and realloc, null when it was denied, and null after a free. It names no block whose malloc was denied.
 */
export type AdaptiveWorkload = Generator<Operation, void, number | null>;

/**
 * Runs `workload` on `heap` and returns what it did: a trace which, on an empty heap of the same policy, does the same
 * again. Denied requests are not part of it.
 */
export function drive(workload: AdaptiveWorkload, heap: Heap, name = "adaptive"): Trace {
  const source = `adapted to ${heap.describe().kind} ${JSON.stringify(heap.describe().options)}`;
  const builder = new TraceBuilder({ name, source });
  const addresses = new Map<number, number>();
  let turn = workload.next();
  while (!turn.done) {
    const operation = turn.value;
    const answer = serve(operation, heap, addresses);
    if (operation.kind === "free" || answer !== null) builder.push(operation);
    turn = workload.next(answer);
  }
  return builder.build();
}

/** Does `operation` on `heap`, whose blocks lie at `addresses`; the new address, or null. */
function serve(operation: Operation, heap: Heap, addresses: Map<number, number>): number | null {
  const { kind, id } = operation;
  const address = addresses.get(id) ?? null;
  if (kind === "free") {
    heap.free(address);
    addresses.delete(id);
    return null;
  }
  const answer = kind === "malloc" ? heap.malloc(operation.size) : heap.realloc(address, operation.size);
  if (answer !== null) addresses.set(id, answer);
  return answer;
}
