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
    const { arena, rules } = this;
    const holeSize = arena.sizeAt(hole);
    const rest = holeSize - size;
    let unit = hole;
    if (rules.roves) this.rover = hole;
    if (rest < rules.leastRest) {
      size = holeSize;
      this.#useUp(hole, holeSize);
    } else {
      if (rules.high) unit += rest;
      this.#shorten(hole, holeSize, rules.high ? hole : hole + size, rest);
    }
    arena.putBlock(unit, size);
    this.used += size;
    this.live++;
    this.account?.take(unit, size, hole, holeSize);
    return unit;
  }

  /** Allocates a block of `size` units at the top, and grows by what the hole there is short of. Its first unit, or NO_HOLE. */
  allocateAtTop(size: number): number {
    const { arena } = this;
    const top = arena.units;
    const hole = arena.holeBefore(top);
    const unit = hole === NO_HOLE ? top : hole;
    if (!this.#reserve(unit + size)) return NO_HOLE;
    if (hole !== NO_HOLE) this.#useUp(hole, top - hole);
    if (this.rules.roves) this.rover = NO_HOLE;
    arena.units = unit + size;
    arena.putBlock(unit, size);
    this.used += size;
    this.live++;
    this.account?.take(unit, size, hole, top - unit);
    return unit;
  }

  /** Frees the allocated block at `unit` and merges it with the holes beside it. */
  free(unit: number): void {
    const { arena } = this;
    const size = arena.sizeAt(unit);
    arena.deleteBlock(unit);
    this.live--;
    this.used -= size;
    const left = this.rules.mergesOnFree ? arena.holeBefore(unit) : NO_HOLE;
    this.#release(unit, unit + size, left);
    const hole = left === NO_HOLE ? unit : left;
    this.account?.free(unit, size, hole, arena.sizeAt(hole));
  }

  /** Shortens the allocated block at `unit` to `size` units and frees its tail; not at all, when that is too little to be split off. */
  shrink(unit: number, size: number): boolean {
    const { arena } = this;
    const old = arena.sizeAt(unit);
    if (old - size < this.rules.leastRest) return false;
    arena.putBlock(unit, size);
    this.used -= old - size;
    this.#release(unit + size, unit + old, NO_HOLE);
    return true;
  }

  /** Lengthens the allocated block at `unit` to `size` units where it is. By how many units the heap grew; NO_HOLE when there is no room. */
  stretch(unit: number, size: number): number {
    if (this.rules.fixed) return NO_HOLE;
    const { arena } = this;
    const old = arena.sizeAt(unit);
    const end = unit + old;
    const holeSize = arena.isHole(end) ? arena.sizeAt(end) : 0;
    const grown = Math.max(0, size - old - holeSize);
    if (grown > 0) {
      if (end + holeSize !== arena.units || !this.#reserve(unit + size)) return NO_HOLE;
      arena.units = unit + size;
    }
    const rest = old + holeSize - size;
    if (rest >= this.rules.leastRest) this.#shorten(end, holeSize, unit + size, rest);
    else {
      if (holeSize > 0) this.#useUp(end, holeSize);
      if (rest > 0) size += rest;
    }
    arena.putBlock(unit, size);
    this.used += size - old;
    return grown;
  }

  /** Merges all neighbouring holes; how many pairs there were. */
  coalesce(): number {
    if (!this.#loose || this.rules.fixed) return 0;
    this.#loose = false;
    const { arena } = this;
    let merges = 0;
    // In address order, a hole that has no hole before it takes in those behind it, one by one.
    const first = this.list.inOrder().filter((hole) => arena.holeBefore(hole) === NO_HOLE);
    first.sort((a, b) => a - b);
    for (const hole of first) {
      let size = arena.sizeAt(hole);
      for (let end = hole + size; arena.isHole(end); end = hole + size) {
        const more = arena.sizeAt(end);
        arena.deleteHole(hole, size);
        arena.deleteHole(end, more);
        size += more;
        arena.putHole(hole, size);
        if (this.rover === end) this.rover = hole;
        this.list.fuse(hole, end, size);
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
    if (rover !== NO_HOLE && !this.list.inOrder().includes(rover))
      broken("the rover of next fit is not on a hole");
    if (!rules.mergesOnFree) return;
    for (const unit of arena.holeStarts()) {
      const end = unit + arena.sizeAt(unit);
      if (arena.isHole(end)) broken(`the holes at units ${unit} and ${end} touch`);
    }
  }

  /** Makes all of a hole part of a block. A rover on it moves to the next hole. */
  #useUp(hole: number, size: number): void {
    const roved = this.rover === hole;
    const after = roved ? this.list.after(hole) : NO_HOLE;
    this.arena.deleteHole(hole, size);
    this.list.take(hole);
    this.holes--;
    if (roved) this.rover = after;
  }

  /** Leaves of a hole the `restSize` units from `rest` on, at one of its ends. A rover on it moves along. */
  #shorten(hole: number, size: number, rest: number, restSize: number): void {
    this.arena.deleteHole(hole, size);
    this.arena.putHole(rest, restSize);
    if (this.rover === hole) this.rover = rest;
    this.list.split(hole, rest, restSize);
  }

  /** Makes the units from `unit` to `end`, no block's by now, a hole with the hole `left` before them, if any, and the one behind them. */
  #release(unit: number, end: number, left: number): void {
    const { arena } = this;
    let right = NO_HOLE;
    if (this.rules.mergesOnFree && arena.isHole(end)) {
      right = end;
      const size = arena.sizeAt(right);
      arena.deleteHole(right, size);
      this.holes--;
      end += size;
    }
    let hole = unit;
    if (left === NO_HOLE) this.holes++;
    else {
      arena.deleteHole(left, unit - left);
      hole = left;
    }
    arena.putHole(hole, end - hole);
    this.list.put(hole, end - hole, left, right);
    if (right !== NO_HOLE && this.rover === right) this.rover = hole;
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
