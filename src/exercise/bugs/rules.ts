/** What every allocator must hold to, in a sentence each. */
export const RULES = {
  quiet: "A call with ordinary arguments throws nothing.",
  answer: "malloc and realloc answer a payload address, a whole number, or null; free answers true or false.",
  granted: "A request is denied only when no hole is large enough for its block.",
  denied: "A request for which no hole is large enough answers null.",
  inside: "A block lies inside the heap.",
  apart: "No two blocks share a byte, and no block and hole.",
  size: "A block has the request and the header, rounded up to the alignment.",
  place: "A block lies where the policy puts it: at the start of the hole that the fit chooses.",
  payload: "malloc answers the address of the payload, behind the header.",
  grown: "A growable heap grows by what is missing: the hole at its top counts.",
  freed: "An address that malloc answered, of a block that is still allocated, is freed: the answer is true.",
  refused: "free of any other address answers false and changes nothing.",
  stays: "A block that can get its new size where it is stays there.",
  contents:
    "What a caller has written into its blocks stays, and realloc keeps it up to the smaller of the two sizes.",
  kept: "A realloc that is denied leaves its block as it was.",
  merged: "A block that is freed merges with the holes on both sides: no two holes are neighbours.",
  complete:
    "Every byte of the heap is in one block or in one hole, and every hole is in the list once, with at least a byte.",
  order: "The free list is kept in its order.",
} as const;

/** Names a rule. */
export type RuleName = keyof typeof RULES;
