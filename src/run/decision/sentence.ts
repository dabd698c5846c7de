import { capital } from "../../base/readable";
import type { Extent } from "../../heap/block";
import { COALESCINGS, ORDERS, type Order, type OrderName } from "../../heap/orders";
import { are, count, type Notation, stay } from "./notation";
import { SEARCH_SENTENCES } from "./search-sentence";
import type { Fact, ListFact, SizeFact } from "./step";
import type { Arranger } from "./terms";

type Sentences = {
  readonly [Kind in Fact["kind"]]: (fact: Extract<Fact, { kind: Kind }>, n: Notation) => string;
};

/** The sentence of a step. Plain text: whoever puts it in a page escapes it. */
export function sentence(fact: Fact, notation: Notation): string {
  return (SENTENCES[fact.kind] as (fact: Fact, n: Notation) => string)(fact, notation);
}

const SENTENCES: Sentences = {
  size: sizeSentence,

  ...SEARCH_SENTENCES,

  split({ hole, block, payload, remainder }, n) {
    const from = remainder.address === hole.address ? "last" : "first";
    return `The hole of ${n.bytes(hole.size)} is split: its ${from} ${n.bytes(block.size)} become ${place(block, payload, n)}, and ${n.bytes(remainder.size)} ${stay(remainder.size)} free at ${n.number(remainder.address)}.`;
  },

  exact({ hole, block, payload, unsplit }, n) {
    const whole = `all of it becomes ${place(block, payload, n)}`;
    if (unsplit === 0) return `The hole of ${n.bytes(hole.size)} fits exactly: ${whole}.`;
    return `Of the hole of ${n.bytes(hole.size)}, ${n.bytes(unsplit)} would be left and ${are(unsplit)} not split off: ${whole}.`;
  },

  halve: ({ range, lower, upper }, n) =>
    `${n.extent(range)} are cut in halves of ${n.bytes(lower.size)}: the lower one at ${n.number(lower.address)}, and its buddy at ${n.number(upper.address)}, which is free.`,

  list: listSentence,

  sort: ({ length }) => `The original program sorts its list by address: ${count(length, "record")}.`,

  rover: ({ hole, record }, n) =>
    hole === null
      ? "The rover goes back to the head of the list, where the next search begins."
      : `The rover stands on the hole at ${n.number(hole.address)}, record ${record! + 1}: the next search begins there.`,

  coalesce({ merges, cause }) {
    const why = cause === "call" ? "coalesce() was called" : "Coalescing was deferred until now";
    if (merges === 0) return `${why}: no two holes are neighbours.`;
    return `${why}: ${count(merges, "pair")} of neighbouring holes ${merges === 1 ? "merges" : "merge"}${cause === "call" ? "" : ", and then it is tried again"}.`;
  },

  merge: ({ parts, hole }, n) =>
    `${parts.map((part) => n.number(part.size)).join(" + ")} = ${n.number(hole.size)}: ${
      parts.length === 2 ? "the two" : "the three"
    } become one hole of ${n.extent(hole)}.`,

  grow({ bytes, from, to, hole }, n) {
    const counted = hole ? `; the hole at its top, ${n.extent(hole)}, counts towards what is needed` : "";
    return `The heap grows by ${n.bytes(bytes)}, from ${n.number(from)} to ${n.number(to)}${counted}.`;
  },

  denied({ reason, size, freeBytes, largestHole }, n) {
    const sums = `${n.bytes(size)} ${are(size)} needed, ${n.bytes(freeBytes)} ${are(freeBytes)} free in all, and the largest hole has ${n.number(largestHole)}`;
    const why = {
      short: "memory is short",
      scattered: "free memory is scattered",
      declined: "the policy chose none",
    }[reason];
    return `Denied, because ${why}: ${sums}.`;
  },

  answer: ({ of, value }, n) =>
    `${of} answers ${typeof value === "number" ? n.number(value) : String(value)}.`,

  lookup({ address, header, block, failure }, n) {
    const where = n.number(address);
    if (failure !== null) {
      return {
        outside: `${where} is not in the heap, so no block is named.`,
        hole: `${where} lies in free memory, freed before or never allocated, so no block is named.`,
        inside: `${where} lies in a block, but is not the payload address that malloc returned for it.`,
      }[failure];
    }
    if (header === 0) return `${where} names the block of ${n.bytes(block!.size)} there.`;
    return `The payload at ${where} starts behind the header of ${n.bytes(header)}: its block has ${n.extent(block!)}.`;
  },

  freed: ({ block, again }, n) =>
    again
      ? `The record of ${n.extent(block)} is free already, and the original program frees it once more.`
      : `The block of ${n.extent(block)} becomes a hole.`,

  neighbour({ side, answer, range, ...points }, n) {
    const where = side === "before" ? "Before it" : "Behind it";
    if (answer === "edge") {
      const edge = side === "before" ? range.address : range.address + range.size;
      return `${where} is nothing: the heap ${side === "before" ? "starts" : "ends"} at ${n.number(edge)}.`;
    }
    const { hole, block } = points as { hole?: Extent; block?: Extent };
    if (answer === "free") return `${where} is a hole, ${n.extent(hole!)}: they merge.`;
    return `${where} is an allocated block, ${n.extent(block!)}: nothing merges there.`;
  },

  unasked: ({ coalesce }) =>
    COALESCINGS[coalesce].onFailure
      ? "Coalescing is deferred until a search fails: the neighbours are not asked."
      : "Holes never merge under this policy: the neighbours are not asked.",

  buddy(fact, n) {
    const { hole, buddy, answer } = fact;
    if (answer === "none") return `The hole of ${n.bytes(hole.size)} is the whole heap: it has no buddy.`;
    const says = {
      free: "it is a hole of the same size, so they merge",
      allocated: "it is allocated, so nothing merges",
      split: "it is split, and a part of it is no hole of that size, so nothing merges",
    }[answer];
    return `${xor(fact, n)}: the buddy of the ${n.extent(hole)} is at ${n.number(buddy)}, and ${says}.`;
  },

  instead: ({ of }) =>
    of === "malloc" ? "Without a block, realloc is malloc." : "To no bytes at all, realloc is free.",

  kept: ({ block, unsplit }, n) =>
    unsplit === 0
      ? `The block of ${n.extent(block)} has that size already and stays as it is.`
      : `The block of ${n.extent(block)} has ${n.bytes(unsplit)} more, which ${are(unsplit)} not split off, and stays as it is.`,

  shrunk: ({ block, kept, hole }, n) =>
    `The block shrinks where it is: it keeps ${n.number(kept.size)} of its ${n.bytes(block.size)}, and ${n.bytes(hole.size)} become free at ${n.number(hole.address)}.`,

  room({ block, missing, behind, enough, hole }, n) {
    const short = `The block of ${n.extent(block)} is ${n.bytes(missing)} short`;
    if (behind === "never") return `${short}, and such a heap grows no block where it is.`;
    const there = {
      hole: `behind it is a hole of ${n.bytes(hole?.size ?? 0)}`,
      block: "behind it is an allocated block",
      top: "behind it the heap ends",
    }[behind];
    const can = enough
      ? hole && hole.size >= missing
        ? "enough to grow where it is"
        : "and the heap can grow there"
      : behind === "hole"
        ? "which is not enough: it must move"
        : "so it must move";
    return `${short}; ${there}, ${can}.`;
  },

  stretched({ was, block, hole, remainder, unsplit }, n) {
    const taken = block.size - was.size;
    const kept = `, of which the last ${n.bytes(unsplit)} ${are(unsplit)} too ${few(unsplit)} to be split off`;
    const left = remainder ? `, and ${n.extent(remainder)} ${stay(remainder.size)} free` : "";
    const rest = unsplit > 0 ? kept : left;
    return `${n.number(was.size)} + ${n.number(taken)} = ${n.number(block.size)}: the block grows where it is, by ${n.bytes(taken)} of the hole at ${n.number(hole.address)}${rest}.`;
  },

  copied: ({ from, to, bytes }, n) =>
    `${n.bytes(bytes)} of payload ${are(bytes)} copied from ${n.number(from)} to ${n.number(to)}.`,

  nothing: ({ answer }) =>
    `The original program answers ${answer} to a request of nothing, and nothing changes.`,
};

