import { checkNumber, show } from "../base/wrong-argument";
import type { Block, Extent } from "./block";
import { broken } from "./check-heap";
import type { FreeEvent, HeapListener, MallocEvent } from "./event";
import { matrixOf } from "./matrix";
import { PublishedList } from "./published-list";
import { reallocElsewhere } from "./realloc-elsewhere";
import type { Store } from "./store";

/** The inside of a heap that behaves like the original program: bytes and reports around a `PublishedList`. */
export class PublishedStore implements Store {
  readonly header = 0;
  readonly top: number;
  readonly #list: PublishedList;
  readonly #pageSize: number;

  constructor(
    readonly base: number,
    heapSize: number,
    pageSize: number,
  ) {
    this.top = base + heapSize;
    this.#pageSize = pageSize;
    this.#list = new PublishedList(base, heapSize, pageSize);
  }

  get usedBytes(): number {
    return this.#list.records.reduce((sum, record) => sum + (record.free ? 0 : record.size), 0);
  }
  get liveBlocks(): number {
    return this.#list.records.length - this.holeCount;
  }
  get holeCount(): number {
    return this.#list.records.filter((record) => record.free).length;
  }
  get largestHole(): number {
    return this.#list.records.reduce((most, record) => (record.free ? Math.max(most, record.size) : most), 0);
  }
  /** Not measured: records are JavaScript objects. */
  get storageBytes(): number {
    return Number.NaN;
  }

  /** @throws TypeError for what is no number; to every number the original has an answer */
  malloc(request: number, tell: HeapListener | null): number | null {
    if (typeof request !== "number") {
      throw new TypeError(`size must be a number, not ${show(request)}; ask for a number of bytes.`);
    }
    const event = this.#allocate(request);
    tell?.(event);
    return event.address;
  }

  free(address: number, tell: HeapListener | null): boolean {
    const event = this.#release(address);
    tell?.(event);
    return event.failure === null;
  }

  /** The original has none: allocates elsewhere, copies, frees. Sizes are those that other heaps take. */
  realloc(address: number | null, request: number, tell: HeapListener | null): number | null {
    checkNumber("size", request, 0, "ask for a whole number of bytes");
    const block = this.#list.records.find((record) => !record.free && record.address === address);
    const size = Math.max(request, this.#pageSize);
    const event = reallocElsewhere(address, request, size, 0, block ?? null, {
      allocate: () => this.#allocate(request),
      release: (from) => this.#release(from),
    });
    tell?.(event);
    return event.address;
  }

  blocks(): Iterable<Block> {
    return this.#list.records.map((record) => ({ ...record })).sort((a, b) => a.address - b.address);
  }

  holes(): Iterable<Block> {
    return this.#list.records.filter((record) => record.free).map((record) => ({ ...record }));
  }

  text(): string {
    const one = ({ address, size, free }: Block) => `[ ${address},${size},${free ? "True" : "False"} ]->`;
    return this.#list.records.map(one).join("");
  }

  matrix(): number[][] {
    return matrixOf(this.blocks(), this.base, this.top - this.base, this.#pageSize, Math.floor);
  }

  check(): void {
    for (const record of this.#list.records) {
      if (!(record.size > 0)) broken(`the record at ${record.address} has ${record.size} bytes`);
    }
  }

  save(): Block[] {
    return this.#list.records.map((record) => ({ ...record }));
  }

  load(state: unknown): void {
    this.#list.records = (state as Block[]).map((record) => ({ ...record }));
  }

  #allocate(request: number): MallocEvent {
    const freeBytes = this.top - this.base - this.usedBytes;
    const size = Math.max(request, this.#pageSize);
    const hole = this.#list.malloc(request);
    const plain = { kind: "malloc" as const, request, header: 0, rounding: size - request, size };
    const nothing = { hole: null, remainder: null, merges: 0, grown: 0, examined: this.#list.examined };
    if (hole === null) {
      return { ...plain, ...nothing, address: null, failure: freeBytes < size ? "full" : "fragmented" };
    }
    // The original answers a request for nothing with -1 and allocates nothing.
    if (hole === -1) return { ...plain, ...nothing, address: -1, failure: null };
    const left = hole.size - size;
    const remainder = left > 0 ? { address: hole.address + size, size: left } : null;
    return { ...plain, ...nothing, address: hole.address, hole: extent(hole), remainder, failure: null };
  }

  #release(address: number): FreeEvent {
    const done = this.#list.free(address);
    if (done === null) {
      const around = this.#list.records.find((r) => r.address <= address && address < r.address + r.size);
      const failure = !around ? "outside" : around.free ? "hole" : "inside";
      return { kind: "free", address, block: null, left: null, right: null, hole: null, failure };
    }
    const { block, left, right, hole } = done;
    const [l, r] = [left && extent(left), right && extent(right)];
    return {
      kind: "free",
      address,
      block: extent(block),
      left: l,
      right: r,
      hole: extent(hole),
      failure: null,
    };
  }
}

function extent({ address, size }: Extent): Extent {
  return { address, size };
}
