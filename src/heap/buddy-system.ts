import type * as v from "valibot";
import { ownOptions } from "../base/wrong-argument";
import { Arena } from "./arena";
import type { Block, Extent } from "./block";
import { checkState } from "./check-heap";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "./event";
import type { HeapSnapshot } from "./heap";
import { HeapBase } from "./heap-base";
import { NO_HOLE } from "./index/hole-list";
import { SizeList } from "./index/record-list";
import { mostUnits, wholeUnits } from "./list-state";
import { checkedOptions, type FreeListOptions } from "./options";
import { reallocElsewhere } from "./realloc-elsewhere";
import { checkRequest, withRoom } from "./rounding";
import { takeState } from "./snapshot";

/** The parameters of a `BuddySystem`; as those of a `FreeList`. */
export type BuddySystemOptions = Pick<FreeListOptions, "align" | "header" | "base" | "growable">;

/** The names of its options. */
export const BUDDY_OPTIONS = ["align", "header", "base", "growable"];

/**
 * The binary buddy system (Knowlton 1965; Knuth, TAOCP 1, section 2.5, algorithms R and S): every block has 2^k times the
 * smallest size and lies at a multiple of its size. A request takes the smallest hole that is large enough, of several the
 * one with the lowest address, and halves it until it fits; a freed block merges with its buddy, the other half of the
 * block that it was cut from, again and again as long as that is free.
 *
 * In its events, `remainder`, `left` and `right` may stand for several holes side by side, and `examined` counts the lists
 * of sizes that were looked at. `realloc` shrinks in place and moves a block to grow it. A growable heap doubles.
 */
export class BuddySystem extends HeapBase {
  readonly base: number;
  readonly header: number;
  readonly #heapSize: number;
  /** Bytes of the smallest block. */
  readonly #unit: number;
  readonly #growable: boolean;
  /** Blocks of 2^k units at multiples of their size. */
  #arena!: Arena;
  #list!: SizeList;
  /** Allocated units. */
  #used = 0;
  #live = 0;
  #holes = 0;
  /** What the last operation was and did. */
  #last!: HeapEvent["kind"];
  readonly #placed = { request: 0, size: 0, unit: NO_HOLE, rest: 0, found: NO_HOLE, foundSize: 0, units: 0 };
  readonly #freed = { address: 0, unit: NO_HOLE, size: 0, hole: NO_HOLE };
  #resized: ReallocEvent | null = null;