/** Why a hole joins the list where it does. */
function placeInList(arranger: Arranger): string {
  if (!Object.hasOwn(ORDERS, arranger)) return PLACES[arranger as Exclude<Arranger, OrderName>];
  const { compare, sortedBy = "keys", newest = "back" }: Order = ORDERS[arranger as OrderName];
  return compare ? `in the order of ${sortedBy}` : `at the ${newest}`;
}

const PLACES: Readonly<Record<Exclude<Arranger, OrderName>, string>> = {
  segregated: "at the front of its size class",
  buddy: "among those of its size",
  original: "at the front",
};

function sizeSentence({ request, header, rounding, size, rule, unit }: SizeFact, n: Notation): string {
  const sum = header > 0 ? `${n.bytes(request)} + ${n.number(header)} of header` : n.bytes(request);
  const total = header > 0 ? ` = ${n.bytes(size - rounding)}` : "";
  const goal = {
    multiple: `a multiple of ${n.number(unit)}`,
    power: `a power of two times ${n.number(unit)}`,
    least: "the least that a block has",
  }[rule];
  if (rounding !== 0)
    return `${sum}${total}, rounded up by ${n.number(rounding)} to ${n.number(size)}, ${goal}.`;
  return header > 0 ? `${sum}${total}, ${goal} as it is.` : `${sum}, without header or rounding.`;
}

