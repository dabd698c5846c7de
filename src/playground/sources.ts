import * as v from "valibot";
import { text, wholeNumber } from "../base/document";
import { blockName } from "../exercise/call";
import type { Heap } from "../heap/heap";
import { seededRandom } from "../random/seeded-random";
import { originalParameters, originalRun, playAsIntended, playAsPublished } from "../workload/original-run";
import { WORKLOADS, type WorkloadName } from "../workload/workloads";
import { callsOfTrace, type PlaygroundCall } from "./calls";
import { type HeapChoice, makeHeap } from "./heap-choice";

/** A workload, drawn from its seed. */
export interface WorkloadSource {
  readonly kind: "workload";
  readonly name: WorkloadName;
  /** Any text. */
  readonly seed: string;
}

/** The original notebook's run, on the playground's heap: its parameters, but those of the heap. */
export interface OriginalSource {
  readonly kind: "original";
  readonly seed: number;
  readonly steps: number;
  /** Requests that are drawn at the start. */
  readonly requests: number;
  /** The smallest request, in pages, */
  readonly minRequest: number;
  /** and one more than the largest. */
  readonly maxRequest: number;
  readonly mallocProbability: number;
  /** Whether `free` is given the size of a request, as was published, and not the address that was kept for it. */
  readonly published: boolean;
}

/** What operations are drawn from, as long as none of them has been changed. */
export type Source = WorkloadSource | OriginalSource;

/** What a link may say of a source. */
export const SOURCE_SCHEMA = v.variant("kind", [
  v.object({
    kind: v.literal("workload"),
    name: v.picklist(Object.keys(WORKLOADS) as WorkloadName[]),
    seed: text(100),
  }),
  v.object({
    kind: v.literal("original"),
    seed: wholeNumber(0, 2 ** 32 - 1),
    steps: wholeNumber(1, 2000),
    requests: wholeNumber(1, 2000),
    minRequest: wholeNumber(1, 2 ** 20),
    maxRequest: wholeNumber(2, 2 ** 20),
    mallocProbability: v.custom<number>(
      (value) => typeof value === "number" && value >= 0 && value <= 1,
      "must be a number from 0 to 1",
    ),
    published: v.boolean(),
  }),
]);

/** The original notebook's own parameters. */
export const ORIGINAL_SOURCE: OriginalSource = {
  kind: "original",
  seed: 0,
  steps: originalParameters.steps,
  requests: originalParameters.requests,
  minRequest: originalParameters.minRequest,
  maxRequest: originalParameters.maxRequest,
  mallocProbability: originalParameters.mallocProbability,
  published: true,
};

/** The heap of the original notebook. */
export const ORIGINAL_HEAP: HeapChoice = {
  kind: "original",
  heapSize: originalParameters.heapSize,
  pageSize: originalParameters.pageSize,
  options: {},
};

/**
 * The operations that a source draws.
 * @param heap what the original's run is played on: which of its frees have an address to free depends on it
 * @throws RangeError for parameters that cannot be drawn with
 */
export function callsOf(source: Source, heap: HeapChoice): PlaygroundCall[] {
  if (source.kind === "workload") return callsOfTrace(WORKLOADS[source.name].make(seededRandom(source.seed)));
  const { kind: _, published, ...parameters } = source;
  const run = originalRun({ ...parameters, pageSize: heap.pageSize, heapSize: heap.heapSize });
  // A fit of one's own runs elsewhere: the run that it is given is that of first fit.
  const { fit, ...options } = heap.options;
  const on = makeHeap(fit === "custom" ? { ...heap, options } : heap);
  return published ? publishedCalls(run, on) : intendedCalls(run, on);
}

type Run = ReturnType<typeof originalRun>;

function publishedCalls(run: Run, heap: Heap): PlaygroundCall[] {
  let blocks = 0;
  return Array.from(
    playAsPublished(run, heap),
    ({ kind, request }): PlaygroundCall =>
      kind === "malloc" ? { op: "malloc", request, as: blockName(blocks++) } : { op: "free", block: request },
  );
}

/** A block that is leaked when its key is given another is known by its name for ever. */
function intendedCalls(run: Run, heap: Heap): PlaygroundCall[] {
  let blocks = 0;
  const names = new Map<number, string>();
  return Array.from(playAsIntended(run, heap), ({ kind, request, argument, result }): PlaygroundCall => {
    if (kind === "malloc") {
      const as = blockName(blocks++);
      if (typeof result === "number") names.set(result, as);
      return { op: "malloc", request, as };
    }
    return { op: "free", block: argument === null ? null : names.get(argument)! };
  });
}
