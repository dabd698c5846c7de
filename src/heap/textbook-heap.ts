import type { Block, Extent } from "./block";
import { checkState } from "./check-heap";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "./event";
import { FITS, type Fit } from "./fits";
import type { HeapSnapshot } from "./heap";
import { HeapBase } from "./heap-base";
import { NO_HOLE } from "./index/hole-list";
import { arenaFor, LIST_STATE, type ListState, mostUnits } from "./list-state";
import { type CheckedOptions, checkedOptions, type FreeListOptions, type PlaceName } from "./options";
import { COALESCINGS, type Coalescing, ORDERS, type Order } from "./orders";
import { askOwnFit } from "./own-fit";
import { checkRequest, Rounding } from "./rounding";
import { takeState } from "./snapshot";

/** A block as the heap keeps it. */
type Cell = { -readonly [Field in keyof Block]: Block[Field] };

/**
 * A heap with a free list as a textbook writes it: to be read. `FreeList` gives the same answers to everything and is fast; this
 * is what it is tested against.
 *
 * The heap is a row of blocks without gaps. The free ones, the holes, also stand in the **free list**. Here blocks A, B and C are
 * allocated:
 *
 *     address  0           16      24                  44                            72
 *              +-----------+-------+-------------------+-----------------------------+
 *     blocks   |  free 16  |  A 8  |   B 12   |  C 8   |           free 28           |
 *              +-----------+-------+-------------------+-----------------------------+
 *     list     [0: 16] -> [44: 28] -> end
 *
 * `malloc(20)` **searches** the list, record by record: 16 bytes at 0 are too few, 28 at 44 are enough. First fit takes that hole
 * at once; two records were examined. Then it **splits** the hole: its first 20 bytes become the block, and what is left over
 * takes the hole's place in the list.
 *
 *              +-----------+-------+-------------------+--------------------+--------+
 *              |  free 16  |  A 8  |   B 12   |  C 8   |        D 20        | free 8 |
 *              +-----------+-------+-------------------+--------------------+--------+
 *     list     [0: 16] -> [64: 8] -> end
 *
 * `free(16)` gives A back. It looks at the block on either side: the one before is a hole, the one behind is not. So A **merges**
 * with the hole before it, and there is one hole where there were two blocks.
 *
 *              +-------------------+-------------------+--------------------+--------+
 *              |      free 24      |   B 12   |  C 8   |        D 20        | free 8 |
 *              +-------------------+-------------------+--------------------+--------+
 *     list     [0: 24] -> [64: 8] -> end
 *
 * Without the merge, holes of 16 and 8 bytes would lie side by side and a request for 20 would be denied: the memory would be
 * there, but in pieces. A request for 30 is denied in any case: 32 bytes are free, in two holes with blocks between them. That
 * is fragmentation, and which hole to take (fit), where to keep it in the list (order) and when to merge (coalescing) are what
 * one can do about it.
 *
 * Read `#malloc`, `#search` and `#split`; then `#free` and `#merge`; `#realloc` puts them together.
 */
export class TextbookHeap extends HeapBase {
  readonly base: number;
  readonly header: number;
  readonly #options: CheckedOptions;
  readonly #order: Order;
  readonly #coalescing: Coalescing;
  /** Null for a fit of one's own. */
  readonly #fit: Fit | null;
  /** Bytes of a unit of `FreeList`, in which snapshots count. */
  readonly #unit: number;
  #top: number;
  /** Every block, in address order. */
  #blocks: Cell[] = [];
  /** The free list: the free ones of the blocks, in list order. */
  #list: Cell[] = [];
  /** Where next fit goes on: a hole, or null for the head of the list. See `FreeList`. */
  #rover: Cell | null = null;
  #event!: HeapEvent;

