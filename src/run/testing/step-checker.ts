import type { Block, Extent } from "../../heap/block";
import type { DecisionStep } from "../decision/step";
import type { HeapState } from "../heap-state";

type Step<Kind extends DecisionStep["kind"]> = Extract<DecisionStep, { kind: Kind }>;

/** What is known of the search that is under way. */
interface Search {
  readonly size: number;
  readonly fit: string;
  /** The record that is looked at next, and how many have been looked at since the search began. */
  next: number;
  looked: number;
  chosen: Block | null;
}

/**
 * Believes nothing: starts from a heap's state and then knows only what the steps of its decisions say. Checks every number
 * and every claim of a step against that, and does what the step says was done. Works on plain arrays and loops, and shares
 * nothing with the heaps nor with the making of the steps.
 */
export class StepChecker {
  readonly blocks: Block[];
  readonly list: Block[];
  rover: number | null;
  top: number;
  /** Records, or lists of sizes, that the steps of the last decision have looked at. */
  examined = 0;
  readonly #base: number;
  readonly #header: number;
  readonly #place: unknown;
  readonly #leastRemainder: number;
  readonly #fit: unknown;
  readonly #order: unknown;
  readonly #coalesce: unknown;
  /** Whether the list has every block, as the original program's has. */
  readonly #listsAll: boolean;
  #search: Search | null = null;
  /** Bytes of the block that is wanted. */
  #wanted: number | null = null;
  /** Whether neighbours have merged since a search failed: what is left of a search comes again. */
  #again = false;
  /** Whether a hole that changes takes the place of what it was, and is not put where a new one goes. */
  #changes = false;
  /** Where an allocated block was last made: what a malloc answers. */
  #payload: number | null = null;

