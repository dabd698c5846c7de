import { parentPort, workerData } from "node:worker_threads";
import { measureCell } from "../../compare/compare";
import type { ComparedCell } from "../../compare/compare-cell";
import type { ComparedPolicy } from "../../compare/policy-model";
import type { Trace } from "../../trace/trace";
import { type PackedTrace, unpackTrace } from "./packed-trace";

/** What every worker of a comparison is given once. */
export interface WorkerPlan {
  readonly traces: readonly PackedTrace[];
  readonly policies: readonly ComparedPolicy[];
  readonly arenaRuns: number;
}

const { traces, policies, arenaRuns } = workerData as WorkerPlan;
const unpacked = new Map<number, Trace>();

parentPort!.on("message", (index: number) => parentPort!.postMessage(measure(index)));

/** Measures a cell of the plan. Each worker unpacks a trace when it first meets it. */
function measure(index: number): ComparedCell {
  const t = Math.floor(index / policies.length);
  const trace = unpacked.get(t) ?? unpackTrace(traces[t]!);
  unpacked.set(t, trace);
  return measureCell({ traces: [trace], policies, arenaRuns }, index % policies.length);
}
