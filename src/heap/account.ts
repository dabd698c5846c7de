import type { Extent } from "./block";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "./event";
import { NO_HOLE } from "./index/hole-list";
import type { Rounding } from "./rounding";

type Draft<Event> = { -readonly [Field in keyof Event]: Event[Field] };

/**
 * Writes the event of an operation on a `FreeList` while it goes on. There is one only while somebody listens; it is told in units,
 * and tells in bytes.
 */
export class Account {
  /** What the last operation did. */
  event!: HeapEvent;
  #malloc: Draft<MallocEvent> | null = null;
  #free: FreeEvent | null = null;
  #realloc: Pick<ReallocEvent, "from" | "request" | "block"> | null = null;

  constructor(
    private readonly base: number,
    private readonly header: number,
    private readonly rounding: Rounding,
  ) {}

  /** A malloc begins. */
  search(request: number): void {
    const { header } = this;
    const size = this.rounding.bytes(request);
    this.event = this.#malloc = {
      kind: "malloc",
      request,
      header,
      rounding: size - request - header,
      unsplit: 0,
      size,
      address: null,
      examined: 0,
      hole: null,
      remainder: null,
      merges: 0,
      grown: 0,
      failure: null,
    };
  }

  /** A search has looked at so many records. */
  examine(records: number): void {
    this.#malloc!.examined += records;
  }

  /** After a failed search, so many pairs of holes have merged. */
  merge(pairs: number): void {
    this.#malloc!.merges = pairs;
  }

  /** The block at `unit` was taken of a hole, which may have been too small at the top of a heap that grew. */
  take(unit: number, size: number, hole: number, holeSize: number): void {
    const did = this.#malloc!;
    const bytes = size * this.rounding.unit;
    const rest = holeSize - size;
    did.unsplit = bytes - did.size;
    did.size = bytes;
    did.address = this.#address(unit) + this.header;
    if (hole !== NO_HOLE) did.hole = this.#extent(hole, holeSize);
    if (rest > 0) did.remainder = this.#extent(unit === hole ? hole + size : hole, rest);
    if (rest < 0) did.grown = -rest * this.rounding.unit;
  }

  /** The request was denied. */
  deny(failure: MallocEvent["failure"]): void {
    this.#malloc!.failure = failure;
  }

  /** The block at `unit` has become a hole, or part of one. */
  free(unit: number, size: number, hole: number, holeSize: number): void {
    const end = unit + size;
    const behind = hole + holeSize - end;
    this.event = this.#free = {
      kind: "free",
      address: this.#address(unit) + this.header,
      block: this.#extent(unit, size),
      left: hole < unit ? this.#extent(hole, unit - hole) : null,
      right: behind > 0 ? this.#extent(end, behind) : null,
      hole: this.#extent(hole, holeSize),
      failure: null,
    };
  }

  /** No block has the address that was to be freed. */
  miss(address: number, failure: FreeEvent["failure"]): void {
    const nothing = { block: null, left: null, right: null, hole: null };
    this.event = this.#free = { kind: "free", address, ...nothing, failure };
  }

  /** A realloc begins, of the block at `unit` if there is one. */
  resize(from: number | null, request: number, unit: number, size: number): void {
    this.#malloc = this.#free = null;
    this.#realloc = { from, request, block: unit === NO_HOLE ? null : this.#extent(unit, size) };
  }

  /**
   * It has ended.
   * @param size units of the block that it answers
   * @param grown units by which the heap grew for a block that stayed
   */
  resized(how: ReallocEvent["how"], address: number | null, size: number, grown: number): void {
    const { from, request, block } = this.#realloc!;
    const freeing = from !== null && request === 0;
    const header = freeing ? 0 : this.header;
    const needed = freeing ? 0 : this.rounding.bytes(request);
    const bytes = address === null ? needed : size * this.rounding.unit;
    this.event = {
      kind: "realloc",
      from,
      request,
      header,
      rounding: needed && needed - request - header,
      unsplit: bytes - needed,
      size: bytes,
      how,
      address,
      block,
      grown: grown * this.rounding.unit,
      malloc: this.#malloc,
      free: this.#free,
    };
  }

  #address(unit: number): number {
    return this.base + unit * this.rounding.unit;
  }

  #extent(unit: number, size: number): Extent {
    return { address: this.#address(unit), size: size * this.rounding.unit };
  }
}
