import { Account } from "./account";
import type { Block } from "./block";
import { checkOrder } from "./check-heap";
import type { HeapEvent, HeapListener, MallocEvent, ReallocEvent } from "./event";
import { FITS, type Fit, type IndexedSearch } from "./fits";
import { FreeSpace, type SpaceRules } from "./free-space";
import type { HeapDescription, HeapSnapshot } from "./heap";
import { HeapBase } from "./heap-base";
import { NO_HOLE } from "./index/hole-list";
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
 * - The heap is cut into **units**. Boundary tags (`Arena`) at the ends of blocks say how long they are and which are free, so that
 *   a block's neighbours are one step away in either direction: splitting and merging are a few tags (`FreeSpace`).
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
  /** Address of a payload in the first block. */
  readonly #origin: number;
  readonly #coalescing: Coalescing;
  readonly #order: Order;
  readonly #search: IndexedSearch;
  /** The search asks for holes by size. */
  readonly #bySize: boolean;
  readonly #rules: SpaceRules;
  #space!: FreeSpace;
  /** Units of each block, where they never change; else null. */
  readonly #partitions: readonly number[] | null;
  /** There once somebody has listened. */
  #account: Account | null = null;
  /** Whether the list keeps the counts that `examined` takes: once somebody has listened since the state was taken. */
  #counts = false;

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
    this.#origin = base + header;
    this.#options = checked;
    this.#rounding = new Rounding(checked);
    this.#unit = this.#rounding.unit;
    this.#coalescing = COALESCINGS[coalesce];
    this.#order = make?.order ?? ORDERS[order];
    const named = typeof fit === "string" ? FITS[fit] : null;
    this.#search =
      make?.search ?? (typeof fit === "function" ? this.#asking(fit) : this.#searchOf(FITS[fit]));
    this.#bySize = named?.indexBySize !== undefined;
    this.#partitions = make?.partitions?.map((size) => size / this.#unit) ?? null;
    this.#rules = {
      mergesOnFree: this.#coalescing.onFree,
      roves: named?.roves === true,
      high: checked.place === "high",
      leastRest: Math.ceil(checked.leastRemainder / this.#unit),
      fixed: this.#partitions !== null,
      most: checked.growable ? mostUnits(base, this.#unit) : 0,
    };
    const blocks = this.#partitions ?? (heapSize > 0 ? [heapSize / this.#unit] : []);
    const list = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, size) => sum + size, 0));
    const state = { blocks: blocks.map((size) => -size), list, rover: NO_HOLE };
    withRoom(heapSize, align, () => this.#take(state));
  }

  get top(): number {
    return this.base + this.#space.arena.units * this.#unit;
  }
  get usedBytes(): number {
    return this.#space.used * this.#unit;
  }
  get liveBlocks(): number {
    return this.#space.live;
  }
  get holeCount(): number {
    return this.#space.holes;
  }
  get largestHole(): number {
    return this.#space.list.largestSize() * this.#unit;
  }
  get storageBytes(): number {
    return this.#space.arena.byteLength + this.#space.list.byteLength;
  }

  protected allocate(request: number): number | null {
    const size = this.#rounding.units(request);
    this.#space.account?.search(request);
    const hole = this.#find(size);
    return hole === NO_HOLE ? this.#placeElsewhere(size) : this.#addressOf(this.#space.allocate(hole, size));
  }

  protected release(address: number): boolean {
    const unit = this.#unitOf(address);
    if (unit === NO_HOLE) this.#space.account?.miss(address, this.#whyUnknown(address));
    else this.#space.free(unit);
    return unit !== NO_HOLE;
  }

  /**
   * In place when the block shrinks, when the block behind it is a hole that is large enough, or when it can grow at the top of a
   * growable heap; else by `malloc`, a copy and `free`. After deferred coalescing all of it is tried again.
   */
  protected reallocate(from: number | null, request: number): number | null {
    const size = this.#rounding.units(request);
    const space = this.#space;
    const unit = from === null ? NO_HOLE : this.#unitOf(from);
    const old = unit === NO_HOLE ? 0 : space.arena.sizeAt(unit);
    space.account?.resize(from, request, unit, old);
    if (from === null) return this.#resized("allocated", this.allocate(request));
    if (unit === NO_HOLE || request === 0)
      return this.#resized(this.release(from) ? "freed" : "unknown", null);
    if (size <= old) return this.#resized(space.shrink(unit, size) ? "shrunk" : "kept", from);
    let grown = space.stretch(unit, size);
    if (grown !== NO_HOLE) return this.#resized("grown", from, grown);
    space.account?.search(request);
    let hole = this.#find(size);
    if (hole === NO_HOLE && this.#coalesceAfterFailure()) {
      grown = space.stretch(unit, size);
      if (grown !== NO_HOLE) return this.#resized("grown", from, grown);
      hole = this.#find(size);
    }
    const to = this.#place(hole, size);
    if (to === null) return this.#resized("denied", null);
    space.free(unit);
    return this.#resized("moved", to);
  }

  /** Ends the account of a realloc; what it answers. */
  #resized(how: ReallocEvent["how"], address: number | null, grown = 0): number | null {
    const { account, arena } = this.#space;
    account?.resized(how, address, address === null ? 0 : arena.sizeAt(this.#unitOf(address)), grown);
    return address;
  }

  /**
   * Merges all neighbouring holes now, as deferred coalescing does when a search has failed.
   * @returns how many pairs there were; 0 under immediate coalescing.
   */
  coalesce(): number {
    const merges = this.#space.coalesce();
    this.recordCoalescing();
    return merges;
  }

  override listen(listener: HeapListener): () => void {
    const end = super.listen(listener);
    this.#account ??= new Account(this.base, this.header, this.#rounding);
    if (!this.#counts) this.#space.list.count();
    this.#counts = true;
    this.#space.account = this.#account;
    return () => {
      end();
      if (!this.listening) this.#space.account = null;
    };
  }

  override check(): void {
    super.check();
    this.#space.check();
    checkOrder(this.#order, this.holes());
  }

  /** The first unit of the hole that the policy takes for `size` units; NO_HOLE when there is none. */
  #find(size: number): number {
    const { list, rover, holes, account } = this.#space;
    const hole = this.#search.find(list, size, rover);
    account?.examine(this.#search.examined(list, hole, rover, holes, size));
    return hole;
  }

  /** When a search has failed: whether it is worth another, since holes have merged. */
  #coalesceAfterFailure(): boolean {
    if (!this.#coalescing.onFailure) return false;
    const merges = this.#space.coalesce();
    this.#space.account?.merge(merges);
    return merges > 0;
  }

  /** Allocates a block of `size` units where no hole was found: in one that merges now, or at the top. The payload's address, or null. */
  #placeElsewhere(size: number): number | null {
    return this.#place(this.#coalesceAfterFailure() ? this.#find(size) : NO_HOLE, size);
  }

  /** Allocates a block of `size` units in a hole, or at the top of a growable heap where there is none. The payload's address, or null. */
  #place(hole: number, size: number): number | null {
    const unit = hole === NO_HOLE ? this.#grow(size) : this.#space.allocate(hole, size);
    if (unit !== NO_HOLE) return this.#addressOf(unit);
    this.#space.account?.deny(this.#whyDenied(size));
    return null;
  }

  /** The address of the payload in the block that starts at `unit`. */
  #addressOf(unit: number): number {
    return this.#origin + unit * this.#unit;
  }

  /** As `FreeSpace.allocateAtTop`, unless there was a hole and the policy chose none. */
  #grow(size: number): number {
    const { list } = this.#space;
    if (this.#search.declines && list.first(size) !== NO_HOLE) return NO_HOLE;
    return this.#space.allocateAtTop(size);
  }

  /** The unit where the allocated block with this payload address starts; NO_HOLE when there is none. */
  #unitOf(address: number): number {
    const unit = this.#rounding.wholeUnits(address - this.#origin);
    return unit >= 0 && this.#space.arena.isAllocated(unit) ? unit : NO_HOLE;
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
        const answer = askOwnFit(fit, () => this.#holesInOrder(), size * this.#unit);
        examined = answer.examined;
        return answer.at < 0 ? NO_HOLE : list.inOrder()[answer.at]!;
      },
      examined: () => examined,
    };
  }

  #holesInOrder(): Block[] {
    return this.#space.list.inOrder().map((unit) => this.#hole(unit));
  }

  protected lastEvent(): HeapEvent {
    return this.#account!.event;
  }

  #whyDenied(size: number): MallocEvent["failure"] {
    const { arena, list, used } = this.#space;
    if (arena.units - used < size) return "full";
    return list.largestSize() < size ? "fragmented" : "declined";
  }

  #whyUnknown(address: number): "outside" | "hole" | "inside" {
    if (!(address >= this.base && address < this.top)) return "outside";
    const unit = Math.floor((address - this.base) / this.#unit);
    return this.#space.arena.isFree(unit) ? "hole" : "inside";
  }

  #hole(unit: number): Block {
    const size = this.#space.arena.sizeAt(unit) * this.#unit;
    return { address: this.base + unit * this.#unit, size, free: true };
  }

  protected *eachBlock(): IterableIterator<Block> {
    const { arena } = this.#space;
    // As `blockStarts` does, which called from here would double the time.
    for (let unit = 0; unit < arena.units; unit += arena.sizeAt(unit)) {
      const size = arena.sizeAt(unit) * this.#unit;
      yield { address: this.base + unit * this.#unit, size, free: arena.isHole(unit) };
    }
  }

  protected *eachHole(): IterableIterator<Block> {
    for (const unit of this.#space.list.inOrder()) yield this.#hole(unit);
  }

  protected save(): unknown {
    return {
      blocks: this.#space.arena.blockSizes(),
      list: this.#space.list.inOrder(),
      rover: this.#space.rover,
    } satisfies ListState;
  }

  protected load(snapshot: HeapSnapshot): void {
    takeState(snapshot, LIST_STATE, (state) => this.#take(state));
  }

  #take(state: ListState): void {
    const arena = arenaFor(state, this.#options, this.#unit, this.#order, this.#rules.roves);
    const wrong = this.#partitions?.findIndex((size, i) => Math.abs(state.blocks[i] ?? 0) !== size) ?? -1;
    if (wrong >= 0)
      throw new RangeError(
        `its state.blocks[${wrong}] must be the partition of ${this.#partitions![wrong]! * this.#unit} bytes`,
      );
    const list = this.#order.index(arena, this.#bySize);
    const oldestFirst = this.#order.newest === "front" ? [...state.list].reverse() : state.list;
    for (const hole of oldestFirst) list.put(hole, arena.sizeAt(hole), NO_HOLE, NO_HOLE);
    this.#counts = this.listening;
    if (this.#counts) list.count();
    const account = this.listening ? this.#account : null;
    this.#space = new FreeSpace(arena, list, state, this.#rules);
    this.#space.account = account;
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
