import { parentPort, workerData } from "node:worker_threads";
import { TraceFile } from "../trace/trace-file";
import { measurerOf, type WorkerPlan } from "./measuring-worker";

const measure = measurerOf(workerData as WorkerPlan, (head) => new TraceFile(head));

parentPort!.on("message", async (index: number) => parentPort!.postMessage(await measure(index)));
