// A thread that judges a class or a fit of somebody else's. The code itself answers in another process (serve-code.ts), call by call;
// this thread waits for each answer, so that `findBug` and the heaps ask it as they would ask a class of their own.

import { parentPort, workerData } from "node:worker_threads";
import type { AnsweredCode } from "../../../notebook/answer";
import type { CodeTask, Judgement } from "./code-task";
import { judgeAllocator } from "./judge-allocator";
import { judgeFit } from "./judge-fit";
import { CodeEnded, RemoteCode } from "./remote-code";

interface Job {
  readonly code: AnsweredCode;
  readonly task: CodeTask;
  readonly shared: SharedArrayBuffer;
}

const { code, task, shared } = workerData as Job;
const remote = new RemoteCode(shared, (line) => parentPort!.postMessage({ ask: line }));

function judge(): Judgement {
  try {
    remote.load(code);
    return task.kind === "allocator" ? judgeAllocator(remote, task) : judgeFit(remote, task);
  } catch (error) {
    if (error instanceof CodeEnded) return { share: 0, remark: error.message };
    throw error;
  }
}

parentPort!.postMessage({ judgement: judge() });
