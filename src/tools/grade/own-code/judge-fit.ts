import type { FitName } from "../../../heap/fits";
import { FreeList } from "../../../heap/free-list";
import type { CustomFit } from "../../../heap/options";
import { seededRandom } from "../../../random/seeded-random";
import { replay } from "../../../run/replay";
import type { Trace } from "../../../trace/trace";
import { steadyState } from "../../../workload/shapes";
import { exponentialSizes } from "../../../workload/sizes";
import type { CodeTask, Judgement } from "./code-task";
import { CodeEnded, Odd, type RemoteCode } from "./remote-code";

/** The fits that a fit of one's own is measured against. */
const RIVALS: readonly FitName[] = ["first", "next", "best", "worst"];

const [LIVE, STEPS] = [60, 400];

/** A workload on which these fits differ: the heap's bytes, and what each fit denies. */
export interface Course {
  readonly trace: Trace;
  readonly heapSize: number;
  readonly denied: Readonly<Record<string, number>>;
}

/**
 * A workload on which the four fits differ, drawn from a seed: fewest requests are denied by a fit other than first fit, which denies
 * fewer than another.
 */
export function drawCourse(seed: string): Course {
  const random = seededRandom(seed);
  for (;;) {
    const trace = steadyState(random, { live: LIVE, steps: STEPS, sizes: exponentialSizes(96) });
    const heapSize = 16 * Math.ceil((trace.peakLive * 1.15) / 16);
    const denied = Object.fromEntries(RIVALS.map((fit) => [fit, deniedBy(trace, heapSize, fit)]));
    const counts = Object.values(denied);
    const { first } = denied as { first: number };
    if (Math.min(...counts) < first && first < Math.max(...counts)) return { trace, heapSize, denied };
  }
}

/** Measures a fit that is elsewhere. */
export function judgeFit(remote: RemoteCode, { seed }: Extract<CodeTask, { kind: "fit" }>): Judgement {
  const { trace, heapSize, denied } = drawCourse(seed);
  const fit: CustomFit = (holes, size) => {
    const at = remote.call(
      "choose",
      holes.map(({ address, size }) => [address, size]),
      size,
    );
    if (at instanceof Odd) return at as never;
    return at === null ? null : holes[at as number];
  };
  let its: number;
  try {
    its = deniedBy(trace, heapSize, fit);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof CodeEnded) throw error;
    return { share: 0, remark: `On the workload it failed: ${error.message}` };
  }
  const fewest = Math.min(...Object.values(denied));
  const share = its <= fewest ? 1 : its <= denied.first! ? 0.5 : 0;
  const rivals = RIVALS.map((fit) => `${fit} fit ${denied[fit]}`).join(", ");
  if (share === 1) return { share, remark: "" };
  return { share, remark: `It denies ${its} of ${LIVE + STEPS} requests; ${rivals}.` };
}

function deniedBy(trace: Trace, heapSize: number, fit: FitName | CustomFit): number {
  return replay(trace, new FreeList(heapSize, 16, { fit })).failures;
}
