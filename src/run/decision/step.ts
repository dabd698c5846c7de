import type { Extent } from "../../heap/block";
import type { FreeEvent, MallocEvent } from "../../heap/event";
import type { CoalesceName } from "../../heap/orders";
import type { SearchFact } from "./search-fact";
import type { Arranger } from "./terms";

/** What a step points at, for a picture to mark. Addresses and sizes in bytes; null where there is nothing of the kind. */
export interface Pointers {
  /** The hole that the step speaks of. */
  readonly hole: Extent | null;
  /** The allocated block that the step speaks of. */
  readonly block: Extent | null;
  /** The record of the list that the step speaks of: its index, from 0, in the list as it is at that moment. */
  readonly record: number | null;
  /** Addresses that the step speaks of and that are no block of their own, or more than one. */
  readonly range: Extent | null;
}

/** A record of the list: its index, from 0, and its hole. */
export interface ListRecord {
  readonly record: number;
  readonly hole: Extent;
}

/** How the size of the block comes about: `request + header + rounding = size`. */
export interface SizeFact {
  readonly kind: "size";
  readonly request: number;
  readonly header: number;
  readonly rounding: number;
  readonly size: number;
  /** What it is rounded up to: a multiple of `unit`, a power of two times `unit`, or `unit` at the least. */
  readonly rule: "multiple" | "power" | "least";
  readonly unit: number;
}

/** The block is cut out of the hole, and the rest stays free. */
export interface SplitFact {
  readonly kind: "split";
  readonly hole: Extent;
  readonly block: Extent;
  /** Address of the block's payload. */
  readonly payload: number;
  readonly remainder: Extent;
}

/** The whole hole becomes the block. */
export interface ExactFact {
  readonly kind: "exact";
  readonly hole: Extent;
  readonly block: Extent;
  /** Address of the block's payload. */
  readonly payload: number;
  /** Bytes of the hole that are too few to be split off, and that the block gets as well. */
  readonly unsplit: number;
}

/** Buddies: a hole, or a block that shrinks, is cut in halves. The upper half is free. */
export interface HalveFact {
  readonly kind: "halve";
  /** What is cut. */
  readonly range: Extent;
  readonly lower: Extent;
  readonly upper: Extent;
}

/** Records leave the list, one joins it, or one changes. */
export interface ListFact {
  readonly kind: "list";
  /** The records that leave, as they stood before the step. */
  readonly removed: readonly ListRecord[];
  /** The record that joins, as it stands after the step; null when none does. */
  readonly added: ListRecord | null;
  /** Records in the list afterwards. */
  readonly length: number;
  /** Whether the hole takes the foremost place of the records that leave, and not one that the order gives to a new hole. */
  readonly inPlace: boolean;
  /** What arranges the list: the order of the policy, or the kind of heap. */
  readonly order: Arranger;
  readonly hole: Extent;
  readonly record: number;
}

/** The original program sorts its list by address. */
export interface SortFact {
  readonly kind: "sort";
  readonly length: number;
}

/** Where the next search of next fit will begin; at the head of the list when `record` is null. */
export interface RoverFact {
  readonly kind: "rover";
  readonly hole: Extent | null;
  readonly record: number | null;
}

/** All neighbouring holes are merged. */
export interface CoalesceFact {
  readonly kind: "coalesce";
  /** Pairs of neighbouring holes. */
  readonly merges: number;
  /** Because a search has failed, or because `coalesce()` was called. */
  readonly cause: "failed search" | "call";
}

/** Neighbours in free memory become one hole: the sizes of `parts` add up to that of `hole`. */
export interface MergeFact {
  readonly kind: "merge";
  /** In address order. */
  readonly parts: readonly Extent[];
  readonly hole: Extent;
}

/** The heap grows at its top. What is new is free, and in no list yet. */
export interface GrowFact {
  readonly kind: "grow";
  readonly bytes: number;
  /** The top before and after. */
  readonly from: number;
  readonly to: number;
  /** The hole at the top, which counts towards what is needed; null when there is none. */
  readonly hole: Extent | null;
  readonly range: Extent;
}

/** The request is denied. */
export interface DeniedFact {
  readonly kind: "denied";
  /** `short`: less is free in all than is needed; `scattered`: enough is free, but in no one hole; `declined`: the policy chose none. */
  readonly reason: "short" | "scattered" | "declined";
  readonly size: number;
  /** Bytes that are free in all. */
  readonly freeBytes: number;
  /** Bytes of the largest hole; 0 when there is none. */
  readonly largestHole: number;
}

/** What the caller gets. */
export interface AnswerFact {
  readonly kind: "answer";
  readonly of: "malloc" | "free" | "realloc";
  readonly value: number | boolean | null;
}

