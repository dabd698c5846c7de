import { checkNames } from "../base/wrong-argument";
import { type Extent, NO_BLOCK } from "../heap/block";
import { createHeap } from "../heap/create-heap";
import { FITS, type Fit } from "../heap/fits";
import type { FreeList } from "../heap/free-list";
import type { Heap, HeapDescription } from "../heap/heap";
import type { ListState } from "../heap/list-state";
import { DEFAULT_POLICY, type FreeListOptions } from "../heap/options";
import { COALESCINGS, ORDERS, type Order } from "../heap/orders";
import { checkStep } from "./cursor";
import { History } from "./history";

/** The policy that a run goes on with. What is left out stays as it was. Of fixed partitions only the fit can change. */
export type BranchPolicy = Pick<FreeListOptions, "fit" | "order" | "coalesce">;

/** The kinds of heap whose runs can go on under another policy: what can be another one there, and what never is. */
const KINDS: {
  readonly [kind in string]?: {
    readonly changes: readonly (keyof BranchPolicy)[];
    readonly fixed: BranchPolicy;
  };
} = {
  "free-list": { changes: ["fit", "order", "coalesce"], fixed: {} },
  "fixed-partitions": { changes: ["fit"], fixed: { order: "address", coalesce: "never" } },
};

/**
 * What would have come of a run if from `step` on it had had another policy: the same remaining requests, on a heap that starts with
 * the run's blocks as they were at `step`. It is a run of its own, to be played beside the other: its step k is the other's
 * `step + k`. Labels and marks are the same.
 *
 * - A free or realloc names the block that the same request was given, wherever that lies now. Where the request was denied here, or
 *   the run itself named no block, it names none: address −1, which frees nothing and denies a realloc. A block that was denied in
 *   the run and granted here stays to the end, for nobody frees it.
 * - The list has the same holes. Orders by address and by size sort it; `"lifo"` and `"fifo"` take it as it stands, and put new holes
 *   at its front or back from then on. Next fit goes on at the run's rover, or at the head of the list where the run had none.
 * - Under immediate coalescing no two holes are neighbours: where the run had another, the holes that are merge at the start.
 * @param step 0 to the run's length
 * @throws RangeError when there is no such step, for an option that is not allowed, for the run of another heap than a `FreeList` or
 *   `FixedPartitions` (a `SegregatedFits` and a `BuddySystem` have no fit and no order to change, the original program has no
 *   options), and for a fit of one's own that the history does not keep and `policy` does not give
 *
 * @example
 * show(history, branch(history, 40, { fit: "best" }));
 */
export function branch(history: History, step: number, policy: BranchPolicy): History {
  checkStep(step, 0, history.length);
  const heap = branchedHeap(history, step, policy);
  const branched = History.of(heap);
  playOn(history, step, heap, branched);
  return branched.stop();
}

/** What can be another one where a run of such a heap goes on: nothing, where none can. */
export function branchChanges({ kind }: HeapDescription): readonly (keyof BranchPolicy)[] {
  return KINDS[kind]?.changes ?? [];
}

/** A heap of the new policy, in the state that the run was in at `step`. */
function branchedHeap(history: History, step: number, policy: BranchPolicy): FreeList {
  const { description } = history;
  const kind = KINDS[description.kind];
  if (!kind) {
    throw new RangeError(
      `Only the run of a FreeList or of FixedPartitions can go on under another policy, and this is the run of a heap of kind ${JSON.stringify(description.kind)}; replay its requests on another heap.`,
    );
  }
  checkNames(policy, kind.changes);
  const all = { ...description.options, ...policy } as FreeListOptions;
  if ((all.fit as string) === "custom") {
    throw new RangeError(
      "The run's fit is a function, which a history does not keep; give a fit in the policy to branch to.",
    );
  }
  const heap = createHeap({ ...description, options: { ...all } }) as FreeList;
  const saved = history.cursor().seek(step).heap.snapshot();
  const state = stateUnder(saved.state as ListState, { ...all, ...kind.fixed });
  heap.restore({ ...saved, description: heap.describe(), state });
  return heap;
}

/** The state as a heap with these options may be in it: merged, and its list in order, as far as they ask for it. */
function stateUnder({ blocks, list, rover }: ListState, options: FreeListOptions): ListState {
  const usual = DEFAULT_POLICY;
  const { fit = usual.fit, order = usual.order, coalesce = usual.coalesce } = options;
  const merges = COALESCINGS[coalesce].onFree;
  const holes = new Map<number, Extent>();
  const into = new Map<number, number>();
  const now: number[] = [];
  let address = 0;
  let last: { address: number; size: number } | null = null;
  for (const block of blocks) {
    const size = Math.abs(block);
    if (block > 0) {
      now.push(block);
      last = null;
    } else {
      if (last === null || !merges) {
        last = { address, size };
        holes.set(address, last);
        now.push(block);
      } else {
        last.size += size;
        now[now.length - 1]! -= size;
      }
      into.set(address, last.address);
    }
    address += size;
  }
  // A hole that has merged stands where the foremost of its parts did.
  const kept = [...new Set(list.map((hole) => into.get(hole)!))];
  const { compare }: Order = ORDERS[order];
  const roves = typeof fit === "string" && (FITS[fit] as Fit).roves === true;
  if (compare) kept.sort((a, b) => compare(holes.get(a)!, holes.get(b)!));
  return { blocks: now, list: kept, rover: roves && rover >= 0 ? into.get(rover)! : -1 };
}

/** Asks of `heap` what the run was asked after `step`. */
function playOn(history: History, step: number, heap: FreeList, branched: History): void {
  /** For the payload address of each block of the run, that of the same request's block here; NO_BLOCK when it was denied here. */
  const here = new Map<number, number>();
  for (const block of heap.blocks()) {
    if (!block.free) here.set(block.address + heap.header, block.address + heap.header);
  }
  const marks = new Map(history.marks.map(({ step: at, text }) => [at, text]));
  let who = "";
  for (let at = step; ; at++) {
    const mark = marks.get(at);
    if (mark !== undefined) branched.mark(mark);
    if (at === history.length) return;
    const next = history.labelAt(at + 1);
    if (next !== who) branched.label(next);
    who = next;
    repeat(history.operationAt(at + 1), heap, here);
  }
}

/** Asks of `heap` what the run was asked in one operation. */
function repeat(
  { kind, request, target, address, freed }: ReturnType<History["operationAt"]>,
  heap: Heap & { coalesce(): number },
  here: Map<number, number>,
): void {
  const block = target === null ? null : (here.get(target) ?? NO_BLOCK);
  const known = target !== null && here.has(target);
  if (kind === "coalesce") {
    heap.coalesce();
  } else if (kind === "free") {
    heap.free(block);
    if (freed) here.delete(target!);
  } else {
    const answer = kind === "malloc" ? heap.malloc(request) : heap.realloc(block, request);
    const gone = known && request === 0;
    // A realloc that was denied leaves its block where it is.
    const now = answer ?? (kind === "realloc" && block !== null && !gone ? block : NO_BLOCK);
    if (known && (address !== null || gone)) here.delete(target);
    if (address !== null) here.set(address, now);
    else if (known && !gone) here.set(target, now);
  }
}
