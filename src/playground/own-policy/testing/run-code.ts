import { createContext, runInContext } from "node:vm";
import { FreeList } from "../../../heap/free-list";
import type { FreeListOptions } from "../../../heap/options";
import { History } from "../../../run/history";
import { randomRun } from "../../../run/testing/random-run";
import { type JudgedPolicy, judgePolicy } from "../judge-policy";
import { compilePolicy, isProgram } from "../policy-code";
import { faultText } from "../policy-fault";
import { runPolicy } from "../run-policy";

/** The requests of a list of sizes, none of which is freed. */
export function requests(...sizes: number[]): History {
  const heap = new FreeList(64, 4);
  const history = History.of(heap);
  for (const size of sizes) heap.malloc(size);
  return history.stop();
}

/** A random run with reallocs, failing frees and denials. */
export function randomHistory(seed: number, steps: number, options: FreeListOptions = {}): History {
  const heap = new FreeList(1024, 8, options);
  const history = History.of(heap);
  randomRun(heap, steps, seed, { most: 200 });
  return history.stop();
}

/** What comes of a policy's code, as in a page, in a realm of its own. */
export function runCode(code: string, history: History, milliseconds = 200): JudgedPolicy {
  const program = compilePolicy(code);
  if (!isProgram(program)) return { run: history, fault: program, declined: [] };
  const realm = createContext({});
  const evaluate = (text: string) => runInContext(text, realm, { timeout: 1000, filename: "your-policy.ts" });
  return judgePolicy(history, runPolicy(program, history, milliseconds, { evaluate, now: Date.now }));
}

/** What is wrong with a policy's code, in one line; "" when nothing is. */
export function faultOf(code: string, history = requests(8, 16, 4), milliseconds?: number): string {
  const { fault } = runCode(code, history, milliseconds);
  return fault === null ? "" : faultText(fault);
}
