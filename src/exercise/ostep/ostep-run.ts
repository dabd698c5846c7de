import { show } from "../../base/wrong-argument";
import type { Extent } from "../../heap/block";
import type { FitName } from "../../heap/fits";
import { FreeList } from "../../heap/free-list";
import type { OrderName } from "../../heap/orders";
import { greatestDivisor } from "../../heap/rounding";
import { History } from "../../run/history";
import { type OstepFlags, ostepFlags } from "./flags";
import { type OstepOperation, operations } from "./operations";
import { HELP, UsageError } from "./optparse";
import { OstepHeap } from "./ostep-heap";
import { PythonError } from "./python";
import type { OstepQuirkName } from "./quirks";

/** A call of malloc.py as a run of this library. */
export interface OstepRun {
  /** The same requests on a `FreeList` of the same policy, each step labelled with its pointer: opens in the player. */
  readonly history: History;
  /**
   * The first step after which the heaps are not alike, which the history marks; null when they agree to the end, in every
   * address, every count of examined records and every list.
   */
  readonly difference: OstepDifference | null;
  /** What ends malloc.py with a traceback, and with it the run: "KeyError: 5". Null when it comes to its end. */
  readonly error: string | null;
}

/** Where a heap with malloc.py's quirks and a `FreeList` part. */
export interface OstepDifference {
  /** The step of the history. */
  readonly step: number;
  /** The quirk that makes the difference: see `OSTEP_QUIRKS`. */
  readonly quirk: OstepQuirkName;
  /** malloc.py's free list then, in its order. */
  readonly ostep: readonly Extent[];
  /** The `FreeList`'s. */
  readonly freeList: readonly Extent[];
}

const FITS: Readonly<Record<string, FitName>> = { FIRST: "first", BEST: "best", WORST: "worst" };

const ORDERS: Readonly<Record<string, OrderName>> = {
  ADDRSORT: "address",
  "SIZESORT+": "size-ascending",
  "SIZESORT-": "size-descending",
  "INSERT-FRONT": "lifo",
  "INSERT-BACK": "fifo",
};

/**
 * The requests of a call of malloc.py, made of a `FreeList` of the same policy and recorded.
 *
 * In ADDRSORT, and without -C in INSERT-FRONT and INSERT-BACK, the heaps agree in everything. In the other orders
 * `difference` says where a quirk parts them; from there on the history is what a free list without it does with the same
 * requests. A pointer that only malloc.py got is not freed. Frees that malloc.py skips are no steps. Where the header is no
 * multiple of the alignment, requests are given as malloc.py rounds them, and the heap does not round.
 * @throws RangeError for flags with which malloc.py does not begin, a heap that no `FreeList` is (none or too many bytes, a
 *   negative base or header), or a request that none takes (a negative one); TypeError as `ostep`
 * @example show(ostepRun("-S 100 -H 4 -a 4 -n 20").history);
 */
export function ostepRun(flags: string | readonly string[]): OstepRun {
  const { given, theirs } = begin(flags);
  const rounds = given.align !== -1n && given.header % given.align === 0n;
  const ours = freeListOf(given, rounds);
  const history = History.of(ours);
  /** The addresses of our blocks' payloads, by pointer. */
  const blocks = new Map<number, number | null>();
  let examined = 0;
  ours.listen((event) => {
    if (event.kind === "malloc") examined = event.examined;
  });
  let difference: OstepDifference | null = null;
  let error: string | null = null;
  try {
    for (const operation of operations(given, theirs)) {
      if (!doAlike(operation)) continue;
      if (difference !== null) continue;
      const lists = { ostep: theirs.list.map(extentOf), freeList: [...ours.holes()].map(extentOf) };
      if (answersAgree(operation) && sameList(lists.ostep, lists.freeList)) continue;
      const quirk = quirkOf(operation, given, theirs, lists);
      difference = { step: history.length, quirk, ...lists };
      history.mark(`malloc.py differs from here on: ${quirk}`);
    }
  } catch (reason) {
    if (!(reason instanceof PythonError)) throw reason;
    error = reason.message;
  }
  return { history: history.stop(), difference, error };

  /** Makes the same request of our heap. @returns false when there is nothing to do */
  function doAlike(operation: OstepOperation): boolean {
    if (operation.kind === "alloc") {
      const { pointer, request } = operation;
      history.label(`ptr[${pointer}]`);
      blocks.set(pointer, ours.malloc(Number(rounds ? request : theirs.blockSize(request) - given.header)));
      return true;
    }
    if (operation.kind !== "free") return false;
    const address = blocks.get(operation.pointer) ?? null;
    if (address === null) return false;
    history.label(`ptr[${operation.pointer}]`);
    ours.free(address);
    return true;
  }

  function answersAgree(operation: OstepOperation): boolean {
    if (operation.kind !== "alloc") return true;
    const address = blocks.get(operation.pointer) ?? null;
    const block = address === null ? -1n : BigInt(address) - given.header;
    return block === operation.address && examined === operation.searched;
  }
}

/** The flags of a call that begins, and the heap it begins with. */
function begin(flags: string | readonly string[]): { given: OstepFlags; theirs: OstepHeap } {
  let reason = "it prints its help";
  try {
    const given = ostepFlags(flags);
    if (given !== HELP) return { given, theirs: new OstepHeap(given) };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof PythonError)) throw error;
    reason = error.message;
  }
  throw new RangeError(
    `malloc.py makes no requests with the flags ${show(flags)} (${reason}); ostep("--help") lists its flags.`,
  );
}

/** A heap of the same policy. @throws as its constructor */
function freeListOf(
  { size, base, header, align, policy, order, coalesce }: OstepFlags,
  rounds: boolean,
): FreeList {
  const [heapSize, unit] = [Number(size), rounds ? Number(align) : 1];
  return new FreeList(heapSize, heapSize > 0 ? greatestDivisor(unit, heapSize) : 1, {
    fit: FITS[policy],
    order: ORDERS[order],
    coalesce: coalesce ? "immediate" : "never",
    align: unit,
    header: Number(header),
    base: Number(base),
  });
}

const extentOf = ({ address, size }: { address: number | bigint; size: number | bigint }): Extent => ({
  address: Number(address),
  size: Number(size),
});

const sameList = (one: readonly Extent[], other: readonly Extent[]) =>
  one.length === other.length &&
  one.every(({ address, size }, i) => address === other[i]!.address && size === other[i]!.size);

/** Which quirk made the lists differ, which were alike before the operation. */
function quirkOf(
  operation: OstepOperation,
  { order }: OstepFlags,
  heap: OstepHeap,
  { ostep, freeList }: Pick<OstepDifference, "ostep" | "freeList">,
): OstepQuirkName {
  if (operation.kind === "alloc" && heap.blockSize(operation.request) === 0n) return "no-bytes";
  const byAddress = (list: readonly Extent[]) => [...list].sort((a, b) => a.address - b.address);
  if (!sameList(byAddress(ostep), byAddress(freeList))) return "list-neighbours";
  const sign = order === "SIZESORT-" ? -1 : 1;
  const sorted = ostep.every(({ size }, i) => i === 0 || sign * (size - ostep[i - 1]!.size) >= 0);
  return sorted ? "ties" : "unsorted";
}
