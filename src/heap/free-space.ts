import type { Account } from "./account";
import type { Arena } from "./arena";
import { broken } from "./check-heap";
import { type HoleList, NO_HOLE } from "./index/hole-list";
import type { ListState } from "./list-state";

/** What a `FreeSpace` goes by. */
export interface SpaceRules {
  /** A block that is freed merges with the holes beside it. */
  readonly mergesOnFree: boolean;
  /** The rover follows the searches. */
  readonly roves: boolean;
  /** Blocks are placed at the high end of their holes. */
  readonly high: boolean;
  /** Units of the least remainder that is split off. */
  readonly leastRest: number;
  /** Blocks are what they are for ever: none grows, and no holes merge. */
  readonly fixed: boolean;
  /** Units that the heap may grow to; 0 for one that may not grow. */
  readonly most: number;
}

/**
 * The blocks of a `FreeList` and its list of holes: splitting, merging and growing, in units. Every change is made in the arena
 * first, then in the list. What answers NO_HOLE has changed nothing.
 */
export class FreeSpace {
  /** Allocated units. */
  used = 0;
  /** Allocated blocks. */
  live: number;
  /** Length of the list. */
  holes: number;
  /** Where next fit goes on: a hole; NO_HOLE for the head of the list. */
  rover: number;
  /** Told of what is done; null while nobody listens. */
  account: Account | null = null;
  /** A block was freed since the last `coalesce`. */
  #loose = true;

  /** @param state what the arena and the list have been made of */
  constructor(
    readonly arena: Arena,
    readonly list: HoleList,
    state: ListState,
    private readonly rules: SpaceRules,
  ) {
    this.rover = state.rover;
    this.holes = state.list.length;
    this.live = state.blocks.length - this.holes;
    for (const size of state.blocks) if (size > 0) this.used += size;
  }

  /** Allocates a block of `size` units in a hole, or all of the hole where too little would be left. Its first unit. */
  allocate(hole: number, size: number): number {
    const { high, leastRest, roves } = this.rules;
    const holeSize = this.arena.sizeAt(hole);
    if (roves) this.rover = hole;
    if (holeSize - size < leastRest) size = holeSize;
    const unit = high ? hole + holeSize - size : hole;
    if (size === holeSize) this.#useUp(hole);
    else if (high) this.#cut(hole, unit, hole, unit);
    else this.#cut(hole, hole + size, hole + size, hole + holeSize);
    this.used += size;
    this.live++;
    this.account?.take(unit, size, hole, holeSize);
    return unit;
  }

