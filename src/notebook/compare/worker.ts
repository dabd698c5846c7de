import { parentPort, workerData } from "node:worker_threads";
import { TraceFile } from "../trace/trace-file";
import { measurerOf, type WorkerPlan, type WorkerReport } from "./measuring-worker";

const measure = measurerOf(workerData as WorkerPlan, (head) => new TraceFile(head));

const say = (report: WorkerReport) => parentPort!.postMessage(report);

parentPort!.on("message", async (index: number) => {
  say({ cell: await measure(index, (progress) => say({ progress })) });
});
