import type { Block, Extent } from "../../heap/block";
import type { FreeEvent, MallocEvent, ReallocEvent } from "../../heap/event";
import { coalesce } from "./coalesce";
import { tellDenial, tellFailedLookup, tellLookup, tellNeighbour, tellSize, wantedBy } from "./common-steps";
import { tellWalk } from "./search";
import type { BeginFact } from "./search-fact";
import { classOf } from "./terms";
import { blockAt, holeAt, type WorkingState } from "./working-state";

/** The decisions of the heaps with a free list: `FreeList`, `SegregatedFits` and `FixedPartitions`. */

/**
 * Tells a malloc.
 * @param within the realloc that it is part of: when holes have merged, it may do without another place
 */
export function malloc(state: WorkingState, event: MallocEvent, within?: ReallocEvent): void {
  const { terms } = state;
  const size = wantedBy(event);
  tellSize(state, event);
  const searches = event.merges > 0 && within?.how !== "grown" ? 2 : 1;
  let record = search(state, event, 1, searches);
  if (record < 0 && terms.coalescing.onFailure && coalesce(state, "failed search") > 0) {
    if (within && !resize(state, within, true)) return;
    record = search(state, event, 2, searches);
  }
  if (record >= 0) {
    const hole = state.list[record]!;
    state.tell({ kind: "choice", fit: terms.searcher, hole, record });
    const behind = state.behind(hole);
    const remainder = state.carve(hole, size);
    if (terms.fit.roves) state.rove(remainder ? remainder.address : behind);
  } else if (event.address === null) {
    tellDenial(state, event);
  } else {
    const hole = grow(state, event.grown);
    state.carve(hole, size);
    if (terms.fit.roves) state.rove(null);
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
  release(state, holeAt(block.address, block.size), true);
}

/**
 * Tells a realloc of a block to another size, in place if that is how it went.
 * @param merged whether holes have merged since a search has failed
 * @returns whether it must still move
 */
export function resize(state: WorkingState, event: ReallocEvent, merged = false): boolean {
  const { grown, how } = event;
  const size = wantedBy(event);
  const block = event.block!;
  const end = block.address + block.size;
  if (how === "shrunk") {
    const kept = blockAt(block.address, size);
    const hole = holeAt(block.address + size, block.size - size);
    state.cover(block.address, kept, hole);
    state.tell({ kind: "shrunk", block, kept, hole });
    release(state, hole, false);
    return false;
  }
  const missing = size - block.size;
  const next = state.blocks[state.indexOf(end)] ?? null;
  let hole = next?.free ? next : null;
  const enough = how === "grown" && merged === (event.malloc !== null);
  const fixed = state.terms.kind === "fixed-partitions";
  const behind = fixed ? "never" : hole ? "hole" : next ? "block" : "top";
  state.tell({ kind: "room", block, missing, behind, enough, hole: fixed ? null : hole });
  if (!enough) return true;
  const { rover } = state;
  if (grown > 0) hole = grow(state, grown);
  stretch(state, block, hole!, missing);
  if (state.rover !== rover) state.rove(state.rover);
  return false;
}

/** Searches the list, for the first time of `searches` or a later one; the record that is chosen, or −1. */
function search(state: WorkingState, event: MallocEvent, time: number, searches: number): number {
  const { list, terms } = state;
  const size = wantedBy(event);
  const { searcher, fit } = terms;
  const start = state.rover === null ? 0 : state.recordOf(state.rover);
  const record = list.length === 0 ? null : start;
  state.tell({
    kind: "search",
    fit: searcher as BeginFact["fit"],
    size,
    records: list.length,
    record,
    again: time > 1,
  });
  const chosen =
    searcher === "custom"
      ? customChoice(state, event, time, searches)
      : searcher === "segregated"
        ? searchClasses(state, size)
        : tellWalk(state, start, list.length, size, fit).record;
  if (chosen < 0) state.tell({ kind: "no-choice", size, declined: (state.largestHole?.size ?? 0) >= size });
  return chosen;
}

/** What a fit of one's own chose, which only the event tells, and only of the last search. */
function customChoice(state: WorkingState, event: MallocEvent, time: number, searches: number): number {
  const { hole, grown, examined } = event;
  const last = time === searches;
  state.tell({ kind: "custom", records: state.list.length, examined: last ? examined : null, searches });
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
    const { record } = tellWalk(state, from, records, size, state.terms.fit);
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
  const fresh = holeAt(from, bytes);
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
function stretch(state: WorkingState, was: Extent, hole: Block, missing: number): void {
  const left = hole.size - missing;
  const unsplit = left < state.terms.leastRemainder ? left : 0;
  const remainder = left > unsplit ? holeAt(hole.address + missing, left) : null;
  const block = blockAt(was.address, was.size + missing + unsplit);
  const listed = state.recordOf(hole.address) >= 0;
  if (state.rover === hole.address) state.rover = remainder ? remainder.address : state.behind(hole);
  state.cover(was.address, block, ...(remainder ? [remainder] : []));
  state.tell({ kind: "stretched", was, block, hole, remainder, unsplit });
  if (remainder) state.changeTo(remainder, hole);
  else if (listed) state.leave(hole);
}

/** Memory has become free: it merges with its neighbours, as far as they are asked, and joins the list. */
function release(state: WorkingState, freed: Block, asksBefore: boolean): void {
  const { coalesce: mode, coalescing } = state.terms;
  state.cover(freed.address, freed);
  const parts = [freed];
  if (!coalescing.onFree) state.tell({ kind: "unasked", coalesce: mode });
  else {
    const at = state.indexOf(freed.address);
    const [before, behind] = [state.blocks[at - 1], state.blocks[at + 1]];
    if (asksBefore && tellNeighbour(state, freed, "before", before)) parts.unshift(before!);
    if (tellNeighbour(state, freed, "behind", behind)) parts.push(behind!);
  }
  const hole = parts.length > 1 ? state.merge(...parts) : freed;
  const gone = parts.filter((part) => part !== freed);
  state.join(hole, ...gone);
  if (gone.some(({ address }) => address === state.rover)) state.rove(hole.address);
}
