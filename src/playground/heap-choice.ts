import { createHeap, HEAP_KINDS } from "../heap/create-heap";
import { FITS } from "../heap/fits";
import type { Heap, HeapDescription } from "../heap/heap";
import { type CustomFit, DEFAULT_POLICY, PLACES } from "../heap/options";
import { COALESCINGS, ORDERS } from "../heap/orders";
import { greatestDivisor } from "../heap/rounding";
import type { PlaygroundCall } from "./calls";

/** A kind of heap with its parameters, as a description has them; a `fit` of one's own is `"custom"`. */
export type HeapChoice = HeapDescription;

/** How an option is chosen: one of several words, yes or no, a number of bytes, or several numbers of bytes. */
export type OptionField = {
  /** What stands before it. */
  readonly title: string;
  /** What it does, in a sentence. */
  readonly hint: string;
} & (
  | { readonly kind: "choice"; readonly choices: readonly string[]; readonly usual: string }
  | { readonly kind: "flag" }
  | { readonly kind: "bytes"; readonly least: number; usual(choice: HeapChoice): number }
  | { readonly kind: "sizes" }
);

/** How each option is chosen, by its name. What can be chosen comes from the heaps' own tables: a new fit is among them. */
export const OPTION_FIELDS: Readonly<Record<string, OptionField>> = {
  fit: {
    title: "Fit",
    hint: "Which hole serves a request",
    kind: "choice",
    choices: Object.keys(FITS),
    usual: DEFAULT_POLICY.fit,
  },
  order: {
    title: "Order",
    hint: "In which order the free list is kept",
    kind: "choice",
    choices: Object.keys(ORDERS),
    usual: DEFAULT_POLICY.order,
  },
  coalesce: {
    title: "Coalesce",
    hint: "When neighbouring holes merge",
    kind: "choice",
    choices: Object.keys(COALESCINGS),
    usual: DEFAULT_POLICY.coalesce,
  },
  place: {
    title: "Place",
    hint: "At which end of its hole a block is placed",
    kind: "choice",
    choices: PLACES,
    usual: "low",
  },
  leastRemainder: {
    title: "Least remainder",
    hint: "A hole of which fewer bytes would be left is given away whole",
    kind: "bytes",
    least: 1,
    usual: () => 1,
  },
  header: {
    title: "Header",
    hint: "Bytes that every block has before its payload",
    kind: "bytes",
    least: 0,
    usual: () => 0,
  },
  align: {
    title: "Align",
    hint: "Sizes are rounded up to a multiple of this",
    kind: "bytes",
    least: 1,
    usual: ({ pageSize }) => pageSize,
  },
  base: { title: "Base", hint: "First address of the heap", kind: "bytes", least: 0, usual: () => 0 },
  growable: { title: "Grows", hint: "Whether the heap grows at its top when nothing fits", kind: "flag" },
  partitions: { title: "Partitions", hint: "Bytes of each partition", kind: "sizes" },
  classes: { title: "Classes", hint: "The largest block of each size class but the last", kind: "sizes" },
};

/** Most units (of the alignment) that a playground's heap may have, with all that it may grow by: a page stays quick. */
export const MOST_UNITS = 2 ** 20;

/** Most operations on the original program's heap, which sorts all its blocks at every free. */
const MOST_ORIGINAL_CALLS = 4_000;

/** Most numbers of an option that is a list. */
const MOST_SIZES = 256;

/** The heap that a playground begins with: small enough to see every page. */
export const FIRST_HEAP: HeapChoice = { kind: "free-list", heapSize: 1024, pageSize: 16, options: {} };

/** Whether such a heap has a fit, in whose place one of one's own can step. */
export function takesFit({ kind }: HeapChoice): boolean {
  return HEAP_KINDS[kind]?.options?.includes("fit") ?? false;
}

/**
 * Makes an empty heap.
 * @param ownFit the fit of one's own, for a choice with the fit `"custom"`
 * @throws RangeError or TypeError for a choice that is not allowed
 */
export function makeHeap(choice: HeapChoice, ownFit: CustomFit = () => null): Heap {
  const { kind, heapSize, pageSize, options } = choice;
  if (options.fit !== "custom") return createHeap(choice);
  if (takesFit(choice)) return HEAP_KINDS[kind]!.make(heapSize, pageSize, { ...options, fit: ownFit });
  throw new RangeError(`A heap of kind "${kind}" takes no fit of one's own; choose a free list.`);
}

/**
 * Checks that a heap can be made and is not too large for a page, whatever is asked of it.
 * @throws RangeError or TypeError that says what is wrong
 */
