import { checkNumber, show } from "../base/wrong-argument";
import { createHeap } from "../heap/create-heap";
import { FITS, type FitName } from "../heap/fits";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { type CustomFit, DEFAULT_POLICY } from "../heap/options";
import { COALESCINGS, type CoalesceName, ORDERS, type OrderName } from "../heap/orders";
import type { ComparedPolicy } from "./policy-model";

/** A policy to compare: the heap without its size. Every field has a default. */
export interface PolicyOptions {
  /** What the table calls it. Default: the fields that are not the default, such as `best/lifo`. */
  readonly name?: string;
  /** The kind of heap: `"free-list"` (the default), `"segregated-fits"` or `"buddy"`; these two have no `fit` and `order`. */
  readonly kind?: string;
  /** Which hole serves a request. Default `"first"`. A function is called `"custom"` unless `name` says better. */
  readonly fit?: FitName | CustomFit;
  /** The order of the free list. Default `"address"`. */
  readonly order?: OrderName;
  /** When neighbouring holes merge. Default `"immediate"`. */
  readonly coalesce?: CoalesceName;
  /** Sizes of blocks are multiples of this, in bytes; it is the page size too. Default 16. */
  readonly align?: number;
  /** Bytes added to every request. Default 0. */
  readonly header?: number;
}

const FREE_LIST = "free-list";
const KINDS = ["segregated-fits", "buddy"];

/**
 * The policy that `given` names: fields, or the same written short, words in any order between slashes:
 * `"best"`, `"first/lifo"`, `"next/deferred/align=8/header=8"`, `"buddy"`.
 * @throws RangeError for a word, number or combination that is not known; TypeError for a value of another kind.
 */
export function comparedPolicy(given: string | PolicyOptions): ComparedPolicy {
  if (typeof given === "string") return comparedPolicy(parsePolicy(given));
  if (typeof given !== "object" || given === null) {
    throw new TypeError(
      `A policy to compare is a name such as "best/lifo" or an object, not ${show(given)}.`,
    );
  }
  const policy = {
    kind: given.kind ?? FREE_LIST,
    fit: given.fit ?? DEFAULT_POLICY.fit,
    order: given.order ?? DEFAULT_POLICY.order,
    coalesce: given.coalesce ?? DEFAULT_POLICY.coalesce,
    align: given.align ?? 16,
    header: given.header ?? 0,
  } as const;
  checkNumber("a policy's align", policy.align, 1, "give 16 for what malloc usually does");
  checkNumber("a policy's header", policy.header, 0, "give 0 for no header");
  const named = { name: given.name ?? shortName(policy), ...policy };
  checkFields(given);
  arenaOf(named, arenaFrom(named, 1)); // throws for what no heap would take
  return named;
}

/** A heap of this policy that starts empty (a buddy system: with its smallest block) and grows. */
export function growingHeapOf(policy: ComparedPolicy): Heap {
  return makeHeap(policy, policy.kind === "buddy" ? policy.align : 0, true);
}

/** A heap of this policy with a fixed arena of `bytes` bytes, one that `arenaFrom` gave. */
export function arenaOf(policy: ComparedPolicy, bytes: number): Heap {
  return makeHeap(policy, bytes, false);
}

/** The smallest arena of at least `bytes` bytes that this policy can have: a multiple of its alignment; a buddy system's is a power of two of them. */
export function arenaFrom({ kind, align }: ComparedPolicy, bytes: number): number {
  const units = Math.max(1, Math.ceil(bytes / align));
  return (kind === "buddy" ? powerOfTwoFrom(units) : units) * align;
}

/** Bytes of the block that this policy makes of a request. */
export function blockBytes({ kind, align, header }: ComparedPolicy, request: number): number {
  const units = Math.max(1, Math.ceil((request + header) / align));
  return (kind === "buddy" ? powerOfTwoFrom(units) : units) * align;
}

function makeHeap(
  { kind, fit, order, coalesce, align, header }: ComparedPolicy,
  bytes: number,
  growable: boolean,
): Heap {
  if (kind === FREE_LIST)
    return new FreeList(bytes, align, { fit, order, coalesce, align, header, growable });
  const options = { align, header, growable, ...(kind === "buddy" ? {} : { coalesce }) };
  return createHeap({ kind, heapSize: bytes, pageSize: align, options });
}

function powerOfTwoFrom(units: number): number {
  return 2 ** Math.ceil(Math.log2(units));
}

/** Throws a RangeError for a field that this kind of heap has no use for. */
function checkFields({ kind = FREE_LIST, ...given }: PolicyOptions): void {
  if (kind === FREE_LIST) return;
  const unused = (["fit", "order", "coalesce"] as const).find(
    (name) => given[name] !== undefined && !(name === "coalesce" && kind === "segregated-fits"),
  );
  if (unused === undefined) return;
  throw new RangeError(
    `A policy of kind ${show(kind)} has no ${unused}, and this one says ${show(given[unused])}; leave it out.`,
  );
}

function shortName({ kind, fit, order, coalesce, align, header }: Omit<ComparedPolicy, "name">): string {
  const words: string[] = kind === FREE_LIST ? [typeof fit === "string" ? fit : "custom"] : [kind];
  if (order !== DEFAULT_POLICY.order) words.push(order);
  if (coalesce !== DEFAULT_POLICY.coalesce) words.push(coalesce);
  if (align !== 16) words.push(`align=${align}`);
  if (header !== 0) words.push(`header=${header}`);
  return words.join("/");
}

function parsePolicy(text: string): PolicyOptions {
  const options: Record<string, unknown> = {};
  const set = (name: string, value: unknown) => {
    if (name in options)
      throw new RangeError(`The policy ${show(text)} gives its ${name} twice; leave one out.`);
    options[name] = value;
  };
  for (const word of text.split("/")) {
    const number = /^(align|header)=(\d+)$/.exec(word);
    if (number) set(number[1]!, Number(number[2]));
    else if (Object.hasOwn(FITS, word)) set("fit", word);
    else if (Object.hasOwn(ORDERS, word)) set("order", word);
    else if (Object.hasOwn(COALESCINGS, word)) set("coalesce", word);
    else if (KINDS.includes(word)) set("kind", word);
    else {
      const words = [FITS, ORDERS, COALESCINGS].flatMap((table) => Object.keys(table));
      const known = [...words, ...KINDS, "align=N", "header=N"].join(", ");
      throw new RangeError(
        `The policy ${show(text)} has an unknown word ${show(word)}; the words are ${known}.`,
      );
    }
  }
  return options;
}
