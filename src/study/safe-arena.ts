import { checkNumber, oneOf } from "../base/wrong-argument";
import { NONE } from "../exhaust/model";
import { SmallHeap } from "../exhaust/small-heap";
import { StateSpace } from "../exhaust/state-space";
import { type FitName, fitNames } from "../heap/fits";
import type { Trace } from "../trace/trace";
import { movesOf, programOf } from "./program-of";

/** @see safeArena */
export interface SafeArenaOptions {
  /** The fit; its list is in address order, and holes merge at once. */
  readonly fit: FitName;
  /** The most words that are live at any time: n. From 1 to 10. */
  readonly live: number;
  /** The largest request in words: m. From 1 to `live`. */
  readonly largest: number;
}

/** The smallest arena in which a fit never denies a request, whatever the program. */
export class SafeArena {
  constructor(
    readonly fit: FitName,
    /** The most words that a program has live: n. */
    readonly live: number,
    /** The largest request in words: m. */
    readonly largest: number,
    /** Words of the arena: N. */
    readonly words: number,
    /** A shortest program whose last request is denied in N − 1 words, as `programOf` takes it. */
    readonly moves: readonly number[],
  ) {}

  /** The program, to be replayed in `words − 1` words. */
  get program(): Trace {
    const { fit, live, largest, words } = this;
    return programOf(this.moves, {
      name: `denied by ${fit} fit in ${words - 1} words`,
      source: `exhaustive: ${live} words live, requests up to ${largest}`,
    });
  }
}

/**
 * Robson's N(fit; n, m), exactly: the smallest arena in which no program is ever denied a request that never has more than `live` words
 * in use and asks for at most `largest` words at a time. Every state that a heap can get into is visited, in one arena after the other,
 * until no request is denied in any, or until the arena is enough for any allocator. States are some ten times as many for each further word in use, and more for next fit.
 * `SAFE_ARENAS` has what it answers for small numbers.
 * @throws RangeError or TypeError for an option that is not allowed
 */
export function safeArena({ fit, live, largest }: SafeArenaOptions): SafeArena {
  oneOf("options.fit", fit, fitNames());
  checkNumber("options.live", live, 1, "states are too many beyond 10", 10);
  checkNumber("options.largest", largest, 1, "a request is for a word or more", live);
  const enough = enoughForAny({ live, largest });
  let moves: number[] = [];
  for (let words = live - 1; words < enough; words++) {
    const denied = denialIn(words, { fit, live, largest });
    if (denied === null) return new SafeArena(fit, live, largest, words, moves);
    moves = denied;
  }
  return new SafeArena(fit, live, largest, enough, moves);
}

/** A shortest program that is denied a request in an arena of these units; null when there is none. */
export function denialIn(units: number, { fit, live, largest }: SafeArenaOptions): number[] | null {
  // In no words at all, the first request is denied.
  if (units === 0) return [1];
  const rules = {
    units,
    fit,
    order: "address",
    merging: "immediate",
    realloc: false,
    live,
    largest,
  } as const;
  const model = new SmallHeap(rules);
  const space = StateSpace.of(model, { ends: ({ did }) => did.answer === NONE })!;
  const { state, call } = space.ended;
  return state === NONE ? null : movesOf(model, [...space.pathTo(state), call]);
}

/**
 * Words in which no allocator whatever is denied that merges holes: the largest of (n − s + 1) · s for sizes s from 1 to m. Where a
 * request for s is denied, at most n − s words are live, with at most one hole more than blocks, and each hole is s − 1 at most: so
 * memory has (n − s) + (n − s + 1)(s − 1) words at most, one less than that.
 */
export function enoughForAny({ live, largest }: Omit<SafeArenaOptions, "fit">): number {
  let words = 0;
  for (let size = 1; size <= largest; size++) words = Math.max(words, (live - size + 1) * size);
  return words;
}
