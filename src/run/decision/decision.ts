import { checkNames, checkNumber, oneOf } from "../../base/wrong-argument";
import type { Extent } from "../../heap/block";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "../../heap/event";
import { grantOf } from "../event-summary";
import type { HeapState } from "../heap-state";
import * as buddyHeap from "./buddy-heap";
import { coalesce } from "./coalesce";
import { tellLookup, tellSize } from "./common-steps";
import * as listHeap from "./list-heap";
import { NOTATIONS, type NotationName } from "./notation";
import * as originalHeap from "./original-heap";
import type { DecisionStep } from "./step";
import { notTheState, type Telling, WorkingState } from "./working-state";

/** How a decision is told. Every option has a default. */
export interface DecisionOptions {
  /** How sizes and addresses are written in the sentences: `"decimal"` (the default), or `"hexadecimal"` as `0x40`. */
  readonly notation?: NotationName;
  /**
   * How many records of a search are told at most, and how many merges of a deferred coalescing; at least 4. Of a longer search
   * both ends and the turning points are told, and in the place of the others a step says how many they are. Default 24;
   * `Infinity` tells all.
   */
  readonly most?: number;
}

/** What a kind of heap has to tell of its operations. */
interface Teller {
  /** @param within the realloc that the malloc is part of */
  malloc(state: WorkingState, event: MallocEvent, within?: ReallocEvent): void;
  free(state: WorkingState, event: FreeEvent): void;
  /** Tells a realloc of a block to another size, as far as it stays where it is. @returns whether it must still move */
  resize(state: WorkingState, event: ReallocEvent): boolean;
}

const TELLERS: Readonly<Record<WorkingState["terms"]["kind"], Teller>> = {
  "free-list": listHeap,
  "segregated-fits": listHeap,
  "fixed-partitions": listHeap,
  buddy: buddyHeap,
  original: originalHeap,
};

/**
 * The anatomy of an operation: everything that the heap looked at, found and changed, in order, in small steps. Each has one
 * plain sentence (`text`), the numbers it uses, and what it points at, so that a picture can mark it. `explain` says the same
 * in a sentence or two.
 *
 * The search is told as the linear walk along the list that its policy is defined by, whatever shortcuts the heap takes. Takes
 * about as long as that walk.
 * @param event what the operation reported; null for a call of `coalesce()`
 * @param before the state of the heap before the operation: `stateOf(heap)`
 * @throws RangeError when `before` is not the state in which the operation was called, and for options that are not allowed
 *
 * @example
 * const heap = new FreeList(8192, 4);
 * const before = stateOf(heap);
 * heap.listen((event) => console.log(decision(event, before).map((step) => step.text).join("\n")));
 * heap.malloc(100);
 */
export function decision(
  event: HeapEvent | null,
  before: HeapState,
  options: DecisionOptions = {},
): readonly DecisionStep[] {
  const state = new WorkingState(before, tellingOf(options));
  const teller = TELLERS[state.terms.kind];
  if (event === null) coalesce(state, "call");
  else if (event.kind === "malloc") malloc(state, event, teller);
  else if (event.kind === "free") {
    teller.free(state, event);
    state.tell({ kind: "answer", of: "free", value: event.failure === null, hole: event.hole });
  } else {
    realloc(state, event, teller);
    state.tell({ kind: "answer", of: "realloc", value: event.address, block: givenBy(event) });
  }
  if (event !== null) checkOutcome(state, event);
  return state.steps;
}

/** Throws unless the state has come to what the event says. */
function checkOutcome(state: WorkingState, event: HeapEvent): void {
  const end = event.kind === "free" ? event.hole : grantOf(event);
  if (end === null) return;
  const is = state.blocks[state.indexOf(end.address)];
  const right = is?.address === end.address && is.size === end.size && is.free === (event.kind === "free");
  if (!right) throw notTheState();
}

function malloc(state: WorkingState, event: MallocEvent, teller: Teller): void {
  teller.malloc(state, event);
  const nothing = event.address !== null && event.hole === null && event.grown === 0;
  if (!nothing) state.tell({ kind: "answer", of: "malloc", value: event.address, block: givenBy(event) });
}

function realloc(state: WorkingState, event: ReallocEvent, teller: Teller): void {
  const { how, block, malloc: inner, free } = event;
  if (how === "allocated") {
    state.tell({ kind: "instead", of: "malloc" });
    teller.malloc(state, inner!);
  } else if (how === "freed") {
    state.tell({ kind: "instead", of: "free" });
    teller.free(state, free!);
  } else if (how === "unknown") {
    teller.free(state, free!);
  } else {
    tellLookup(state, event.from!, block!);
    tellSize(state, event);
    if (how === "kept") state.tell({ kind: "kept", block: block!, unsplit: event.unsplit });
    else if (teller.resize(state, event)) move(state, event, teller);
  }
}

/** The block that an operation gave; null when it gave none. */
function givenBy(event: MallocEvent | ReallocEvent): Extent | null {
  const given = grantOf(event);
  return given && { address: given.address, size: given.size };
}

function move(state: WorkingState, event: ReallocEvent, teller: Teller): void {
  const { from, address, block, size } = event;
  teller.malloc(state, event.malloc!, event);
  if (event.how !== "moved") return;
  const bytes = Math.min(block!.size, size) - state.header;
  state.tell({ kind: "copied", from: from!, to: address!, bytes, block: block! });
  teller.free(state, event.free!);
}

function tellingOf(options: DecisionOptions): Telling {
  checkNames(options, ["notation", "most"]);
  const { notation = "decimal", most = 24 } = options;
  oneOf("options.notation", notation, Object.keys(NOTATIONS));
  if (most !== Number.POSITIVE_INFINITY) checkNumber("options.most", most, 4, "give Infinity for all");
  return { notation: NOTATIONS[notation], most };
}
