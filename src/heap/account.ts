import type { Extent } from "./block";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "./event";
import { NO_HOLE } from "./index/hole-list";
import type { Rounding } from "./rounding";

/**
 * What the last operation on a `FreeList` did, in units. The heap writes it down as it goes, which costs next to nothing; an event is
 * made of it, in bytes, only when somebody listens.
 */
export class Account {
  last: HeapEvent["kind"] = "malloc";
  readonly placed = new Placed();
  readonly freed = new Freed();
  readonly resized = new Resized();

  constructor(
    private readonly base: number,
    private readonly header: number,
    private readonly rounding: Rounding,
  ) {}

  /** The event of the last operation. @param whyUnknown why an address names no allocated block */
  event(whyUnknown: (address: number) => FreeEvent["failure"]): HeapEvent {
    if (this.last === "malloc") return this.#malloc();
    return this.last === "free" ? this.#free(whyUnknown) : this.#realloc(whyUnknown);
  }

  #malloc(): MallocEvent {
    const { request, unit, examined, merges, grown, hole, holeSize, rest, restSize, failure } = this.placed;
    const bytes = this.rounding.bytes(request);
    const unsplit = this.placed.unsplit * this.rounding.unit;
    return {
      kind: "malloc",
      request,
      header: this.header,
      rounding: bytes - request - this.header,
      unsplit,
      size: bytes + unsplit,
      address: unit === NO_HOLE ? null : this.base + this.header + unit * this.rounding.unit,
      examined,
      hole: hole === NO_HOLE ? null : this.#extent(hole, holeSize),
      remainder: restSize === 0 ? null : this.#extent(rest, restSize),
      merges,
      grown: grown * this.rounding.unit,
      failure,
    };
  }

  #free(whyUnknown: (address: number) => FreeEvent["failure"]): FreeEvent {
    const { address, unit, size, left, right, hole, end } = this.freed;
    const nothing = { block: null, left: null, right: null, hole: null };
    if (unit === NO_HOLE) return { kind: "free", address, ...nothing, failure: whyUnknown(address) };
    return {
      kind: "free",
      address,
      block: this.#extent(unit, size),
      left: left === NO_HOLE ? null : this.#extent(left, unit - left),
      right: right === NO_HOLE ? null : this.#extent(right, end - right),
      hole: this.#extent(hole, end - hole),
      failure: null,
    };
  }

  #realloc(whyUnknown: (address: number) => FreeEvent["failure"]): ReallocEvent {
    const { from, request, how, address, unit, size, grown, searched } = this.resized;
    const placed = how === "moved" || how === "allocated";
    const unsplit = (placed ? this.placed : this.resized).unsplit * this.rounding.unit;
    const freeing = from !== null && request === 0;
    const bytes = freeing ? 0 : this.rounding.bytes(request);
    const header = freeing ? 0 : this.header;
    const freed = how === "unknown" || how === "freed" || how === "moved";
    return {
      kind: "realloc",
      from,
      request,
      header,
      rounding: bytes && bytes - request - header,
      unsplit,
      size: bytes + unsplit,
      how,
      address,
      block: unit === NO_HOLE ? null : this.#extent(unit, size),
      grown: grown * this.rounding.unit,
      malloc: searched ? this.#malloc() : null,
      free: freed ? this.#free(whyUnknown) : null,
    };
  }

  #extent(unit: number, size: number): Extent {
    return { address: this.base + unit * this.rounding.unit, size: size * this.rounding.unit };
  }
}

/** What a search of the list led to. */
export class Placed {
  request = 0;
  size = 0;
  /** The block; NO_HOLE when the request was denied. */
  unit = NO_HOLE;
  examined = 0;
  merges = 0;
  grown = 0;
  hole = NO_HOLE;
  holeSize = 0;
  /** What was split off and stays free. */
  rest = NO_HOLE;
  restSize = 0;
  /** What was too little to be split off. */
  unsplit = 0;
  failure: MallocEvent["failure"] = null;
}

/** What was freed. */
export class Freed {
  address = 0;
  /** The block; NO_HOLE when nothing was freed. */
  unit = NO_HOLE;
  size = 0;
  left = NO_HOLE;
  right = NO_HOLE;
  /** The hole that resulted, and where it ends. */
  hole = NO_HOLE;
  end = 0;
}

/** What a realloc did. */
export class Resized {
  from: number | null = null;
  request = 0;
  how: ReallocEvent["how"] = "denied";
  address: number | null = null;
  /** The block as it was; NO_HOLE when there was none. */
  unit = NO_HOLE;
  size = 0;
  grown = 0;
  /** What was too little to be split off, of a block that stayed. */
  unsplit = 0;
  /** The list was searched. */
  searched = false;

  begin(from: number | null, request: number): this {
    this.from = from;
    this.request = request;
    this.unit = NO_HOLE;
    this.grown = this.unsplit = 0;
    this.searched = false;
    return this;
  }

  end(how: ReallocEvent["how"], address: number | null): number | null {
    this.how = how;
    this.address = address;
    if (how === "allocated" || how === "moved" || how === "denied") this.searched = true;
    return address;
  }
}
