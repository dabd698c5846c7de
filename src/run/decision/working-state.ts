import { firstIndex } from "../../base/first-index";
import type { Block, Extent } from "../../heap/block";
import type { HeapState } from "../heap-state";
import { mergedList, placeOf } from "./list-order";
import type { Notation } from "./notation";
import { sentence } from "./sentence";
import type { DecisionStep, Fact, ListFact, Pointers } from "./step";
import { type Terms, termsOf } from "./terms";

/** How a decision is told. */
export interface Telling {
  readonly notation: Notation;
  /** How many records of a search, or merges, are told at most; the others are counted. */
  readonly most: number;
}

/** What to throw when an operation cannot have been called in the state that was given. */
export function notTheState(): RangeError {
  return new RangeError(
    "The state before must be the one in which the operation was called, and in this one it would have done something else; take stateOf(heap) right before it.",
  );
}

/** A hole of the state. */
export function holeAt(address: number, size: number): Block {
  return { address, size, free: true };
}

/** An allocated block of the state. */
export function blockAt(address: number, size: number): Block {
  return { address, size, free: false };
}

/** The state of a heap while an operation is under way, and the steps told so far. Every change tells its step. */
export class WorkingState {
  readonly steps: DecisionStep[] = [];
  readonly terms: Terms;
  readonly base: number;
  readonly header: number;
  readonly most: number;
  top: number;
  /** Every block, in address order. */
  blocks: Block[];
  /** See `HeapState.list`. */
  list: Block[];
  /** Address of the hole at which next fit goes on; null for the head of the list. */
  rover: number | null;
  readonly #notation: Notation;

  constructor(before: HeapState, { notation, most }: Telling) {
    this.terms = termsOf(before.description);
    this.base = before.base;
    this.header = before.header;
    this.top = before.top;
    this.blocks = before.blocks.slice();
    this.list = before.list.slice();
    this.rover = before.rover;
    this.most = most;
    this.#notation = notation;
  }

  /** Tells a step. */
  tell(fact: Fact & Partial<Pointers>): void {
    const text = sentence(fact, this.#notation);
    this.steps.push({ hole: null, block: null, record: null, range: null, ...fact, text } as DecisionStep);
  }

  /** Index in `blocks` of the block at `address`, or of the first behind it. */
  indexOf(address: number): number {
    const { blocks } = this;
    return firstIndex(0, blocks.length, (i) => blocks[i]!.address >= address);
  }

  /** The block around `address`; undefined when it is not in the heap. */
  around(address: number): Block | undefined {
    if (!(address < this.top)) return undefined;
    const { blocks } = this;
    return blocks[firstIndex(0, blocks.length, (i) => blocks[i]!.address > address) - 1];
  }

  /** Index in the list of the record at `address`; −1 when there is none. */
  recordOf(address: number): number {
    return this.list.findIndex((record) => record.address === address);
  }

  /** Address of the hole behind another in the list; null behind the last. */
  behind({ address }: Extent): number | null {
    return this.list[this.recordOf(address) + 1]?.address ?? null;
  }

  get freeBytes(): number {
    return this.blocks.reduce((sum, block) => (block.free ? sum + block.size : sum), 0);
  }

  get largestHole(): Block | null {
    let largest: Block | null = null;
    for (const block of this.blocks) if (block.free && block.size > (largest?.size ?? 0)) largest = block;
    return largest;
  }

  /** Puts `now` in the place of the blocks that it covers, the first of which starts at `address`. */
  cover(address: number, ...now: readonly Block[]): void {
    const at = this.indexOf(address);
    const last = now[now.length - 1]!;
    const end = last.address + last.size;
    let next = at;
    while (next < this.blocks.length && this.blocks[next]!.address < end) next++;
    this.blocks.splice(at, next - at, ...now);
  }

  /**
   * Takes `size` bytes at one end of a hole for a block, or all of it where too little would be left; tells it, and then what
   * becomes of the list.
   * @returns what is left over
   */
  carve(hole: Block, size: number): Block | null {
    const { place, leastRemainder } = this.terms;
    const left = hole.size - size;
    if (left < leastRemainder) {
      const block = blockAt(hole.address, hole.size);
      this.cover(hole.address, block);
      this.tell({ kind: "exact", hole, block, payload: hole.address + this.header, unsplit: left });
      // What the heap has just grown by is in no list.
      if (this.recordOf(hole.address) >= 0) this.leave(hole);
      return null;
    }
    const isLow = place === "low";
    const block = blockAt(isLow ? hole.address : hole.address + left, size);
    const remainder = holeAt(isLow ? hole.address + size : hole.address, left);
    this.cover(hole.address, ...(isLow ? [block, remainder] : [remainder, block]));
    this.tell({ kind: "split", hole, block, payload: block.address + this.header, remainder });
    this.changeTo(remainder, hole);
    return remainder;
  }

  /** Makes neighbours in free memory one hole; tells it, but leaves the list to the caller. */
  merge(...parts: readonly Extent[]): Block {
    const hole = holeAt(
      parts[0]!.address,
      parts.reduce((sum, part) => sum + part.size, 0),
    );
    this.cover(hole.address, hole);
    this.tell({ kind: "merge", parts, hole });
    return hole;
  }

  /** The records of `gone` leave the list, in which they are, and a new hole joins it. */
  join(hole: Block, ...gone: readonly Extent[]): void {
    const removed = this.#remove(gone);
    this.#add(hole, placeOf(this.terms.order, this.list, hole), removed, false);
  }

  /** The record of a hole leaves the list. */
  leave(hole: Block): void {
    const removed = this.#remove([hole]);
    this.#tellList({ removed, added: null, inPlace: false, ...removed[0]! });
  }

  /** A hole has changed into `hole`, out of those of `was`: it keeps the foremost place, in most orders. */
  changeTo(hole: Block, ...was: readonly Extent[]): void {
    const removed = this.#remove(was);
    const foremost = Math.min(...removed.map(({ record }) => record));
    const { order } = this.terms;
    const record = order.compare ? placeOf(order, this.list, hole) : foremost;
    this.#add(hole, record, removed, record === foremost);
  }

  /**
   * As `changeTo` for many, without a word.
   * @param merged the holes as they are now, by address
   * @param into the address of the one that each hole has gone into
   */
  changeAll(merged: ReadonlyMap<number, Block>, into: ReadonlyMap<number, number>): void {
    this.list = mergedList(this.terms.order, this.list, merged, into);
    if (this.rover !== null) this.rover = into.get(this.rover) ?? this.rover;
  }

  /** Moves the rover, and tells where the next search begins. */
  rove(address: number | null): void {
    this.rover = address;
    const record = address === null ? null : this.recordOf(address);
    this.tell({ kind: "rover", hole: record === null ? null : this.list[record]!, record });
  }

  #remove(holes: readonly Extent[]): { record: number; hole: Block }[] {
    const removed = holes.map(({ address }) => {
      const record = this.recordOf(address);
      if (record < 0) throw notTheState();
      return { record, hole: this.list[record]! };
    });
    for (const { record } of [...removed].sort((a, b) => b.record - a.record)) this.list.splice(record, 1);
    return removed;
  }

  #add(hole: Block, record: number, removed: ListFact["removed"], inPlace: boolean): void {
    this.list.splice(record, 0, hole);
    const added = { record, hole };
    this.#tellList({ removed, added, inPlace, ...added });
  }

  #tellList(fact: Pick<ListFact, "removed" | "added" | "inPlace" | "record" | "hole">): void {
    this.tell({ kind: "list", ...fact, length: this.list.length, order: this.terms.arranger });
  }
}
