import type { Block, Extent } from "./block";
import { type HoleList, NO_HOLE, type SizedHoleList } from "./index/hole-list";

/**
 * A placement policy: which hole of the free list serves a request, told in up to three ways.
 *
 * A walk along the list (`linearSearch` in `textbook-heap.ts`) is the definition: records that are too small are passed over;
 * of the others the first is taken, or, where the fit has a `better`, the one that no other is better than. `index` finds the
 * same hole without the walk. `largerArena` says in which larger arenas it would be the same hole.
 */
export interface Fit {
  /**
   * Whether `hole`, which comes later in the list, is to be preferred to the `best` so far; both are large enough. Where it is false, as
   * at a tie, the earlier one stays; `() => true` is the last that is large enough. Left out: the first that is large enough is taken
   * and the search ends there.
   */
  readonly better?: (hole: Block, best: Block) => boolean;
  /** With `better`, for sentences: which of the holes that are large enough it takes, "the … of those". Default `"best"`. */
  readonly superlative?: string;
  /** The search starts where the last one ended (at the rover: see `FreeList`) and wraps around. Default: at the list's head. */
  readonly roves?: boolean;
  /** How `FreeList` finds the same hole in its index of the list, */
  readonly index?: IndexedSearch;
  /** or in one that also finds holes by size. With neither it walks along the list, too. */
  readonly indexBySize?: IndexedSearch<SizedHoleList>;
  /** In which larger arenas the choice would be the same. Left out: nothing is known, and nothing is claimed. */
  readonly largerArena?: LargerArenaRule;
}

/** Which hole serves a request. @see Knuth, The Art of Computer Programming 1, section 2.5; Wilson et al. 1995, section 3. */
export type FitName = "first" | "next" | "best" | "worst";

/** Every fit. One more is a name and an entry more: nothing else asks which fit it is. */
export const FITS: Readonly<Record<FitName, Fit>> = {
  /** The first hole in the list that is large enough (Knuth, TAOCP 1, 2.5, algorithm A). */
  first: {
    index: {
      find: (list, size) => list.first(size),
      examined: (list, hole, _rover, holes) => (hole === NO_HOLE ? holes : list.rank(hole) + 1),
    },
    // The top hole is the last of the list: it is taken only where no other is large enough, of whatever size it is.
    largerArena: { topHoleLast: true, choice() {} },
  },

  /** Like first fit, but the search goes on where the last one ended (Knuth, TAOCP 1, 2.5, exercise 6). */
  next: {
    roves: true,
    index: {
      find(list, size, rover) {
        const behind = rover === NO_HOLE ? NO_HOLE : list.first(size, rover);
        return behind === NO_HOLE ? list.first(size) : behind;
      },
      examined(list, hole, rover, holes) {
        if (hole === NO_HOLE) return holes;
        const start = rover === NO_HOLE ? 0 : list.rank(rover);
        return ((list.rank(hole) - start + holes) % holes) + 1;
      },
    },
    // A search that passes the top hole, too small here, would take it there. And the rover is the same hole in both arenas with
    // one exception: with no top hole here and the rover past the last hole, the search starts at the list's head here and at the
    // top hole there.
    largerArena: {
      choice({ size, top, takesTop, roverInDoubt, differsFrom }) {
        if (top < size) differsFrom(size - top);
        else if (roverInDoubt && !takesTop) differsFrom(1);
      },
    },
  },

  /** The smallest hole that is large enough; of several the first in the list (Wilson et al. 1995, section 3.5). */
  best: {
    better: (hole, best) => hole.size < best.size,
    superlative: "smallest",
    indexBySize: {
      find: (list, size) => list.smallest(size),
      examined: (_list, _hole, _rover, holes) => holes,
    },
    // Out of a hole of s bytes, with t < n in the top hole: that would win with n to s - 1 bytes, and lose a tie, being last. Out of
    // the top hole, where the best other one has s bytes: that would win once the top hole has s.
    largerArena: {
      choice({ size, hole, top, takesTop, differsFrom, differsBetween, smallestOther }) {
        if (takesTop) differsFrom(smallestOther() - top);
        else if (top < size) differsBetween(size - top, hole.size - top);
      },
    },
  },

  /** The largest hole; of several the first in the list (Wilson et al. 1995, section 3.5). */
  worst: {
    better: (hole, best) => hole.size > best.size,
    superlative: "largest",
    indexBySize: {
      find: (list, size) => list.largest(size),
      examined: (_list, _hole, _rover, holes) => holes,
    },
    // Out of a hole of s bytes: the top hole would win with more than s. Out of the top hole: it is the largest there as well.
    largerArena: {
      choice({ hole, top, takesTop, differsFrom }) {
        if (!takesTop) differsFrom(hole.size - top + 1);
      },
    },
  },
};

/** The name of every fit, in the table's order. */
export function fitNames(): FitName[] {
  return Object.keys(FITS) as FitName[];
}

/** A search by index: its answers are those of a walk along the list. Holes are named by their first unit. */
export interface IndexedSearch<List extends HoleList = HoleList> {
  /**
   * The hole for `size` units; NO_HOLE when there is none.
   * @param rover where a fit that roves goes on; NO_HOLE: at the head of the list
   */
  find(list: List, size: number, rover: number): number;
  /**
   * Records that the walk looks at before it decides for `hole` or, with NO_HOLE, gives up.
   * @param holes the length of the list
   * @param size what was searched for, in units
   */
  examined(list: List, hole: number, rover: number, holes: number, size: number): number;
  /** Whether it may choose none although one is large enough. Default false. */
  readonly declines?: boolean;
}

/**
 * What is known of one fit in an address-ordered list with immediate coalescing, when the arena is larger by `d` bytes and all that
 * differs is the **top hole** (the one that ends where the arena ends): it has `t + d` bytes instead of `t`; where there is none
 * here, t = 0. See `LargerArena`, which asks at every choice for which `d` it would have been another.
 */
export interface LargerArenaRule {
  /** Whether the top hole is only taken where no other hole is large enough, whatever its size. Default false. */
  readonly topHoleLast?: boolean;
  /** Names, by `differsFrom` and `differsBetween`, every `d` for which another hole would have been chosen. */
  choice(choice: ArenaChoice): void;
}

/** A choice that was made, and how to say in which larger arenas it would have been another. All numbers are bytes. */
export interface ArenaChoice {
  /** The block that was needed: n. */
  readonly size: number;
  /** The hole that was chosen. */
  readonly hole: Extent;
  /** Whether that was the top hole. */
  readonly takesTop: boolean;
  /** The top hole before the choice: t; 0 when there is none. */
  readonly top: number;
  /** Whether the rover may lie elsewhere in the larger arena. */
  readonly roverInDoubt: boolean;
  /** Where the top hole was chosen: the smallest other hole of at least `size`; infinity when there is none. */
  smallestOther(): number;
  /** The choice may be another for every larger arena from `d` on. */
  differsFrom(d: number): void;
  /** The choice would be another from `d` up to, not including, `end`. */
  differsBetween(d: number, end: number): void;
}