  /** As `FreeList`. */
  constructor(heapSize: number, pageSize: number, options?: FreeListOptions) {
    const checked = checkedOptions(heapSize, pageSize, options);
    super({ kind: "free-list", heapSize, pageSize, options: checked.given });
    const { base, header, fit, order, coalesce } = checked;
    this.base = base;
    this.header = header;
    this.#options = checked;
    this.#fit = typeof fit === "string" ? FITS[fit] : null;
    this.#order = ORDERS[order];
    this.#coalescing = COALESCINGS[coalesce];
    this.#unit = new Rounding(checked).unit;
    this.#top = base + heapSize;
    if (heapSize > 0) this.#blocks.push({ address: base, size: heapSize, free: true });
    this.#list.push(...this.#blocks);
  }

  /**
   * Allocates a block: searches for a hole and splits it. Where there is none, deferred coalescing merges what it can and searches
   * once more, and a growable heap grows.
   * @param inPlace for a realloc: tries again, after the merging, to do without another place
   */
  #malloc(request: number, inPlace = () => false): MallocEvent {
    const size = this.#sizeOf(request);
    const { header } = this;
    const sums = { kind: "malloc", request, header, rounding: size - request - header, size } as const;
    const nothing = { unsplit: 0, hole: null, remainder: null, grown: 0 };

    let { hole, examined } = this.#search(size);
    let merges = 0;
    if (hole === null && this.#coalescing.onFailure) {
      merges = this.#coalesce();
      if (merges > 0) {
        if (inPlace()) return { ...sums, ...nothing, address: null, examined, merges, failure: null };
        const again = this.#search(size);
        hole = again.hole;
        examined += again.examined;
      }
    }
    if (hole !== null) {
      if (this.#fit?.roves) this.#rover = hole;
      const chosen = extent(hole);
      const { block, remainder } = this.#split(hole, size, this.#options.place);
      const address = block.address + header;
      const granted = {
        address,
        unsplit: block.size - size,
        size: block.size,
        remainder: remainder && extent(remainder),
      };
      return { ...sums, ...granted, examined, hole: chosen, merges, grown: 0, failure: null };
    }
    const failure = this.#whyDenied(size);
    const topHole = this.#holeAtTop();
    const block = failure === "declined" ? null : this.#growFor(size, topHole);
    if (block === null) return { ...sums, ...nothing, address: null, examined, merges, failure };
    const grown = size - (topHole?.size ?? 0);
    const address = block.address + header;
    return { ...sums, ...nothing, address, examined, hole: topHole, merges, grown, failure: null };
  }

  /** The hole that the policy takes for `size` bytes, and how many records of the list were examined. */
  #search(size: number): Search<Cell> {
    const list = this.#list;
    const { fit } = this.#options;
    if (typeof fit === "function") {
      const { at, examined } = askOwnFit(fit, () => list.map((hole) => ({ ...hole })), size);
      return { hole: list[at] ?? null, examined };
    }
    const start = this.#rover === null ? 0 : list.indexOf(this.#rover);
    return linearSearch(list, size, this.#fit!, start);
  }