export function checkHeap(choice: HeapChoice, calls: readonly PlaygroundCall[]): void {
  const { kind, heapSize, pageSize, options } = choice;
  for (const name of ["partitions", "classes"]) {
    const sizes = options[name];
    if (Array.isArray(sizes) && sizes.length > MOST_SIZES)
      throw new RangeError(
        `options.${name} must be at most ${MOST_SIZES} sizes, not ${sizes.length}; give fewer.`,
      );
  }
  const align = typeof options.align === "number" && options.align >= 1 ? options.align : pageSize;
  const unit = kind === "original" || heapSize === 0 ? align : greatestDivisor(align, heapSize);
  const growth = options.growable === true ? mostGrowth(choice, align, calls) : 0;
  const units = Math.max(heapSize + growth, heapSize) / Math.max(1, unit);
  if (!(units <= MOST_UNITS)) {
    const most = MOST_UNITS.toLocaleString("en-US");
    throw new RangeError(
      `A playground's heap has at most ${most} units, and this one ${growth > 0 ? "could grow to" : "has"} ${Math.ceil(units).toLocaleString("en-US")} of ${unit} bytes; use larger pages, or a smaller heap.`,
    );
  }
  if (kind === "original" && calls.length > MOST_ORIGINAL_CALLS) {
    throw new RangeError(
      `The original program's heap takes at most ${MOST_ORIGINAL_CALLS} operations here, since it sorts all its blocks at every free, and these are ${calls.length}; choose a free list.`,
    );
  }
  const heap = makeHeap(choice);
  if (!("coalesce" in heap) && calls.some(({ op }) => op === "coalesce")) {
    throw new RangeError(
      `A heap of kind "${kind}" has no coalesce(), and the operations call it; take it out, or choose a free list.`,
    );
  }
}

/** More bytes than a growable heap can grow by for these calls. */
function mostGrowth({ kind, options }: HeapChoice, align: number, calls: readonly PlaygroundCall[]): number {
  const header = typeof options.header === "number" ? options.header : 0;
  let bytes = 0;
  for (const call of calls) {
    if (call.op === "malloc" || call.op === "realloc") bytes += call.request + header + align;
  }
  // A buddy system doubles until a power of two is enough.
  return kind === "buddy" ? 4 * bytes : bytes;
}

/**
 * The choice with another kind of heap: what the new one has of options stays as it was, and a size that it cannot have becomes the next
 * that it can.
 */
export function withKind(choice: HeapChoice, kind: string): HeapChoice {
  const names = HEAP_KINDS[kind]?.options ?? [];
  const options = Object.fromEntries(Object.entries(choice.options).filter(([name]) => names.includes(name)));
  if (options.fit === "custom" && kind !== "free-list") delete options.fit;
  const { pageSize } = choice;
  let heapSize = Math.max(pageSize, choice.heapSize);
  if (kind === "buddy") {
    const unit = typeof options.align === "number" ? options.align : pageSize;
    heapSize = unit * 2 ** Math.max(0, Math.ceil(Math.log2(heapSize / unit)));
  }
  if (kind === "fixed-partitions") {
    const pages = Math.max(4, Math.floor(heapSize / pageSize));
    const shares = [0.125, 0.25, 0.125].map((share) => Math.max(1, Math.round(pages * share)) * pageSize);
    options.partitions = [...shares, pages * pageSize - shares.reduce((sum, each) => sum + each)];
    heapSize = pages * pageSize;
  }
  return { kind, heapSize, pageSize, options };
}

/** The choice with an option set; undefined sets it back to what is usual. */
export function withOption(choice: HeapChoice, name: string, value: unknown): HeapChoice {
  const options = { ...choice.options };
  if (value === undefined) delete options[name];
  else options[name] = value;
  const { partitions } = options;
  const heapSize =
    name === "partitions" && Array.isArray(partitions)
      ? partitions.reduce((sum: number, each: number) => sum + each, 0)
      : choice.heapSize;
  return { ...choice, heapSize, options };
}

/** The choice, made large enough for so many bytes to be live at once, with a third to spare; pages of 16 bytes at least. */
export function roomFor(choice: HeapChoice, bytes: number): HeapChoice {
  if (choice.heapSize >= bytes * 1.2 || choice.options.growable === true) return choice;
  const wished = 2 ** Math.ceil(Math.log2(Math.max(1024, (bytes * 4) / 3)));
  const pageSize = Math.max(choice.pageSize, 16, wished / 65_536);
  return withKind({ ...choice, pageSize, heapSize: wished }, choice.kind);
}
