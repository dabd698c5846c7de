import type { Block } from "../../heap/block";
import type { FreeEvent, MallocEvent, ReallocEvent } from "../../heap/event";
import { tellDenial, tellFailedLookup, tellLookup, tellNeighbour, tellSize } from "./common-steps";
import { tellWalk } from "./search";
import { blockAt, holeAt, type WorkingState } from "./working-state";

/** The decisions of the original program, whose list has every block. */

/** Tells a malloc. */
export function malloc(state: WorkingState, event: MallocEvent): void {
  const { size, address } = event;
  if (address !== null && event.hole === null) {
    state.tell({ kind: "nothing", answer: address });
    return;
  }
  tellSize(state, event);
  const { list } = state;
  state.tell({ kind: "search", fit: "original", size, records: list.length, record: 0, again: false });
  const { record } = tellWalk(state, 0, list.length, size, state.terms.fit);
  if (record < 0) {
    state.tell({ kind: "no-choice", size, declined: false });
    tellDenial(state, event);
    return;
  }
  const hole = list[record]!;
  state.tell({ kind: "choice", fit: "original", hole, record });
  const block = blockAt(hole.address, size);
  list[record] = block;
  if (hole.size === size) {
    state.cover(hole.address, block);
    state.tell({ kind: "exact", hole, block, payload: hole.address, unsplit: 0, record });
    return;
  }
  const remainder = holeAt(hole.address + size, hole.size - size);
  state.cover(hole.address, block, remainder);
  state.tell({ kind: "split", hole, block, payload: hole.address, remainder, record });
  state.join(remainder);
}

/** Tells a free. */
export function free(state: WorkingState, event: FreeEvent): void {
  const { block, address } = event;
  if (block === null) {
    tellFailedLookup(state, event);
    return;
  }
  tellLookup(state, address, block);
  const record = state.recordOf(address);
  const { size, free: again } = state.list[record]!;
  let hole = holeAt(address, size);
  state.list[record] = hole;
  state.cover(address, hole);
  state.tell({ kind: "freed", block, again, record });
  const at = state.indexOf(address);
  const [before, behind] = [state.blocks[at - 1], state.blocks[at + 1]];
  if (tellNeighbour(state, hole, "behind", behind)) hole = mergeInFront(state, hole, behind!);
  if (tellNeighbour(state, hole, "before", before)) mergeInFront(state, before!, hole);
  state.tell({ kind: "sort", length: state.list.length });
}

/** The original has no realloc in place. @returns that the block must move */
export function resize(state: WorkingState, { block: was, size }: ReallocEvent): boolean {
  const missing = size - was!.size;
  state.tell({ kind: "room", block: was!, missing, behind: "never", enough: false, hole: null });
  return true;
}

/** Merges two records into one at the front of the list. */
function mergeInFront(state: WorkingState, low: Block, high: Block): Block {
  const merged = state.merge(low, high);
  state.join(merged, low, high);
  return merged;
}