/** The block that an address names is looked up. */
export interface LookupFact {
  readonly kind: "lookup";
  readonly address: number;
  readonly header: number;
  /** The allocated block, or the record that the original program frees; null when the address names none. */
  readonly block: Extent | null;
  readonly failure: FreeEvent["failure"];
}

/** The block becomes a hole. */
export interface FreedFact {
  readonly kind: "freed";
  readonly block: Extent;
  /** Whether it was free before: the original program does not mind. */
  readonly again: boolean;
}

/** A neighbour of the memory that becomes free is asked. */
export interface NeighbourFact {
  readonly kind: "neighbour";
  readonly side: "before" | "behind";
  readonly answer: "free" | "allocated" | "edge";
  /** Whose neighbour. */
  readonly range: Extent;
}

/** No neighbour is asked, since the policy merges later or never. */
export interface UnaskedFact {
  readonly kind: "unasked";
  readonly coalesce: CoalesceName;
}

/** The buddy of a hole is looked up: at `base + (offset XOR size)`. */
export interface BuddyFact {
  readonly kind: "buddy";
  readonly hole: Extent;
  /** The hole's address, counted from the base of the heap. */
  readonly offset: number;
  /** Address of the buddy. */
  readonly buddy: number;
  /** Bytes of the smallest block: where it is no power of two, offset and size are counted in it. */
  readonly unit: number;
  /** `split`: a part of the buddy is a block of its own, free or not. `none`: the hole is the whole heap. */
  readonly answer: "free" | "allocated" | "split" | "none";
  readonly range: Extent | null;
}

/** A realloc that is another operation. */
export interface InsteadFact {
  readonly kind: "instead";
  readonly of: "malloc" | "free";
}

/** A realloc to the size that the block has, or to one that is less by too little to be split off. */
export interface KeptFact {
  readonly kind: "kept";
  readonly block: Extent;
  /** Bytes that it has more than it needs. */
  readonly unsplit: number;
}

/** A realloc shortens the block; its tail becomes free. */
export interface ShrunkFact {
  readonly kind: "shrunk";
  /** The block as it was. */
  readonly block: Extent;
  /** What is left of it. */
  readonly kept: Extent;
  /** What becomes free. */
  readonly hole: Extent;
}

/** A realloc asks whether the block can grow where it is. */
export interface RoomFact {
  readonly kind: "room";
  readonly block: Extent;
  /** How many bytes the block is short of. */
  readonly missing: number;
  /** What is behind the block; "never" in a heap that grows no block in place. */
  readonly behind: "hole" | "block" | "top" | "never";
  readonly enough: boolean;
  readonly hole: Extent | null;
}

/** A realloc lengthens the block out of the hole behind it. */
export interface StretchedFact {
  readonly kind: "stretched";
  /** The block as it was. */
  readonly was: Extent;
  readonly block: Extent;
  /** The hole out of which it grows. */
  readonly hole: Extent;
  readonly remainder: Extent | null;
  /** Bytes of the hole that are too few to be split off, and that the block gets as well. */
  readonly unsplit: number;
}

/** A realloc copies what the block holds to where it moves. */
export interface CopiedFact {
  readonly kind: "copied";
  /** Payload addresses. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly block: Extent;
}

/** The original program is asked for nothing and does nothing. */
export interface NothingFact {
  readonly kind: "nothing";
  readonly answer: NonNullable<MallocEvent["address"]>;
}

/** One step of a decision, without what all steps have. */
export type Fact =
  | SizeFact
  | SearchFact
  | SplitFact
  | ExactFact
  | HalveFact
  | ListFact
  | SortFact
  | RoverFact
  | CoalesceFact
  | MergeFact
  | GrowFact
  | DeniedFact
  | AnswerFact
  | LookupFact
  | FreedFact
  | NeighbourFact
  | UnaskedFact
  | BuddyFact
  | InsteadFact
  | KeptFact
  | ShrunkFact
  | RoomFact
  | StretchedFact
  | CopiedFact
  | NothingFact;

/**
 * One step of a decision: its `kind`, the numbers that it uses, what it points at, and one plain sentence. Sizes and addresses
 * are bytes, records count from 0; in the sentence records count from 1.
 *
 * The steps that change the heap are `split`, `exact`, `halve`, `freed`, `merge`, `grow`, `shrunk` and `stretched`; those that
 * change its list, `list`, `sort` and `rover`. From the state before and these steps, in order, the state after follows.
 */
export type DecisionStep = Complete<Fact>;

type Complete<F> = F extends Fact ? F & Omit<Pointers, keyof F> & { readonly text: string } : never;
