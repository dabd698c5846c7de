import { measureCell } from "../../compare/compare";
import type { ComparedCell } from "../../compare/compare-cell";
import type { CellJson } from "../../compare/comparison-json";
import type { ComparedTrace, PassProgress } from "../../compare/passes";
import type { ComparedPolicy } from "../../compare/policy-model";
import type { TraceFileHead } from "../trace/trace-file";
import { type PackedTrace, unpackTrace } from "./packed-trace";

/** What every worker of a comparison is given once. */
export interface WorkerPlan {
  readonly traces: readonly (PackedTrace | TraceFileHead)[];
  readonly policies: readonly ComparedPolicy[];
  readonly arenaRuns: number;
  /** Whether progress is to be told, which takes some 20 ns an operation. */
  readonly tellsProgress: boolean;
}

/** What a worker says of the cell that it measures: how far it has come, any number of times, and then the cell. */
export type WorkerReport = { readonly progress: PassProgress } | { readonly cell: CellJson };

/**
 * What measures, in a worker, a cell of `plan` by its number. It unpacks each trace when it first meets it.
 * @param inFile the trace that is in a file, where a worker can read one
 */
export function measurerOf(
  { traces, policies, arenaRuns, tellsProgress }: WorkerPlan,
  inFile: (head: TraceFileHead) => ComparedTrace,
): (index: number, onProgress: (progress: PassProgress) => void) => Promise<ComparedCell> {
  const met = new Map<number, ComparedTrace>();
  return (index, onProgress) => {
    const t = Math.floor(index / policies.length);
    const sent = traces[t]!;
    const trace = met.get(t) ?? ("path" in sent ? inFile(sent) : unpackTrace(sent));
    met.set(t, trace);
    return measureCell(
      { traces: [trace], policies, arenaRuns },
      index % policies.length,
      tellsProgress ? onProgress : undefined,
    );
  };
}

/** Why a worker died, or gave a cell up, in a sentence. */
export function reasonOf(error: Error & { readonly code?: string }): string {
  const { code, message } = error;
  const noMemory =
    code === "ERR_WORKER_OUT_OF_MEMORY" || /allocation failed|Invalid (typed )?array length/.test(message);
  if (noMemory) return "there was not enough memory for it; use fewer workers or a shorter trace.";
  return `${String(message ?? error).replace(/\.$/, "")}.`;
}
