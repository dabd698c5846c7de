import type { Extent } from "../../heap/block";
import type { Searcher } from "./terms";

/** A walk along the list begins. */
export interface BeginFact {
  readonly kind: "search";
  /** Who searches: a fit; "custom" for a fit of one's own; "segregated" for segregated fits. */
  readonly fit: Exclude<Searcher, "buddy">;
  /** Bytes that a hole must have. */
  readonly size: number;
  /** Records in the list. */
  readonly records: number;
  /** Where it begins; null in an empty list. Next fit begins at its rover. */
  readonly record: number | null;
  /** Whether the list is searched once more, after deferred coalescing. */
  readonly again: boolean;
}

/** Segregated fits: the list of one size class. */
export interface ClassFact {
  readonly kind: "class";
  /** The class has holes of more than `above` bytes, up to `most`; null for the last class, which has no bound. */
  readonly above: number;
  readonly most: number | null;
  /** Its records. */
  readonly records: number;
  /** The first of them; null when there is none. */
  readonly record: number | null;
  /** Whether it is the class of the request, and not a later one. */
  readonly own: boolean;
}

/** Buddies: the list of the holes of one size. */
export interface SizeListFact {
  readonly kind: "size-list";
  readonly size: number;
  /** How many holes have that size. */
  readonly records: number;
  /** The one at the lowest address; null when there is none. */
  readonly hole: Extent | null;
  readonly record: number | null;
}

/** One record is looked at. */
export interface RecordFact {
  readonly kind: "record";
  readonly record: number;
  /** Its hole; null when the record is that of an allocated block, which only the original program lists. */
  readonly hole: Extent | null;
  /** Bytes that a hole must have. */
  readonly size: number;
  /** How many bytes the hole has too few; 0 when it is large enough. */
  readonly missing: number;
  /** The best hole so far, this one included, of a search that looks at all; null when there is none yet, or it stops at the first. */
  readonly best: Extent | null;
  /** Whether this hole is the choice if nothing better follows: a turning point of the search. */
  readonly better: boolean;
}

/** Steps that are left out. Neither their number nor what they did is lost: see `count`, and the steps that follow. */
export interface SkippedFact {
  readonly kind: "skipped";
  readonly what: "records" | "merges";
  readonly count: number;
  /** How many of the records were turning points of the search. */
  readonly turns: number;
  /** The first record that is left out; null for merges. */
  readonly record: number | null;
}

/** A fit of one's own has searched: which holes it looked at, and why it chose, only it knows. */
export interface CustomFact {
  readonly kind: "custom";
  readonly records: number;
  /** How many holes it looked at, over all searches; null before the last. */
  readonly examined: number | null;
  /** How many searches that were: 2 after deferred coalescing. */
  readonly searches: number;
}

/** The search ends with a hole. */
export interface ChoiceFact {
  readonly kind: "choice";
  readonly fit: Searcher;
  readonly hole: Extent;
  readonly record: number;
}

/** The search ends with none. */
export interface NoChoiceFact {
  readonly kind: "no-choice";
  readonly size: number;
  /** Whether a hole was large enough all the same, and a fit of one's own chose none. */
  readonly declined: boolean;
}

/** What a search looks at, and what it comes to. */
export type SearchFact =
  | BeginFact
  | ClassFact
  | SizeListFact
  | RecordFact
  | SkippedFact
  | CustomFact
  | ChoiceFact
  | NoChoiceFact;
