import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CellJson } from "../../../compare/comparison-json";
import type { PassProgress } from "../../../compare/passes";
import type { WorkerPlan, WorkerReport } from "../../compare/measuring-worker";
import { packageRoot } from "../../package-root";

// In the browser: `../../compare/measuring-thread.ts`, where a thread is a worker of the kernel's worker.

/** The part of a browser's worker that is used here. */
interface WebWorker {
  onmessage: ((event: { readonly data: WorkerReport }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault(): void }) => void) | null;
  postMessage(message: WorkerPlan | number): void;
  terminate(): void;
}

const { Worker, navigator } = globalThis as unknown as {
  readonly Worker: new (address: string) => WebWorker;
  readonly navigator: { readonly hardwareConcurrency: number };
};

/** How many threads run at the same time. */
export const coreCount = (): number => Math.min(Math.max(1, navigator.hardwareConcurrency), 256);

/** Whether threads can read a trace's file themselves: the files are the kernel's. */
export const threadsReadFiles = false;

/** A thread that measures cells of a plan, one after the other. */
export class MeasuringThread {
  readonly #worker: WebWorker;
  #isAlive = true;
  #answer: ((cell: CellJson) => void) | undefined;
  #onProgress: ((progress: PassProgress) => void) | undefined;

  constructor(plan: WorkerPlan) {
    this.#worker = new Worker(workerAddress());
    this.#worker.onmessage = ({ data }) => {
      if ("cell" in data) this.#answer?.(data.cell);
      else this.#onProgress?.(data.progress);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const reason = event.message?.replace(/\.$/, "") ?? "its worker could not be started";
      this.#end(`${reason}.`);
    };
    this.#worker.postMessage(plan);
  }

  /** False once it has died, or was ended. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Measures the cell of this number; says in its place why, when the thread dies of it or is ended. */
  measure(index: number, onProgress: (progress: PassProgress) => void): Promise<CellJson> {
    return new Promise((resolve) => {
      this.#onProgress = onProgress;
      this.#answer = resolve;
      this.#worker.postMessage(index);
    });
  }

  end(): void {
    this.#end("its worker was ended.");
  }

  #end(failed: string): void {
    this.#isAlive = false;
    this.#worker.terminate();
    this.#answer?.({ failed });
  }
}

let address: string | undefined;

/** The worker's program is a file of the package. */
function workerAddress(): string {
  address ??= URL.createObjectURL(
    new Blob([readFileSync(join(packageRoot, "dist/notebook/compare/worker.js"))], {
      type: "text/javascript",
    }),
  );
  return address;
}
