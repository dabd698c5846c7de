import { checkNumber } from "../base/wrong-argument";
import { Arena, MOST_UNITS } from "./arena";
import type { Block, Extent } from "./block";
import { broken } from "./check-heap";
import type { FreeEvent, HeapListener, MallocEvent } from "./event";
import { NO_HOLE } from "./order/hole-list";
import { RecordList } from "./order/record-list";
import { reallocElsewhere } from "./realloc-elsewhere";
import type { Store } from "./store";

/** The parameters of a buddy system, checked. */
export interface BuddyParameters {
  /** Bytes of the heap: a power of two times `unit`. */
  readonly heapSize: number;
  /** Bytes of the smallest block. */
  readonly unit: number;
  readonly header: number;
  readonly base: number;
  readonly growable: boolean;
}

/** The inside of a `BuddySystem`: blocks of 2^k units at multiples of their size. */
export class BuddyStore implements Store {
  readonly base: number;
  readonly header: number;
  readonly #unit: number;
  readonly #growable: boolean;
  #arena!: Arena;
  #list!: RecordList;
  #used = 0;
  #live = 0;
  #holes = 0;

  constructor({ heapSize, unit, header, base, growable }: BuddyParameters) {
    this.base = base;
    this.header = header;
    this.#unit = unit;
    this.#growable = growable;
    this.load([-heapSize / unit]);
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

  malloc(request: number, tell: HeapListener | null): number | null {
    if (tell !== null) {
      const event = this.#allocateAndTell(request);
      tell(event);
      return event.address;
    }
    const size = this.#sizeFor(request);
    const hole = this.#find(size);
    if (hole === NO_HOLE) return null;
    this.#take(hole, size);
    return this.#payload(hole);
  }

  free(address: number, tell: HeapListener | null): boolean {
    if (tell !== null) {
      const event = this.#releaseAndTell(address);
      tell(event);
      return event.failure === null;
    }
    const unit = this.#unitOf(address);
    if (unit !== NO_HOLE) this.#release(unit);
    return unit !== NO_HOLE;
  }

  realloc(address: number | null, request: number, tell: HeapListener | null): number | null {
    const size = this.#sizeFor(request);
    const unit = address === null ? NO_HOLE : this.#unitOf(address);
    const block = unit === NO_HOLE ? null : this.#extent(unit, this.#arena.sizeAt(unit));
    const bytes = size * this.#unit;
    if (block !== null && request > 0 && bytes < block.size) {
      this.#halve(unit, size);
      const sizes = { header: this.header, rounding: bytes - request - this.header, size: bytes };
      const rest = { address, how: "shrunk" as const, block, grown: 0, malloc: null, free: null };
      tell?.({ kind: "realloc", from: address, request, ...sizes, ...rest });
      return address;
    }
    const event = reallocElsewhere(address, request, bytes, this.header, block, {
      allocate: () => this.#allocateAndTell(request),
      release: (from) => this.#releaseAndTell(from),
    });
    tell?.(event);
    return event.address;
  }

  *blocks(): IterableIterator<Block> {
    for (const unit of this.#arena.blockStarts()) {
      yield { ...this.#extent(unit, this.#arena.sizeAt(unit)), free: this.#arena.holes.has(unit) };
    }
  }

  *holes(): IterableIterator<Block> {
    for (const unit of this.#list.inOrder())
      yield { ...this.#extent(unit, this.#arena.sizeAt(unit)), free: true };
  }

  check(): void {
    this.#list.check();
    for (const unit of this.#arena.blockStarts()) {
      const size = this.#arena.sizeAt(unit);
      const { address } = this.#extent(unit, size);
      if ((size & (size - 1)) !== 0) broken(`the block at ${address} has ${size} units, no power of two`);
      if (unit % size !== 0)
        broken(`the block at ${address} of ${size} units is not at a multiple of its size`);
      if (this.#arena.holes.has(unit) && this.#buddyOf(unit, size) !== NO_HOLE) {
        broken(`the hole at ${address} and its buddy are both free`);
      }
    }
  }

  save(): number[] {
    return this.#arena.blockSizes();
  }

  load(state: unknown): void {
    this.#arena = Arena.of(state as number[]);
    this.#list = new RecordList(this.#arena, "size-ascending", true);
    this.#used = this.#live = this.#holes = 0;
    for (const unit of this.#arena.blockStarts()) {
      const size = this.#arena.sizeAt(unit);
      if (this.#arena.holes.has(unit)) {
        this.#list.put(unit, size, NO_HOLE, NO_HOLE);
        this.#holes++;
      } else {
        this.#live++;
        this.#used += size;
      }
    }
  }

  /** The smallest hole that is large enough, in a growable heap made if need be. */
  #find(size: number): number {
    const hole = this.#list.smallest(size);
    return hole === NO_HOLE && this.#grow(size) ? this.#list.smallest(size) : hole;
  }

  /** Algorithm R (reservation): allocates a hole and halves it until it has `size` units. */
  #take(hole: number, size: number): void {
    this.#arena.holes.delete(hole);
    this.#list.take(hole);
    this.#holes--;
    this.#live++;
    this.#used += this.#arena.sizeAt(hole);
    this.#halve(hole, size);
  }

  /** Cuts an allocated block in halves until it has `size` units; the upper halves become holes. */
  #halve(unit: number, size: number): void {
    const { starts, holes } = this.#arena;
    for (let half = this.#arena.sizeAt(unit) / 2; half >= size; half /= 2) {
      starts.add(unit + half);
      holes.add(unit + half);
      this.#list.put(unit + half, half, NO_HOLE, NO_HOLE);
      this.#holes++;
      this.#used -= half;
    }
  }

  /** Algorithm S (liberation): merges with the buddy as long as it is a hole of the same size. Returns the hole. */
  #release(unit: number): number {
    const { starts, holes } = this.#arena;
    let size = this.#arena.sizeAt(unit);
    this.#used -= size;
    this.#live--;
    let hole = unit;
    for (let buddy = this.#buddyOf(hole, size); buddy !== NO_HOLE; buddy = this.#buddyOf(hole, size)) {
      holes.delete(buddy);
      starts.delete(Math.max(hole, buddy));
      this.#list.take(buddy);
      this.#holes--;
      hole = Math.min(hole, buddy);
      size *= 2;
    }
    holes.add(hole);
    this.#list.put(hole, size, NO_HOLE, NO_HOLE);
    this.#holes++;
    return hole;
  }

