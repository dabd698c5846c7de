import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type ComparisonPlan, measureCell } from "../../compare/compare";
import type { CellJson } from "../../compare/comparison-json";
import { runningKernel } from "../kernel-display";
import { packageRoot } from "../package-root";
import { packTrace } from "./packed-trace";
import type { WorkerPlan } from "./worker";

/** The part of an `AbortSignal` that is used here; the kernel's type checker does not know that name. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How cells are shared out. Nothing here changes a figure. */
export interface MeasureOptions {
  /** Threads to measure with, 1 to 256. Default: one a core. */
  readonly workers?: number;
  /** An `AbortSignal` that ends the comparison early: what was measured until then is kept. */
  readonly signal?: StopSignal;
  /** Called after each cell with the number of cells that are done, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
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
  plan: ComparisonPlan,
  indices: readonly number[],
  options: MeasureOptions = {},
): Promise<CellJson[]> {
  const { signal, onProgress } = options;
  const workers = workersOf(options);
  const file = options.workerFile ?? builtWorker();
  const workerData = workerPlan(plan);
  const cells: CellJson[] = indices.map(() => null);
  let done = 0;
  const keep = (at: number, cell: CellJson) => {
    cells[at] = cell;
    onProgress?.(++done, indices.length);
  };
  const isCustom = (at: number) =>
    typeof plan.policies[indices[at]! % plan.policies.length]!.fit === "function";
  const custom = [...indices.keys()].filter(isCustom);
  const others = [...indices.keys()].filter((at) => !isCustom(at));
  const threads = new Set<Worker>();
  let ended = signal?.aborted === true;
  const end = () => {
    ended = true;
    for (const thread of threads) void thread.terminate();
  };
  const measureOthers = async () => {
    let thread: Worker | undefined;
    for (let at = others.shift(); at !== undefined && !ended; at = others.shift()) {
      if (thread === undefined || !isAlive(thread)) {
        thread = new Worker(file, { workerData });
        // An error that nobody listens to would end the process; one between two cells costs neither.
        threads.add(thread.on("error", () => {}));
      }
      const cell = await answerOf(thread, indices[at]!);
      if (!ended) keep(at, cell);
    }
  };
  // An interrupt of the kernel gives up the cell, not the threads; elsewhere it ends the process.
  if (runningKernel()) process.on("SIGINT", end);
  signal?.addEventListener("abort", end);
  try {
    const all = Promise.all(Array.from({ length: Math.min(workers, others.length) }, measureOthers));
    for (const at of custom) {
      if (ended) break;
      keep(at, measureCell(plan, indices[at]!));
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

/** Asks a thread for a cell, and waits for the answer or for the thread's end. */
function answerOf(thread: Worker, index: number): Promise<CellJson> {
  return new Promise((resolve) => {
    let reason: string | undefined;
    const answer = (cell: CellJson) => {
      thread.off("message", answer).off("error", died).off("exit", ended);
      resolve(cell);
    };
    const died = (error: Error) => {
      reason = reasonOf(error);
    };
    const ended = (code: number) => answer({ failed: reason ?? `its thread ended with code ${code}.` });
    thread.on("message", answer).on("error", died).on("exit", ended);
    thread.postMessage(index);
  });
}

function isAlive(thread: Worker): boolean {
  return thread.threadId !== -1;
}

/** Why a thread died, in a sentence. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const { code, message } = error;
  const noMemory =
    code === "ERR_WORKER_OUT_OF_MEMORY" || /allocation failed|Invalid (typed )?array length/.test(message);
  if (noMemory) return "there was not enough memory for it; use fewer workers or a shorter trace.";
  return `${String(message ?? error).replace(/\.$/, "")}.`;
}

function workerPlan({ traces, policies, arenaRuns }: ComparisonPlan): WorkerPlan {
  const sendable = policies.map((policy) =>
    typeof policy.fit === "string" ? policy : { ...policy, fit: "first" as const },
  );
  return { traces: traces.map(packTrace), policies: sendable, arenaRuns };
}

function workersOf({ workers = availableParallelism() }: MeasureOptions): number {
  if (Number.isInteger(workers) && workers >= 1 && workers <= 256) return workers;
  throw new RangeError(
    `options.workers is a whole number of threads from 1 to 256, not ${workers}; leave it out for one a core.`,
  );
}

/** The worker is started by its path, as compiled: beside this module, or in the build when this runs from its source. */
function builtWorker(): string {
  const places = [join(__dirname, "worker.js"), join(packageRoot, "dist/notebook/compare/worker.js")];
  const file = places.find((place) => existsSync(place));
  if (file) return file;
  throw new Error("The comparison's worker is not compiled; run: npm run build.");
}
