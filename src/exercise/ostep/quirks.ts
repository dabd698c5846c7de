/** A place where malloc.py does not do what its words or a textbook say, with a call that shows it. */
export interface OstepQuirk {
  /** What the program does. */
  readonly does: string;
  /** What would be right, or what this library does. */
  readonly right: string;
  /** Flags of a call that shows it. */
  readonly example: string;
  /** A part of what that call prints. */
  readonly shows: string;
}

/**
 * The quirks of OSTEP's malloc.py, all of which `ostep` keeps. The first four make the heap of `ostepRun` another one; the rest
 * are a matter of what is printed, of requests that are out of the ordinary, or of when the program ends.
 */
export const OSTEP_QUIRKS = {
  "list-neighbours": {
    does: "-C merges two holes only where the second follows the first both in memory and in the list.",
    right:
      "Holes that are neighbours in memory merge, wherever they stand in the list. In ADDRSORT it is the same.",
    example: "-l INSERT-FRONT -C -A +10,+10,-0,-1 -c",
    shows: "[ addr:1010 sz:10 ][ addr:1000 sz:10 ]",
  },
  unsorted: {
    does: "SIZESORT+ and SIZESORT- sort the list when a block is freed, before holes merge. What a split leaves over, and a hole that comes from a merge, is not moved to its place.",
    right: "A list that is sorted by size is sorted after every operation.",
    example: "-l SIZESORT+ -A +30,+10,-0,+65 -S 110 -p WORST -c",
    shows: "[ addr:1000 sz:30 ][ addr:1105 sz:5 ]",
  },
  ties: {
    does: "In SIZESORT+ and SIZESORT-, holes of one size stand in the order in which they came to the list.",
    right: "Either is right; FreeList puts the one with the lower address first.",
    example: "-l SIZESORT- -A +10,+10,+10,+10,-2,-0 -c",
    shows: "[ addr:1020 sz:10 ][ addr:1000 sz:10 ]",
  },
  "no-bytes": {
    does: "A request for no bytes, without a header, gets a block of no bytes. The next block has the same address, and the program ends with a traceback.",
    right: "Every block has an address of its own; FreeList gives it at least one byte.",
    example: "-A +0,+5",
    shows: "AssertionError",
  },
  "failed-plus-header": {
    does: "A drawn allocation that fails prints -1 + the size of the header.",
    right: "-1, or NULL.",
    example: "-H 4 -S 10 -P 100 -n 1 -r 100 -c",
    shows: "returned 3 (searched 1 elements)",
  },
  "address-of-block": {
    does: "Allocations listed by -A print the address of the block, where its header is; drawn ones that of the payload.",
    right: "malloc returns the address of the payload.",
    example: "-H 4 -A +10 -c",
    shows: "Alloc(10) returned 1000 ",
  },
  "whole-list": {
    does: "BEST and WORST examine the whole list, also after a hole of just the right size and in a list that is sorted by size.",
    right: "Best fit may stop at a hole of the very size, and in a sorted list at the first that fits.",
    example: "-A +10,+10,+10,-0,+10 -c",
    shows: "ptr[3] = Alloc(10) returned 1000 (searched 2 elements)",
  },
  "header-after-rounding": {
    does: "-a rounds the request up and only then adds the header: unless the header is a multiple of the alignment, later blocks are not aligned.",
    right:
      "The request is rounded up together with the header, so that all payloads are aligned when the first is.",
    example: "-H 4 -a 8 -A +5,+5 -c",
    shows: "ptr[1] = Alloc(5) returned 1012 ",
  },
  "free-by-count": {
    does: "Of the frees listed by -A those are skipped whose number is not below the count of allocations that succeeded so far: after a failed one, the last pointer cannot be freed.",
    right: "Every pointer that was returned can be freed.",
    example: "-S 20 -A +30,+5,-1 -c",
    shows: "Invalid Free: Skipping",
  },
  "free-of-failed": {
    does: "A free, listed by -A, of an allocation that failed, and that is not skipped, ends the program with a traceback.",
    right: "free(NULL) does nothing.",
    example: "-S 20 -A +30,+5,-0",
    shows: "KeyError: 0",
  },
  "stale-pointer": {
    does: "A pointer listed by -A stays when it has been freed. Freed again it answers -1, or frees the block that another pointer has got there since.",
    right: "That is what happens in C, where nobody may rely on it.",
    example: "-A +10,-0,+10,-0,-1 -c",
    shows: "Free(ptr[1])\nreturned -1",
  },
  "no-abort": {
    does: "A word in -A that begins with neither + nor - ends the program with a traceback, for a function that is not there.",
    right: "A sentence that says what the list may hold.",
    example: "-A x5",
    shows: "NameError: name 'abort' is not defined",
  },
  "negative-request": {
    does: "A request of a negative size is granted: the hole grows towards lower addresses. BEST passes over holes that are larger than the heap was.",
    right: "Sizes are never negative; malloc takes a size_t.",
    example: "-A +-5,+10 -c",
    shows: "[ addr:995 sz:105 ]",
  },
  "minus-one": {
    does: "A block at address -1 (with -b -1) is taken for a failed allocation.",
    right: "A failure is not an address.",
    example: "-b -1 -A +10,-0 -c",
    shows: "Invalid Free: Skipping",
  },
  "share-of-frees": {
    does: "A free that is drawn while nothing is allocated is drawn again: also with -P 1 about half of the operations are allocations.",
    right: "It cannot be otherwise, since nothing can be freed that was not allocated.",
    example: "-P 1 -n 4",
    shows: "ptr[1] = Alloc(",
  },
  assertions: {
    does: "A policy, an order, an alignment or a percentage that there is not ends the program with a traceback.",
    right: "A usage error that says what there is.",
    example: "-p NEXT",
    shows: "AssertionError",
  },
  "python-3": {
    does: "Under Python 3 a free and its answer are two lines, and nothing is between two holes; under Python 2, as in the program's own README, they were one line, and a blank.",
    right: "The same output under both.",
    example: "-A +10,-0 -c",
    shows: "Free(ptr[0])\nreturned 0\nFree List [ Size 2 ]: [ addr:1000 sz:10 ][ addr:1010 sz:90 ]",
  },
} as const satisfies Readonly<Record<string, OstepQuirk>>;

/** The name of a quirk of malloc.py. */
export type OstepQuirkName = keyof typeof OSTEP_QUIRKS;
