import { type FitName, fitNames } from "../../heap/fits";
import type { Random } from "../../random/random";
import { seededRandom } from "../../random/seeded-random";
import type { Call } from "../call";
import { blockNames, chance, freshHeap, from } from "../draw";
import { byLevel, type Level } from "../question";
import { play, type QuestionHeap } from "../question-heap";
import { type BestPlacement, bestPlacement } from "./best-placement";

/** A stream of requests to be placed by hand. Plain JSON. */
export interface PlacingTask {
  readonly level: Level;
  readonly seed: number | string;
  /** Bytes of the heap, which starts at address 0. */
  readonly heapSize: number;
  /** Addresses are multiples of this, and sizes, too. */
  readonly unit: number;
  /** The stream: mallocs to be placed, and frees of their blocks. */
  readonly calls: readonly Call[];
}

/** What a fit makes of a stream. */
export interface PolicyScore {
  readonly fit: FitName;
  /** Requests that it grants. */
  readonly granted: number;
}

const UNIT = 4;

/** Placements that the search for the best looks at while a task is drawn; a stream that takes more is not set. */
const LOOKS = 20_000;

/** A task in which a hand can beat policies, and the best that can be had. The same level and seed make the same one. */
export function drawTask(level: Level, seed: number | string): { task: PlacingTask; best: BestPlacement } {
  const random = seededRandom(`placing ${level} ${seed}`);
  for (let draws = 0; draws < 10_000; draws++) {
    const heapSize = UNIT * byLevel(level, 10, 14, 18);
    const task = {
      level,
      seed,
      heapSize,
      unit: UNIT,
      calls: stream(random, heapSize, byLevel(level, 6, 8, 10)),
    };
    const granted = policyScores(task).map((score) => score.granted);
    // At first one of the fits fails, then first fit, then all.
    const beaten = byLevel(level, Math.min(...granted), granted[0]!, Math.max(...granted));
    if (beaten === task.calls.filter(({ op }) => op === "malloc").length) continue;
    const best = bestPlacement(heapSize, UNIT, task.calls, LOOKS);
    if (best.granted === best.atMost && best.granted > beaten) return { task, best };
  }
  throw new Error(`No task was found at level ${level} from the seed ${seed}.`);
}

/** What each fit makes of the stream of a task, as a `FreeList`. */
export function policyScores(task: PlacingTask): PolicyScore[] {
  return fitNames().map((fit) => {
    const { moments } = play(heapUnder(task, fit), task.calls);
    return {
      fit,
      granted: moments.filter(({ call, answer }) => call.op === "malloc" && answer !== null).length,
    };
  });
}

/** The heap of a task under a fit, as made. */
export function heapUnder({ heapSize, unit }: PlacingTask, fit: FitName): QuestionHeap {
  return freshHeap("free-list", heapSize, unit, { fit });
}

/** Requests and frees: as long as little is allocated more requests, then about as many frees. */
function stream(random: Random, heapSize: number, mallocs: number): Call[] {
  const calls: Call[] = [];
  const live = new Map<string, number>();
  for (const as of blockNames(mallocs)) {
    const request = UNIT * from(random, [1, Math.floor(heapSize / UNIT / 2) - 1]);
    const used = () => [...live.values()].reduce((sum, size) => sum + size, 0);
    while (live.size > 0 && (used() + request > heapSize || chance(random, 0.15))) {
      const block = random.choice([...live.keys()]);
      live.delete(block);
      calls.push({ op: "free", block });
    }
    live.set(as, request);
    calls.push({ op: "malloc", request, as });
  }
  return calls;
}
