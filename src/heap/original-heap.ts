import * as v from "valibot";
import { show } from "../base/wrong-argument";
import type { Block, Extent } from "./block";
import type { FreeEvent, HeapEvent, MallocEvent } from "./event";
import type { HeapSnapshot } from "./heap";
import { HeapBase } from "./heap-base";
import { matrixOf } from "./matrix";
import { checkedOptions } from "./options";
import { reallocElsewhere } from "./realloc-elsewhere";
import { checkRequest } from "./rounding";
import { takeState } from "./snapshot";

/**
 * The original program's allocator, record for record: one list of all blocks, free and allocated, that starts as one free record.
 *
 * - `malloc` walks along it to the first free record of at least the request. Requests below the page size are raised to it;
 *   others are not rounded. The record shrinks to the request, and a new free record for the rest goes to the front of the list.
 *   The answer to a request of 0 or less is −1, and nothing is allocated.
 * - `free` answers true for any record's address, allocated or not. The record becomes free and merges with a free one that
 *   begins where it ends, and then with one that ends where it begins; a merged record goes to the front. Then the whole list is
 *   sorted by address.
 * - `asMatrix` gives a page that two blocks share to the second of them.
 *
 * The answers to odd arguments are the original's as well: a request that compares with nothing (NaN) finds no record, a fraction of
 * a byte is carried along. The original has no `realloc`; here it moves every block that changes its size.
 */
export class OriginalHeap extends HeapBase {
  readonly base = 0;
  readonly header = 0;
  readonly top: number;
  /** Every record, in list order. */
  #records: Block[];
  #event!: HeapEvent;

  /**
   * @param heapSize bytes of the heap: a positive multiple of the page size
   * @param pageSize bytes of a page
   * @throws RangeError or TypeError for a parameter that is not allowed
   */
  constructor(heapSize: number, pageSize: number) {
    checkedOptions(heapSize, pageSize);
    super({ kind: "original", heapSize, pageSize, options: {} });
    this.top = heapSize;
    this.#records = [{ address: 0, size: heapSize, free: true }];
  }

  get usedBytes(): number {
    return sum(this.#inAddressOrder().filter((record) => !record.free));
  }
  get liveBlocks(): number {
    return this.#records.length - this.holeCount;
  }
  get holeCount(): number {
    return this.#records.filter((record) => record.free).length;
  }
  get largestHole(): number {
    return this.#records.reduce((most, record) => (record.free ? Math.max(most, record.size) : most), 0);
  }
  /** Not measured: records are JavaScript objects. */
  get storageBytes(): number {
    return Number.NaN;
  }

  /**
   * As the original: see `OriginalHeap`.
   * @throws TypeError for what is no number; to every number the original has an answer
   */
  protected allocate(request: number): number | null {
    if (typeof request !== "number")
      throw new TypeError(`request must be a number, not ${show(request)}; ask for a number of bytes.`);
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
    const block = this.#records.find((record) => !record.free && record.address === address) ?? null;
    const size = Math.max(request, this.pageSize);
    const event = reallocElsewhere(address, request, size, 0, block, {
      malloc: () => this.#malloc(request),
      free: (from) => this.#free(from),
    });
    this.#event = event;
    return event.address;
  }

  protected lastEvent(): HeapEvent {
    return this.#event;
  }

  #malloc(request: number): MallocEvent {
    const size = Math.max(request, this.pageSize);
    const sums = { kind: "malloc", request, header: 0, rounding: size - request, unsplit: 0, size } as const;
    const nothing = { examined: 0, hole: null, remainder: null, merges: 0, grown: 0, failure: null };
    if (request <= 0) return { ...sums, ...nothing, address: -1 };
    const at = this.#records.findIndex((record) => record.free && record.size >= size);
    const walked = at < 0 ? this.#records : this.#records.slice(0, at + 1);
    const examined = walked.filter((record) => record.free).length;
    const hole = this.#records[at];
    if (!hole) {
      const failure = this.freeBytes < size ? "full" : "fragmented";
      return { ...sums, ...nothing, address: null, examined, failure };
    }
    this.#records[at] = { address: hole.address, size, free: false };
    const rest = hole.size - size;
    const remainder = rest > 0 ? { address: hole.address + size, size: rest } : null;
    if (remainder) this.#records.unshift({ ...remainder, free: true });
    return { ...sums, ...nothing, address: hole.address, examined, hole: extent(hole), remainder };
  }

  #free(address: number): FreeEvent {
    const at = this.#records.findIndex((record) => record.address === address);
    const block = this.#records[at];
    if (!block) {
      const around = this.#records.find((r) => r.address < address && address < r.address + r.size);
      const failure = !around ? "outside" : around.free ? "hole" : "inside";
      return { kind: "free", address, block: null, left: null, right: null, hole: null, failure };
    }
    let hole: Block = { ...block, free: true };
    this.#records[at] = hole;
    const right = this.#records.find((r) => r.free && r.address === hole.address + hole.size) ?? null;
    if (right) hole = this.#merge(hole, right);
    const left = this.#records.find((r) => r.free && r.address + r.size === hole.address) ?? null;
    if (left) hole = this.#merge(left, hole);
    this.#records.sort(byAddress);
    const was = { block: extent(block), left: left && extent(left), right: right && extent(right) };
    return { kind: "free", address, ...was, hole: extent(hole), failure: null };
  }

  #merge(low: Block, high: Block): Block {
    const hole = { address: low.address, size: low.size + high.size, free: true };
    this.#records = [hole, ...this.#records.filter((record) => record !== low && record !== high)];
    return hole;
  }

  protected eachBlock(): Iterator<Block> {
    return this.#inAddressOrder().values();
  }

  protected eachHole(): Iterator<Block> {
    return this.save()
      .filter((record) => record.free)
      .values();
  }

  /** The list as the original prints it. */
  override toString(): string {
    const one = ({ address, size, free }: Block) => `[ ${address},${size},${free ? "True" : "False"} ]->`;
    return this.#records.map(one).join("");
  }

  override asMatrix(): number[][] {
    return matrixOf(this.blocks(), this.base, this.capacity, this.pageSize, Math.floor);
  }

  protected save(): Block[] {
    return this.#records.map((record) => ({ ...record }));
  }

  protected load(snapshot: HeapSnapshot): void {
    takeState(snapshot, RECORDS, (state) => this.#take(state));
  }

  #take(records: Block[]): void {
    let end = 0;
    for (const { address, size } of [...records].sort(byAddress)) {
      if (address !== end)
        throw new RangeError(
          `its state must have a record where the one before ends, at ${end}, not at ${address}`,
        );
      end = address + size;
    }
    if (end !== this.top) throw new RangeError(`its state must have ${this.top} bytes in all, not ${end}`);
    this.#records = records;
  }

  #inAddressOrder(): Block[] {
    return this.save().sort(byAddress);
  }
}

const bytes = (least: string, allowed: (n: number) => boolean) =>
  v.custom<number>((n) => Number.isFinite(n) && allowed(n as number), `must be a number of bytes${least}`);

const RECORDS = v.array(
  v.object({
    address: bytes(" from 0", (n) => n >= 0),
    size: bytes(" above 0", (n) => n > 0),
    free: v.custom<boolean>((free) => typeof free === "boolean", "must be true or false"),
  }),
);

function byAddress(a: Extent, b: Extent): number {
  return a.address - b.address;
}

function sum(blocks: readonly Extent[]): number {
  return blocks.reduce((total, { size }) => total + size, 0);
}

function extent({ address, size }: Extent): Extent {
  return { address, size };
}
