import { type Arena, MOST_UNITS } from "./arena";
import type { Fit } from "./fit/fit";
import type { CoalesceName, Policy } from "./options";
import { type HoleList, NO_HOLE } from "./order/hole-list";

/** What an operation did, in units; filled in only for those who ask. */
export class Note {
  examined = 0;
  merges = 0;
  grown = 0;
  hole = NO_HOLE;
  holeSize = 0;
  restSize = 0;
  left = NO_HOLE;
  leftSize = 0;
  right = NO_HOLE;
  rightSize = 0;
}

/**
 * The blocks of a heap and its free list, in units: finding, splitting, growing and merging. Each method decides first and
 * then changes: when it answers NO_HOLE or false, the blocks are as before.
 */
export class FreeSpace {
  /** Allocated units. */
  used = 0;
  /** Allocated blocks. */
  live = 0;
  /** Length of the free list. */
  holes = 0;
  /** Where next fit goes on: a hole, or NO_HOLE for the head of the list. */
  rover = NO_HOLE;
  /** A block was freed since the last `coalesce`. */
  #loose = true;
  readonly #mode: CoalesceName;
  readonly #growable: boolean;
  readonly #roving: boolean;

  /** @param mostUnits a growable heap does not grow beyond */
  constructor(
    readonly arena: Arena,
    readonly list: HoleList,
    private readonly fit: Fit,
    policy: Policy,
    private readonly mostUnits = MOST_UNITS,
  ) {
    this.#mode = policy.coalesce;
    this.#growable = policy.growable;
    this.#roving = policy.fit === "next";
    for (const unit of arena.blockStarts()) {
      if (arena.holes.has(unit)) this.holes++;
      else {
        this.live++;
        this.used += arena.sizeAt(unit);
      }
    }
  }

