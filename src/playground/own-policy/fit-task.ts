import { counted, readable } from "../../base/readable";
import { ownOptions, show } from "../../base/wrong-argument";
import { blockName } from "../../exercise/call";
import { checkLevel, type Level } from "../../exercise/question";
import { type FitName, fitNames } from "../../heap/fits";
import type { CustomFit } from "../../heap/options";
import type { Random } from "../../random/random";
import { seededRandom } from "../../random/seeded-random";
import type { History } from "../../run/history";
import { metricSeries } from "../../run/metrics";
import { CallPlayer, type PlaygroundCall } from "../calls";
import type { HeapChoice } from "../heap-choice";
import type { PolicyFault } from "./policy-fault";
import { heapUnder, type PolicyRequests, serve } from "./policy-requests";

/** An exercise: to write a fit that serves a stream of requests. Plain JSON. */
export interface FitTask {
  readonly level: Level;
  readonly seed: number | string;
  /** What is asked, in a sentence or two. */
  readonly text: string;
  readonly requests: PolicyRequests;
  /** Requests that each fit denies. */
  readonly denials: Readonly<Record<FitName, number>>;
  /** Requests that may be denied at most. */
  readonly most: number;
}

/** Which stream. Every option has a default. */
export interface FitTaskOptions {
  /** 1: as well as the best of the fits. 2: better than all of them. 3: that, where the policies one thinks of first do not do. Default 1. */
  readonly level?: Level;
  /** Any number or text: the same seed, the same stream. Default 0. */
  readonly seed?: number | string;
}

/** Whether a policy passes, and why. */
export interface FitGrade {
  readonly passed: boolean;
  readonly message: string;
}

/**
 * "Write a fit that serves this stream": a stream, drawn from a seed, on which the fits differ and which somebody has served as well as is
 * asked; see `SOLVERS`.
 * @throws RangeError or TypeError for a level or a seed that there is not
 */
export function makeFitTask(options: FitTaskOptions = {}): FitTask {
  const { level = 1, seed = 0 } = ownOptions(options, ["level", "seed"]);
  checkLevel(level);
  if (typeof seed !== "string" && typeof seed !== "number")
    throw new TypeError(`options.seed must be a number or a text, not ${show(seed)}; give your name.`);
  const random = seededRandom(`fit task ${level} ${seed}`);
  for (let draws = 0; draws < MOST_DRAWS; draws++) {
    const requests = drawStream(random);
    const denials = denialsOf(requests);
    const counts = Object.values(denials);
    const best = Math.min(...counts);
    const most = level === 1 ? best : best - 1;
    if (best === 0 || Math.max(...counts) === best || !solvable(requests, denials, most, level)) continue;
    return { level, seed, text: textOf(requests, denials, most, level), requests, denials, most };
  }
  throw new Error(`No stream was found at level ${level} from the seed ${show(seed)}.`);
}

/**
 * Whether a fit passes: it serves the task's stream, here and now. One that throws, or that chooses what is no large enough hole, does not
 * pass, and the message says what was wrong. One that never ends is not ended.
 * @param fit a function, as `FreeList` takes it; or the name of a fit
 * @throws RangeError for a name that is no fit's
 *
 * @example
 * gradeFit(makeFitTask({ level: 2, seed: "Ada" }), (holes, size) => holes.find((hole) => hole.size >= size)).passed
 */
