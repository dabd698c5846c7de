import { createContext, runInContext } from "node:vm";
import { FreeList } from "../../../heap/free-list";
import type { FreeListOptions } from "../../../heap/options";
import { seededRandom } from "../../../random/seeded-random";
import type { PlaygroundCall } from "../../calls";
import { type JudgedPolicy, judgePolicy } from "../judge-policy";
import { compilePolicy, isProgram } from "../policy-code";
import { faultText } from "../policy-fault";
import { type PolicyRequests, serve } from "../policy-requests";
import { runPolicy } from "../run-policy";

/** Requests of some sizes, none of which is freed. */
export function requests(...sizes: number[]): PolicyRequests {
  const heap = new FreeList(64, 4).describe();
  return { heap, calls: sizes.map((request) => ({ op: "malloc", request })) };
}

/** Random calls: mallocs, reallocs and frees, some of them of what was denied or is no block, and now and then a coalescing. */
export function randomRequests(seed: number, count: number, options: FreeListOptions = {}): PolicyRequests {
  const { randint } = seededRandom(seed);
  const name = () => `b${randint(0, 12)}`;
  const calls = Array.from({ length: count }, (): PlaygroundCall => {
    const kind = randint(0, 20);
    if (kind === 0) return { op: "coalesce" };
    if (kind === 1) return { op: "free", block: randint(0, 1024) };
    if (kind < 5) return { op: "realloc", block: name(), request: randint(0, 200) };
    return kind < 12 ? { op: "malloc", request: randint(0, 200), as: name() } : { op: "free", block: name() };
  });
  return { heap: new FreeList(1024, 8, options).describe(), calls };
}

/** What comes of a policy's code, as in a page, in a realm of its own. */
export function runCode(code: string, given: PolicyRequests, milliseconds = 20_000): JudgedPolicy {
  const program = compilePolicy(code);
  if (!isProgram(program))
    return { run: serve({ ...given, calls: [] }, "first"), fault: program, declined: [] };
  const realm = createContext({});
  const evaluate = (text: string) =>
    runInContext(text, realm, { timeout: 20_000, filename: "your-policy.ts" });
  return judgePolicy(given, runPolicy(program, given, milliseconds, { evaluate, now: Date.now }));
}

/** What is wrong with a policy's code, in one line; "" when nothing is. */
export function faultOf(code: string, given = requests(8, 16, 4), milliseconds?: number): string {
  const { fault } = runCode(code, given, milliseconds);
  return fault === null ? "" : faultText(fault);
}