  /**
   * Makes `size` bytes at one end of a hole an allocated block. What is left over takes the hole's place in the list; where that
   * would be too little to be split off, or nothing, all of the hole becomes the block and leaves the list. A rover on the hole
   * moves along: to what is left over, or to the next hole.
   */
  #split(hole: Cell, size: number, place: PlaceName): { block: Cell; remainder: Cell | null } {
    const inList = this.#list.indexOf(hole);
    const left = hole.size - size;
    if (left < this.#options.leastRemainder) {
      hole.free = false;
      this.#list.splice(inList, 1);
      if (this.#rover === hole) this.#rover = this.#list[inList] ?? null;
      return { block: hole, remainder: null };
    }
    const [start, end] = [hole.address, hole.address + hole.size];
    const block = { address: place === "low" ? start : end - size, size, free: false };
    const remainder = { address: place === "low" ? start + size : start, size: left, free: true };
    const parts = place === "low" ? [block, remainder] : [remainder, block];
    this.#blocks.splice(this.#blocks.indexOf(hole), 1, ...parts);
    this.#list[inList] = remainder;
    if (this.#rover === hole) this.#rover = remainder;
    this.#sort();
    return { block, remainder };
  }

  /** Frees the block with this payload address and, with immediate coalescing, merges it with the holes on either side. */
  #free(address: number): FreeEvent {
    const block = this.#blockAt(address);
    if (block === null) {
      const nothing = { block: null, left: null, right: null, hole: null };
      return { kind: "free", address, ...nothing, failure: this.#whyUnknown(address) };
    }
    const at = this.#blocks.indexOf(block);
    const [before, behind] = [this.#blocks[at - 1], this.#blocks[at + 1]];
    const left = this.#coalescing.onFree && before?.free ? before : null;
    const right = this.#coalescing.onFree && behind?.free ? behind : null;
    const was = { block: extent(block), left: left && extent(left), right: right && extent(right) };
    const hole = this.#merge(left, block, right);
    return { kind: "free", address, ...was, hole: extent(hole), failure: null };
  }

  /** Makes one hole, new in the list, of a block that is no longer allocated and of the holes on either side that it merges with. */
  #merge(left: Cell | null, block: Cell, right: Cell | null): Cell {
    const parts = [left, block, right].filter((part): part is Cell => part !== null);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const hole = { address: parts[0]!.address, size, free: true };
    this.#blocks.splice(this.#blocks.indexOf(parts[0]!), parts.length, hole);
    this.#list = this.#list.filter((other) => other !== left && other !== right);
    if (this.#rover !== null && parts.includes(this.#rover)) this.#rover = hole;
    if (this.#order.newest === "front") this.#list.unshift(hole);
    else this.#list.push(hole);
    this.#sort();
    return hole;
  }

  /** Merges all neighbouring holes, as deferred coalescing does. Returns how many pairs there were. */
  #coalesce(): number {
    let merges = 0;
    for (let i = 1; i < this.#blocks.length; ) {
      const [low, high] = [this.#blocks[i - 1]!, this.#blocks[i]!];
      if (!low.free || !high.free) {
        i++;
        continue;
      }
      // The merged hole takes the foremost place of its parts.
      const [a, b] = [this.#list.indexOf(low), this.#list.indexOf(high)];
      this.#list[Math.min(a, b)] = low;
      this.#list.splice(Math.max(a, b), 1);
      if (this.#rover === high) this.#rover = low;
      low.size += high.size;
      this.#blocks.splice(i, 1);
      merges++;
    }
    this.#sort();
    return merges;
  }

  /**
   * Gives a block room for `request` bytes: in place if it can, else by a malloc elsewhere, a copy and a free.
   */
  #realloc(from: number | null, request: number): ReallocEvent {
    const size = from !== null && request === 0 ? 0 : this.#sizeOf(request);
    const header = size === 0 ? 0 : this.header;
    const sums = {
      kind: "realloc",
      from,
      request,
      header,
      rounding: size && size - request - header,
      size,
    } as const;
    const nothing = { unsplit: 0, block: null, grown: 0, malloc: null, free: null };

    if (from === null) {
      const malloc = this.#malloc(request);
      return { ...sums, ...nothing, ...sizes(malloc), how: "allocated", address: malloc.address, malloc };
    }
    const cell = this.#blockAt(from);
    if (cell === null) return { ...sums, ...nothing, how: "unknown", address: null, free: this.#free(from) };
    const was = { ...nothing, block: extent(cell) };
    if (request === 0) return { ...sums, ...was, how: "freed", address: null, free: this.#free(from) };
    const inPlace = (how: "kept" | "shrunk" | "grown") =>
      ({ ...sums, ...was, unsplit: cell.size - size, size: cell.size, how, address: from }) as const;
    if (size <= cell.size) {
      if (cell.size - size < this.#options.leastRemainder) return inPlace("kept");
      this.#shrink(cell, size);
      return inPlace("shrunk");
    }
    let grown = this.#stretch(cell, size);
    if (grown !== null) return { ...inPlace("grown"), grown };
    const malloc = this.#malloc(request, () => {
      grown = this.#stretch(cell, size);
      return grown !== null;
    });
    if (grown !== null) return { ...inPlace("grown"), grown, malloc };
    if (malloc.address === null) return { ...sums, ...was, how: "denied", address: null, malloc };
    const free = this.#free(from);
    return { ...sums, ...was, ...sizes(malloc), how: "moved", address: malloc.address, malloc, free };
  }

  /** Shortens an allocated block; its tail is freed. */
  #shrink(block: Cell, size: number): void {
    const at = this.#blocks.indexOf(block);
    const tail = { address: block.address + size, size: block.size - size, free: false };
    block.size = size;
    this.#blocks.splice(at + 1, 0, tail);
    const behind = this.#blocks[at + 2];
    this.#merge(null, tail, this.#coalescing.onFree && behind?.free ? behind : null);
  }

  /**
   * Lengthens an allocated block where it is: out of the hole behind it, and at the top of a growable heap by growing as well.
   * @returns by how many bytes the heap grew; null, and nothing changed, when there is no room
   */
  #stretch(block: Cell, size: number): number | null {
    const missing = size - block.size;
    const behind = this.#blocks[this.#blocks.indexOf(block) + 1];
    const hole = behind?.free ? behind : null;
    const room = hole?.size ?? 0;
    const atTop = block.address + block.size + room === this.#top;
    const grown = Math.max(0, missing - room);
    if (grown > 0 && !(atTop && this.#mayGrowTo(block.address + size))) return null;
    block.size = size;
    if (hole !== null) {
      const taken = this.#split(hole, missing - grown, "low").block;
      this.#blocks.splice(this.#blocks.indexOf(taken), 1);
      block.size += taken.size - (missing - grown);
    }
    this.#top += grown;
    return grown;
  }

  /** A new block of `size` bytes at the top of a growable heap, out of the hole there and of what is missing; null when it may not grow. */
  #growFor(size: number, topHole: Extent | null): Cell | null {
    const start = topHole?.address ?? this.#top;
    if (!this.#mayGrowTo(start + size)) return null;
    if (topHole !== null) {
      this.#blocks.pop();
      this.#list = this.#list.filter((hole) => hole.address !== start);
    }
    const block = { address: start, size, free: false };
    this.#blocks.push(block);
    this.#top = start + size;
    this.#rover = null;
    return block;
  }

  #holeAtTop(): Extent | null {
    const last = this.#blocks.at(-1);
    return last?.free ? extent(last) : null;
  }

  #mayGrowTo(top: number): boolean {
    return this.#options.growable && top - this.base <= mostUnits(this.base, this.#unit) * this.#unit;
  }

  /** Keeps the list in its order, where that is one by address or size. */
  #sort(): void {
    if (this.#order.compare) this.#list.sort(this.#order.compare);
  }

  /** Bytes of the block for a request: request and header, rounded up to the alignment, and at least that. */
  #sizeOf(request: number): number {
    checkRequest(request);
    const { align, header } = this.#options;
    return Math.max(1, Math.ceil((request + header) / align)) * align;
  }

  /** The allocated block with this payload address. */
  #blockAt(address: number): Cell | null {
    return this.#blocks.find((block) => !block.free && block.address + this.header === address) ?? null;
  }

  #whyDenied(size: number): MallocEvent["failure"] {
    if (this.freeBytes < size) return "full";
    return this.largestHole < size ? "fragmented" : "declined";
  }

