import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { CellJson } from "../../compare/comparison-json";
import type { PassProgress } from "../../compare/passes";
import { packageRoot } from "../package-root";
import { reasonOf, type WorkerPlan, type WorkerReport } from "./measuring-worker";

/** How many threads run at the same time. */
export const coreCount = (): number => availableParallelism();

/** Whether threads can read a trace's file themselves. */
export const threadsReadFiles = true;

/** A thread that measures cells of a plan, one after the other. */
export class MeasuringThread {
  readonly #thread: Worker;

  /** @param file the compiled worker. Default: the one of the built package */
  constructor(plan: WorkerPlan, file: string = builtWorker()) {
    this.#thread = new Worker(file, { workerData: plan });
    // An error that nobody listens to would end the process; one between two cells costs neither.
    this.#thread.on("error", () => {});
  }

  /** False once it has died, or was ended. */
  get isAlive(): boolean {
    return this.#thread.threadId !== -1;
  }

  /** Measures the cell of this number; says in its place why, when the thread dies of it or is ended. */
  measure(index: number, onProgress: (progress: PassProgress) => void): Promise<CellJson> {
    const thread = this.#thread;
    return new Promise((resolve) => {
      let reason: string | undefined;
      const answer = (cell: CellJson) => {
        thread.off("message", hear).off("error", died).off("exit", ended);
        resolve(cell);
      };
      const hear = (report: WorkerReport) => {
        if ("cell" in report) answer(report.cell);
        else onProgress(report.progress);
      };
      const died = (error: Error) => {
        reason = reasonOf(error);
      };
      const ended = (code: number) => answer({ failed: reason ?? `its thread ended with code ${code}.` });
      thread.on("message", hear).on("error", died).on("exit", ended);
      thread.postMessage(index);
    });
  }

  end(): void {
    void this.#thread.terminate();
  }
}

/** The worker is started by its path, as compiled: beside this module, or in the build when this runs from its source. */
function builtWorker(): string {
  const places = [join(__dirname, "worker.js"), join(packageRoot, "dist/notebook/compare/worker.js")];
  const file = places.find((place) => existsSync(place));
  if (file) return file;
  throw new Error("The comparison's worker is not compiled; run: npm run build.");
}