  /** The buddy of a block, when it is a hole of the same size; else NO_HOLE. */
  #buddyOf(unit: number, size: number): number {
    const buddy = (unit / size) % 2 === 0 ? unit + size : unit - size;
    const arena = this.#arena;
    return buddy < arena.units && arena.holes.has(buddy) && arena.sizeAt(buddy) === size ? buddy : NO_HOLE;
  }

  /** Doubles a growable heap until it has a hole of `size`; false, and nothing changed, when it may not or cannot grow. */
  #grow(size: number): boolean {
    // A new half is a hole of its own, unless all is free and merges.
    const units = Math.max(2 * this.#arena.units, this.#live === 0 ? size : 2 * size);
    const most = Math.min(MOST_UNITS, (Number.MAX_SAFE_INTEGER - this.base) / this.#unit);
    if (!this.#growable || units > most) return false;
    if (units > this.#arena.room) {
      const room = this.#arena.roomFor(units);
      this.#list.reserve(room);
      this.#arena.enlarge(room);
    }
    while (this.#arena.units < units) this.#double();
    return true;
  }

  #double(): void {
    const { units } = this.#arena;
    this.#arena.extend(2 * units);
    // The new half is released like a block of its own, so that it merges with the old one where that is all free.
    this.#live++;
    this.#used += units;
    this.#release(units);
  }

  #allocateAndTell(request: number): MallocEvent {
    const size = this.#sizeFor(request);
    const [units, free] = [this.#arena.units, this.#arena.units - this.#used];
    const before = this.#list.smallest(size);
    const beforeSize = before === NO_HOLE ? 0 : this.#arena.sizeAt(before);
    const hole = this.#find(size);
    const rest = hole === NO_HOLE ? 0 : this.#arena.sizeAt(hole) - size;
    if (hole !== NO_HOLE) this.#take(hole, size);
    const bytes = size * this.#unit;
    return {
      kind: "malloc",
      request,
      header: this.header,
      rounding: bytes - request - this.header,
      size: bytes,
      address: hole === NO_HOLE ? null : this.#payload(hole),
      // A list for each size from the wanted one up is looked at, until one has a hole.
      examined: size > units ? 0 : 1 + Math.log2((beforeSize || units) / size),
      hole: beforeSize > 0 ? this.#extent(before, beforeSize) : null,
      remainder: rest === 0 ? null : this.#extent(hole + size, rest),
      merges: 0,
      grown: (this.#arena.units - units) * this.#unit,
      failure: hole !== NO_HOLE ? null : free < size ? "full" : "fragmented",
    };
  }

  #releaseAndTell(address: number): FreeEvent {
    const unit = this.#unitOf(address);
    if (unit === NO_HOLE) {
      const inHeap = address >= this.base && address < this.top;
      const start = inHeap
        ? this.#arena.starts.previous(Math.floor((address - this.base) / this.#unit))
        : NO_HOLE;
      const failure = !inHeap ? "outside" : this.#arena.holes.has(start) ? "hole" : "inside";
      return { kind: "free", address, block: null, left: null, right: null, hole: null, failure };
    }
    const size = this.#arena.sizeAt(unit);
    const hole = this.#release(unit);
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

  /** Units of the block for a request: the next power of two. */
  #sizeFor(request: number): number {
    checkNumber("size", request, 0, "ask for a whole number of bytes");
    const units = Math.max(1, Math.ceil((request + this.header) / this.#unit));
    return units > MOST_UNITS ? 2 * MOST_UNITS : 2 ** Math.ceil(Math.log2(units));
  }

  #unitOf(address: number): number {
    const unit = (address - this.base - this.header) / this.#unit;
    return Number.isInteger(unit) && unit >= 0 && this.#arena.isAllocated(unit) ? unit : NO_HOLE;
  }

  #payload(unit: number): number {
    return this.base + this.header + unit * this.#unit;
  }

  #extent(unit: number, size: number): Extent {
    return { address: this.base + unit * this.#unit, size: size * this.#unit };
  }
}
