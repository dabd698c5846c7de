import { parentPort } from "node:worker_threads";
import { type Exhausted, type Extent, exhaustPolicy } from "./exhaust-policy";
import { WALKED_POLICIES } from "./policies";

/** What a worker is told to do. */
export interface Task extends Extent {
  /** A policy's place in `WALKED_POLICIES`. */
  readonly policy: number;
}

/** What a worker says. */
export type Report = { readonly progress: number } | { readonly done: Exhausted };

parentPort!.on("message", ({ policy, ...extent }: Task) => {
  const say = (report: Report) => parentPort!.postMessage(report);
  const done = exhaustPolicy(WALKED_POLICIES[policy]!, extent, (progress) => say({ progress }));
  say({ done });
});
