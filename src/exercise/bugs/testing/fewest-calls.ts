import { FreeList } from "../../../heap/free-list";
import type { StudentHeap, StudentHeapOptions } from "../student-heap";

/** A call by the number of the block, in the order of the mallocs, or by an address. */
type NumberedCall = readonly [op: "malloc" | "free" | "realloc", block: number, request: number];

/**
 * The fewest calls by which a heap comes to differ from `FreeList`, in an answer, in its list or in what is in its blocks, found by
 * another way than `findBug`: by making every sequence of fewer than `atMost` calls, all blocks and all requests that `findBug` tries
 * and every address.
 * @returns `atMost` when there are no fewer
 */
export function fewestCalls(
  Heap: new (heapSize: number, pageSize: number, options?: StudentHeapOptions) => StudentHeap,
  options: StudentHeapOptions,
  { heapSize, pageSize }: { readonly heapSize: number; readonly pageSize: number },
  atMost: number,
): number {
  const { align = pageSize, header = 0 } = options;
  const block = Math.ceil((header + 1) / align) * align;
  const requests = [block - header, block - header + 1, 2 * block - header, heapSize - header];
  let level: (readonly NumberedCall[])[] = [[]];
  for (let length = 1; length < atMost; length++) {
    const next: (readonly NumberedCall[])[] = [];
    for (const calls of level) {
      const blocks = calls.filter(([op]) => op === "malloc").length;
      const all: NumberedCall[] = requests.map((request) => ["malloc", 0, request]);
      for (let at = -1; at < blocks; at++) {
        all.push(["free", at, 0]);
        if (at >= 0)
          all.push(...requests.map((request): NumberedCall => ["realloc", at, request]), ["free", at, 1]);
      }
      for (const call of all) {
        const longer = [...calls, call];
        const outcome = compare(
          new Heap(heapSize, pageSize, options),
          new FreeList(heapSize, pageSize, options),
          longer,
        );
        if (outcome === "differs") return length;
        if (outcome === "same") next.push(longer);
      }
    }
    level = next;
  }
  return atMost;
}

/** Whether two heaps come to the same by the same calls; "void" where a call names a block that there is not. */
function compare(
  heap: StudentHeap,
  right: FreeList,
  calls: readonly NumberedCall[],
): "same" | "differs" | "void" {
  const addresses: number[] = [];
  const contents = new Map<number, number[]>();
  const write = (address: number, request: number) => {
    const bytes = Array.from({ length: request }, (_, i) => (address * 31 + i * 7 + contents.size + 1) % 256);
    for (const [i, byte] of bytes.entries()) heap.memory[address + i] = byte;
    contents.set(address, bytes);
  };
  for (const [op, at, request] of calls) {
    const address = at < 0 ? null : addresses[at]!;
    if (at >= 0 && Number.isNaN(address)) return "void";
    const target = op === "free" && address !== null ? address + request : address;
    const make = (on: StudentHeap | FreeList) =>
      op === "malloc" ? on.malloc(request) : op === "free" ? on.free(target) : on.realloc(target, request);
    const expected = make(right);
    let got: unknown;
    try {
      got = make(heap);
    } catch {
      return "differs";
    }
    if (op === "realloc" && !contents.has(address!)) return "void";
    if (got !== expected) return "differs";
    const list = (holes: Iterable<{ address: number; size: number }>) =>
      Array.from(holes, (hole) => `${hole.address}: ${hole.size}`).join();
    if (list(heap.holes()) !== list(right.holes())) return "differs";
    if (op === "free" && expected === true) contents.delete(target!);
    if (op === "realloc" && expected !== null) {
      const kept = contents.get(address!)!.slice(0, request);
      contents.delete(address!);
      contents.set(expected as number, kept);
      addresses[at] = expected as number;
    }
    for (const [start, bytes] of contents)
      if (bytes.some((byte, i) => heap.memory[start + i] !== byte)) return "differs";
    if (op === "malloc") addresses.push(expected === null ? Number.NaN : (expected as number));
    if (op !== "free" && expected !== null) write(expected as number, request);
  }
  return "same";
}
