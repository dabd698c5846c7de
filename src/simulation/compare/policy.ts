import { createHeap } from "../../heap/create-heap";
import { FreeList } from "../../heap/free-list";
import type { Heap } from "../../heap/heap";
import {
  type CoalesceName,
  type CustomFit,
  checkNumber,
  type FitName,
  type OrderName,
  show,
} from "../../heap/options";

/** A policy to compare: the heap without its size. Every field has a default. */
export interface PolicyOptions {
  /** What the table calls it. Default: the fields that are not the default, such as `best/lifo`. */
  readonly name?: string;
  /** The kind of heap, as `describe()` names it. Default `"free-list"`; the fields below but `align` are for that kind. */
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

/** A policy with every default filled in. */
export interface Policy {
  readonly name: string;
  readonly kind: string;
  readonly fit: FitName | CustomFit;
  readonly order: OrderName;
  readonly coalesce: CoalesceName;
  readonly align: number;
  readonly header: number;
}

const FREE_LIST = "free-list";
const FITS = ["first", "next", "best", "worst"];
const ORDERS = ["address", "lifo", "fifo", "size-ascending", "size-descending"];
const COALESCE = ["immediate", "deferred", "never"];
const KINDS = ["segregated-fits", "buddy"];

/**
 * The policy that `given` names: fields, or the same written short, words in any order between slashes:
 * `"best"`, `"first/lifo"`, `"next/deferred/align=8/header=8"`, `"buddy"`.
 * @throws RangeError for a word, number or combination that is not known; TypeError for a value of another kind.
 */
export function policyOf(given: string | PolicyOptions): Policy {
  if (typeof given === "string") return policyOf(parsePolicy(given));
  if (typeof given !== "object" || given === null) {
    throw new TypeError(
      `A policy to compare is a name such as "best/lifo" or an object, not ${show(given)}.`,
    );
  }
  const policy = {
    kind: given.kind ?? FREE_LIST,
    fit: given.fit ?? "first",
    order: given.order ?? "address",
    coalesce: given.coalesce ?? "immediate",
    align: given.align ?? 16,
    header: given.header ?? 0,
  } as const;
  checkNumber("a policy's align", policy.align, 1, "give 16 for what malloc usually does");
  checkNumber("a policy's header", policy.header, 0, "give 0 for no header");
  const named = { name: given.name ?? shortName(policy), ...policy };
  arenaOf(named, arenaStep(named) * 64); // throws for what no heap would take
  return named;
}

/** A heap of this policy that starts empty and grows by what is missing; for kinds that cannot grow, an arena of `room` bytes. */
export function growingHeapOf(policy: Policy, room: number): Heap {
  if (policy.kind !== FREE_LIST) return arenaOf(policy, room);
  return new FreeList(0, policy.align, { ...freeListOptions(policy), growable: true });
}

/** A heap of this policy with a fixed arena of `bytes` bytes. */
export function arenaOf(policy: Policy, bytes: number): Heap {
  if (policy.kind === FREE_LIST) return new FreeList(bytes, policy.align, freeListOptions(policy));
  return createHeap({ kind: policy.kind, heapSize: bytes, pageSize: policy.align, options: {} });
}

/** Arenas of this policy have a multiple of this many bytes. */
export function arenaStep(policy: Policy): number {
  return policy.align;
}

/** Bytes of the block that this policy makes of a request; a lower bound for kinds of heaps that round in their own way. */
export function blockBytes(policy: Policy, request: number): number {
  if (policy.kind !== FREE_LIST) return Math.max(1, request);
  const { align, header } = policy;
  return Math.max(1, Math.ceil((request + header) / align)) * align;
}

/** Names the model of the heap that figures belong to, in one line without the arena's size. */
export function modelOf(policy: Policy): string {
  const { kind, fit, order, coalesce, align, header } = policy;
  if (kind !== FREE_LIST) return `${kind}, pages of ${align} bytes`;
  const fitName = typeof fit === "string" ? `${fit} fit` : "a fit of one's own";
  const head = header === 0 ? "no header" : `${header} header bytes`;
  return `${fitName}, ${order} order, ${coalesce} coalescing, align ${align}, ${head}`;
}

function freeListOptions({ fit, order, coalesce, align, header }: Policy) {
  return { fit, order, coalesce, align, header };
}

function shortName({ kind, fit, order, coalesce, align, header }: Omit<Policy, "name">): string {
  const words: string[] = kind === FREE_LIST ? [typeof fit === "string" ? fit : "custom"] : [kind];
  if (order !== "address") words.push(order);
  if (coalesce !== "immediate") words.push(coalesce);
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
    else if (FITS.includes(word)) set("fit", word);
    else if (ORDERS.includes(word)) set("order", word);
    else if (COALESCE.includes(word)) set("coalesce", word);
    else if (KINDS.includes(word)) set("kind", word);
    else {
      const known = [...FITS, ...ORDERS, ...COALESCE, ...KINDS, "align=N", "header=N"].join(", ");
      throw new RangeError(
        `The policy ${show(text)} has an unknown word ${show(word)}; the words are ${known}.`,
      );
    }
  }
  return options;
}
