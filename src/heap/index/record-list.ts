import type { Arena } from "../arena";
import { Arrivals } from "./arrivals";
import { type HoleList, NO_HOLE, type SizedHoleList } from "./hole-list";
import { HoleTable, NONE } from "./hole-table";
import { SizeIndex } from "./size-index";

/** What the lists with a record a hole share: the records, and, for those that find holes by size, an index of sizes. */
abstract class RecordList implements HoleList {
  protected readonly table: HoleTable;
  protected readonly sizes: SizeIndex | null;

  /** @param ties what orders holes of one size: their address ("unit") or their place in the list ("slot"); null for no index of sizes */
  constructor(
    protected readonly arena: Arena,
    ties: "unit" | "slot" | null,
  ) {
    this.table = new HoleTable(arena.room);
    this.sizes = ties && new SizeIndex(this.table, ties, arena.room);
  }

  abstract first(size: number, from?: number): number;
  abstract after(hole: number): number;
  abstract rank(hole: number): number;
  abstract count(): void;
  abstract inOrder(): number[];

  put(hole: number, size: number, left: number, right: number): void {
    if (left !== NO_HOLE) this.take(left);
    if (right !== NO_HOLE) this.take(right);
    this.insert(this.table.add(hole, size));
  }

  take(hole: number): void {
    const id = this.table.at(hole);
    this.remove(id);
    this.table.delete(id);
  }

  split(hole: number, rest: number, restSize: number): void {
    this.change(this.table.at(hole), rest, restSize);
  }

  fuse(low: number, high: number, size: number): void {
    this.take(high);
    this.change(this.table.at(low), low, size);
  }

  smallest(size: number): number {
    return this.hole(this.sizes!.smallest(size));
  }

  largest(size: number): number {
    const id = this.sizes!.largest();
    return id === NONE || this.table.size[id]! < size ? NO_HOLE : this.table.unit[id]!;
  }

  largestSize(): number {
    const id = this.sizes!.largest();
    return id === NONE ? 0 : this.table.size[id]!;
  }

  reserve(units: number): void {
    this.table.reserve(units);
    this.sizes?.reserve(units, this.ids());
  }

  check(): void {
    for (const hole of this.arena.holeStarts()) {
      const id = this.table.at(hole);
      if (id === NONE) throw new Error(`Broken index: the hole at unit ${hole} has no record.`);
      const [is, want] = [this.table.size[id]!, this.arena.sizeAt(hole)];
      if (is !== want)
        throw new Error(`Broken index: the hole at unit ${hole} has ${want} units, its record ${is}.`);
    }
    this.sizes?.check([...this.ids()]);
  }

  get byteLength(): number {
    return this.table.byteLength + (this.sizes?.byteLength ?? 0);
  }

  /** Enters a record into the indices. */
  protected insert(id: number): void {
    this.sizes!.insert(id);
  }

  /** Takes a record out of the indices. */
  protected remove(id: number): void {
    this.sizes!.remove(id);
  }

  /** A record's hole is now another. */
  protected change(id: number, unit: number, size: number): void {
    this.sizes!.remove(id);
    this.table.move(id, unit, size);
    this.sizes!.insert(id);
  }

  protected hole(id: number): number {
    return id === NONE ? NO_HOLE : this.table.unit[id]!;
  }

  protected *ids(): IterableIterator<number> {
    for (const hole of this.arena.holeStarts()) yield this.table.at(hole);
  }
}

/** The free list in order of arrival: a new hole goes to the front or to the back. */
export class ArrivalList extends RecordList implements SizedHoleList {
  readonly #arrivals: Arrivals;

  /** @param bySize whether `smallest` and `largest` will be asked */
  constructor(arena: Arena, newest: "front" | "back", bySize: boolean) {
    super(arena, bySize ? "slot" : null);
    this.#arrivals = new Arrivals(this.table, newest);
  }

  override fuse(low: number, high: number, size: number): void {
    const [into, from] = [this.table.at(low), this.table.at(high)];
    this.sizes?.remove(into);
    this.sizes?.remove(from);
    this.#arrivals.adopt(into, from);
    this.table.delete(from);
    this.table.move(into, low, size);
    this.#arrivals.resize(into);
    this.sizes?.insert(into);
  }

