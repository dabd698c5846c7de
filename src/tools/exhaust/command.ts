import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { alignText } from "../../compare/text-table";
import { differenceText } from "../../exhaust/difference-text";
import type { Command, Given } from "../command";
import { projectRoot } from "../paths";
import { Obstacle } from "../step";
import type { Exhausted, Extent } from "./exhaust-policy";
import { WALKED_POLICIES } from "./policies";
import type { Report, Task } from "./worker";

const MOST_UNITS = 16;

/** `npm run exhaust`. */
export const exhaust: Command = {
  purpose:
    "Makes every call in every state that a small heap can get into, under every policy, and compares what the heaps of the library do with an independent specification.",
  details:
    "The exit status is 1 where a heap did something else: a shortest sequence of calls that shows it is printed. An interrupt (Ctrl+C, or SIGTERM) ends the walk with the table of the policies that are done, and status 1.\nPolicies are named first/address/immediate, next/lifo/deferred/high, segregated/never/rest-2, partitions/best, buddies, buddies/fibonacci: fit, order of the list, coalescing; blocks at the high end of holes; remainders of less than 2 units not split off; header-1/align-2: a header of a unit, sizes multiples of two.",
  flags: {
    units: { value: "N", purpose: `units of the heap, from 1 to ${MOST_UNITS}; default 8` },
    most: {
      value: "CALLS",
      purpose: "calls at most for a policy: one that has more is walked in a smaller heap; default 1000000",
    },
    policy: { value: "TEXT", purpose: "only the policies whose name has this text; default: all" },
    workers: { value: "N", purpose: "policies at a time; default: as many as there are cores" },
  },
  async run({ flags }) {
    const extent = {
      units: wholeNumber(flags, "units", 8, MOST_UNITS),
      most: wholeNumber(flags, "most", 1_000_000, 2 ** 31),
    };
    const text = flags.policy ?? "";
    const chosen = [...WALKED_POLICIES.keys()].filter((at) => WALKED_POLICIES[at]!.name.includes(text));
    if (chosen.length === 0)
      throw new Obstacle(
        `There is no policy "${text}": see npm run exhaust -- --help for how they are named.`,
      );
    const workers = wholeNumber(flags, "workers", availableParallelism(), 64);
    const results = await exhaustAll(chosen, extent, Math.min(workers, chosen.length));
    console.log(exhaustedTable(results));
    if (results.length < chosen.length)
      console.log(`\nInterrupted: ${results.length} of ${chosen.length} policies were walked to the end.`);
    const wrong = results.filter(({ difference }) => difference !== null);
    for (const { policy, units, difference } of wrong)
      console.log(`\n${policy}, ${units} units, is wrong. ${differenceText(difference!)}`);
    return wrong.length === 0 && results.length === chosen.length ? 0 : 1;
  },
};

/** The whole number behind a flag. @throws {Obstacle} for what is none */
export function wholeNumber(flags: Given["flags"], flag: string, usual: number, most: number): number {
  const text = flags[flag] ?? String(usual);
  if (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new Obstacle(`--${flag} is a whole number from 1 to ${most}, not "${text}".`);
}

/**
 * Walks policies, several at a time, each worker one after the other. In the order of `policies`, without those that an interrupt left
 * out.
 */
async function exhaustAll(
  policies: readonly number[],
  extent: Extent,
  workers: number,
): Promise<Exhausted[]> {
  const results = new Map<number, Exhausted>();
  const begun = new Map<number, number>();
  const left = [...policies];
  const started = Date.now();
  const show = () => {
    const calls = [...begun.values()].reduce((sum, each) => sum + each, 0);
    const seconds = Math.round((Date.now() - started) / 1000);
    const line = `${results.size} of ${policies.length} policies, ${number(calls)} calls, ${seconds} s`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
    else console.error(line);
  };
  const clock = setInterval(show, process.stderr.isTTY ? 500 : 15_000);
  const threads = Array.from(
    { length: workers },
    () => new Worker(join(projectRoot, "dist/tools/exhaust/worker.js")),
  );
  const end = () => {
    left.length = 0;
    return Promise.all(threads.map((thread) => thread.terminate()));
  };
  const work = async (thread: Worker) => {
    for (let policy = left.shift(); policy !== undefined; policy = left.shift()) {
      const at = policy;
      const done = await answerOf(thread, { policy, ...extent }, (calls) => begun.set(at, calls));
      if (done === null) return;
      begun.set(at, done.transitions);
      results.set(at, done);
    }
  };
  // Any number of times: npm passes on what the terminal has sent already.
  process.on("SIGINT", end).on("SIGTERM", end);
  try {
    await Promise.all(threads.map(work));
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
    await end();
    clearInterval(clock);
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }
  return policies.flatMap((policy) => results.get(policy) ?? []);
}

/** What a worker answers; null when it is ended before. */
function answerOf(worker: Worker, task: Task, progress: (calls: number) => void): Promise<Exhausted | null> {
  return new Promise((resolve, reject) => {
    const hear = (report: Report) => {
      if ("progress" in report) progress(report.progress);
      else answer(report.done);
    };
    const ended = () => answer(null);
    const answer = (done: Exhausted | null) => {
      worker.off("message", hear).off("error", reject).off("exit", ended);
      resolve(done);
    };
    worker.on("message", hear).on("error", reject).on("exit", ended);
    worker.postMessage(task);
  });
}

/** States and calls of each policy, and in all. */
export function exhaustedTable(results: readonly Exhausted[]): string {
  const sum = (of: (each: Exhausted) => number) =>
    number(results.reduce((total, each) => total + of(each), 0));
  return alignText(
    [
      ["policy", "units", "states", "calls", "differs"],
      ...results.map(({ policy, units, states, transitions, difference }) => [
        policy,
        String(units),
        number(states),
        number(transitions),
        difference === null ? "" : difference.field,
      ]),
      ["all", "", sum(({ states }) => states), sum(({ transitions }) => transitions), ""],
    ],
    1,
  );
}

function number(n: number): string {
  return n.toLocaleString("en-US");
}