  /**
   * @param heapSize bytes of the heap: a power of two times `options.align`
   * @param pageSize bytes of a page: the unit of the picture, and the smallest block unless `align` says otherwise
   * @throws RangeError or TypeError for a parameter that is not allowed
   */
  constructor(heapSize: number, pageSize: number, options: BuddySystemOptions = {}) {
    const own = ownOptions(options, BUDDY_OPTIONS);
    const { align: unit, header, base, growable } = checkedOptions(heapSize, pageSize, own);
    const units = heapSize / unit;
    const near = unit * 2 ** Math.min(30, Math.max(0, Math.round(Math.log2(units))));
    if (heapSize !== near) {
      throw new RangeError(
        `The heap of a buddy system must be a power of two, up to 2^30, times its smallest block of ${unit} bytes, and ${heapSize} is not; ${near} is.`,
      );
    }
    super({ kind: "buddy", heapSize, pageSize, options: { ...own } });
    this.base = base;
    this.header = header;
    this.#heapSize = heapSize;
    this.#unit = unit;
    this.#growable = growable;
    withRoom(heapSize, unit, () => this.#take([-units]));
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
    const size = this.#sizeFor(request);
    const did = this.#placed;
    this.#last = "malloc";
    did.request = request;
    did.size = size;
    did.units = this.#arena.units;
    did.found = this.#list.smallest(size);
    did.foundSize = did.found === NO_HOLE ? 0 : this.#arena.sizeAt(did.found);
    const hole = did.found === NO_HOLE ? this.#grow(size) : did.found;
    did.unit = hole;
    if (hole === NO_HOLE) return null;
    did.rest = this.#arena.sizeAt(hole) - size;
    this.#cut(hole, size);
    return this.#payload(hole);
  }

  protected release(address: number): boolean {
    const unit = this.#unitOf(address);
    const did = this.#freed;
    this.#last = "free";
    did.address = address;
    did.unit = unit;
    if (unit === NO_HOLE) return false;
    did.size = this.#arena.sizeAt(unit);
    did.hole = this.#free(unit);
    return true;
  }

  protected reallocate(from: number | null, request: number): number | null {
    const size = this.#sizeFor(request);
    const unit = from === null ? NO_HOLE : this.#unitOf(from);
    const block = unit === NO_HOLE ? null : this.#extent(unit, this.#arena.sizeAt(unit));
    const bytes = size * this.#unit;
    if (block !== null && request > 0 && bytes < block.size) {
      this.#halve(unit, size);
      const rounding = bytes - request - this.header;
      const sizes = { header: this.header, rounding, unsplit: 0, size: bytes };
      const rest = { address: from, how: "shrunk" as const, block, grown: 0, malloc: null, free: null };
      this.#resized = { kind: "realloc", from, request, ...sizes, ...rest };
    } else {
      this.#resized = reallocElsewhere(from, request, bytes, this.header, block, {
        malloc: () => {
          this.allocate(request);
          return this.#mallocEvent();
        },
        free: (address) => {
          this.release(address);
          return this.#freeEvent();
        },
      });
    }
    this.#last = "realloc";
    return this.#resized.address;
  }

  protected *eachBlock(): IterableIterator<Block> {
    for (const unit of this.#arena.blockStarts()) {
      yield { ...this.#extent(unit, this.#arena.sizeAt(unit)), free: this.#arena.isHole(unit) };
    }
  }

  protected *eachHole(): IterableIterator<Block> {
    for (const unit of this.#list.inOrder())
      yield { ...this.#extent(unit, this.#arena.sizeAt(unit)), free: true };
  }

  override check(): void {
    super.check();
    this.#list.check();
    checkState(() => this.#refuse(this.save()));
  }

  protected save(): readonly number[] {
    return this.#arena.blockSizes();
  }

  protected load(snapshot: HeapSnapshot): void {
    takeState(snapshot, BLOCKS, (state) => this.#take(state));
  }

  #take(blocks: readonly number[]): void {
    this.#refuse(blocks);
    const arena = Arena.of(blocks);
    const list = new SizeList(arena, "ascending");
    this.#used = this.#live = this.#holes = 0;
    for (const unit of arena.blockStarts()) {
      const size = arena.sizeAt(unit);
      if (arena.isHole(unit)) {
        list.put(unit, size, NO_HOLE, NO_HOLE);
        this.#holes++;
      } else {
        this.#live++;
        this.#used += size;
      }
    }
    this.#arena = arena;
    this.#list = list;
  }

  /** Refuses blocks that no such heap can have. @throws RangeError that names the first */
  #refuse(blocks: readonly number[]): void {
    let unit = 0;
    for (const [i, block] of blocks.entries()) {
      const size = Math.abs(block);
      if (!Number.isInteger(Math.log2(size)) || unit % size !== 0) {
        const rule = "must be a power of two units, at a multiple of its size";
        throw new RangeError(`its state[${i}] ${rule}, not ${size} units at ${unit}`);
      }
      if (block < 0 && block === blocks[i - 1] && (unit / size) % 2 === 1)
        throw new RangeError(`its state[${i}] must not be a hole whose buddy is a hole as well: they merge`);
      unit += size;
    }
    const least = this.#heapSize / this.#unit;
    const most = this.#growable ? mostUnits(this.base, this.#unit) : least;
    if (unit < least || unit > most || !Number.isInteger(Math.log2(unit))) {
      const rule = this.#growable ? `a power of two, at least ${least}` : `${least}`;
      throw new RangeError(`its state must have ${rule} units in all, not ${unit}`);
    }
  }

  /** Algorithm R (reservation): allocates a hole and halves it until it has `size` units. */
  #cut(hole: number, size: number): void {
    const whole = this.#arena.sizeAt(hole);
    this.#arena.deleteHole(hole, whole);
    this.#arena.putBlock(hole, whole);
    this.#list.take(hole);
    this.#holes--;
    this.#live++;
    this.#used += whole;
    this.#halve(hole, size);
  }

  /** Cuts an allocated block in halves until it has `size` units; the upper halves become holes. */
  #halve(unit: number, size: number): void {
    const arena = this.#arena;
    for (let half = arena.sizeAt(unit) / 2; half >= size; half /= 2) {
      arena.putBlock(unit, half);
      arena.putHole(unit + half, half);
      this.#list.put(unit + half, half, NO_HOLE, NO_HOLE);
      this.#holes++;
      this.#used -= half;
    }
  }

  /** Algorithm S (liberation): merges with the buddy as long as it is a hole of the same size. Returns the hole. */
  #free(unit: number): number {
    const arena = this.#arena;
    let size = arena.sizeAt(unit);
    arena.deleteBlock(unit);
    this.#used -= size;
    this.#live--;
    let hole = unit;
    for (let buddy = this.#buddyOf(hole, size); buddy !== NO_HOLE; buddy = this.#buddyOf(hole, size)) {
      arena.deleteHole(buddy, size);
      this.#list.take(buddy);
      this.#holes--;
      hole = Math.min(hole, buddy);
      size *= 2;
    }
    arena.putHole(hole, size);
    this.#list.put(hole, size, NO_HOLE, NO_HOLE);
    this.#holes++;
    return hole;
  }

  /** The buddy of a block, when it is a hole of the same size; else NO_HOLE. */
  #buddyOf(unit: number, size: number): number {
    const buddy = (unit / size) % 2 === 0 ? unit + size : unit - size;
    const arena = this.#arena;
    return arena.isHole(buddy) && arena.sizeAt(buddy) === size ? buddy : NO_HOLE;
  }

  /** Doubles a growable heap until it has a hole of `size`, which it returns; NO_HOLE, and nothing changed, when it may not or cannot grow. */
  #grow(size: number): number {
    // A new half is a hole of its own, unless all is free and merges.
    const units = Math.max(2 * this.#arena.units, this.#live === 0 ? size : 2 * size);
    if (!this.#growable || units > mostUnits(this.base, this.#unit)) return NO_HOLE;
    if (units > this.#arena.room) {
      const room = this.#arena.roomFor(units);
      this.#list.reserve(room);
      this.#arena.enlarge(room);
    }
    while (this.#arena.units < units) this.#double();
    return this.#list.smallest(size);
  }

  #double(): void {
    const { units } = this.#arena;
    this.#arena.units = 2 * units;
    this.#arena.putBlock(units, units);
    // The new half is released like a block of its own, so that it merges with the old one where that is all free.
    this.#live++;
    this.#used += units;
    this.#free(units);
  }

  protected lastEvent(): HeapEvent {
    if (this.#last === "malloc") return this.#mallocEvent();
    return this.#last === "free" ? this.#freeEvent() : this.#resized!;
  }

  #mallocEvent(): MallocEvent {
    const { request, size, unit, rest, found, foundSize, units } = this.#placed;
    const bytes = size * this.#unit;
    const denied = unit === NO_HOLE;
    return {
      kind: "malloc",
      request,
      header: this.header,
      rounding: bytes - request - this.header,
      unsplit: 0,
      size: bytes,
      address: denied ? null : this.#payload(unit),
      // A list for each size from the wanted one up is looked at, until one has a hole.
      examined: size > units ? 0 : 1 + Math.log2((foundSize || units) / size),
      hole: foundSize > 0 ? this.#extent(found, foundSize) : null,
      remainder: denied || rest === 0 ? null : this.#extent(unit + size, rest),
      merges: 0,
      grown: (this.#arena.units - units) * this.#unit,
      failure: !denied ? null : this.#arena.units - this.#used < size ? "full" : "fragmented",
    };
  }

  #freeEvent(): FreeEvent {
    const { address, unit, size, hole } = this.#freed;
    if (unit === NO_HOLE) {
      const nothing = { block: null, left: null, right: null, hole: null };
      return { kind: "free", address, ...nothing, failure: this.#whyUnknown(address) };
    }
    const end = hole + this.#arena.sizeAt(hole);
    return {
      kind: "free",
      address,
      block: this.#extent(unit, size),
      left: hole === unit ? null : this.#extent(hole, unit - hole),
      right: end === unit + size ? null : this.#extent(unit + size, end - unit - size),
      hole: this.#extent(hole, end - hole),
      failure: null,
    };
  }

  #whyUnknown(address: number): FreeEvent["failure"] {
    if (!(address >= this.base && address < this.top)) return "outside";
    return this.#arena.isFree(Math.floor((address - this.base) / this.#unit)) ? "hole" : "inside";
  }

  /** Units of the block for a request: the next power of two. */
  #sizeFor(request: number): number {
    checkRequest(request);
    const units = (request + this.header) / this.#unit;
    let size = 1;
    while (size < units) size *= 2;
    return size;
  }

  #unitOf(address: number): number {
    const unit = (address - this.base - this.header) / this.#unit;
    return Number.isInteger(address) && Number.isInteger(unit) && unit >= 0 && this.#arena.isAllocated(unit)
      ? unit
      : NO_HOLE;
  }

  #payload(unit: number): number {
    return this.base + this.header + unit * this.#unit;
  }

  #extent(unit: number, size: number): Extent {
    return { address: this.base + unit * this.#unit, size: size * this.#unit };
  }
}

const BLOCKS: v.GenericSchema<unknown, readonly number[]> = wholeUnits();
