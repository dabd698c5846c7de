import { Arena, MOST_UNITS } from "./arena";
import type { Block, Extent } from "./block";
import { broken } from "./check-heap";
import type { FreeEvent, HeapListener, MallocEvent, ReallocEvent } from "./event";
import { FreeSpace, Note } from "./free-space";
import { checkList, type State } from "./indexed-state";
import type { Policy } from "./options";
import { checkOrder } from "./order/check-order";
import { NO_HOLE } from "./order/hole-list";
import { holeListFor, type ListMaker } from "./order/hole-list-for";
import { Rounding } from "./rounding";
import type { Store } from "./store";

/** The free list of every policy but `asPublished`: bytes and reports around a `FreeSpace`, which counts in units. */
export class IndexedStore implements Store {
  readonly base: number;
  readonly header: number;
  readonly #policy: Policy;
  readonly #rounding: Rounding;
  readonly #unit: number;
  #space: FreeSpace;
  #observed = false;

  /** @param lists makes the list that this heap searches; by default that of its policy */
  constructor(
    heapSize: number,
    policy: Policy,
    private readonly lists: ListMaker = holeListFor,
  ) {
    this.#policy = policy;
    this.base = policy.base;
    this.header = policy.header;
    this.#rounding = new Rounding(heapSize, policy);
    this.#unit = this.#rounding.unit;
    const units = heapSize / this.#unit;
    this.#space = this.#build({
      blocks: units > 0 ? [-units] : [],
      list: units > 0 ? [0] : [],
      rover: NO_HOLE,
    });
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

  malloc(request: number, tell: HeapListener | null): number | null {
    const size = this.#rounding.units(request);
    if (tell !== null) {
      const event = this.#allocate(request, size);
      tell(event);
      return event.address;
    }
    const unit = this.#space.allocate(size, null);
    return unit === NO_HOLE ? null : this.base + this.header + unit * this.#unit;
  }

  free(address: number, tell: HeapListener | null): boolean {
    if (tell !== null) {
      const event = this.#release(address);
      tell(event);
      return event.failure === null;
    }
    const unit = this.#unitOf(address);
    if (unit === NO_HOLE) return false;
    this.#space.release(unit, null);
    return true;
  }

  realloc(address: number | null, request: number, tell: HeapListener | null): number | null {
    const size = this.#rounding.units(request);
    if (tell === null) return this.#reallocateQuietly(address, request, size);
    const event = this.#reallocate(address, request, size);
    tell(event);
    return event.address;
  }

  /** Merges all neighbouring holes. Returns how many pairs there were. */
  coalesce(): number {
    return this.#space.coalesce();
  }

  *blocks(): IterableIterator<Block> {
    const { starts, holes, units } = this.#space.arena;
    for (let unit = 0, end = 0; unit < units; unit = end) {
      end = starts.next(unit + 1);
      yield {
        address: this.base + unit * this.#unit,
        size: (end - unit) * this.#unit,
        free: holes.has(unit),
      };
    }
  }

  *holes(): IterableIterator<Block> {
    for (const unit of this.#space.list.inOrder()) yield this.#hole(unit);
  }

  observe(): void {
    if (!this.#observed) this.#space.list.count();
    this.#observed = true;
  }

  check(): void {
    const { arena, list, rover } = this.#space;
    list.check();
    if (rover !== NO_HOLE && !arena.holes.has(rover)) broken("the rover of next fit is not on a hole");
    if (this.#policy.coalesce === "immediate") {
      for (const unit of arena.holeStarts()) {
        const end = unit + arena.sizeAt(unit);
        if (end < arena.units && arena.holes.has(end))
          broken(`the holes at ${this.#extent(unit, 0).address} and behind it touch`);
      }
    }
    checkOrder(this.#policy.order, this.holes());
  }

  save(): State {
    const { arena, list, rover } = this.#space;
    return { blocks: arena.blockSizes(), list: list.inOrder(), rover };
  }

  load(state: unknown): void {
    this.#space = this.#build(state as State);
    if (this.#observed) this.#space.list.count();
  }

  #build(state: State): FreeSpace {
    const arena = Arena.of(state.blocks);
    checkList(arena, state);
    const [list, fit] = this.lists(this.#policy, arena, state.list, (unit) => this.#hole(unit), this.#unit);
    const most = Math.min(MOST_UNITS, Math.floor((Number.MAX_SAFE_INTEGER - this.base) / this.#unit));
    const space = new FreeSpace(arena, list, fit, this.#policy, most);
    space.rover = state.rover;
    return space;
  }

  #allocate(request: number, size: number): MallocEvent {
    const note = new Note();
    const space = this.#space;
    const unit = space.allocate(size, note);
    const bytes = this.#rounding.bytes(request);
    return {
      kind: "malloc",
      request,
      header: this.header,
      rounding: bytes - request - this.header,
      size: bytes,
      address: unit === NO_HOLE ? null : this.base + this.header + unit * this.#unit,
      examined: note.examined,
      hole: note.hole === NO_HOLE ? null : this.#extent(note.hole, note.holeSize),
      remainder: note.restSize === 0 ? null : this.#extent(unit + size, note.restSize),
      merges: note.merges,
      grown: note.grown * this.#unit,
      failure: unit === NO_HOLE ? this.#whyDenied(bytes) : null,
    };
  }

  #whyDenied(bytes: number): MallocEvent["failure"] {
    if (this.top - this.base - this.usedBytes < bytes) return "full";
    return this.largestHole < bytes ? "fragmented" : "declined";
  }

  #release(address: number): FreeEvent {
    const unit = this.#unitOf(address);
    if (unit === NO_HOLE) {
      return {
        kind: "free",
        address,
        block: null,
        left: null,
        right: null,
        hole: null,
        failure: this.#whyUnknown(address),
      };
    }
    const note = new Note();
    const block = this.#extent(unit, this.#space.arena.sizeAt(unit));
    this.#space.release(unit, note);
    return {
      kind: "free",
      address,
      block,
      left: note.left === NO_HOLE ? null : this.#extent(note.left, note.leftSize),
      right: note.right === NO_HOLE ? null : this.#extent(note.right, note.rightSize),
      hole: this.#extent(note.hole, note.holeSize),
      failure: null,
    };
  }

  #reallocate(from: number | null, request: number, size: number): ReallocEvent {
    const freeing = from !== null && request === 0;
    const bytes = freeing ? 0 : this.#rounding.bytes(request);
    const header = freeing ? 0 : this.header;
    const event = {
      kind: "realloc" as const,
      from,
      request,
      header,
      rounding: bytes - request - header,
      size: bytes,
    };
    const rest = { block: null, grown: 0, malloc: null, free: null };
    if (from === null) {
      const malloc = this.#allocate(request, size);
      return { ...event, ...rest, how: "allocated", address: malloc.address, malloc };
    }
    const unit = this.#unitOf(from);
    if (unit === NO_HOLE)
      return { ...event, ...rest, how: "unknown", address: null, free: this.#release(from) };
    const old = this.#space.arena.sizeAt(unit);
    const block = this.#extent(unit, old);
    if (freeing) return { ...event, ...rest, how: "freed", address: null, block, free: this.#release(from) };
    if (size === old) return { ...event, ...rest, how: "kept", address: from, block };
    if (size < old) {
      this.#space.shrink(unit, size);
      return { ...event, ...rest, how: "shrunk", address: from, block };
    }
    const note = new Note();
    if (this.#space.stretch(unit, size, note)) {
      return { ...event, ...rest, how: "grown", address: from, block, grown: note.grown * this.#unit };
    }
    const malloc = this.#allocate(request, size);
    if (malloc.address === null) return { ...event, ...rest, how: "denied", address: null, block, malloc };
    return {
      ...event,
      ...rest,
      how: "moved",
      address: malloc.address,
      block,
      malloc,
      free: this.#release(from),
    };
  }

  /** As `#reallocate`, without a report. */
  #reallocateQuietly(from: number | null, request: number, size: number): number | null {
    if (from === null) return this.malloc(request, null);
    const unit = this.#unitOf(from);
    if (unit === NO_HOLE) return null;
    const old = this.#space.arena.sizeAt(unit);
    if (request === 0) this.#space.release(unit, null);
    else if (size < old) this.#space.shrink(unit, size);
    else if (size > old && !this.#space.stretch(unit, size, null)) {
      const to = this.malloc(request, null);
      if (to !== null) this.#space.release(unit, null);
      return to;
    }
    return request === 0 ? null : from;
  }

  /** The unit where the allocated block with this payload address starts; NO_HOLE when there is none. */
  #unitOf(address: number): number {
    const unit = this.#rounding.exactUnits(address - this.base - this.header);
    const whole = unit | 0;
    return whole === unit && whole >= 0 && this.#space.arena.isAllocated(whole) ? whole : NO_HOLE;
  }

  #whyUnknown(address: number): "outside" | "hole" | "inside" {
    if (!(address >= this.base && address < this.top)) return "outside";
    const { arena } = this.#space;
    const start = arena.starts.previous(Math.floor((address - this.base) / this.#unit));
    return arena.holes.has(start) ? "hole" : "inside";
  }

  #extent(unit: number, size: number): Extent {
    return { address: this.base + unit * this.#unit, size: size * this.#unit };
  }

  #hole(unit: number): Block {
    const size = this.#space.arena.sizeAt(unit) * this.#unit;
    return { address: this.base + unit * this.#unit, size, free: true };
  }
}
