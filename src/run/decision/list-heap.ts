import type { Block } from "../../heap/block";
import type { FreeEvent, MallocEvent, ReallocEvent } from "../../heap/event";
import { coalesce } from "./coalesce";
import { SEARCH_RULES, tellWalk } from "./search";
import { classOf } from "./terms";
import { tellDenial, tellFailedLookup, tellLookup, tellSize } from "./told";
import type { WorkingState } from "./working-state";

/** The decisions of the heaps with a free list: `FreeList` and `SegregatedFits`. */

/** Tells a malloc. */
export function malloc(state: WorkingState, event: MallocEvent): void {
  const { terms } = state;
  const { size } = event;
  tellSize(state, event);
  let record = search(state, event, false);
  if (record < 0 && terms.coalesce === "deferred" && coalesce(state, "failed search") > 0) {
    record = search(state, event, true);
  }
  if (record >= 0) {
    const hole = state.list[record]!;
    state.tell({ kind: "choice", fit: terms.fit, hole, record });
    const behind = state.behind(hole);
    state.carve(hole, size);
    if (terms.fit === "next") state.rove(hole.size > size ? hole.address + size : behind);
  } else if (event.address === null) {
    tellDenial(state, event);
  } else {
    const hole = grow(state, event.grown);
    state.carve(hole, size);
    if (terms.fit === "next") state.rove(null);
  }
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
  release(state, { ...block, free: true }, true);
}

/** Tells a realloc of a block, in place if that is how it went. @returns whether it must still move */
export function resize(
  state: WorkingState,
  { block: was, size, grown, how, malloc: searched }: ReallocEvent,
): boolean {
  const block = { ...was!, free: false };
  const end = block.address + block.size;
  if (size < block.size) {
    const kept = { address: block.address, size, free: false };
    const hole = { address: block.address + size, size: block.size - size, free: true };
    state.cover(block.address, kept, hole);
    state.tell({ kind: "shrunk", block, kept, hole });
    release(state, hole, false);
    return false;
  }
  const missing = size - block.size;
  const look = (enough: boolean): Block | null => {
    const next = state.blocks[state.indexOf(end)] ?? null;
    const behind = next === null ? "top" : next.free ? "hole" : "block";
    const room = next?.free ? next : null;
    state.tell({ kind: "room", block, missing, behind, enough, hole: room });
    return room;
  };
  let hole = look(how === "grown" && searched === null);
  if (how !== "grown") return true;
  if (searched !== null) {
    // Deferred coalescing: the search that failed, the merging, and a second look behind the block.
    search(state, searched, false);
    coalesce(state, "failed search");
    hole = look(true);
  }
  const { rover } = state;
  if (grown > 0) hole = grow(state, grown);
  stretch(state, block, hole!, missing);
  if (state.rover !== rover) state.rove(state.rover);
  return false;
}

/** Searches the list; the record that is chosen, or −1. */
function search(state: WorkingState, event: MallocEvent, again: boolean): number {
  const { list, terms } = state;
  const { size } = event;
  const { fit } = terms;
  const start = state.rover === null ? 0 : state.recordOf(state.rover);
  const record = list.length === 0 ? null : start;
  state.tell({ kind: "search", fit, size, records: list.length, record, again });
  let chosen = -1;
  if (fit === "custom") chosen = customChoice(state, event, again);
  else if (fit === "segregated") chosen = searchClasses(state, size);
  else chosen = tellWalk(state, start, list.length, size, SEARCH_RULES[fit]!).record;
  const declined = chosen < 0 && (state.largestHole?.size ?? 0) >= size;
  if (chosen < 0) state.tell({ kind: "no-choice", size, declined });
  return chosen;
}

/** What a fit of one's own chose, which only the event tells. */
function customChoice(
  state: WorkingState,
  { hole, grown, merges, examined, address, failure }: MallocEvent,
  again: boolean,
): number {
  // A search after which a block could grow in place is followed by no other.
  const last = merges === 0 || again || (address === null && failure === null);
  state.tell({ kind: "custom", records: state.list.length, examined: last ? examined : null });
  return last && hole !== null && grown === 0 ? state.recordOf(hole.address) : -1;
}

