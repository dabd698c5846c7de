import type { Block, Extent } from "../heap/block";
import type { MallocEvent } from "../heap/event";
import { FITS, type Fit, type FitName, fitNames } from "../heap/fits";
import { linearSearch } from "../heap/textbook-heap";
import type { RecordedRun } from "./cursor";
import { coalesce } from "./decision/coalesce";
import { wantedBy } from "./decision/common-steps";
import { momentOf } from "./decision/decision-at";
import { NOTATIONS } from "./decision/notation";
import type { Searcher } from "./decision/terms";
import { WorkingState } from "./decision/working-state";
import { searchOf } from "./event-summary";
import type { HeapState } from "./heap-state";

/** What a fit would have done with a request. Sizes and addresses are bytes. */
export interface Alternative {
  /** The fit: one of `"first"`, `"next"`, `"best"`, `"worst"`, or the run's own, such as `"custom"` or `"segregated"`. */
  readonly fit: Searcher;
  /** Whether this is what the run did. */
  readonly own: boolean;
  /** The hole that it chooses; null when it finds none. */
  readonly hole: Extent | null;
  /** Records that it looks at. */
  readonly examined: number;
  /** What is left of the hole; null when nothing is, or too little to be split off. */
  readonly remainder: Extent | null;
  /** Pairs of neighbouring holes that deferred coalescing merges, because the first search fails. */
  readonly merges: number;
  /** Bytes by which the heap grows. */
  readonly grown: number;
  /** Why the request is denied; null when it is granted. See `MallocEvent.failure`. */
  readonly failure: MallocEvent["failure"];
}

/** What each fit would have done at one step of a run. */
export interface Alternatives {
  /** Bytes of the block that was needed; 0 when the step searched for none. */
  readonly size: number;
  /** One a fit, the run's own included; empty when there is nothing to choose. */
  readonly fits: readonly Alternative[];
  /** Why there is nothing to choose, in a sentence; "" when there is. */
  readonly reason: string;
}

/**
 * What each fit would have done at `step`, in the very state that the run was in: the same blocks, in the same list. A policy that
 * differs from the start would have come to another state; for that, see `branch`.
 *
 * Next fit goes on at the run's rover; in a run under another fit there is none, and it starts at the head of the list. Where no
 * hole is large enough, no fit finds one. A buddy system has no fit to choose: any other hole than the one it takes would have
 * halves that are nobody's buddies.
 * @throws RangeError when there is no such step
 */
export function alternatives(run: RecordedRun, step: number): Alternatives {
  const { before, event } = momentOf(run, step);
  const malloc = event === null ? null : searchOf(event);
  if (malloc === null) return none("This step searches for no hole.");
  if (event!.kind === "realloc" && event!.how === "grown") {
    return none("No hole was large enough; after holes had merged, the block grew where it was.");
  }
  const state = workingState(before);
  if (state.terms.kind === "buddy") {
    return none(
      "A buddy system takes the smallest hole that is large enough; another would not halve into buddies.",
    );
  }
  if (malloc.address !== null && malloc.hole === null && malloc.grown === 0)
    return none("Nothing was asked for.");
  const size = wantedBy(malloc);
  const fits = fitNames().map((fit) => {
    const alternative = choose(workingState(before), fit, malloc);
    return { ...alternative, own: fit === state.terms.searcher };
  });
  if (fits.some(({ own }) => own)) return { size, fits, reason: "" };
  const { hole, examined, remainder, merges, grown, failure } = malloc;
  const its = { fit: state.terms.searcher, own: true, hole, examined, remainder, merges, grown, failure };
  return { size, fits: [its, ...fits], reason: "" };
}

function none(reason: string): Alternatives {
  return { size: 0, fits: [], reason };
}

function workingState(before: HeapState): WorkingState {
  return new WorkingState(before, { notation: NOTATIONS.decimal, most: 0 });
}

function choose(state: WorkingState, fit: FitName, event: MallocEvent): Omit<Alternative, "own"> {
  const { failure } = event;
  const size = wantedBy(event);
  const nothing = { hole: null, remainder: null, merges: 0, grown: 0, failure: null };
  let found = search(state, fit, size);
  let { examined } = found;
  let merges = 0;
  if (found.hole === null && state.terms.coalescing.onFailure) {
    merges = coalesce(state, "failed search");
    if (merges > 0) {
      found = search(state, fit, size);
      examined += found.examined;
    }
  }
  const { hole } = found;
  if (hole !== null) {
    const { place, leastRemainder } = state.terms;
    const left = hole.size - size;
    const address = hole.address + (place === "low" ? size : 0);
    const remainder = left < leastRemainder ? null : { address, size: left };
    return { ...nothing, fit, hole: extent(hole), examined, remainder, merges };
  }
  // A heap that could not grow for its own fit cannot for another.
  if (state.terms.growable && (failure === null || failure === "declined")) {
    const last = state.blocks[state.blocks.length - 1];
    const top = last?.free ? last : null;
    return { ...nothing, fit, hole: top && extent(top), examined, merges, grown: size - (top?.size ?? 0) };
  }
  return { ...nothing, fit, examined, merges, failure: state.freeBytes < size ? "full" : "fragmented" };
}

function search(
  { list, rover }: WorkingState,
  fit: FitName,
  size: number,
): { hole: Block | null; examined: number } {
  const rule: Fit = FITS[fit];
  const holes = list.filter((record) => record.free);
  const start = rule.roves && rover !== null ? holes.findIndex(({ address }) => address === rover) : 0;
  return linearSearch(holes, size, rule, start);
}

function extent({ address, size }: Extent): Extent {
  return { address, size };
}
