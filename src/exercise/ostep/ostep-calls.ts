import type { HeapDescription } from "../../heap/heap";
import type { Call } from "../call";
import type { OstepRun } from "./ostep-run";

/** The requests of a call of malloc.py as calls on a heap, and that heap. */
export interface OstepCalls {
  readonly heap: HeapDescription;
  readonly calls: readonly Call[];
}

/**
 * A run of `ostepRun` as calls on its heap: one for each step.
 * @param nameOf what the block of a pointer is called; default: as malloc.py calls it, `ptr[3]`
 */
export function ostepCalls(
  { history }: OstepRun,
  nameOf = (pointer: number) => `ptr[${pointer}]`,
): OstepCalls {
  const calls = Array.from({ length: history.length }, (_, i): Call => {
    const operation = history.operationAt(i + 1);
    const name = nameOf(Number(/\d+/.exec(history.labelAt(i + 1)!)![0]));
    return operation.kind === "malloc"
      ? { op: "malloc", request: operation.request, as: name }
      : { op: "free", block: name };
  });
  return { heap: history.description, calls };
}
