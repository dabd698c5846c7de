import { checkNumber, show } from "../base/wrong-argument";
import { SmallHeap } from "../exhaust/small-heap";
import { StateSpace } from "../exhaust/state-space";
import { type FitName, fitNames } from "../heap/fits";
import type { Trace } from "../trace/trace";
import { movesOf, programOf } from "./program-of";
import { enoughForAny } from "./safe-arena";

/** @see worstRun */
export interface WorstRunOptions {
  /** The fit to be driven to its worst. */
  readonly fit: FitName;
  /** The most words that are live at any time: n. From 1 to 8: states are too many beyond. */
  readonly live: number;
  /** The largest request in words: m. From 1 to `live`. */
  readonly largest: number;
}

/** The worst that can happen to a fit, and how. */
export interface WorstRun {
  /** Words of memory that the fit can be made to use. */
  readonly memory: number;
  /** A shortest run that makes it use them: from an empty heap that grows at its top, holes merging at once. */
  readonly trace: Trace;
  /** How many states of the heap there are; all were visited. */
  readonly states: number;
}

/**
 * The worst case of a fit in a heap that grows, exactly: every state that a heap in address order can get into by requests of 1 to
 * `largest` words with never more than `live` words in use is visited, breadth first. Blocks are placed by `SmallHeap`, which shares no
 * line with `FreeList`, so that a `FreeList` that runs the trace is checked by it, and it by the `FreeList`.
 * @throws RangeError or TypeError for an option that is not allowed
 */
export function worstRun({ fit, live, largest }: WorstRunOptions): WorstRun {
  if (!fitNames().includes(fit)) throw new RangeError(`There is no fit ${show(fit)} here.`);
  checkNumber("options.live", live, 1, "states are too many beyond 8", 8);
  checkNumber("options.largest", largest, 1, "a request is for a word or more", live);
  const units = enoughForAny({ live, largest });
  const rules = { units, fit, order: "address", merging: "immediate", topLast: true } as const;
  const model = new SmallHeap({ ...rules, realloc: false, live, largest });
  const space = StateSpace.of(model)!;
  let [memory, worst] = [0, 0];
  for (let state = 0; state < space.length; state++) {
    space.load(model, state);
    const top = model.see().blocks.at(-1)!;
    const used = top < 0 ? units + top : units;
    if (used > memory) [memory, worst] = [used, state];
  }
  const trace = programOf(movesOf(model, space.pathTo(worst)), {
    name: `worst of ${fit} fit`,
    source: `exhaustive: ${live} words live, requests up to ${largest}`,
  });
  return { memory, trace, states: space.length };
}
