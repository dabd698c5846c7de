import type { CellJson } from "../../../compare/comparison-json";
import { measurerOf, reasonOf, type WorkerPlan, type WorkerReport } from "../../compare/measuring-worker";

// In the browser: `../../compare/worker.ts`. What it is sent is the plan, once, and then the numbers of cells.

const worker = globalThis as unknown as {
  onmessage: ((event: { readonly data: WorkerPlan | number }) => void) | null;
  postMessage(report: WorkerReport): void;
};

let measure: ReturnType<typeof measurerOf> | undefined;

worker.onmessage = async ({ data }) => {
  if (typeof data === "object") measure = measurerOf(data, noFile);
  else worker.postMessage({ cell: await measured(data) });
};

/** Traces in files are measured by the kernel. */
function noFile(): never {
  throw new Error("A worker of a browser reads no files.");
}

async function measured(index: number): Promise<CellJson> {
  try {
    return await measure!(index, (progress) => worker.postMessage({ progress }));
  } catch (error) {
    return { failed: reasonOf(error instanceof Error ? error : new Error(String(error))) };
  }
}