function listSentence({ removed, added, length, order, inPlace }: ListFact, n: Notation): string {
  const records = `The list has ${count(length, "record")} now.`;
  const gone = removed
    .map(({ record }) => record + 1)
    .sort((a, b) => a - b)
    .join(" and ");
  if (added === null) return `Record ${gone} leaves the list. ${records}`;
  const whose = `the hole at ${n.number(added.hole.address)}`;
  const at = `record ${added.record + 1}`;
  if (removed.length === 0)
    return `${capital(whose)} joins the list as ${at}, ${placeInList(order)}. ${records}`;
  if (inPlace && removed.length === 1)
    return `${capital(whose)} takes the old one's place in the list, ${at}. ${records}`;
  const leave = removed.length > 1 ? `Records ${gone} leave` : `Record ${gone} leaves`;
  const where = inPlace ? `takes the foremost place, ${at}` : `joins it as ${at}, ${placeInList(order)}`;
  return `${leave} the list, and ${whose} ${where}. ${records}`;
}

/** The buddy's arithmetic, in bytes, or in smallest blocks where these are no power of two. */
function xor({ offset, hole, unit }: Extract<Fact, { kind: "buddy" }>, n: Notation): string {
  if (Number.isInteger(Math.log2(unit))) {
    return `${n.number(offset)} XOR ${n.number(hole.size)} = ${n.number(xorOf(offset, hole.size))}`;
  }
  const [at, size] = [offset / unit, hole.size / unit];
  return `In blocks of ${n.bytes(unit)}, ${at} XOR ${size} = ${xorOf(at, size)}`;
}

/** `offset XOR size`, where `size` is a power of two and measures `offset`; also beyond 32 bits. */
function xorOf(offset: number, size: number): number {
  return (offset / size) % 2 === 0 ? offset + size : offset - size;
}

/** A number of bytes is too few, one is too little. */
function few(bytes: number): string {
  return bytes === 1 ? "little" : "few";
}

/** Where a block is, and its payload where that is elsewhere. */
function place(block: Extent, payload: number, n: Notation): string {
  const at = n.number(block.address);
  return payload === block.address
    ? `the block at ${at}`
    : `the block at ${at}, its payload at ${n.number(payload)}`;
}
