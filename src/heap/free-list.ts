import { Account, type Freed, type Placed, type Resized } from "./account";
import type { Arena } from "./arena";
import type { Block } from "./block";
import { broken, checkOrder } from "./check-heap";
import type { HeapEvent, HeapListener, MallocEvent } from "./event";
import { FITS, type Fit, type IndexedSearch } from "./fits";
import type { HeapDescription, HeapSnapshot } from "./heap";
import { HeapBase } from "./heap-base";
import { type HoleList, NO_HOLE } from "./index/hole-list";
import { arenaFor, LIST_STATE, type ListState, mostUnits } from "./list-state";
import { type CheckedOptions, type CustomFit, checkedOptions, type FreeListOptions } from "./options";
import { COALESCINGS, type Coalescing, ORDERS, type Order } from "./orders";
import { askOwnFit } from "./own-fit";
import { Rounding, withRoom } from "./rounding";
import { takeState } from "./snapshot";
import { linearSearch } from "./textbook-heap";

/**
 * A heap with a free list: `malloc` searches the list for a hole and splits it, `free` returns the block to the list and
 * merges it with its neighbours. By default first fit in address order with immediate coalescing; see `FreeListOptions`
 * for the other policies (Knuth, TAOCP 1, section 2.5; Wilson, Johnstone, Neely and Boles 1995). Addresses are simulated:
 * nothing is stored at them.
 *
 * `TextbookHeap` is the same heap, written to be read. This one gives the same answers, the count of examined records
 * included, in O(log n), because it does not walk:
 *
 * - The heap is cut into **units**. Two sets of bits, `starts` and `holes` (`Arena`), say where blocks begin and which of them
 *   are free. A block ends at the next start, so that its neighbours are one step away in either direction: splitting sets a
 *   bit, merging deletes one.
 * - The free list is an **index** that answers what a walk would find (`HoleList`, one for each order): a tree of maxima over
 *   the list, whose leftmost entry of at least the size is the first fit; a set of sizes, whose next member is the best fit and
 *   whose last is the worst.
 * - The records that a walk **examines** before it decides are those in front of the hole: a tree of counts knows how many. It is
 *   kept only once somebody listens.
 *
 * In an order by size, next fit also visits the holes of its rover's size that stand before the rover.
 *
 * The **rover** of next fit starts at the head of the list. After an allocation it stands on what is left of the hole, or, when
 * the hole is used up, on the next one in the list; past the last, and when the heap has grown for a new block, at the head.
 * When its hole merges it stays with the memory it points at.
 */
export class FreeList extends HeapBase {
  readonly base: number;
  readonly header: number;
  readonly #options: CheckedOptions;
  readonly #rounding: Rounding;
  /** Bytes of a unit. */
  readonly #unit: number;
  readonly #coalescing: Coalescing;
  readonly #order: Order;
  readonly #search: IndexedSearch;
  /** The search asks for holes by size. */
  readonly #bySize: boolean;
  /** The search starts at the rover. */
  readonly #roves: boolean;
  /** Blocks are placed at the high end of their holes. */
  readonly #high: boolean;
  /** Units of the least remainder that is split off. */
  readonly #leastRest: number;
  #arena!: Arena;
  #list!: HoleList;
  /** A hole; NO_HOLE for the head of the list. */
  #rover = NO_HOLE;
  /** Allocated units. */
  #used = 0;
  #live = 0;
  #holes = 0;
  /** A block was freed since the last `coalesce`. */
  #loose = true;
  /** Units of each block, where they never change; else null. */
  readonly #partitions: readonly number[] | null;
  /** The list keeps the counts that `examined` takes. */
  #counting = false;
  readonly #account: Account;
  // Its parts, at hand.
  readonly #placed: Placed;
  readonly #freed: Freed;
  readonly #resized: Resized;

