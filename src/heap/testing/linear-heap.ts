import type { Block } from "../block";
import type { FreeEvent, HeapEvent, MallocEvent } from "../event";
import { type FreeListOptions, type Policy, policyOf } from "../options";

interface Cell {
  address: number;
  size: number;
  free: boolean;
}

/**
 * The free list as a textbook writes it: one array of blocks, one array of holes, every search a loop. Slow, obvious, and
 * what `FreeList` is compared with. Covers every policy but a fit of one's own and `asPublished`.
 */
export class LinearHeap {
  readonly policy: Policy;
  readonly cells: Cell[] = [];
  readonly list: Cell[] = [];
  rover: Cell | null = null;
  top: number;
  events: HeapEvent[] = [];

  constructor(heapSize: number, pageSize: number, options?: FreeListOptions) {
    this.policy = policyOf(heapSize, pageSize, options);
    this.top = this.policy.base + heapSize;
    if (heapSize > 0) this.cells.push({ address: this.policy.base, size: heapSize, free: true });
    this.list.push(...this.cells);
  }

  malloc(request: number): number | null {
    const event = this.allocate(request);
    this.events.push(event);
    return event.address;
  }

  free(address: number): boolean {
    const event = this.release(address);
    this.events.push(event);
    return event.failure === null;
  }

  realloc(from: number | null, request: number): number | null {
    const { header } = this.policy;
    const size = request === 0 && from !== null ? 0 : this.roundUp(request);
    const plain = { kind: "realloc" as const, from, request, header: size && header };
    const rest = { rounding: size && size - request - header, size, grown: 0, malloc: null, free: null };
    const say = (event: object, address: number | null): number | null => {
      this.events.push({ ...plain, ...rest, address, block: null, ...event } as HeapEvent);
      return address;
    };
    if (from === null) {
      const malloc = this.allocate(request);
      return say({ how: "allocated", malloc }, malloc.address);
    }
    const cell = this.cells.find((c) => !c.free && c.address + header === from);
    if (!cell) return say({ how: "unknown", free: this.release(from) }, null);
    const block = { address: cell.address, size: cell.size };
    if (request === 0) return say({ how: "freed", block, free: this.release(from) }, null);
    if (size === cell.size) return say({ how: "kept", block }, from);
    const next = this.cells[this.cells.indexOf(cell) + 1];
    if (size < cell.size) {
      const tail = { address: cell.address + size, size: cell.size - size, free: false };
      cell.size = size;
      this.cells.splice(this.cells.indexOf(cell) + 1, 0, tail);
      this.setFree(tail, false);
      return say({ how: "shrunk", block }, from);
    }
    const missing = size - cell.size;
    if (next?.free && next.size >= missing) {
      this.take(next, missing);
      cell.size = size;
      this.cells.splice(this.cells.indexOf(cell) + 1, 1);
      return say({ how: "grown", block }, from);
    }
    const reach = next?.free ? next : cell;
    if (this.policy.growable && reach.address + reach.size === this.top) {
      const grown = missing - (next?.free ? next.size : 0);
      if (next?.free) {
        this.take(next, next.size);
        this.cells.splice(this.cells.indexOf(cell) + 1, 1);
      }
      this.top += grown;
      cell.size = size;
      return say({ how: "grown", block, grown }, from);
    }
    const malloc = this.allocate(request);
    if (malloc.address === null) return say({ how: "denied", block, malloc }, null);
    return say({ how: "moved", block, malloc, free: this.release(from) }, malloc.address);
  }

  coalesce(): number {
    let merges = 0;
    for (let i = 1; i < this.cells.length; ) {
      const [a, b] = [this.cells[i - 1]!, this.cells[i]!];
      if (!a.free || !b.free) {
        i++;
        continue;
      }
      // The merged hole takes the foremost place of its parts.
      const [ia, ib] = [this.list.indexOf(a), this.list.indexOf(b)];
      this.list[Math.min(ia, ib)] = a;
      this.list.splice(Math.max(ia, ib), 1);
      if (this.rover === b) this.rover = a;
      a.size += b.size;
      this.cells.splice(i, 1);
      merges++;
    }
    this.sort();
    return merges;
  }

  blocks(): Block[] {
    return this.cells.map((cell) => ({ ...cell }));
  }

  holes(): Block[] {
    return this.list.map((cell) => ({ ...cell }));
  }

