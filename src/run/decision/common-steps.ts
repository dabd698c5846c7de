import type { Block, Extent } from "../../heap/block";
import type { FreeEvent, MallocEvent, ReallocEvent } from "../../heap/event";
import { notTheState, type WorkingState } from "./working-state";

/** What sizes are rounded up to. */
const RULES = {
  "free-list": "multiple",
  "segregated-fits": "multiple",
  "fixed-partitions": "multiple",
  buddy: "power",
  original: "least",
} as const;

/** Tells how the size of a block comes about. */
export function tellSize(state: WorkingState, event: MallocEvent | ReallocEvent): void {
  const { kind, align: unit } = state.terms;
  const { request, header, rounding } = event;
  const size = wantedBy(event);
  state.tell({ kind: "size", request, header, rounding, size, rule: RULES[kind], unit });
}

/** Bytes of the block that an operation searches for: without those that are too few to be split off. */
export function wantedBy({ size, unsplit }: MallocEvent | ReallocEvent): number {
  return size - unsplit;
}

/** Tells why a request is denied. */
export function tellDenial(state: WorkingState, { size, failure }: MallocEvent): void {
  const reason = failure === "full" ? "short" : failure === "declined" ? "declined" : "scattered";
  const { freeBytes, largestHole: hole } = state;
  state.tell({ kind: "denied", reason, size, freeBytes, largestHole: hole?.size ?? 0, hole });
}

/** Tells which block an address names. */
export function tellLookup(state: WorkingState, address: number, block: Extent): void {
  const is = state.blocks[state.indexOf(block.address)];
  if (is?.address !== block.address || is.size !== block.size) throw notTheState();
  state.tell({ kind: "lookup", address, header: state.header, block, failure: null });
}

/** Tells that an address names no block. */
export function tellFailedLookup(state: WorkingState, { address, failure }: FreeEvent): void {
  const around = state.around(address) ?? null;
  const points = around?.free ? { hole: around } : { range: around };
  state.tell({ kind: "lookup", address, header: state.header, block: null, failure, ...points });
}

/** Tells what a neighbour of memory that becomes free is. @returns whether it is a hole, with which it merges */
export function tellNeighbour(
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