  #whyUnknown(address: number): FreeEvent["failure"] {
    const around = this.#blocks.find(
      (block) => block.address <= address && address < block.address + block.size,
    );
    if (!around) return "outside";
    return around.free ? "hole" : "inside";
  }

  protected allocate(request: number): number | null {
    const event = this.#malloc(request);
    this.#event = event;
    return event.address;
  }
  protected release(address: number): boolean {
    const event = this.#free(address);
    this.#event = event;
    return event.failure === null;
  }
  protected reallocate(address: number | null, request: number): number | null {
    checkRequest(request);
    const event = this.#realloc(address, request);
    this.#event = event;
    return event.address;
  }
  protected lastEvent(): HeapEvent {
    return this.#event;
  }

  /** As `FreeList.coalesce`. */
  coalesce(): number {
    const merges = this.#coalesce();
    this.recordCoalescing();
    return merges;
  }

  get top(): number {
    return this.#top;
  }
  get usedBytes(): number {
    return this.capacity - this.#list.reduce((sum, hole) => sum + hole.size, 0);
  }
  get liveBlocks(): number {
    return this.#blocks.length - this.#list.length;
  }
  get holeCount(): number {
    return this.#list.length;
  }
  get largestHole(): number {
    return this.#list.reduce((largest, hole) => Math.max(largest, hole.size), 0);
  }
  /** Not measured: blocks are JavaScript objects. */
  get storageBytes(): number {
    return Number.NaN;
  }
  protected eachBlock(): Iterator<Block> {
    return this.#blocks.map((block) => ({ ...block })).values();
  }
  protected eachHole(): Iterator<Block> {
    return this.#list.map((hole) => ({ ...hole })).values();
  }

  override check(): void {
    super.check();
    checkState(() => this.#refuse(this.save()));
  }

  protected save(): ListState {
    const unitOf = (hole: Cell) => (hole.address - this.base) / this.#unit;
    return {
      blocks: this.#blocks.map(({ size, free }) => (free ? -size : size) / this.#unit),
      list: this.#list.map(unitOf),
      rover: this.#rover === null ? NO_HOLE : unitOf(this.#rover),
    };
  }

  protected load(snapshot: HeapSnapshot): void {
    takeState(snapshot, LIST_STATE, (state) => this.#take(state));
  }

  /** Refuses a state that no such heap can have. @throws RangeError that names the field */
  #refuse(state: ListState): void {
    arenaFor(state, this.#options, this.#unit, this.#order, this.#fit?.roves === true);
  }

  #take(state: ListState): void {
    this.#refuse(state);
    const holes = new Map<number, Cell>();
    let unit = 0;
    this.#blocks = state.blocks.map((units) => {
      const size = Math.abs(units) * this.#unit;
      const block = { address: this.base + unit * this.#unit, size, free: units < 0 };
      if (block.free) holes.set(unit, block);
      unit += Math.abs(units);
      return block;
    });
    this.#list = state.list.map((hole) => holes.get(hole)!);
    this.#rover = holes.get(state.rover) ?? null;
    this.#top = this.base + unit * this.#unit;
  }
}

/** What a search found: a hole or null, and how many records of the list it looked at. */
export interface Search<Hole extends Block> {
  readonly hole: Hole | null;
  readonly examined: number;
}

/**
 * The search along a free list, record by record, from its place `start` on and around: the definition of every fit.
 * @param size bytes that are needed
 */
export function linearSearch<Hole extends Block>(
  list: readonly Hole[],
  size: number,
  { better }: Fit,
  start: number,
): Search<Hole> {
  let best: Hole | null = null;
  for (let i = 0; i < list.length; i++) {
    const hole = list[(start + i) % list.length]!;
    if (hole.size < size) continue;
    if (better === undefined) return { hole, examined: i + 1 };
    if (best === null || better(hole, best)) best = hole;
  }
  return { hole: best, examined: list.length };
}

/** How large the block became. */
function sizes({ unsplit, size }: MallocEvent): Pick<MallocEvent, "unsplit" | "size"> {
  return { unsplit, size };
}

function extent({ address, size }: Extent): Extent {
  return { address, size };
}