  /** Allocates a block of `size` units at the top, and grows by what the hole there is short of. Its first unit, or NO_HOLE. */
  allocateAtTop(size: number): number {
    const { arena } = this;
    const top = arena.units;
    const last = top > 0 ? arena.starts.previous(top - 1) : NO_HOLE;
    const hole = last !== NO_HOLE && arena.holes.has(last) ? last : NO_HOLE;
    const unit = hole === NO_HOLE ? top : hole;
    if (!this.#reserve(unit + size)) return NO_HOLE;
    if (hole !== NO_HOLE) this.#useUp(hole);
    if (this.rules.roves) this.rover = NO_HOLE;
    arena.extend(unit + size);
    if (unit !== top) arena.starts.delete(top);
    this.used += size;
    this.live++;
    this.account?.take(unit, size, hole, top - unit);
    return unit;
  }

  /** Frees the allocated block at `unit` and merges it with the holes beside it. */
  free(unit: number): void {
    const { starts, holes } = this.arena;
    const end = starts.next(unit + 1);
    this.used -= end - unit;
    this.live--;
    let hole = unit;
    if (this.rules.mergesOnFree && unit > 0) {
      const before = starts.previous(unit - 1);
      if (holes.has(before)) hole = before;
    }
    this.#release(unit, end, hole);
    this.account?.free(unit, end - unit, hole, this.arena.sizeAt(hole));
  }

  /** Shortens the allocated block at `unit` to `size` units and frees its tail; not at all, when that is too little to be split off. */
  shrink(unit: number, size: number): boolean {
    const { starts } = this.arena;
    const end = starts.next(unit + 1);
    const tail = unit + size;
    if (end - tail < this.rules.leastRest) return false;
    starts.add(tail);
    this.used -= end - tail;
    this.#release(tail, end, tail);
    return true;
  }

  /** Lengthens the allocated block at `unit` to `size` units where it is. By how many units the heap grew; NO_HOLE when there is no room. */
  stretch(unit: number, size: number): number {
    if (this.rules.fixed) return NO_HOLE;
    const { arena } = this;
    const end = arena.starts.next(unit + 1);
    const hole = end < arena.units && arena.holes.has(end) ? end : NO_HOLE;
    const holeSize = hole === NO_HOLE ? 0 : arena.sizeAt(hole);
    let missing = unit + size - end;
    const grown = Math.max(0, missing - holeSize);
    if (grown === 0) {
      if (holeSize - missing < this.rules.leastRest) missing = holeSize;
      if (missing === holeSize) this.#useUp(hole);
      else this.#cut(hole, hole + missing, hole + missing, hole + holeSize);
    } else {
      if (end + holeSize !== arena.units || !this.#reserve(unit + size)) return NO_HOLE;
      if (hole !== NO_HOLE) this.#useUp(hole);
      arena.starts.delete(arena.units);
      arena.extend(unit + size);
    }
    arena.starts.delete(end);
    this.used += missing;
    return grown;
  }

  /** Merges all neighbouring holes; how many pairs there were. */
  coalesce(): number {
    if (!this.#loose || this.rules.fixed) return 0;
    this.#loose = false;
    const { starts, holes, units } = this.arena;
    let merges = 0;
    for (const hole of this.arena.holeStarts()) {
      for (let end = starts.next(hole + 1); end < units && holes.has(end); ) {
        starts.delete(end);
        holes.delete(end);
        const next = starts.next(end + 1);
        if (this.rover === end) this.rover = hole;
        this.list.fuse(hole, end, next - hole);
        end = next;
        merges++;
      }
    }
    this.holes -= merges;
    return merges;
  }

  /** Throws when a rule does not hold. */
  check(): void {
    const { arena, rover, rules } = this;
    this.list.check();
    if (rover !== NO_HOLE && !arena.holes.has(rover)) broken("the rover of next fit is not on a hole");
    if (!rules.mergesOnFree) return;
    for (const unit of arena.holeStarts()) {
      const end = unit + arena.sizeAt(unit);
      if (end < arena.units && arena.holes.has(end)) broken(`the holes at units ${unit} and ${end} touch`);
    }
  }

  /** Makes all of a hole part of a block. A rover on it moves to the next hole. */
  #useUp(hole: number): void {
    const roved = this.rover === hole;
    const after = roved ? this.list.after(hole) : NO_HOLE;
    this.arena.holes.delete(hole);
    this.list.take(hole);
    this.holes--;
    if (roved) this.rover = after;
  }

  /** Cuts a hole in two at `cut`; the part from `rest` to `end` stays a hole. A rover on it moves along. */
  #cut(hole: number, cut: number, rest: number, end: number): void {
    const { starts, holes } = this.arena;
    starts.add(cut);
    if (rest !== hole) {
      holes.delete(hole);
      holes.add(rest);
      if (this.rover === hole) this.rover = rest;
    }
    this.list.split(hole, rest, end - rest);
  }

  /** Makes the units from `unit` to `end`, a block of their own, a hole, or part of `hole`, which ends there. */
  #release(unit: number, end: number, hole: number): void {
    const { starts, holes } = this.arena;
    const left = hole === unit ? NO_HOLE : hole;
    const right = this.rules.mergesOnFree && holes.has(end) ? end : NO_HOLE;
    if (right !== NO_HOLE) {
      starts.delete(right);
      holes.delete(right);
      end = starts.next(right + 1);
      this.holes--;
    }
    if (left === NO_HOLE) {
      holes.add(unit);
      this.holes++;
    } else starts.delete(unit);
    this.list.put(hole, end - hole, left, right);
    if (this.rover !== NO_HOLE && (this.rover === left || this.rover === right)) this.rover = hole;
    this.#loose = true;
  }

  /** Makes room for a top at `units`, before anything changes: the machine may have none. False when the heap may not go so far. */
  #reserve(units: number): boolean {
    if (units > this.rules.most) return false;
    if (units > this.arena.room) {
      const room = this.arena.roomFor(units);
      this.list.reserve(room);
      this.arena.enlarge(room);
    }
    return true;
  }
}
