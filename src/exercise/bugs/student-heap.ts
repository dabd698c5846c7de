import type { Extent } from "../../heap/block";
import type { FreeListOptions } from "../../heap/options";

/** The policies that a `StudentHeap` knows; as those of a `FreeList`. */
export type StudentHeapOptions = Pick<FreeListOptions, "fit" | "order" | "align" | "header" | "growable">;

/** A record of the free list of a `StudentHeap`. */
export interface Hole {
  address: number;
  size: number;
}

/**
 * An allocator as a student may write it: a list of holes, a table of blocks, and the bytes of the memory. It is right, and answers as
 * `FreeList` does; `WRONG_HEAPS` are made from it by changing one thing in each. To be read.
 */
export class StudentHeap {
  /** What is in the memory, by address. */
  readonly memory: number[] = [];
  protected readonly fit: string;
  protected readonly order: string;
  protected readonly align: number;
  protected readonly header: number;
  protected readonly growable: boolean;
  /** One past the last address. */
  protected top: number;
  /** The free list. */
  protected list: Hole[];
  /** The size of the block at each address. */
  protected readonly sizes = new Map<number, number>();
  /** Where next fit goes on; null for the head of the list. */
  protected rover: Hole | null = null;

  constructor(heapSize: number, pageSize: number, options: StudentHeapOptions = {}) {
    this.fit = String(options.fit ?? "first");
    this.order = options.order ?? "address";
    this.align = options.align ?? pageSize;
    this.header = options.header ?? 0;
    this.growable = options.growable ?? false;
    this.top = heapSize;
    this.list = heapSize > 0 ? [{ address: 0, size: heapSize }] : [];
  }

  malloc(request: number): number | null {
    const size = this.sizeOf(request);
    const hole = this.search(size);
    const address = hole === null ? this.grow(size) : this.take(hole, size);
    if (address === null) return null;
    this.sizes.set(address, size);
    return address + this.header;
  }

  free(payload: number | null): boolean {
    const address = this.blockOf(payload);
    if (address === null) return false;
    const size = this.sizes.get(address)!;
    this.forget(address);
    this.release({ address, size });
    return true;
  }

  realloc(payload: number | null, request: number): number | null {
    if (payload === null) return this.malloc(request);
    const address = this.blockOf(payload);
    if (address === null) return null;
    if (request === 0) {
      this.free(payload);
      return null;
    }
    const size = this.sizeOf(request);
    if (size < this.sizes.get(address)!) this.shrink(address, size);
    if (size <= this.sizes.get(address)! || this.stretch(address, size)) return payload;
    return this.move(payload, request);
  }

  /** The allocated blocks, as it knows them, in address order. */
  allocated(): Iterable<Extent> {
    const blocks = Array.from(this.sizes, ([address, size]) => ({ address, size }));
    return blocks.sort((a, b) => a.address - b.address);
  }

  /** The free list, in its order. */
  holes(): Iterable<Extent> {
    return this.list;
  }

  /** Bytes of the block for a request. */
  protected sizeOf(request: number): number {
    return Math.max(this.align, this.roundUp(request + this.header));
  }
  protected roundUp(bytes: number): number {
    return Math.ceil(bytes / this.align) * this.align;
  }

  /** The hole for a block, by the fit; null when none is large enough. */
  protected search(size: number): Hole | null {
    const start = this.start();
    let found: Hole | null = null;
    for (let i = 0; i < this.list.length; i++) {
      const hole = this.list[(start + i) % this.list.length]!;
      if (!this.fits(hole, size)) continue;
      if (found === null || this.better(hole, found)) found = hole;
      if (this.fit === "first" || this.fit === "next") break;
    }
    if (this.fit === "next" && found !== null) this.rover = found;
    return found;
  }
  /** The record at which a search begins. */
  protected start(): number {
    return this.rover === null ? 0 : this.list.indexOf(this.rover);
  }
  protected fits(hole: Hole, size: number): boolean {
    return hole.size >= size;
  }
  protected better(hole: Hole, best: Hole): boolean {
    return this.fit === "best" ? hole.size < best.size : hole.size > best.size;
  }

