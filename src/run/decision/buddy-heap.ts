import type { Block } from "../../heap/block";
import type { FreeEvent, MallocEvent, ReallocEvent } from "../../heap/event";
import { tellDenial, tellFailedLookup, tellLookup, tellSize } from "./common-steps";
import { blockAt, holeAt, type WorkingState } from "./working-state";

/** The decisions of a `BuddySystem`. */

/** Tells a malloc. */
export function malloc(state: WorkingState, event: MallocEvent): void {
  const { size } = event;
  tellSize(state, event);
  let record = search(state, size);
  while (record < 0 && event.grown > 0) {
    double(state);
    record = state.list.findIndex((hole) => hole.size >= size);
  }
  if (record < 0) {
    tellDenial(state, event);
    return;
  }
  const hole = state.list[record]!;
  state.tell({ kind: "choice", fit: "buddy", hole, record });
  state.leave(hole);
  const lowest = halve(state, hole, size);
  const block = blockAt(lowest.address, lowest.size);
  state.cover(block.address, block);
  state.tell({ kind: "exact", hole: lowest, block, payload: block.address + state.header, unsplit: 0 });
}

/** Tells a free. */
export function free(state: WorkingState, event: FreeEvent): void {
  const { block, address } = event;
  if (block === null) {
    tellFailedLookup(state, event);
    return;
  }
  tellLookup(state, address, block);
  state.tell({ kind: "freed", block, again: false });
  release(state, holeAt(block.address, block.size));
}

/** Tells a realloc of a block, in place if that is how it went. @returns whether it must still move */
export function resize(state: WorkingState, { block: was, size, how }: ReallocEvent): boolean {
  const block = blockAt(was!.address, was!.size);
  if (how === "shrunk") {
    halve(state, block, size);
    return false;
  }
  state.tell({ kind: "room", block, missing: size - block.size, behind: "never", enough: false, hole: null });
  return true;
}

/** Looks at the lists of the sizes from `size` up, until one has a hole; its first record, or −1. */
function search(state: WorkingState, size: number): number {
  const { list } = state;
  for (let its = size; its <= state.top - state.base; its *= 2) {
    const first = list.findIndex((hole) => hole.size === its);
    const records = list.filter((hole) => hole.size === its).length;
    const [hole, record] = first < 0 ? [null, null] : [list[first]!, first];
    state.tell({ kind: "size-list", size: its, records, hole, record });
    if (first >= 0) return first;
  }
  state.tell({ kind: "no-choice", size, declined: false });
  return -1;
}

/** Cuts a block in halves until it has `size` bytes; the upper halves join the list. @returns the lowest */
function halve(state: WorkingState, whole: Block, size: number): Block {
  let range = whole;
  while (range.size > size) {
    const half = range.size / 2;
    const lower = { ...range, size: half };
    const upper = holeAt(range.address + half, half);
    state.cover(range.address, lower, upper);
    state.tell({ kind: "halve", range, lower, upper, hole: upper });
    state.join(upper);
    range = lower;
  }
  return range;
}

/** The heap doubles; its new half merges with the old one where that is all free. */
function double(state: WorkingState): void {
  const from = state.top;
  const bytes = from - state.base;
  const fresh = holeAt(from, bytes);
  state.top = from + bytes;
  state.blocks.push(fresh);
  state.tell({ kind: "grow", bytes, from, to: state.top, hole: null, range: fresh });
  release(state, fresh);
}

/** Memory has become free: it merges with its buddy, as long as that is a hole of the same size, and joins the list. */
function release(state: WorkingState, freed: Block): void {
  state.cover(freed.address, freed);
  let hole = freed;
  for (let buddy = tellBuddy(state, hole); buddy !== null; buddy = tellBuddy(state, hole)) {
    const merged = state.merge(...[hole, buddy].sort((a, b) => a.address - b.address));
    state.leave(buddy);
    hole = merged;
  }
  state.join(hole);
}

/** Looks up the buddy of a hole; null when they do not merge. */
function tellBuddy(state: WorkingState, hole: Block): Block | null {
  const { size } = hole;
  const offset = hole.address - state.base;
  const buddy = state.base + ((offset / size) % 2 === 0 ? offset + size : offset - size);
  // Where the hole is not the whole heap, it is half of what was split, and a block begins at the other half.
  const is = buddy < state.top ? state.blocks[state.indexOf(buddy)]! : null;
  const answer = is === null ? "none" : is.size < size ? "split" : is.free ? "free" : "allocated";
  const range = answer === "none" ? null : { address: buddy, size };
  state.tell({ kind: "buddy", hole, offset, buddy, unit: state.terms.align, answer, range });
  return answer === "free" ? is : null;
}
