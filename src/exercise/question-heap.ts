import type { Block } from "../heap/block";
import { createHeap } from "../heap/create-heap";
import type { HeapEvent } from "../heap/event";
import { FITS, type Fit, type FitName } from "../heap/fits";
import type { Heap, HeapDescription } from "../heap/heap";
import { type HeapFromOptions, heapFrom } from "../heap/heap-from";
import type { FreeListOptions } from "../heap/options";
import type { CoalesceName, OrderName } from "../heap/orders";
import { decision } from "../run/decision/decision";
import { explain } from "../run/explain";
import { type HeapState, stateOf } from "../run/heap-state";
import { History } from "../run/history";
import { listText } from "./answer";
import { type Call, type CallAnswer, Caller } from "./call";

/** A heap in a state, as plain JSON. */
export interface QuestionHeap {
  /** Its kind and policy. */
  readonly description: HeapDescription;
  /** Its blocks, and behind a `|` its list, as `heapFrom` takes them; null for a heap as made. */
  readonly start: string | null;
  /** Calls that were made on it since. */
  readonly setup: readonly Call[];
}

/** What a call did. */
export interface Moment {
  readonly call: Call;
  readonly before: HeapState;
  readonly event: HeapEvent;
  readonly answer: CallAnswer;
}

/** The heap, in its state, and who has made its calls: names of the setup are known to it. */
export function makeHeap(
  { description, start, setup }: QuestionHeap,
  options: Partial<HeapFromOptions> = {},
): { heap: Heap; caller: Caller } {
  const { pageSize } = description;
  const policies = { ...description.options, ...options } as FreeListOptions;
  const heap =
    start === null
      ? createHeap({ ...description, options: policies as HeapDescription["options"] })
      : heapFrom(policies.fit === "next" ? start : start.replace(">", ""), { pageSize, ...policies });
  const caller = new Caller(heap);
  for (const call of setup) caller.make(call);
  return { heap, caller };
}

/** The heap with another policy, in the same state. */
export function withPolicy(heap: QuestionHeap, options: Partial<FreeListOptions>): QuestionHeap {
  const { description, ...rest } = heap;
  return { ...rest, description: { ...description, options: { ...description.options, ...options } } };
}

/** Makes calls on a heap in its state, and tells what each did. */
export function play(from: QuestionHeap, calls: readonly Call[]): { heap: Heap; moments: Moment[] } {
  const { heap, caller } = makeHeap(from);
  let event: HeapEvent | undefined;
  heap.listen((its) => {
    event = its;
  });
  const moments = calls.map((call) => {
    const before = stateOf(heap);
    const answer = caller.make(call);
    return { call, before, event: event!, answer };
  });
  return { heap, moments };
}

/** The steps of a decision, as sentences. */
export function stepsOf({ event, before }: Moment): readonly string[] {
  return decision(event, before, { most: 12 }).map(({ text }) => text);
}

/** A sentence for every call. */
export function sentencesOf(moments: readonly Moment[], { description }: QuestionHeap): readonly string[] {
  return moments.map(({ event }) => explain(event, description));
}

/** The run of calls on a heap, those of its setup included. */
export function runOf(from: QuestionHeap, calls: readonly Call[]): History {
  const { heap } = makeHeap({ ...from, setup: [] });
  const history = History.of(heap);
  const caller = new Caller(heap);
  for (const call of [...from.setup, ...calls]) caller.make(call);
  return history.stop();
}

/** The free list after calls. */
export function listAfter(from: QuestionHeap, calls: readonly Call[]): Block[] {
  const { heap, caller } = makeHeap(from);
  for (const call of calls) caller.make(call);
  return [...heap.holes()];
}

