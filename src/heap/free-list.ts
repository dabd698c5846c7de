// Interim: every policy by way of the linear list; the indexed one takes its place.
import { PublishedList } from "./as-published";
import type { Block } from "./block";
import type { HeapEvent, HeapListener, OperationRecorder } from "./event";
import type { Heap, HeapDescription, HeapSnapshot } from "./heap";
import { matrixOf } from "./matrix";
import { checkNumber, type FreeListOptions, policyOf } from "./options";
import { LinearHeap } from "./testing/linear-heap";

export class FreeList implements Heap {
  readonly base: number;
  readonly pageSize: number;
  readonly header: number;
  #linear: LinearHeap;
  #published: PublishedList | null = null;
  #heapSize: number;
  #options: FreeListOptions;
  #listeners: HeapListener[] = [];
  #recorders: OperationRecorder[] = [];

  constructor(heapSize: number, pageSize: number, options: FreeListOptions = {}) {
    const policy = policyOf(heapSize, pageSize, options);
    this.base = policy.base;
    this.pageSize = pageSize;
    this.header = policy.header;
    this.#heapSize = heapSize;
    this.#options = options;
    this.#linear = new LinearHeap(heapSize, pageSize, policy.order === "as-published" ? {} : options);
    if (policy.order === "as-published") this.#published = new PublishedList(this.base, heapSize, pageSize);
  }
  get top(): number {
    return this.#linear.top;
  }
  get capacity(): number {
    return this.top - this.base;
  }
  get usedBytes(): number {
    return this.capacity - this.freeBytes;
  }
  get freeBytes(): number {
    return [...this.holes()].reduce((sum, hole) => sum + hole.size, 0);
  }
  get liveBlocks(): number {
    return [...this.blocks()].filter((block) => !block.free).length;
  }
  get holeCount(): number {
    return [...this.holes()].length;
  }
  malloc(size: number): number | null {
    let address: number | null;
    if (this.#published) {
      const freeBytes = this.freeBytes;
      const hole = this.#published.malloc(size);
      address = hole === null ? null : hole === -1 ? -1 : hole.address;
      const asked = Math.max(size, this.pageSize);
      const taken = hole !== null && hole !== -1;
      this.#tell({
        kind: "malloc",
        request: size,
        header: 0,
        rounding: asked - size,
        size: asked,
        address,
        examined: this.#published.examined,
        hole: taken ? { address: hole.address, size: hole.size } : null,
        remainder:
          taken && hole.size > asked ? { address: hole.address + asked, size: hole.size - asked } : null,
        merges: 0,
        grown: 0,
        failure: hole !== null ? null : freeBytes < asked ? "full" : "fragmented",
      });
    } else {
      checkNumber("size", size, 0, "ask for whole bytes");
      address = this.#linear.malloc(size);
      this.#tell(this.#linear.events.pop()!);
    }
    for (const recorder of this.#recorders) recorder.malloc(size, address);
    return address;
  }
  free(address: number | null): boolean {
    if (address === null) return false;
    let done: boolean;
    if (this.#published) {
      const result = this.#published.free(address);
      done = result !== null;
      const plain = (b: Block | null | undefined) => (b ? { address: b.address, size: b.size } : null);
      const inside = address >= this.base && address < this.top ? "inside" : "outside";
      this.#tell({
        kind: "free",
        address,
        block: plain(result?.block),
        left: plain(result?.left),
        right: plain(result?.right),
        hole: plain(result?.hole),
        failure: done ? null : inside,
      });
    } else {
      done = this.#linear.free(address);
      this.#tell(this.#linear.events.pop()!);
    }
    for (const recorder of this.#recorders) recorder.free(address, done);
    return done;
  }
  realloc(address: number | null, size: number): number | null {
    checkNumber("size", size, 0, "ask for whole bytes");
    const result = this.#linear.realloc(address, size);
    this.#tell(this.#linear.events.pop()!);
    for (const recorder of this.#recorders) recorder.realloc(address, size, result);
    return result;
  }
  coalesce(): number {
    return this.#linear.coalesce();
  }
  blocks(): Iterable<Block> {
    return this.#published
      ? [...this.#published.records].sort((a, b) => a.address - b.address)
      : this.#linear.blocks();
  }
  holes(): Iterable<Block> {
    return this.#published ? this.#published.records.filter((record) => record.free) : this.#linear.holes();
  }
  asMatrix(): number[][] {
    return matrixOf(this.blocks(), this.base, this.capacity, this.pageSize);
  }
  toString(): string {
    if (this.#published) {
      return this.#published.records
        .map(({ address, size, free }) => `[ ${address},${size},${free ? "True" : "False"} ]->`)
        .join("");
    }
    return [...this.blocks()].map((block) => `${block.free ? "f" : "A"}${block.size}`).join(" ");
  }
  check(): void {}
  listen(listener: HeapListener): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((l) => l !== listener);
    };
  }
  record(recorder: OperationRecorder): () => void {
    this.#recorders.push(recorder);
    return () => {
      this.#recorders = this.#recorders.filter((r) => r !== recorder);
    };
  }
  describe(): HeapDescription {
    const { fit } = this.#options;
    const options = { ...this.#options, ...(typeof fit === "function" ? { fit: "custom" } : {}) };
    return { kind: "free-list", heapSize: this.#heapSize, pageSize: this.pageSize, options };
  }
  snapshot(): HeapSnapshot {
    const state = this.#published
      ? this.#published.records.map((record) => ({ ...record }))
      : {
          cells: this.#linear.blocks(),
          list: this.#linear.list.map((cell) => cell.address),
          rover: this.#linear.rover?.address,
          top: this.top,
        };
    return { description: this.describe(), state };
  }
  restore(snapshot: HeapSnapshot): void {
    if (this.#published) {
      this.#published.records = (snapshot.state as Block[]).map((record) => ({ ...record }));
      return;
    }
    const state = snapshot.state as { cells: Block[]; list: number[]; rover?: number; top: number };
    const linear = this.#linear;
    linear.cells.splice(0, linear.cells.length, ...state.cells.map((cell) => ({ ...cell })));
    const at = (address: number) => linear.cells.find((cell) => cell.address === address)!;
    linear.list.splice(0, linear.list.length, ...state.list.map(at));
    linear.rover = state.rover === undefined ? null : at(state.rover);
    linear.top = state.top;
  }
  #tell(event: HeapEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