  private allocate(request: number): MallocEvent {
    const { header, coalesce, growable } = this.policy;
    const size = this.roundUp(request);
    let { hole, examined } = this.search(size);
    let merges = 0;
    if (!hole && coalesce === "deferred") {
      merges = this.coalesce();
      if (merges > 0) {
        const again = this.search(size);
        hole = again.hole;
        examined += again.examined;
      }
    }
    const plain = { kind: "malloc" as const, request, header, rounding: size - request - header, size };
    const last = this.cells.at(-1);
    let grown = 0;
    let chosen = hole && { address: hole.address, size: hole.size };
    if (!hole && growable) {
      hole = last?.free ? last : { address: this.top, size: 0, free: true };
      if (last?.free) chosen = { address: hole.address, size: hole.size };
      else {
        this.cells.push(hole);
        this.list.push(hole);
      }
      grown = size - hole.size;
      hole.size = size;
      this.top += grown;
    }
    if (!hole) {
      const free = this.list.reduce((sum, cell) => sum + cell.size, 0);
      const failure = free < size ? "full" : "fragmented";
      return { ...plain, address: null, examined, hole: null, remainder: null, merges, grown, failure };
    }
    const left = hole.size - size;
    const remainder = left > 0 ? { address: hole.address + size, size: left } : null;
    const address = hole.address + header;
    const follower = this.list[this.list.indexOf(hole) + 1] ?? null;
    this.take(hole, size);
    if (this.policy.fit === "next") {
      this.rover = remainder ? this.cells[this.cells.indexOf(hole) + 1]! : grown ? null : follower;
    }
    return { ...plain, address, examined, hole: chosen, remainder, merges, grown, failure: null };
  }

  private search(size: number): { hole: Cell | null; examined: number } {
    const { fit } = this.policy;
    const n = this.list.length;
    const start = fit === "next" && this.rover ? this.list.indexOf(this.rover) : 0;
    let chosen: Cell | null = null;
    for (let i = 0; i < n; i++) {
      const hole = this.list[(start + i) % n]!;
      if (hole.size < size) continue;
      if (fit === "first" || fit === "next") return { hole, examined: i + 1 };
      if (chosen === null || (fit === "best" ? hole.size < chosen.size : hole.size > chosen.size))
        chosen = hole;
    }
    return { hole: chosen, examined: n };
  }

  /** Makes the first `size` bytes of a hole an allocated block; the rest stays a hole in its place of the list. */
  private take(hole: Cell, size: number): void {
    const at = this.list.indexOf(hole);
    if (hole.size === size) {
      if (this.rover === hole) this.rover = this.list[at + 1] ?? null;
      this.list.splice(at, 1);
    } else {
      const rest = { address: hole.address + size, size: hole.size - size, free: true };
      if (this.rover === hole) this.rover = rest;
      this.list[at] = rest;
      this.cells.splice(this.cells.indexOf(hole) + 1, 0, rest);
      hole.size = size;
    }
    hole.free = false;
    this.sort();
  }

  private release(address: number): FreeEvent {
    const { header, base } = this.policy;
    const cell = this.cells.find((c) => !c.free && c.address + header === address);
    if (!cell) {
      const around = this.cells.find((c) => c.address <= address && address < c.address + c.size);
      const failure =
        !(address >= base && address < this.top) || !around ? "outside" : around.free ? "hole" : "inside";
      return { kind: "free", address, block: null, left: null, right: null, hole: null, failure };
    }
    const block = { address: cell.address, size: cell.size };
    return { kind: "free", address, block, ...this.setFree(cell, true), failure: null };
  }

  private setFree(cell: Cell, withLeft: boolean): Pick<FreeEvent, "left" | "right" | "hole"> {
    const at = this.cells.indexOf(cell);
    const immediate = this.policy.coalesce === "immediate";
    const [left, right] = [this.cells[at - 1], this.cells[at + 1]];
    const parts = [cell];
    if (immediate && withLeft && left?.free) parts.unshift(left);
    if (immediate && right?.free) parts.push(right);
    const hole = { address: parts[0]!.address, size: 0, free: true };
    for (const part of parts) {
      hole.size += part.size;
      if (part.free) this.list.splice(this.list.indexOf(part), 1);
    }
    if (this.rover && parts.includes(this.rover)) this.rover = hole;
    this.cells.splice(this.cells.indexOf(parts[0]!), parts.length, hole);
    if (this.policy.order === "lifo") this.list.unshift(hole);
    else this.list.push(hole);
    this.sort();
    const extent = (part: Cell | undefined) =>
      part && part !== cell && parts.includes(part) ? { address: part.address, size: part.size } : null;
    return { left: extent(left), right: extent(right), hole: { address: hole.address, size: hole.size } };
  }

  private sort(): void {
    const { order } = this.policy;
    if (order === "address") this.list.sort((a, b) => a.address - b.address);
    if (order === "size-ascending") this.list.sort((a, b) => a.size - b.size || a.address - b.address);
    if (order === "size-descending") this.list.sort((a, b) => b.size - a.size || a.address - b.address);
  }

  private roundUp(request: number): number {
    const { align, header } = this.policy;
    return Math.max(align, Math.ceil((request + header) / align) * align);
  }
}
