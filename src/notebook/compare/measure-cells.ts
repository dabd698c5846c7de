import { type ComparisonPlan, measureCell, traceOfCell } from "../../compare/compare";
import type { CellJson } from "../../compare/comparison-json";
import type { PassProgress } from "../../compare/passes";
import type { Trace } from "../../trace/trace";
import { runningKernel } from "../kernel-display";
import { TraceFile } from "../trace/trace-file";
import { coreCount, MeasuringThread, threadsReadFiles } from "./measuring-thread";
import type { WorkerPlan } from "./measuring-worker";
import { packTrace } from "./packed-trace";

/** The part of an `AbortSignal` that is used here; the kernel's type checker does not know that name. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How far the measuring of a cell has come, and how many others are done. */
export interface CellProgress extends PassProgress {
  readonly done: number;
  /** Number of all cells. */
  readonly total: number;
  /** The names of its trace and its policy. */
  readonly trace: string;
  readonly policy: string;
}

/** How cells are shared out. Nothing here changes a figure. */
export interface MeasureOptions {
  /** Threads to measure with, 1 to 256. Default: one a core. */
  readonly workers?: number;
  /** An `AbortSignal` that ends the comparison early: what was measured until then is kept. */
  readonly signal?: StopSignal;
  /** Called after each cell with the number of cells that are done, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
  /**
   * Called while a cell is measured: at the start of each pass over its trace, and every 2^18 operations. There are two passes, and one
   * more for each arena that is tried. It takes some 20 ns an operation.
   */
  readonly onCellProgress?: (progress: CellProgress) => void;
  /** @internal The compiled worker. Default: the one of the built package. */
  readonly workerFile?: string;
}

/**
 * Measures the cells of `plan` with these numbers, on several threads; policies with a fit of one's own on this one, since a
 * function cannot go elsewhere. A thread that dies costs the cell that it measures, which then says why, and another one takes
 * its place.
 * @returns the cells in the order of `indices`, whichever was done first; null for those that an abort left out.
 * @throws RangeError for a number of workers that is not allowed; what a fit of one's own threw.
 */
export async function measureCells(
  plan: ComparisonPlan<Trace | TraceFile>,
  indices: readonly number[],
  options: MeasureOptions = {},
): Promise<CellJson[]> {
  const { signal, onProgress, onCellProgress } = options;
  const workers = workersOf(options);
  const sent = workerPlan(plan, onCellProgress !== undefined);
  const cells: CellJson[] = indices.map(() => null);
  let done = 0;
  const keep = (at: number, cell: CellJson) => {
    cells[at] = cell;
    done++;
    onProgress?.(done, indices.length);
  };
  const progressOf = (index: number) => (progress: PassProgress) => {
    const trace = traceOfCell(plan, index).name;
    const policy = plan.policies[index % plan.policies.length]!.name;
    if (!ended) onCellProgress!({ trace, policy, done, total: indices.length, ...progress });
  };
  const staysHere = (at: number) =>
    typeof plan.policies[indices[at]! % plan.policies.length]!.fit === "function" ||
    (!threadsReadFiles && traceOfCell(plan, indices[at]!) instanceof TraceFile);
  const own = [...indices.keys()].filter(staysHere);
  const others = [...indices.keys()].filter((at) => !staysHere(at));
  const threads = new Set<MeasuringThread>();
  let ended = signal?.aborted === true;
  const end = () => {
    ended = true;
    for (const thread of threads) thread.end();
  };
  const measureOthers = async () => {
    let thread: MeasuringThread | undefined;
    for (let at = others.shift(); at !== undefined && !ended; at = others.shift()) {
      if (!thread?.isAlive) {
        thread = new MeasuringThread(sent, options.workerFile);
        threads.add(thread);
      }
      const cell = await thread.measure(indices[at]!, progressOf(indices[at]!));
      if (!ended) keep(at, cell);
    }
  };
  // An interrupt of the kernel gives up the cell, not the threads; elsewhere it ends the process.
  if (runningKernel()) process.on("SIGINT", end);
  signal?.addEventListener("abort", end);
  try {
    const all = Promise.all(Array.from({ length: Math.min(workers, others.length) }, measureOthers));
    for (const at of own) {
      if (ended) break;
      keep(at, await measureCell(plan, indices[at]!, onCellProgress && progressOf(indices[at]!)));
      await new Promise(setImmediate);
    }
    await all;
  } finally {
    signal?.removeEventListener("abort", end);
    process.off("SIGINT", end);
    end();
  }
  return cells;
}

function workerPlan(
  { traces, policies, arenaRuns }: ComparisonPlan<Trace | TraceFile>,
  tellsProgress: boolean,
): WorkerPlan {
  const sendable = policies.map((policy) =>
    typeof policy.fit === "string" ? policy : { ...policy, fit: "first" as const },
  );
  const sent = traces.map((trace) => (trace instanceof TraceFile ? { ...trace } : packTrace(trace)));
  return { traces: sent, policies: sendable, arenaRuns, tellsProgress };
}

function workersOf({ workers = coreCount() }: MeasureOptions): number {
  if (Number.isInteger(workers) && workers >= 1 && workers <= 256) return workers;
  throw new RangeError(
    `options.workers is a whole number of threads from 1 to 256, not ${workers}; leave it out for one a core.`,
  );
}