  first(size: number, from: number = NO_HOLE): number {
    return this.hole(this.#arrivals.first(size, from === NO_HOLE ? NONE : this.table.at(from)));
  }

  after(hole: number): number {
    return this.hole(this.#arrivals.after(this.table.at(hole)));
  }

  rank(hole: number): number {
    return this.#arrivals.rank(this.table.at(hole));
  }

  count(): void {
    this.#arrivals.count();
  }

  inOrder(): number[] {
    const holes: number[] = [];
    for (const id of this.#arrivals) holes.push(this.table.unit[id]!);
    return holes;
  }

  override largestSize(): number {
    return this.#arrivals.largestSize();
  }

  override check(): void {
    super.check();
    this.#arrivals.check();
  }

  override get byteLength(): number {
    return super.byteLength + this.#arrivals.byteLength;
  }

  protected override insert(id: number): void {
    this.#arrivals.insert(id);
    this.sizes?.insert(id);
  }

  protected override remove(id: number): void {
    this.sizes?.remove(id);
    this.#arrivals.remove(id);
  }

  protected override change(id: number, unit: number, size: number): void {
    this.sizes?.remove(id);
    this.table.move(id, unit, size);
    this.#arrivals.resize(id);
    this.sizes?.insert(id);
  }
}

/** The free list by size; holes of one size by ascending address. */
export class SizeList extends RecordList implements SizedHoleList {
  constructor(
    arena: Arena,
    private readonly direction: "ascending" | "descending",
  ) {
    super(arena, "unit");
  }

  first(size: number, from: number = NO_HOLE): number {
    if (from !== NO_HOLE && this.table.size[this.table.at(from)]! >= size) return from;
    if (this.direction === "ascending") return this.smallest(size);
    // In descending order the head fits, or nothing does.
    return from === NO_HOLE ? this.largest(size) : NO_HOLE;
  }

  after(hole: number): number {
    const id = this.table.at(hole);
    const sizes = this.sizes!;
    const size = this.table.size[id]!;
    const behind = sizes.behind(id);
    if (behind !== NONE) return this.hole(behind);
    const next = this.direction === "ascending" ? sizes.nextSize(size) : sizes.previousSize(size);
    return next < 0 ? NO_HOLE : this.hole(sizes.firstOf(next));
  }

  rank(hole: number): number {
    const id = this.table.at(hole);
    const sizes = this.sizes!;
    const size = this.table.size[id]!;
    const before = sizes.firstOf(size) === id ? 0 : sizes.before(id);
    return before + (this.direction === "ascending" ? sizes.smaller(size) : sizes.larger(size));
  }

  count(): void {
    this.sizes!.count(this.ids());
  }

  inOrder(): number[] {
    const { unit, size } = this.table;
    const sign = this.direction === "ascending" ? 1 : -1;
    const ids = [...this.ids()].sort((a, b) => sign * (size[a]! - size[b]!) || unit[a]! - unit[b]!);
    return ids.map((id) => unit[id]!);
  }
}

/** The free list in address order, for searches by size. */
export class SizedAddressList extends RecordList implements SizedHoleList {
  constructor(arena: Arena) {
    super(arena, "unit");
  }

  /** A plain walk: searches by size have no need of it. */
  first(size: number, from: number = NO_HOLE): number {
    for (const hole of this.arena.holeStarts()) {
      if (hole >= from && this.arena.sizeAt(hole) >= size) return hole;
    }
    return NO_HOLE;
  }

  /** As `first`. */
  after(hole: number): number {
    const { arena } = this;
    do hole += arena.sizeAt(hole);
    while (hole < arena.units && !arena.isHole(hole));
    return hole < arena.units ? hole : NO_HOLE;
  }

  /** As `first`. */
  rank(hole: number): number {
    return this.inOrder().indexOf(hole);
  }

  count(): void {}

  inOrder(): number[] {
    return [...this.arena.holeStarts()];
  }
}
