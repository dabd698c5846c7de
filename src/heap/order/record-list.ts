import type { Arena } from "../arena";
import { Arrivals } from "../index/arrivals";
import { HoleTable, NONE } from "../index/hole-table";
import { SizeIndex } from "../index/size-index";
import type { OrderName } from "../options";
import { NO_HOLE, type SizedHoleList } from "./hole-list";

/** The free list in any order, with a record a hole and the indices that order and fit need. */
export class RecordList implements SizedHoleList {
  #table: HoleTable;
  /** The order of arrival, for "lifo" and "fifo". */
  #arrivals: Arrivals | null = null;
  /** For the orders by size, and for best and worst fit in any order. */
  #sizes: SizeIndex | null = null;

  /** @param bySize whether `smallest` and `largest` will be asked */
  constructor(
    private readonly arena: Arena,
    private readonly order: OrderName,
    bySize: boolean,
  ) {
    this.#table = new HoleTable(arena.room);
    const arrives = order === "lifo" || order === "fifo";
    if (arrives) this.#arrivals = new Arrivals(this.#table, order === "lifo" ? "front" : "back");
    if (bySize || !arrives) this.#sizes = new SizeIndex(this.#table, arrives ? "slot" : "unit", arena.room);
  }

  put(hole: number, size: number, left: number, right: number): void {
    if (left !== NO_HOLE) this.take(left);
    if (right !== NO_HOLE) this.take(right);
    const id = this.#table.add(hole, size);
    this.#arrivals?.insert(id);
    this.#sizes?.insert(id);
  }

  take(hole: number): void {
    const id = this.#table.at(hole);
    this.#sizes?.remove(id);
    this.#arrivals?.remove(id);
    this.#table.delete(id);
  }

  split(hole: number, rest: number, restSize: number): void {
    this.#change(this.#table.at(hole), rest, restSize);
  }

  fuse(low: number, high: number, size: number): void {
    const [into, from] = [this.#table.at(low), this.#table.at(high)];
    this.#sizes?.remove(into);
    this.#sizes?.remove(from);
    this.#arrivals?.adopt(into, from);
    this.#table.delete(from);
    this.#table.move(into, low, size);
    this.#arrivals?.resize(into);
    this.#sizes?.insert(into);
  }

  first(size: number, from: number = NO_HOLE): number {
    const start = from === NO_HOLE ? NONE : this.#table.at(from);
    if (this.#arrivals !== null) return this.#hole(this.#arrivals.first(size, start));
    if (this.order === "address") return this.#firstByAddress(size, from);
    if (start !== NONE && this.#table.size[start]! >= size) return from;
    if (this.order === "size-ascending") return this.smallest(size);
    // In descending order the head fits, or nothing does.
    return start === NONE ? this.largest(size) : NO_HOLE;
  }

  smallest(size: number): number {
    return this.#hole(this.#sizes!.smallest(size));
  }

  largest(size: number): number {
    const id = this.#sizes!.largest();
    return id === NONE || this.#table.size[id]! < size ? NO_HOLE : this.#table.unit[id]!;
  }

  after(hole: number): number {
    if (this.order === "address") return this.arena.holes.next(hole + 1);
    const id = this.#table.at(hole);
    if (this.#arrivals !== null) return this.#hole(this.#arrivals.after(id));
    const sizes = this.#sizes!;
    const size = this.#table.size[id]!;
    const behind = sizes.behind(id);
    if (behind !== NONE) return this.#hole(behind);
    const next = this.order === "size-ascending" ? sizes.nextSize(size) : sizes.previousSize(size);
    return next < 0 ? NO_HOLE : this.#hole(sizes.firstOf(next));
  }

  rank(hole: number): number {
    const id = this.#table.at(hole);
    if (this.#arrivals !== null) return this.#arrivals.rank(id);
    const sizes = this.#sizes!;
    const size = this.#table.size[id]!;
    const before = sizes.firstOf(size) === id ? 0 : sizes.before(id);
    if (this.order === "size-ascending") return sizes.smaller(size) + before;
    return sizes.larger(size) + before;
  }

  count(): void {
    if (this.#arrivals !== null) this.#arrivals.count();
    else if (this.order !== "address") this.#sizes!.count(this.#ids());
  }

  inOrder(): number[] {
    const { unit, size } = this.#table;
    if (this.#arrivals !== null) return Array.from(this.#arrivals, (id) => unit[id]!);
    if (this.order === "address") return [...this.arena.holeStarts()];
    const sign = this.order === "size-ascending" ? 1 : -1;
    const ids = [...this.#ids()].sort((a, b) => sign * (size[a]! - size[b]!) || unit[a]! - unit[b]!);
    return ids.map((id) => unit[id]!);
  }

  reserve(units: number): void {
    this.#table.reserve(units);
    this.#sizes?.reserve(units, this.#ids());
  }

  check(): void {
    for (const hole of this.arena.holeStarts()) {
      const id = this.#table.at(hole);
      if (id === NONE) throw new Error(`Broken index: the hole at unit ${hole} has no record.`);
      const [is, want] = [this.#table.size[id]!, this.arena.sizeAt(hole)];
      if (is !== want)
        throw new Error(`Broken index: the hole at unit ${hole} has ${want} units, its record ${is}.`);
    }
    this.#sizes?.check([...this.#ids()]);
    this.#arrivals?.check();
  }

  largestSize(): number {
    if (this.#arrivals !== null) return this.#arrivals.largestSize();
    const id = this.#sizes!.largest();
    return id === NONE ? 0 : this.#table.size[id]!;
  }

  get byteLength(): number {
    return this.#table.byteLength + (this.#arrivals?.byteLength ?? 0) + (this.#sizes?.byteLength ?? 0);
  }

  #change(id: number, unit: number, size: number): void {
    this.#sizes?.remove(id);
    this.#table.move(id, unit, size);
    this.#arrivals?.resize(id);
    this.#sizes?.insert(id);
  }

  #hole(id: number): number {
    return id === NONE ? NO_HOLE : this.#table.unit[id]!;
  }

  *#ids(): IterableIterator<number> {
    for (const hole of this.arena.holeStarts()) yield this.#table.at(hole);
  }

  /** A plain walk: best and worst fit, for which this list serves in address order, have no need of it. */
  #firstByAddress(size: number, from: number): number {
    for (let hole = this.arena.holes.next(Math.max(0, from)); hole >= 0; hole = this.after(hole)) {
      if (this.arena.sizeAt(hole) >= size) return hole;
    }
    return NO_HOLE;
  }
}