export function gradeFit(task: FitTask, fit: FitName | CustomFit): FitGrade {
  try {
    return gradeRun(task, serve(task.requests, fit));
  } catch (error) {
    if (typeof fit !== "function") throw error;
    return { passed: false, message: `Not yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Whether what came of a policy in a page passes. */
export function gradeOutcome(
  task: FitTask,
  { run, fault }: { readonly run: History | null; readonly fault: PolicyFault | null },
): FitGrade {
  if (fault || !run)
    return { passed: false, message: "Not yet: the policy does not come to the end of the stream." };
  return gradeRun(task, run);
}

function gradeRun({ most }: FitTask, run: History): FitGrade {
  const denied = metricSeries(run, "denied").at(-1)!;
  const passed = denied <= most;
  const what =
    denied === 0 ? "no request is denied" : `${counted(denied, "request is", "requests are")} denied`;
  const rule = most === 0 ? "none may be" : `${most} may be`;
  return { passed, message: passed ? `Passed: ${what}, and ${rule}.` : `Not yet: ${what}, and ${rule}.` };
}

/** Draws of a stream before it is given up; that happens to none. */
const MOST_DRAWS = 20_000;
const HEAP: HeapChoice = { kind: "free-list", heapSize: 1024, pageSize: 16, options: {} };

/** Policies that show that a stream can be served: those of level 2 are what one thinks of first, those of level 3 take more. */
const SOLVERS: Readonly<Record<"plain" | "subtle", readonly CustomFit[]>> = {
  plain: [
    (holes, size) => holes.filter((hole) => hole.size >= size).at(-1),
    ...[48, 96, 160].map(
      (small): CustomFit =>
        (holes, size) => {
          const fits = holes.filter((hole) => hole.size >= size);
          return size <= small ? fits[0] : fits.at(-1);
        },
    ),
    ...[48, 96, 160].map(
      (small): CustomFit =>
        (holes, size) => {
          const fits = holes.filter((hole) => hole.size >= size);
          return size <= small ? fits.at(-1) : fits[0];
        },
    ),
  ],
  subtle: [
    // An exact fit; else the largest hole, whose rest is the most useful.
    (holes, size) => {
      const fits = holes.filter((hole) => hole.size >= size);
      return fits.find((hole) => hole.size === size) ?? fits.sort((a, b) => b.size - a.size)[0];
    },
    // A hole of which nothing useless is left.
    ...[32, 64, 96].map(
      (least): CustomFit =>
        (holes, size) => {
          const fits = holes.filter((hole) => hole.size >= size).sort((a, b) => a.size - b.size);
          return fits.find((hole) => hole.size === size || hole.size - size >= least) ?? fits[0];
        },
    ),
    // Small ones where they fit best, large ones from the largest.
    ...[48, 96, 160].map(
      (small): CustomFit =>
        (holes, size) => {
          const fits = holes.filter((hole) => hole.size >= size).sort((a, b) => a.size - b.size);
          return size <= small ? fits[0] : fits.at(-1);
        },
    ),
  ],
};

function solvable(
  requests: PolicyRequests,
  denials: FitTask["denials"],
  most: number,
  level: Level,
): boolean {
  // First fit is what the code begins with, and next fit has to remember.
  if (level === 1) return denials.first > most && Math.min(denials.best, denials.worst) === most;
  const solved = (solvers: readonly CustomFit[]) => solvers.some((fit) => denied(requests, fit) <= most);
  if (level === 2) return solved(SOLVERS.plain);
  return !solved(SOLVERS.plain) && solved(SOLVERS.subtle);
}

function denialsOf(requests: PolicyRequests): Record<FitName, number> {
  return Object.fromEntries(fitNames().map((fit) => [fit, denied(requests, fit)])) as Record<FitName, number>;
}

/** Requests that a fit denies; without a record of the run, since thousands are tried. */
function denied(requests: PolicyRequests, fit: FitName | CustomFit): number {
  const player = new CallPlayer(heapUnder(requests, fit));
  return requests.calls.filter((call) => player.make(call) === null).length;
}

/** Small and large blocks that come and go, close to what the heap holds. */
function drawStream({ randint, random }: Random): PolicyRequests {
  const calls: PlaygroundCall[] = [];
  const live: string[] = [];
  let blocks = 0;
  for (let i = 0; i < 40; i++) {
    if (live.length > 4 && random() < 0.42) {
      const [block] = live.splice(randint(0, live.length), 1);
      calls.push({ op: "free", block: block! });
    } else {
      const request = 16 * (random() < 0.6 ? randint(1, 5) : randint(5, 17));
      const as = blockName(blocks++);
      calls.push({ op: "malloc", request, as });
      live.push(as);
    }
  }
  return { heap: HEAP, calls };
}

function textOf({ calls }: PolicyRequests, denials: FitTask["denials"], most: number, level: Level): string {
  const requests = calls.filter(({ op }) => op === "malloc").length;
  const theirs = Object.entries(denials)
    .map(([fit, count]) => `${fit} fit ${count}`)
    .join(", ");
  const allowed = most === 0 ? "deny none" : `deny at most ${most}`;
  const aim = level === 1 ? "does as well as the best of them" : "does better than all of them";
  const size = readable(HEAP.heapSize);
  return `A heap of ${size} bytes gets ${requests} requests. Of these are denied: ${theirs}. Write a fit that ${aim}: ${allowed}.`;
}