/** Searches the class of the request and, when nothing there is large enough, the next that has a hole. */
function searchClasses(state: WorkingState, size: number): number {
  const { classes } = state.terms;
  const { list } = state;
  const own = classOf(size, classes);
  for (let its = own, from = firstOf(list, own, classes); ; ) {
    const to = firstOf(list, its + 1, classes);
    const records = to - from;
    const [above, most] = [classes[its - 1] ?? 0, classes[its] ?? null];
    state.tell({ kind: "class", above, most, records, record: records > 0 ? from : null, own: its === own });
    const { record } = tellWalk(state, from, records, size, SEARCH_RULES.segregated!);
    if (record >= 0 || to === list.length) return record;
    its = classOf(list[to]!.size, classes);
    from = to;
  }
}

/** The first record of class `its` or a later one. */
function firstOf(list: readonly Block[], its: number, classes: readonly number[]): number {
  const at = list.findIndex(({ size }) => classOf(size, classes) >= its);
  return at < 0 ? list.length : at;
}

/** The heap grows; the hole at its new top, which is in the list when it was before. */
function grow(state: WorkingState, bytes: number): Block {
  const from = state.top;
  const to = from + bytes;
  const last = state.blocks[state.blocks.length - 1];
  const hole = last?.free ? last : null;
  const fresh = { address: from, size: bytes, free: true };
  state.top = to;
  state.blocks.push(fresh);
  state.tell({ kind: "grow", bytes, from, to, hole, range: fresh });
  if (hole === null) return fresh;
  if (state.rover === hole.address) state.rover = state.behind(hole);
  const whole = state.merge(hole, fresh);
  state.leave(hole);
  return whole;
}

/** A block takes `missing` bytes of the hole behind it. */
function stretch(state: WorkingState, was: Block, hole: Block, missing: number): void {
  const block = { address: was.address, size: was.size + missing, free: false };
  const left = hole.size - missing;
  const remainder = left > 0 ? { address: hole.address + missing, size: left, free: true } : null;
  const listed = state.recordOf(hole.address) >= 0;
  if (state.rover === hole.address) state.rover = remainder ? remainder.address : state.behind(hole);
  state.cover(was.address, block, ...(remainder ? [remainder] : []));
  state.tell({ kind: "stretched", was, block, hole, remainder });
  if (remainder) state.changeTo(remainder, hole);
  else if (listed) state.leave(hole);
}

/** Memory has become free: it merges with its neighbours, as far as they are asked, and joins the list. */
function release(state: WorkingState, freed: Block, asksBefore: boolean): void {
  const { coalesce: mode } = state.terms;
  state.cover(freed.address, freed);
  const parts = [freed];
  if (mode !== "immediate") state.tell({ kind: "unasked", coalesce: mode });
  else {
    const at = state.indexOf(freed.address);
    const [before, behind] = [state.blocks[at - 1], state.blocks[at + 1]];
    if (asksBefore && tellNeighbour(state, freed, "before", before)) parts.unshift(before!);
    if (tellNeighbour(state, freed, "behind", behind)) parts.push(behind!);
  }
  const hole = parts.length > 1 ? state.merge(...parts) : freed;
  const gone = parts.filter((part) => part !== freed);
  state.join(hole, ...gone);
  if (state.rover !== null && gone.some(({ address }) => address === state.rover)) state.rove(hole.address);
}

/** @returns whether the neighbour is a hole */
function tellNeighbour(
  state: WorkingState,
  range: Block,
  side: "before" | "behind",
  neighbour: Block | undefined,
): boolean {
  const answer = neighbour === undefined ? "edge" : neighbour.free ? "free" : "allocated";
  const which = neighbour === undefined ? {} : neighbour.free ? { hole: neighbour } : { block: neighbour };
  state.tell({ kind: "neighbour", side, answer, range, ...which });
  return answer === "free";
}