  /**
   * @param heapSize bytes of the heap: a positive multiple of the page size (0 is allowed when the heap is growable)
   * @param pageSize bytes of a page: the unit of the picture, and what sizes are rounded up to unless `align` says otherwise
   * @param options the policies
   * @throws RangeError or TypeError for a parameter that is not allowed, and RangeError for a heap too large for this machine
   */
  constructor(heapSize: number, pageSize: number, options?: FreeListOptions);
  /** @internal With a free list of another make. */
  constructor(heapSize: number, pageSize: number, options: FreeListOptions, make: OtherList);
  constructor(heapSize: number, pageSize: number, options?: FreeListOptions, make?: OtherList) {
    const checked = checkedOptions(heapSize, pageSize, options);
    super({
      kind: make?.kind ?? "free-list",
      heapSize,
      pageSize,
      options: make?.given ?? checked.given,
    });
    const { fit, order, coalesce, align, base, header } = checked;
    this.base = base;
    this.header = header;
    this.#options = checked;
    this.#rounding = new Rounding(checked);
    this.#unit = this.#rounding.unit;
    this.#account = new Account(base, header, this.#rounding);
    this.#placed = this.#account.placed;
    this.#freed = this.#account.freed;
    this.#resized = this.#account.resized;
    this.#coalescing = COALESCINGS[coalesce];
    this.#order = make?.order ?? ORDERS[order];
    const named = typeof fit === "string" ? FITS[fit] : null;
    this.#search =
      make?.search ?? (typeof fit === "function" ? this.#asking(fit) : this.#searchOf(FITS[fit]));
    this.#bySize = named?.indexBySize !== undefined;
    this.#roves = named?.roves === true;
    this.#high = checked.place === "high";
    this.#leastRest = Math.ceil(checked.leastRemainder / this.#unit);
    this.#partitions = make?.partitions?.map((size) => size / this.#unit) ?? null;
    const blocks = this.#partitions ?? (heapSize > 0 ? [heapSize / this.#unit] : []);
    const list = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, size) => sum + size, 0));
    const state = { blocks: blocks.map((size) => -size), list, rover: NO_HOLE };
    withRoom(heapSize, align, () => this.#take(state));
  }

  get top(): number {
    return this.base + this.#arena.units * this.#unit;
  }
  get usedBytes(): number {
    return this.#used * this.#unit;
  }
  get liveBlocks(): number {
    return this.#live;
  }
  get holeCount(): number {
    return this.#holes;
  }
  get largestHole(): number {
    return this.#list.largestSize() * this.#unit;
  }
  get storageBytes(): number {
    return this.#arena.byteLength + this.#list.byteLength;
  }

  protected allocate(request: number): number | null {
    const size = this.#rounding.units(request);
    this.#account.last = "malloc";
    let hole = this.#find(request, size);
    if (hole === NO_HOLE && this.#coalesceAfterFailure()) hole = this.#findAgain(size);
    return this.#place(hole, size);
  }

  protected release(address: number): boolean {
    this.#account.last = "free";
    this.#freed.address = address;
    const unit = this.#unitOf(address);
    this.#freed.unit = unit;
    if (unit === NO_HOLE) return false;
    this.#free(unit);
    return true;
  }

  /**
   * In place when the block shrinks, when the block behind it is a hole that is large enough, or when it can grow at the top of a
   * growable heap; else by `malloc`, a copy and `free`. After deferred coalescing all of it is tried again.
   */
  protected reallocate(from: number | null, request: number): number | null {
    const size = this.#rounding.units(request);
    const did = this.#resized.begin(from, request);
    if (from === null) {
      const address = this.allocate(request);
      this.#account.last = "realloc";
      return did.end("allocated", address);
    }
    const unit = this.#unitOf(from);
    this.#account.last = "realloc";
    if (unit === NO_HOLE || request === 0) {
      this.#freed.address = from;
      this.#freed.unit = unit;
      did.unit = unit;
      if (unit === NO_HOLE) return did.end("unknown", null);
      did.size = this.#free(unit);
      return did.end("freed", null);
    }
    const old = this.#arena.sizeAt(unit);
    did.unit = unit;
    did.size = old;
    if (size <= old) {
      if (old - size < this.#leastRest) {
        did.unsplit = old - size;
        return did.end("kept", from);
      }
      this.#shrink(unit, size);
      return did.end("shrunk", from);
    }
    if (this.#stretch(unit, size)) return did.end("grown", from);
    let hole = this.#find(request, size);
    if (hole === NO_HOLE && this.#coalesceAfterFailure()) {
      if (this.#stretch(unit, size)) {
        did.searched = true;
        return did.end("grown", from);
      }
      hole = this.#findAgain(size);
    }
    const to = this.#place(hole, size);
    if (to === null) return did.end("denied", null);
    this.#freed.address = from;
    this.#freed.unit = unit;
    this.#free(unit);
    return did.end("moved", to);
  }

  /**
   * Merges all neighbouring holes now, as deferred coalescing does when a search has failed.
   * @returns how many pairs there were; 0 under immediate coalescing.
   */
  coalesce(): number {
    const merges = this.#coalesce();
    this.recordCoalescing();
    return merges;
  }

  override listen(listener: HeapListener): () => void {
    const end = super.listen(listener);
    if (!this.#counting) this.#list.count();
    this.#counting = true;
    return end;
  }

  override check(): void {
    super.check();
    this.#list.check();
    const arena = this.#arena;
    if (this.#rover !== NO_HOLE && !arena.holes.has(this.#rover))
      broken("the rover of next fit is not on a hole");
    if (this.#coalescing.onFree) {
      for (const unit of arena.holeStarts()) {
        const end = unit + arena.sizeAt(unit);
        if (end < arena.units && arena.holes.has(end))
          broken(`the holes at ${this.base + unit * this.#unit} and behind it touch`);
      }
    }
    checkOrder(this.#order, this.holes());
  }

  /** The first unit of a hole for `size` units; NO_HOLE when there is none. Begins the account of a search. */
  #find(request: number, size: number): number {
    const did = this.#placed;
    did.request = request;
    did.size = size;
    did.unit = did.hole = NO_HOLE;
    did.examined = did.merges = did.grown = did.restSize = did.unsplit = 0;
    did.failure = null;
    return this.#findAgain(size);
  }

  #findAgain(size: number): number {
    const hole = this.#search.find(this.#list, size, this.#rover);
    if (this.listening)
      this.#placed.examined += this.#search.examined(this.#list, hole, this.#rover, this.#holes, size);
    return hole;
  }

  /** When a search has failed: whether it is worth another, since holes have merged. */
  #coalesceAfterFailure(): boolean {
    if (!this.#coalescing.onFailure) return false;
    this.#placed.merges = this.#coalesce();
    return this.#placed.merges > 0;
  }

  /** Allocates a block of `size` units in a hole, or at the top of a growable heap where there is none. The payload's address, or null. */
  #place(hole: number, size: number): number | null {
    const did = this.#placed;
    let unit = hole;
    if (hole === NO_HOLE) {
      unit = this.#options.growable ? this.#grow(size) : NO_HOLE;
      if (unit === NO_HOLE) {
        if (this.listening) did.failure = this.#whyDenied(size);
        return null;
      }
    } else {
      const holeSize = this.#arena.sizeAt(hole);
      const rest = holeSize - size;
      did.hole = hole;
      did.holeSize = holeSize;
      if (rest < this.#leastRest) {
        did.unsplit = rest;
        size = holeSize;
      } else {
        did.restSize = rest;
        if (this.#high) unit += rest;
        did.rest = this.#high ? hole : hole + size;
      }
      if (this.#roves) this.#rover = hole;
      this.#carve(hole, holeSize, size, this.#high);
    }
    did.unit = unit;
    this.#used += size;
    this.#live++;
    return this.base + this.header + unit * this.#unit;
  }

  /** Makes `size` units at one end of a hole an allocated block. A rover on it moves to the rest, or to the next hole. */
  #carve(hole: number, holeSize: number, size: number, high = false): void {
    const { starts, holes } = this.#arena;
    if (holeSize === size) {
      const after = this.#rover === hole ? this.#list.after(hole) : NO_HOLE;
      holes.delete(hole);
      this.#list.take(hole);
      this.#holes--;
      if (this.#rover === hole) this.#rover = after;
    } else if (high) {
      starts.add(hole + holeSize - size);
      this.#list.split(hole, hole, holeSize - size);
    } else {
      const rest = hole + size;
      holes.delete(hole);
      holes.add(rest);
      starts.add(rest);
      this.#list.split(hole, rest, holeSize - size);
      if (this.#rover === hole) this.#rover = rest;
    }
  }

  /** Makes room for a block of `size` units at the top, by what the hole there is short of. Its first unit, or NO_HOLE. */
  #grow(size: number): number {
    const arena = this.#arena;
    const did = this.#placed;
    if (this.#search.declines && this.#list.first(size) !== NO_HOLE) return NO_HOLE;
    const last = arena.units > 0 ? arena.starts.previous(arena.units - 1) : NO_HOLE;
    const topHole = last !== NO_HOLE && arena.holes.has(last) ? last : NO_HOLE;
    const start = arena.units;
    const unit = topHole === NO_HOLE ? start : topHole;
    if (!this.#reserve(unit + size)) return NO_HOLE;
    did.hole = topHole;
    did.holeSize = start - unit;
    did.grown = unit + size - start;
    if (topHole !== NO_HOLE) this.#carve(topHole, start - unit, start - unit);
    if (this.#roves) this.#rover = NO_HOLE;
    arena.extend(unit + size);
    if (unit !== start) arena.starts.delete(start);
    return unit;
  }

  /** Makes room for a top at `units`, before anything changes: the machine may have none. False when no heap goes so far. */
  #reserve(units: number): boolean {
    if (units > mostUnits(this.base, this.#unit)) return false;
    if (units > this.#arena.room) {
      const room = this.#arena.roomFor(units);
      this.#list.reserve(room);
      this.#arena.enlarge(room);
    }
    return true;
  }

  /** Frees the allocated block at `unit` and merges it with the holes beside it. Returns its units. */
  #free(unit: number): number {
    const { starts, holes } = this.#arena;
    const end = starts.next(unit + 1);
    const size = end - unit;
    this.#used -= size;
    this.#live--;
    let left = NO_HOLE;
    if (this.#coalescing.onFree && unit > 0) {
      const before = starts.previous(unit - 1);
      if (holes.has(before)) left = before;
    }
    this.#freed.size = size;
    this.#release(unit, end, left);
    return size;
  }

  /** Makes the units from `unit` to `end`, a block of their own, a hole, or part of the hole `left`. */
  #release(unit: number, end: number, left: number): void {
    const { starts, holes } = this.#arena;
    const did = this.#freed;
    const right = this.#coalescing.onFree && holes.has(end) ? end : NO_HOLE;
    const hole = left === NO_HOLE ? unit : left;
    if (right !== NO_HOLE) {
      starts.delete(right);
      holes.delete(right);
      end = starts.next(right + 1);
      this.#holes--;
    }
    if (left === NO_HOLE) {
      holes.add(unit);
      this.#holes++;
    } else starts.delete(unit);
    did.left = left;
    did.right = right;
    did.hole = hole;
    did.end = end;
    this.#list.put(hole, end - hole, left, right);
    if (this.#rover !== NO_HOLE && (this.#rover === left || this.#rover === right)) this.#rover = hole;
    this.#loose = true;
  }

  /** Shortens the allocated block at `unit` to `size` units; the tail becomes free. */
  #shrink(unit: number, size: number): void {
    const end = this.#arena.starts.next(unit + 1);
    const tail = unit + size;
    this.#arena.starts.add(tail);
    this.#used -= end - tail;
    this.#release(tail, end, NO_HOLE);
  }

  /** Lengthens the allocated block at `unit` to `size` units where it is; false, and nothing changed, when there is no room. */
  #stretch(unit: number, size: number): boolean {
    if (this.#partitions !== null) return false;
    const arena = this.#arena;
    const end = arena.starts.next(unit + 1);
    let missing = unit + size - end;
    const hole = end < arena.units && arena.holes.has(end) ? end : NO_HOLE;
    const holeSize = hole === NO_HOLE ? 0 : arena.sizeAt(hole);
    if (holeSize >= missing) {
      const rest = holeSize - missing;
      if (rest < this.#leastRest) {
        this.#resized.unsplit = rest;
        missing = holeSize;
      }
      this.#carve(hole, holeSize, missing);
      arena.starts.delete(end);
    } else if (this.#options.growable && end + holeSize === arena.units && this.#reserve(unit + size)) {
      this.#resized.grown = missing - holeSize;
      if (hole !== NO_HOLE) this.#carve(hole, holeSize, holeSize);
      arena.starts.delete(arena.units);
      arena.extend(unit + size);
      arena.starts.delete(end);
    } else return false;
    this.#used += missing;
    return true;
  }

  /** Merges all neighbouring holes; how many pairs there were. */
  #coalesce(): number {
    if (!this.#loose || this.#partitions !== null) return 0;
    this.#loose = false;
    const { starts, holes, units } = this.#arena;
    let merges = 0;
    for (const hole of this.#arena.holeStarts()) {
      for (let end = starts.next(hole + 1); end < units && holes.has(end); ) {
        starts.delete(end);
        holes.delete(end);
        const next = starts.next(end + 1);
        if (this.#rover === end) this.#rover = hole;
        this.#list.fuse(hole, end, next - hole);
        end = next;
        merges++;
      }
    }
    this.#holes -= merges;
    return merges;
  }

  /** The unit where the allocated block with this payload address starts; NO_HOLE when there is none. */
  #unitOf(address: number): number {
    if (!Number.isInteger(address)) return NO_HOLE;
    const unit = this.#rounding.exactUnits(address - this.base - this.header);
    const whole = unit | 0;
    return whole === unit && whole >= 0 && this.#arena.isAllocated(whole) ? whole : NO_HOLE;
  }

  /** The search of a fit: by its index, or, where it has none, along the list. */
  #searchOf(fit: Fit): IndexedSearch {
    const search = fit.index ?? (fit.indexBySize as IndexedSearch | undefined);
    if (search) return search;
    let examined = 0;
    return {
      find: (list, size, rover) => {
        const units = list.inOrder();
        const holes = units.map((unit) => this.#hole(unit));
        const start = rover === NO_HOLE ? 0 : units.indexOf(rover);
        const search = linearSearch(holes, size * this.#unit, fit, start);
        examined = search.examined;
        return search.hole === null ? NO_HOLE : units[holes.indexOf(search.hole)]!;
      },
      examined: () => examined,
    };
  }

  /** The search that a fit of one's own makes. */
  #asking(fit: CustomFit): IndexedSearch {
    let examined = 0;
    return {
      declines: true,
      find: (list, size) => {
        const answer = askOwnFit(fit, () => [...this.holes()], size * this.#unit);
        examined = answer.examined;
        return answer.at < 0 ? NO_HOLE : list.inOrder()[answer.at]!;
      },
      examined: () => examined,
    };
  }

  protected lastEvent(): HeapEvent {
    return this.#account.event((address) => this.#whyUnknown(address));
  }

  #whyDenied(size: number): MallocEvent["failure"] {
    if (this.#arena.units - this.#used < size) return "full";
    return this.#list.largestSize() < size ? "fragmented" : "declined";
  }

  #whyUnknown(address: number): "outside" | "hole" | "inside" {
    if (!(address >= this.base && address < this.top)) return "outside";
    const { starts, holes } = this.#arena;
    const start = starts.previous(Math.floor((address - this.base) / this.#unit));
    return holes.has(start) ? "hole" : "inside";
  }

  #hole(unit: number): Block {
    const size = this.#arena.sizeAt(unit) * this.#unit;
    return { address: this.base + unit * this.#unit, size, free: true };
  }

  protected *eachBlock(): IterableIterator<Block> {
    const { starts, holes, units } = this.#arena;
    for (let unit = 0, end = 0; unit < units; unit = end) {
      end = starts.next(unit + 1);
      const size = (end - unit) * this.#unit;
      yield { address: this.base + unit * this.#unit, size, free: holes.has(unit) };
    }
  }

  protected *eachHole(): IterableIterator<Block> {
    for (const unit of this.#list.inOrder()) yield this.#hole(unit);
  }

  protected save(): unknown {
    return {
      blocks: this.#arena.blockSizes(),
      list: this.#list.inOrder(),
      rover: this.#rover,
    } satisfies ListState;
  }

  protected load(snapshot: HeapSnapshot): void {
    takeState(snapshot, LIST_STATE, (state) => this.#take(state));
  }

  #take(state: ListState): void {
    const arena = arenaFor(state, this.#options, this.#unit, this.#order, this.#roves);
    const wrong = this.#partitions?.findIndex((size, i) => Math.abs(state.blocks[i] ?? 0) !== size) ?? -1;
    if (wrong >= 0)
      throw new RangeError(
        `its state.blocks[${wrong}] must be the partition of ${this.#partitions![wrong]! * this.#unit} bytes`,
      );
    const list = this.#order.index(arena, this.#bySize);
    const oldestFirst = this.#order.newest === "front" ? [...state.list].reverse() : state.list;
    for (const hole of oldestFirst) list.put(hole, arena.sizeAt(hole), NO_HOLE, NO_HOLE);
    if (this.#counting) list.count();
    this.#arena = arena;
    this.#list = list;
    this.#rover = state.rover;
    this.#used = this.#live = 0;
    this.#holes = state.list.length;
    for (const size of state.blocks) {
      if (size < 0) continue;
      this.#used += size;
      this.#live++;
    }
    this.#loose = true;
  }
}

/** A free list of another make, for a kind of heap that differs from `FreeList` in nothing else. */
export interface OtherList {
  readonly kind: string;
  /** The options for its description. */
  readonly given: HeapDescription["options"];
  /** Default: those of the options. */
  readonly order?: Order;
  readonly search?: IndexedSearch;
  /** Bytes of each of the blocks that the heap is cut into for ever, in address order. Default: it is one hole, cut as need be. */
  readonly partitions?: readonly number[];
}
