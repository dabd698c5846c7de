/** No hole. */
export const NO_HOLE = -1;

/**
 * A free list in some order. Holes are named by their first unit and measured in units. Whoever changes the arena tells the
 * list, after the arena has changed; whoever searches asks it. Each answer is that of a walk along the list.
 */
export interface HoleList {
  /** A new hole has appeared; `left` and `right` (or NO_HOLE) are the holes that it took in. */
  put(hole: number, size: number, left: number, right: number): void;
  /** A hole has been used up. */
  take(hole: number): void;
  /** What is left of a hole starts at `rest` now. */
  split(hole: number, rest: number, restSize: number): void;
  /** Deferred coalescing has joined two holes into the first of them, which now has `size` units. */
  fuse(low: number, high: number, size: number): void;

  /** The first hole in list order of at least `size`, from hole `from` on or, with NO_HOLE, from the head; NO_HOLE when there is none. */
  first(size: number, from?: number): number;
  /** The hole behind `hole` in the list; NO_HOLE behind the last. */
  after(hole: number): number;
  /** How many holes precede `hole` in the list. Needs `count()`. */
  rank(hole: number): number;
  /** Makes `rank` possible from now on. */
  count(): void;

  /** Units of the largest hole; 0 when there is none. */
  largestSize(): number;
  /** All holes in list order. */
  inOrder(): number[];
  /** Makes room for a heap of `units`. */
  reserve(units: number): void;
  /** Throws when an index contradicts the holes. */
  check(): void;
  /** Bytes of storage. */
  readonly byteLength: number;
}

/** A free list that also finds holes by size. */
export interface SizedHoleList extends HoleList {
  /** Of the smallest holes of at least `size`, the first in list order; NO_HOLE when there is none. */
  smallest(size: number): number;
  /** Of the largest holes, the first in list order; NO_HOLE when there is none or they are smaller than `size`. */
  largest(size: number): number;
}
