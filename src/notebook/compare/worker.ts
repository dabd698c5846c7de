import { parentPort, workerData } from "node:worker_threads";
import { measurerOf, type WorkerPlan } from "./measuring-worker";

const measure = measurerOf(workerData as WorkerPlan);

parentPort!.on("message", async (index: number) => parentPort!.postMessage(await measure(index)));