function fitText(name: FitName): string {
  const { better, superlative = "best", roves }: Fit = FITS[name];
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)} fit`;
  if (better) return `${title}: the ${superlative} hole that is large enough.`;
  const where = roves ? ", from the one marked > on and around" : ", from the head of the list on";
  return `${title}: the first hole that is large enough${where}.`;
}

const ORDER_WORDS: Readonly<Record<OrderName, string>> = {
  address: "The list is in ascending order of addresses.",
  lifo: "The list is last in, first out: a new hole, merged or not, goes to its front; what a split leaves over keeps its hole's place.",
  fifo: "The list is first in, first out: a new hole, merged or not, goes to its back; what a split leaves over keeps its hole's place.",
  "size-ascending": "The list is sorted by size, the smallest hole first; of equal ones the lower address.",
  "size-descending": "The list is sorted by size, the largest hole first; of equal ones the lower address.",
};

const COALESCE_WORDS: Readonly<Record<CoalesceName, string>> = {
  immediate: "A block that is freed merges with the holes beside it.",
  deferred:
    "Neighbouring holes merge only when a search has failed; then the search is made once more. A merged hole takes the foremost place of its parts in the list.",
  never: "Neighbouring holes never merge.",
};

/** Which parts of a policy a question leaves out, since it asks for them. */
export type Hidden = "fit" | "order" | "coalesce";

/** The heap in words: its policy, a table of its blocks, and its list. */
export function situationOf(from: QuestionHeap, hidden: readonly Hidden[] = []): string {
  const { heap } = makeHeap(from);
  const lines = [policyText(from.description, hidden), sizeText(heap)];
  if (heap.liveBlocks > 0) lines.push(...blockTable(heap));
  else if (heap.capacity > 0) lines.push(`The heap: ${heap.capacity} bytes, all free, from ${heap.base} on.`);
  const ordered = from.description.kind === "free-list" && !hidden.includes("order");
  if (ordered && heap.liveBlocks > 0)
    lines.push(`list     ${listText([...heap.holes()], stateOf(heap).rover)}`);
  return lines.join("\n");
}

function policyText({ kind, options }: HeapDescription, hidden: readonly Hidden[]): string {
  if (kind === "buddy")
    return "A buddy system: sizes are powers of two times the smallest block. A request takes the smallest hole that is large enough, of several the one with the lowest address, and halves it until it just fits.";
  const {
    coalesce = "immediate",
    fit = "first",
    order = "address",
    leastRemainder,
  } = options as FreeListOptions;
  if (kind === "segregated-fits") {
    const classes = (options.classes as readonly number[]).join(", ");
    return `Segregated fits: one list for every size class, up to ${classes} bytes and above. First fit in the class of the block, then the first hole of the next class that has one; the hole that came last is in front. ${COALESCE_WORDS[coalesce]}`;
  }
  const words = [
    hidden.includes("fit") ? "" : fitText(fit as FitName),
    hidden.includes("order") ? "" : ORDER_WORDS[order],
    hidden.includes("coalesce") ? "" : COALESCE_WORDS[coalesce],
    leastRemainder === undefined
      ? ""
      : `A remainder of less than ${leastRemainder} bytes is not split off: the block gets it.`,
  ];
  return words.filter((text) => text !== "").join(" ");
}

function sizeText(heap: Heap): string {
  const { kind, pageSize, options } = heap.describe();
  const unit = typeof options.align === "number" ? options.align : pageSize;
  const header =
    heap.header > 0 ? `A header of ${heap.header} bytes is added to every request` : "There is no header";
  const rounding =
    kind === "buddy"
      ? `the smallest block has ${unit} bytes`
      : unit === 1
        ? "nothing is rounded"
        : `sizes are rounded up to a multiple of ${unit}`;
  const payload = heap.header > 0 ? " malloc answers the address of the payload, behind the header." : "";
  return `${header}, and ${rounding}.${payload}`;
}

/** The blocks in address order: where each starts, and what it is. */
function blockTable(heap: Heap): string[] {
  const cells = Array.from(heap.blocks(), ({ address, size, free }) => [
    String(address),
    `${free ? "f" : "A"}${size}`,
  ]);
  const widths = cells.map((cell) => Math.max(...cell.map((text) => text.length)));
  const row = (name: string, i: number, end: string) =>
    `${name.padEnd(9)}${cells.map((cell, at) => cell[i]!.padEnd(widths[at]! + 2)).join("")}${end}`.trimEnd();
  return [row("address", 0, String(heap.top)), row("blocks", 1, "")];
}