  constructor({ description, base, top, header, blocks, list, rover }: HeapState) {
    this.blocks = blocks.map((block) => ({ ...block }));
    this.list = list.map((record) => ({ ...record }));
    this.rover = rover;
    this.top = top;
    this.#base = base;
    this.#header = header;
    this.#place = description.options.place ?? "low";
    const fixed = description.kind === "fixed-partitions";
    this.#leastRemainder = fixed ? top - base : Number(description.options.leastRemainder ?? 1);
    this.#listsAll = description.kind === "original";
    const { fit = "first", order = "address", coalesce = "immediate" } = description.options;
    const none = { "segregated-fits": "segregated", buddy: "buddy", original: "original" }[description.kind];
    [this.#fit, this.#order] = none ? [none, none] : [fit, order];
    this.#coalesce = fixed ? "never" : coalesce;
  }

  /** Follows the steps of one decision. Throws an `Error` at the first that is not true. */
  follow(steps: readonly DecisionStep[]): void {
    this.examined = 0;
    this.#payload = null;
    this.#wanted = null;
    [this.#again, this.#changes] = [false, false];
    for (const step of steps) {
      try {
        (this.#follows[step.kind] as (step: DecisionStep) => void)(step);
      } catch (error) {
        throw new Error(`${(error as Error).message} Step: ${JSON.stringify(step)}; blocks ${this}.`);
      }
    }
  }

  toString(): string {
    return this.blocks.map(({ size, free }) => `${free ? "f" : "A"}${size}`).join(" ");
  }

  readonly #follows: { readonly [Kind in DecisionStep["kind"]]: (step: Step<Kind>) => void } = {
    size: ({ request, header, rounding, size, rule, unit }: Step<"size">) => {
      must(request + header + rounding === size || Number.isNaN(size), "The sum is wrong.");
      const needed = request + header;
      if (rule === "multiple")
        must(size % unit === 0 && rounding >= 0 && (rounding < unit || needed === 0), "Not rounded.");
      if (rule === "power") {
        let power = unit;
        while (power < needed) power += power;
        must(size === power, "Not the next power of two.");
      }
      if (rule === "least") must(Object.is(size, Math.max(needed, unit)), "Not the least.");
      this.#wanted = size;
    },

    search: ({ fit, size, records, record, again }: Step<"search">) => {
      must(fit === this.#fit && Object.is(size, this.#wanted), "The search is another.");
      must(again === this.#again, "It is searched again, or for the first time.");
      must(records === this.list.length, "The list has another length.");
      const roving = fit === "next" && this.rover !== null;
      const start = roving ? this.list.findIndex(({ address }) => address === this.rover) : 0;
      must(record === (records === 0 ? null : start), "The search begins elsewhere.");
      this.#search = { size, fit, next: start, looked: 0, chosen: null };
    },

    class: ({ above, most, records, record, own }: Step<"class">) => {
      const search = this.#search!;
      const bound = most ?? Number.POSITIVE_INFINITY;
      const its = this.list.filter(({ size }) => size > above && size <= bound);
      must(its.length === records, "The class has another number of holes.");
      must(record === (records === 0 ? null : this.list.indexOf(its[0]!)), "The class begins elsewhere.");
      if (own) must(search.size > above && search.size <= bound, "Not the class of the request.");
      else
        must(
          above >= search.size && records > 0 && record === search.next,
          "Not the next class with a hole.",
        );
      // Smaller classes are passed over.
      if (own) search.next = this.list.filter(({ size }) => size <= above).length;
    },

    "size-list": ({ size, records, hole, record }: Step<"size-list">) => {
      const its = this.list.filter((one) => one.size === size);
      must(its.length === records, "Another number of holes has that size.");
      if (hole !== null) {
        must(
          its.every(({ address }) => address >= hole.address),
          "Not the hole at the lowest address.",
        );
        this.#isRecord(record, hole);
      } else must(records === 0 && record === null, "There is a hole of that size.");
      this.examined++;
    },

    record: ({ record, hole, block, size, missing, best, better }: Step<"record">) => {
      const search = this.#search!;
      must(record === search.next && size === search.size, "Not the record that is next.");
      const one = this.list[record]!;
      same(hole ?? block, one);
      must(one.free === (hole !== null), "Free is allocated.");
      must(
        missing === (hole && !(hole.size >= size) ? size - hole.size : 0) || Number.isNaN(size),
        "Too few is another number.",
      );
      must(this.#look() === better, "Better is not better.");
      if (best !== null) same(best, search.chosen);
      else
        must(
          search.chosen === null || !(search.fit === "best" || search.fit === "worst"),
          "There is a best so far.",
        );
    },

    skipped: ({ what, count, turns, record }: Step<"skipped">) => {
      must(what === "records", "What is not told cannot be followed.");
      must(record === this.#search!.next, "Records are skipped elsewhere.");
      let turned = 0;
      for (let i = 0; i < count; i++) if (this.#look()) turned++;
      must(turned === turns, "Another number of turning points is skipped.");
    },

    custom: ({ records, examined, searches }: Step<"custom">) => {
      must(searches === 2 || !this.#again, "It is searched once more.");
      must(records === this.list.length, "The list has another length.");
      this.examined += examined ?? 0;
    },

    choice: ({ fit, hole, record }: Step<"choice">) => {
      this.#isRecord(record, hole);
      must(fit === "buddy" || hole.size >= this.#search!.size, "The choice is too small.");
      const walked = fit !== "custom" && fit !== "buddy";
      if (walked) same(hole, this.#search!.chosen);
      if (fit === "best" || fit === "worst")
        must(this.#search!.looked === this.list.length, "Not all were looked at.");
    },

    "no-choice": ({ size, declined }: Step<"no-choice">) => {
      must(this.list.some((one) => one.free && one.size >= size) === declined, "A hole is large enough.");
      must(Object.is(size, this.#wanted), "Another size was wanted.");
    },

    split: ({ hole, block, remainder, payload, record }: Step<"split">) => {
      const [low, high] = remainder.address < block.address ? [remainder, block] : [block, remainder];
      must(
        low.address === hole.address && low.address + low.size === high.address,
        "The parts do not tile the hole.",
      );
      must(low.size + high.size === hole.size && low.size > 0 && high.size > 0, "The sizes do not add up.");
      must((this.#place === "high") === (low === remainder), "The block is at the other end.");
      must(remainder.size >= this.#leastRemainder, "Too little is split off.");
      this.#allocate(hole, block, payload, record);
      this.#changes = !this.#listsAll;
      this.blocks.splice(this.#at(block) + (low === block ? 1 : 0), 0, { ...remainder, free: true });
    },

    exact: ({ hole, block, payload, unsplit, record }) => {
      same(hole, block);
      must(unsplit >= 0 && unsplit < this.#leastRemainder, "Enough is left to be split off.");
      must(Object.is(block.size - unsplit, this.#wanted), "More is left, or less.");
      this.#allocate(hole, block, payload, record);
    },

    halve: ({ range, lower, upper, hole }: Step<"halve">) => {
      same(hole, upper);
      const at = this.#at(range);
      const { free } = this.blocks[at]!;
      must(
        lower.address === range.address && lower.size === upper.size && 2 * lower.size === range.size,
        "No halves.",
      );
      must(upper.address === lower.address + lower.size, "The upper half is elsewhere.");
      this.blocks.splice(at, 1, { ...lower, free }, { ...upper, free: true });
    },

    list: ({ removed, added, length, hole, record, order, inPlace }: Step<"list">) => {
      must(order === this.#order, "The list has another order.");
      const foremost = Math.min(...removed.map((one) => one.record));
      must(
        inPlace === (this.#changes && added?.record === foremost),
        "It takes another's place, or does not.",
      );
      for (const one of removed) this.#isRecord(one.record, one.hole);
      for (const one of [...removed].sort((a, b) => b.record - a.record)) this.list.splice(one.record, 1);
      if (added !== null) {
        this.list.splice(added.record, 0, { ...added.hole, free: true });
        must(this.blocks[this.#at(added.hole)]!.free, "The hole that joins is no hole.");
      }
      must(this.list.length === length, "The list has another length.");
      const subject = added ?? removed[0]!;
      must(subject.record === record, "It points elsewhere.");
      same(subject.hole, hole);
    },

    sort: ({ length }: Step<"sort">) => {
      this.list.sort((a, b) => a.address - b.address);
      must(this.list.length === length, "The list has another length.");
    },

    rover: ({ hole, record }: Step<"rover">) => {
      if (hole !== null) this.#isRecord(record, hole);
      this.rover = hole === null ? null : hole.address;
    },

    coalesce: ({ merges }: Step<"coalesce">) => {
      [this.#again, this.#changes] = [true, true];
      const pairs = this.blocks.filter((block, i) => block.free && this.blocks[i + 1]?.free).length;
      must(pairs === merges, "Another number of pairs are neighbours.");
    },

    merge: ({ parts, hole }: Step<"merge">) => {
      const at = this.#at(parts[0]!);
      let end = hole.address;
      for (const [i, part] of parts.entries()) {
        same(part, this.blocks[at + i]);
        must(this.blocks[at + i]!.free && part.address === end, "A part is allocated or elsewhere.");
        end += part.size;
      }
      must(end === hole.address + hole.size && parts.length > 1, "The sum is wrong.");
      this.blocks.splice(at, parts.length, { ...hole, free: true });
    },

    grow: ({ bytes, from, to, hole, range }: Step<"grow">) => {
      same(range, { address: from, size: bytes });
      must(from === this.top && to === from + bytes && bytes > 0, "The top is elsewhere.");
      const last = this.blocks.at(-1);
      if (this.#order !== "buddy") same(hole, last?.free ? last : null);
      this.blocks.push({ address: from, size: bytes, free: true });
      this.top = to;
    },

    denied: ({ reason, size, freeBytes, largestHole, hole }: Step<"denied">) => {
      let [free, largest] = [0, 0];
      for (const block of this.blocks) {
        if (!block.free) continue;
        free += block.size;
        largest = Math.max(largest, block.size);
      }
      must(free === freeBytes && largest === largestHole, "Another number of bytes is free.");
      must((hole?.size ?? 0) === largest, "It points at a smaller hole.");
      must(Object.is(size, this.#wanted), "Another size was wanted.");
      const should = free < size ? "short" : largest >= size ? "declined" : "scattered";
      must(reason === should, "The reason is another.");
      this.#payload = null;
    },

    answer: ({ of, value, block, hole }: Step<"answer">) => {
      if (of === "malloc") must(value === this.#payload, "The answer is another address.");
      if (of === "free")
        must((hole !== null) === value, "It points at no hole, or at one though nothing was freed.");
      else must((block !== null) === (typeof value === "number" && value >= 0), "It points at no block.");
      if (typeof value === "number" && block !== null)
        must(block.address + this.#header === value, "It points at another block.");
      for (const one of [block, hole]) if (one !== null) same(one, this.blocks[this.#at(one)]);
    },

    lookup: ({ address, header, block, failure, hole, range }: Step<"lookup">) => {
      must(header === this.#header, "The header is another.");
      const named = this.blocks.find(
        (one) => one.address + this.#header === address && (this.#listsAll || !one.free),
      );
      if (block !== null) same(block, named);
      const around = this.blocks.find((one) => one.address <= address && address < one.address + one.size);
      const should = named ? null : !around ? "outside" : around.free ? "hole" : "inside";
      same(hole, should === "hole" ? around : null);
      same(range, should === "inside" ? around : null);
      must(failure === should && (block === null) === (failure !== null), "The lookup comes out otherwise.");
      if (named) this.#payload = address;
    },

    freed: ({ block, again, record }: Step<"freed">) => {
      const at = this.#at(block);
      must(this.blocks[at]!.free === again, "It was free before, or was not.");
      this.#changes = false;
      this.#turn(at, { ...block, free: true }, record);
    },

    neighbour: ({ side, answer, range, hole, block }: Step<"neighbour">) => {
      const at = this.#at(range);
      const one = this.blocks[side === "before" ? at - 1 : at + 1];
      must(
        answer === (one === undefined ? "edge" : one.free ? "free" : "allocated"),
        "The neighbour answers otherwise.",
      );
      if (one !== undefined) same(hole ?? block, one);
    },

    unasked: ({ coalesce }: Step<"unasked">) => {
      must(coalesce === this.#coalesce && coalesce !== "immediate", "The neighbours should be asked.");
    },

    buddy: ({ hole, offset, buddy, unit, answer, range }: Step<"buddy">) => {
      same(range, answer === "none" ? null : { address: buddy, size: hole.size });
      must(offset === hole.address - this.#base, "The offset is wrong.");
      must(buddy === this.#base + ((offset / unit) ^ (hole.size / unit)) * unit, "The buddy is elsewhere.");
      const one = this.blocks.find(({ address }) => address === buddy);
      const whole = one !== undefined && one.size === hole.size;
      must(
        answer === (buddy >= this.top ? "none" : !whole ? "split" : one.free ? "free" : "allocated"),
        "The buddy answers otherwise.",
      );
    },

    instead: () => {},

    kept: ({ block, unsplit }: Step<"kept">) => {
      must(block.size - unsplit === this.#wanted, "It has more, or less.");
      must(!this.blocks[this.#at(block)]!.free, "The block is free.");
    },

    shrunk: ({ block, kept, hole }: Step<"shrunk">) => {
      const at = this.#at(block);
      must(
        kept.address === block.address && hole.address === kept.address + kept.size,
        "The parts are elsewhere.",
      );
      must(kept.size + hole.size === block.size, "The sizes do not add up.");
      must(kept.size === this.#wanted, "Another size was wanted.");
      this.#changes = false;
      this.blocks.splice(at, 1, { ...kept, free: false }, { ...hole, free: true });
    },

    room: ({ block, behind, hole, enough, missing }: Step<"room">) => {
      must(Object.is(block.size + missing, this.#wanted), "Another number of bytes is missing.");
      const next = this.blocks[this.#at(block) + 1];
      if (behind === "never") {
        must(!enough && hole === null, "It never grows.");
        return;
      }
      must(
        behind === (next === undefined ? "top" : next.free ? "hole" : "block"),
        "Behind it is something else.",
      );
      same(hole, next?.free ? next : null);
      if (hole !== null && hole.size >= missing) must(enough, "There is room.");
    },

    stretched: ({ was, block, hole, remainder, unsplit }: Step<"stretched">) => {
      must(block.size - unsplit === this.#wanted, "It has more, or less.");
      this.#changes = true;
      const at = this.#at(was);
      same(hole, this.blocks[at + 1]);
      must(this.blocks[at + 1]!.free && !this.blocks[at]!.free, "It grows into an allocated block.");
      must(
        block.address === was.address && block.size + (remainder?.size ?? 0) === was.size + hole.size,
        "The sum is wrong.",
      );
      if (remainder) must(remainder.address === block.address + block.size, "The remainder is elsewhere.");
      this.blocks.splice(
        at,
        2,
        { ...block, free: false },
        ...(remainder ? [{ ...remainder, free: true }] : []),
      );
    },

    copied: ({ from, to, bytes, block }: Step<"copied">) => {
      const [old, now] = [from, to].map((payload) =>
        this.blocks.find((one) => one.address + this.#header === payload),
      );
      must(!old!.free && !now!.free, "It is copied from or to a hole.");
      same(block, old);
      must(bytes === Math.min(old!.size, now!.size) - this.#header, "Another number of bytes is copied.");
    },

    nothing: ({ answer }: Step<"nothing">) => {
      must(answer === -1, "It answers otherwise.");
    },
  };

  /** Looks at the next record of the search. @returns whether it is the choice so far */
  #look(): boolean {
    const search = this.#search!;
    const one = this.list[search.next]!;
    search.next = (search.next + 1) % this.list.length;
    search.looked++;
    must(search.looked <= this.list.length, "A record is looked at twice.");
    if (one.free) this.examined++;
    const { chosen, fit } = search;
    if (!one.free || !(one.size >= search.size)) return false;
    if (chosen !== null && fit === "best" && one.size >= chosen.size) return false;
    if (chosen !== null && fit === "worst" && one.size <= chosen.size) return false;
    must(
      chosen === null || fit === "best" || fit === "worst",
      "The search goes on although it has found a hole.",
    );
    search.chosen = one;
    return true;
  }

  #allocate(hole: Extent, block: Extent, payload: number, record: number | null): void {
    const at = this.#at(hole);
    must(this.blocks[at]!.free, "The hole is allocated.");
    must(payload === block.address + this.#header, "The payload is elsewhere.");
    this.#turn(at, { ...block, free: false }, record);
    this.#payload = payload;
  }

  /** Puts `block` in the place of the block `at` its place, in the original program also in the list, which has it as `record`. */
  #turn(at: number, block: Block, record: number | null): void {
    const was = this.blocks[at]!;
    this.blocks[at] = block;
    if (!this.#listsAll) {
      must(record === null, "It points at the list, which follows.");
      return;
    }
    this.#isRecord(record, was);
    this.list[record!] = { ...block };
  }

  /** Where in the blocks this one is. */
  #at({ address, size }: Extent): number {
    const at = this.blocks.findIndex((one) => one.address === address);
    if (this.blocks[at]?.size !== size) throw new Error(`There is no block of ${size} bytes at ${address}.`);
    return at;
  }

  #isRecord(record: number | null, hole: Extent): void {
    same(hole, this.list[record ?? -1]);
  }
}

function same(a: Extent | null, b: Extent | null | undefined): void {
  if (a?.address === b?.address && a?.size === b?.size) return;
  throw new Error(`One is ${text(a)}, the other ${text(b)}.`);
}

function text(one: Extent | null | undefined): string {
  return one ? `${one.size} bytes at ${one.address}` : "nothing";
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
