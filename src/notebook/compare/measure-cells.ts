import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type ComparisonPlan, measureCell } from "../../compare/compare";
import type { ComparedCell } from "../../compare/compare-cell";
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
 * function cannot go elsewhere.
 * @returns the cells in the order of `indices`, whichever was done first; null for those that an abort left out.
 * @throws RangeError for a number of workers that is not allowed; what a worker threw.
 */
export async function measureCells(
  plan: ComparisonPlan,
  indices: readonly number[],
  options: MeasureOptions = {},
): Promise<(ComparedCell | null)[]> {
  const { signal, onProgress } = options;
  const workers = workersOf(options);
  const cells: (ComparedCell | null)[] = indices.map(() => null);
  let done = 0;
  const keep = (at: number, cell: ComparedCell) => {
    cells[at] = cell;
    onProgress?.(++done, indices.length);
  };
  const mobile = (index: number) => typeof plan.policies[index % plan.policies.length]!.fit === "string";
  const { Piscina } = await import("piscina");
  const pool = new Piscina<number, ComparedCell>({
    filename: options.workerFile ?? builtWorker(),
    name: "measure",
    minThreads: 0,
    maxThreads: Math.min(workers, Math.max(1, indices.filter(mobile).length)),
    workerData: workerPlan(plan),
  });
  let aborted = signal?.aborted === true;
  const abort = () => {
    aborted = true;
    void pool.destroy(); // rejects what the threads still had to do
  };
  // An interrupt of the kernel gives up the cell, not the threads; elsewhere it ends the process.
  if ("__tslab__" in globalThis) process.on("SIGINT", abort);
  signal?.addEventListener("abort", abort);
  try {
    const settled = Promise.allSettled(
      indices.map(async (index, at) => {
        if (mobile(index) && !aborted) keep(at, await pool.run(index));
      }),
    );
    for (const [at, index] of indices.entries()) {
      if (mobile(index) || aborted) continue;
      keep(at, measureCell(plan, index));
      await new Promise(setImmediate);
    }
    const failed = (await settled).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected" && !aborted) throw failed.reason;
  } finally {
    signal?.removeEventListener("abort", abort);
    process.off("SIGINT", abort);
    await pool.destroy();
  }
  return cells;
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

/** The worker is started by its path, as compiled: also when this module runs from its source, as in tests. */
function builtWorker(): string {
  const file = join(packageRoot, "dist/notebook/compare/worker.js");
  if (existsSync(file)) return file;
  throw new Error("The comparison's worker is not compiled; run: npm run build.");
}