  /** Makes the start of a hole a block. What is left over takes the hole's place in the list. */
  protected take(hole: Hole, size: number): number {
    const at = this.list.indexOf(hole);
    const rest = this.rest(hole, size);
    if (this.rover === hole) this.rover = rest ?? this.list[at + 1] ?? null;
    if (rest === null) this.list.splice(at, 1);
    else this.replace(at, rest);
    return hole.address;
  }
  /** What a split leaves over; null when nothing is. */
  protected rest(hole: Hole, size: number): Hole | null {
    return hole.size === size ? null : { address: hole.address + size, size: hole.size - size };
  }

  protected replace(at: number, rest: Hole): void {
    this.list[at] = rest;
    this.sort();
  }

  /** A block at the top of a growable heap: the hole there counts towards it. */
  protected grow(size: number): number | null {
    if (!this.growable) return null;
    const hole = this.holeAtTop();
    if (hole !== undefined) this.remove(hole);
    const address = hole?.address ?? this.top;
    this.top = address + size;
    this.rover = null;
    return address;
  }
  protected holeAtTop(): Hole | undefined {
    return this.list.find((hole) => hole.address + hole.size === this.top);
  }

  /** The address of the block with this payload; null when there is none. */
  protected blockOf(payload: number | null): number | null {
    const address = (payload ?? Number.NaN) - this.header;
    return this.sizes.has(address) ? address : null;
  }
  protected forget(address: number): void {
    this.sizes.delete(address);
  }

  /** Makes a hole of what was a block, and of the holes beside it. */
  protected release(block: Hole): void {
    const [left, right] = this.neighbours(block);
    const hole = this.merged(left, block, right);
    for (const old of [left, right]) {
      if (old === undefined) continue;
      this.remove(old);
      if (this.rover === old) this.roverMerges(hole);
    }
    this.insert(hole);
    this.sort();
  }
  /** The holes before and behind a block. */
  protected neighbours(block: Hole): [Hole | undefined, Hole | undefined] {
    const left = this.list.find((hole) => hole.address + hole.size === block.address);
    return [left, this.holeAt(block.address + block.size)];
  }
  protected holeAt(address: number): Hole | undefined {
    return this.list.find((hole) => hole.address === address);
  }
  protected merged(left: Hole | undefined, block: Hole, right: Hole | undefined): Hole {
    const address = left?.address ?? block.address;
    return { address, size: (left?.size ?? 0) + block.size + (right?.size ?? 0) };
  }
  protected roverMerges(hole: Hole): void {
    this.rover = hole;
  }
  protected remove(hole: Hole): void {
    this.list.splice(this.list.indexOf(hole), 1);
  }
  protected insert(hole: Hole): void {
    if (this.order === "lifo") this.list.unshift(hole);
    else this.list.push(hole);
  }
  /** Brings the list into its order, where that is one by address or size. */
  protected sort(): void {
    const { list } = this;
    if (this.order === "address") list.sort((a, b) => a.address - b.address);
    if (this.order === "size-ascending") list.sort((a, b) => a.size - b.size || a.address - b.address);
    if (this.order === "size-descending") list.sort((a, b) => b.size - a.size || a.address - b.address);
  }

  /** Shortens a block: its tail becomes free. */
  protected shrink(address: number, size: number): void {
    const tail = { address: address + size, size: this.sizes.get(address)! - size };
    this.sizes.set(address, size);
    this.release(tail);
  }
  /** Lengthens a block where it is, out of the hole behind it and, at the top, by growing; false when that cannot be. */
  protected stretch(address: number, size: number): boolean {
    const old = this.sizes.get(address)!;
    const hole = this.holeAt(address + old);
    const room = old + (hole?.size ?? 0);
    if (room < size && !(this.growable && address + room === this.top)) return false;
    if (hole !== undefined) this.take(hole, Math.min(size, room) - old);
    this.top = Math.max(this.top, address + size);
    this.sizes.set(address, size);
    return true;
  }
  /** Gives a block another place: a malloc, a copy, a free. */
  protected move(payload: number, request: number): number | null {
    const old = this.sizes.get(payload - this.header)! - this.header;
    const to = this.malloc(request);
    if (to === null) return null;
    this.copy(payload, to, Math.min(old, request));
    this.free(payload);
    return to;
  }
  protected copy(from: number, to: number, bytes: number): void {
    for (let i = 0; i < bytes; i++) this.memory[to + i] = this.memory[from + i]!;
  }
}