  /** Allocates a block of `size` units; its first unit, or NO_HOLE. */
  allocate(size: number, note: Note | null): number {
    let hole = this.#search(size, note);
    if (hole === NO_HOLE && this.#mode === "deferred") {
      const merges = this.coalesce();
      if (note !== null) note.merges = merges;
      if (merges > 0) hole = this.#search(size, note);
    }
    if (hole === NO_HOLE) return this.#growable ? this.#allocateAtTop(size, note) : NO_HOLE;
    const holeSize = this.arena.sizeAt(hole);
    if (note !== null) {
      note.hole = hole;
      note.holeSize = holeSize;
      note.restSize = holeSize - size;
    }
    if (this.#roving) this.rover = hole;
    this.#carve(hole, holeSize, size);
    this.used += size;
    this.live++;
    return hole;
  }

  /** Frees the allocated block at `unit`. Returns the hole that it became or joined. */
  release(unit: number, note: Note | null): number {
    const { starts, holes } = this.arena;
    const end = starts.next(unit + 1);
    this.used -= end - unit;
    this.live--;
    const immediate = this.#mode === "immediate";
    let left = NO_HOLE;
    if (immediate && unit > 0) {
      const before = starts.previous(unit - 1);
      if (holes.has(before)) left = before;
    }
    return this.#free(unit, end, left, immediate, note);
  }

  /** Shortens the allocated block at `unit` to `size` units; the tail becomes free. */
  shrink(unit: number, size: number): void {
    const end = this.arena.starts.next(unit + 1);
    const tail = unit + size;
    this.arena.starts.add(tail);
    this.used -= end - tail;
    this.#free(tail, end, NO_HOLE, this.#mode === "immediate", null);
  }

  /** Lengthens the allocated block at `unit` to `size` units where it is; false when there is no room. */
  stretch(unit: number, size: number, note: Note | null): boolean {
    const { arena } = this;
    const end = arena.starts.next(unit + 1);
    const missing = unit + size - end;
    const hole = end < arena.units && arena.holes.has(end) ? end : NO_HOLE;
    const holeSize = hole === NO_HOLE ? 0 : arena.sizeAt(hole);
    if (holeSize >= missing) {
      this.#carve(hole, holeSize, missing);
      arena.starts.delete(end);
    } else if (this.#growable && end + holeSize === arena.units && unit + size <= this.mostUnits) {
      this.#reserve(unit + size);
      if (note !== null) note.grown = missing - holeSize;
      if (hole !== NO_HOLE) this.#carve(hole, holeSize, holeSize);
      arena.starts.delete(arena.units);
      arena.extend(unit + size);
      arena.starts.delete(end);
    } else return false;
    this.used += missing;
    return true;
  }

  /** Merges all neighbouring holes; how many pairs there were. */
  coalesce(): number {
    if (!this.#loose) return 0;
    this.#loose = false;
    const { starts, holes } = this.arena;
    let merges = 0;
    for (const hole of this.arena.holeStarts()) {
      for (let end = starts.next(hole + 1); end < this.arena.units && holes.has(end); ) {
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

  #search(size: number, note: Note | null): number {
    const hole = this.fit.choose(this.list, size, this.rover);
    if (note !== null) note.examined += this.fit.examined(this.list, hole, this.rover, this.holes, size);
    return hole;
  }

  /** Makes the first `size` units of a hole an allocated block. A rover on it moves to the rest, or to the next hole. */
  #carve(hole: number, holeSize: number, size: number): void {
    const { starts, holes } = this.arena;
    if (holeSize === size) {
      const after = this.rover === hole ? this.list.after(hole) : NO_HOLE;
      holes.delete(hole);
      this.list.take(hole);
      this.holes--;
      if (this.rover === hole) this.rover = after;
    } else {
      const rest = hole + size;
      holes.delete(hole);
      holes.add(rest);
      starts.add(rest);
      this.list.split(hole, rest, holeSize - size);
      if (this.rover === hole) this.rover = rest;
    }
  }

  /** Makes the units from `unit` to `end`, a block of their own, a hole. */
  #free(unit: number, end: number, left: number, mergeRight: boolean, note: Note | null): number {
    const { starts, holes } = this.arena;
    const right = mergeRight && holes.has(end) ? end : NO_HOLE;
    const hole = left === NO_HOLE ? unit : left;
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
    if (note !== null) {
      note.left = left;
      note.leftSize = left === NO_HOLE ? 0 : unit - left;
      note.right = right;
      note.rightSize = right === NO_HOLE ? 0 : end - right;
      note.hole = hole;
      note.holeSize = end - hole;
    }
    this.list.put(hole, end - hole, left, right);
    if (this.rover !== NO_HOLE && (this.rover === left || this.rover === right)) this.rover = hole;
    this.#loose = true;
    return hole;
  }

  /** Grows the heap by what a block of `size` units at its top is short of. */
  #allocateAtTop(size: number, note: Note | null): number {
    const { arena } = this;
    if (this.fit.declines && this.list.first(size) !== NO_HOLE) return NO_HOLE;
    const last = arena.units > 0 ? arena.starts.previous(arena.units - 1) : NO_HOLE;
    const topHole = last !== NO_HOLE && arena.holes.has(last) ? last : NO_HOLE;
    const unit = topHole === NO_HOLE ? arena.units : topHole;
    if (unit + size > this.mostUnits) return NO_HOLE;
    this.#reserve(unit + size);
    if (note !== null) {
      note.grown = unit + size - arena.units;
      note.hole = topHole;
      note.holeSize = topHole === NO_HOLE ? 0 : arena.units - unit;
    }
    if (topHole !== NO_HOLE) this.#carve(topHole, arena.units - unit, arena.units - unit);
    if (this.#roving) this.rover = NO_HOLE;
    const start = arena.units;
    arena.extend(unit + size);
    if (unit !== start) arena.starts.delete(start);
    this.used += size;
    this.live++;
    return unit;
  }

  /** Makes room for a top at `units`, before anything changes: the machine may have none. */
  #reserve(units: number): void {
    if (units <= this.arena.room) return;
    const room = this.arena.roomFor(units);
    this.list.reserve(room);
    this.arena.enlarge(room);
  }
}
