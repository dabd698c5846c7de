import { capital } from "../base/readable";
import type { Block, Extent } from "../heap/block";
import { createHeap } from "../heap/create-heap";
import { FITS, type Fit, type FitName } from "../heap/fits";
import type { Heap, HeapDescription } from "../heap/heap";
import type { FreeListOptions } from "../heap/options";
import type { CoalesceName, OrderName } from "../heap/orders";
import { stateOf } from "../run/heap-state";
import { listText } from "./answer";
import type { Call, Caller } from "./call";
import { makeHeap, type QuestionHeap } from "./question-heap";

/** Which parts of a policy a question leaves out, since it asks for them. */
export type Hidden = "fit" | "order" | "coalesce";

/** A block of a heap that is drawn. */
export interface NamedBlock extends Block {
  /** What the calls call it; "" where they have no name for it. */
  readonly name: string;
}

/** A list of holes, in its order. */
export interface DrawnList {
  /** What it is called: "list", "up to 48". */
  readonly title: string;
  readonly holes: readonly Extent[];
}

/** The heap that a question is about: its policy in words, and what there is to draw of it. */
export interface Situation {
  /** The policy, in a sentence for each of its parts. */
  readonly rules: readonly string[];
  /** First address of the heap, and one past its last. */
  readonly base: number;
  readonly top: number;
  /** Every block, in address order. */
  readonly blocks: readonly NamedBlock[];
  /** The free list, or one for each size class; none where the question leaves it out, or where it says no more than the blocks. */
  readonly lists: readonly DrawnList[];
  /** Address of the hole at which next fit goes on; null for the head of the list. */
  readonly rover: number | null;
}

/**
 * What there is to know of a heap before calls are made on it.
 * @param calls what is going to be done with it: rules that they cannot touch are left out
 * @param more other rules that are needed
 */
export function situationOf(
  from: QuestionHeap,
  calls: readonly Call[],
  hidden: readonly Hidden[] = [],
  more: readonly string[] = [],
): Situation {
  const { heap, caller } = makeHeap(from);
  const names = namesOf(from, calls, heap, caller);
  return {
    rules: [...policyRules(from.description, calls, hidden), ...more, ...sizeRules(heap, calls)],
    base: heap.base,
    top: heap.top,
    blocks: Array.from(heap.blocks(), (block) => ({ ...block, name: names.get(block.address) ?? "" })),
    lists: heap.holeCount + heap.liveBlocks === 1 || hidden.includes("order") ? [] : listsOf(heap),
    rover: stateOf(heap).rover,
  };
}

/** The situation as a text: the rules, and what there is to draw. */
export function situationText(situation: Situation): string {
  return [situation.rules.join(" "), drawnText(situation)].filter((text) => text !== "").join("\n");
}

/** What there is to draw, as a text: a table of the blocks, and the lists. */
export function drawnText({ base, top, blocks, lists, rover }: Situation): string {
  const heap =
    blocks.length === 1 && blocks[0]!.free
      ? [`The heap: ${top - base} bytes, all free, from ${base} on.`]
      : blockTable(blocks, top);
  const width = Math.max(9, ...lists.map(({ title }) => title.length + 2));
  const listed = lists.map(({ title, holes }) => `${title.padEnd(width)}${listText(holes, rover)}`);
  return [...(blocks.length > 0 ? heap : []), ...listed].join("\n");
}

/** The blocks in address order: where each starts, what it is, and what it is called. */
function blockTable(blocks: readonly NamedBlock[], top: number): string[] {
  const cells = blocks.map(({ address, size, free, name }) => [
    String(address),
    `${free ? "f" : "A"}${size}`,
    name,
  ]);
  const widths = cells.map((cell) => Math.max(...cell.map((text) => text.length)));
  const row = (title: string, i: number, end: string) =>
    `${title.padEnd(9)}${cells.map((cell, at) => cell[i]!.padEnd(widths[at]! + 2)).join("")}${end}`.trimEnd();
  const names = blocks.some(({ name }) => name !== "") ? [row("called", 2, "")] : [];
  return [row("address", 0, String(top)), row("blocks", 1, ""), ...names];
}

/** What the calls call the blocks that there are, by block address. */
function namesOf(
  { setup }: QuestionHeap,
  calls: readonly Call[],
  heap: Heap,
  caller: Caller,
): ReadonlyMap<number, string> {
  const used = new Set(calls.map((call) => (call.op === "malloc" ? null : call.block)));
  const all = setup.flatMap((call) => (call.op === "malloc" && call.as !== undefined ? [call.as] : []));
  const names = all.some((name) => used.has(name)) ? all : [];
  const allocated = new Set(Array.from(heap.blocks(), ({ address, free }) => (free ? -1 : address)));
  const named = names.map((name): [number, string] => [(caller.addressOf(name) ?? -1) - heap.header, name]);
  return new Map(named.filter(([address]) => allocated.has(address)));
}

/** The free list; of segregated fits that of each class. A buddy system has none to be walked. */
function listsOf(heap: Heap): DrawnList[] {
  const { kind, options } = heap.describe();
  const holes = Array.from(heap.holes(), ({ address, size }) => ({ address, size }));
  if (kind === "free-list") return [{ title: "list", holes }];
  if (kind !== "segregated-fits") return [];
  const bounds = [...(options.classes as readonly number[]), Number.POSITIVE_INFINITY];
  return bounds.map((bound, i) => ({
    title: bound === Number.POSITIVE_INFINITY ? "above" : `up to ${bound}`,
    holes: holes.filter(({ size }) => size <= bound && size > (bounds[i - 1] ?? 0)),
  }));
}

/** The rules of a `FreeList` of so many bytes, for whoever makes any calls on it. */
export function ruleSentences(
  options: FreeListOptions,
  heapSize: number,
  pageSize: number,
): readonly string[] {
  const heap = createHeap({ kind: "free-list", heapSize, pageSize, options: { ...options } });
  const anything: Call[] = [
    { op: "malloc", request: 1 },
    { op: "realloc", block: null, request: 1 },
  ];
  const grows = options.growable ? ["The heap grows at its top by what is missing."] : [];
  return [...policyRules(heap.describe(), anything, []), ...sizeRules(heap, anything), ...grows];
}

function policyRules(
  { kind, options }: HeapDescription,
  calls: readonly Call[],
  hidden: readonly Hidden[],
): string[] {
  const {
    coalesce = "immediate",
    fit = "first",
    order = "address",
    leastRemainder,
  } = options as FreeListOptions;
  const frees = calls.some(({ op }) => op !== "malloc");
  const merging = hidden.includes("coalesce") || (coalesce === "immediate" && !frees);
  const coalescing = merging ? [] : [COALESCE_WORDS[coalesce]];
  if (kind === "buddy") return [BUDDY_WORDS];
  if (kind === "segregated-fits") {
    const classes = (options.classes as readonly number[]).join(", ");
    return [
      `Segregated fits: a list for every size class, up to ${classes} bytes and above.`,
      ...CLASS_WORDS,
    ];
  }
  return [
    ...(hidden.includes("fit") || !searches(calls)
      ? []
      : [fitRule(fit as FitName), ...roverRules(fit as FitName, calls)]),
    ...(hidden.includes("order") ? [] : [ORDER_WORDS[order]]),
    ...coalescing,
    ...(calls.some(({ op }) => op === "realloc") ? [REALLOC_WORDS] : []),
    ...(leastRemainder === undefined
      ? []
      : [`A remainder of less than ${leastRemainder} bytes is not split off: the block gets it.`]),
  ];
}

const BUDDY_WORDS =
  "A buddy system: the size of a block is the smallest block's, or that times 2, 4, 8 and so on. A request takes the smallest hole that is large enough, of several the one with the lowest address, and halves it until it just fits. The two halves are buddies: when both are free, they merge.";

const CLASS_WORDS = [
  "The search takes the first hole that is large enough in the class of the block; if there is none, the first hole of the next class that has one.",
  "A new hole goes to the front of its class.",
];

function fitRule(name: FitName): string {
  const { better, superlative = "best", roves }: Fit = FITS[name];
  const title = `${capital(name)} fit`;
  if (better)
    return `${title}: the ${superlative} hole that is large enough; of equal ones, the first in the list.`;
  const where = roves
    ? ", from the one marked > on; behind the last hole it goes on at the head of the list"
    : ", from the head of the list on";
  return `${title}: the first hole that is large enough${where}.`;
}

/** Where the rover goes, where more than one call depends on it. */
export const ROVER_RULE =
  "A search moves > to what its split leaves over, or after an exact fit to the next hole of the list; where the hole of > merges, > goes with it.";

function roverRules(fit: FitName, calls: readonly Call[]): string[] {
  return FITS[fit].roves && calls.length > 1 ? [ROVER_RULE] : [];
}

const REALLOC_WORDS =
  "realloc shrinks a block where it is, or grows it into the hole behind it; where that cannot be, it makes another block, copies, and then frees the old one.";

const ORDER_WORDS: Readonly<Record<OrderName, string>> = {
  address: "The list is sorted by address.",
  lifo: "The list is last in, first out: a new hole, merged or not, goes to its front; what a split leaves over keeps its hole's place.",
  fifo: "The list is first in, first out: a new hole, merged or not, goes to its back; what a split leaves over keeps its hole's place.",
  "size-ascending": "The list is sorted by size, the smallest hole first; of equal ones the lower address.",
  "size-descending": "The list is sorted by size, the largest hole first; of equal ones the lower address.",
};

const COALESCE_WORDS: Readonly<Record<CoalesceName, string>> = {
  immediate: "A block that is freed merges with the holes beside it.",
  deferred:
    "Neighbouring holes merge only when a search has failed; then there is one more search. A merged hole takes the place in the list of the foremost of its parts.",
  never: "Neighbouring holes never merge.",
};

/** Whether a hole is looked for. */
function searches(calls: readonly Call[]): boolean {
  return calls.some(({ op }) => op !== "free");
}

function sizeRules(heap: Heap, calls: readonly Call[]): string[] {
  const { kind, pageSize, options } = heap.describe();
  const unit = typeof options.align === "number" ? options.align : pageSize;
  if (kind === "buddy") return [`The smallest block has ${unit} bytes, and there is no header.`];
  if (heap.header === 0 && !searches(calls)) return [];
  if (heap.header === 0)
    return [
      `${unit === 1 ? "Nothing is rounded" : `Sizes are rounded up to a multiple of ${unit}`}, and there is no header.`,
    ];
  const rounded = unit === 1 ? "" : `, together rounded up to a multiple of ${unit}`;
  return [
    `A block has a header of ${heap.header} bytes and the bytes asked for${rounded}.`,
    "malloc returns the address of the payload, which is behind the header.",
  ];
}
