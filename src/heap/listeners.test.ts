import { describe, expect, it } from "vitest";
import { BuddySystem } from "./buddy-system";
import type { HeapListener, OperationRecorder } from "./event";
import { FreeList } from "./free-list";
import { OriginalHeap } from "./original-heap";
import { TextbookHeap } from "./textbook-heap";

/** A recorder that writes down what it is told. */
function writer(): OperationRecorder & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    malloc: (request, address) => told.push(`malloc(${request}) = ${address}`),
    free: (address, freed) => told.push(`free(${address}) = ${freed}`),
    realloc: (from, request, address) => told.push(`realloc(${from}, ${request}) = ${address}`),
    coalesce: () => told.push("coalesce"),
  };
}

describe("recorders", () => {
  it("are told of every operation, each until it is ended", () => {
    const heap = new FreeList(64, 4, { coalesce: "never" });
    const [early, late] = [writer(), writer()];
    const [endEarly, endLate] = [heap.record(early), heap.record(late)];
    heap.malloc(8);
    heap.realloc(0, 99);
    endEarly();
    heap.free(0);
    heap.free(1);
    heap.coalesce();
    endLate();
    heap.malloc(4);
    const both = ["malloc(8) = 0", "realloc(0, 99) = null"];
    expect(early.told).toEqual(both);
    expect(late.told).toEqual([...both, "free(0) = true", "free(1) = false", "coalesce"]);
  });

  it("need not hear of coalescing", () => {
    const heap = new FreeList(64, 4, { coalesce: "never" });
    const { coalesce: _, ...three } = writer();
    heap.record(three);
    expect(heap.coalesce()).toBe(0);
  });
});

describe("what is no argument is refused in a sentence", () => {
  const heap = new FreeList(64, 4);
  it.each([
    [() => heap.free("8" as never), 'free takes an address, a number, not "8"; give what malloc returned.'],
    [
      () => heap.realloc("8" as never, 4),
      'realloc takes an address, a number or null, not "8"; give what malloc returned.',
    ],
    [() => heap.listen(7 as unknown as HeapListener), "A listener is a function, not 7."],
    [
      () => heap.record({ malloc() {}, free() {} } as unknown as OperationRecorder),
      "A recorder has the methods malloc, free and realloc, and",
    ],
    [
      () => heap.record(null as never),
      "A recorder has the methods malloc, free and realloc, and null has no malloc.",
    ],
  ])("%s", (act, sentence) => {
    expect(act).toThrow(TypeError);
    expect(act).toThrow(sentence);
    expect(String(heap)).toBe("f64");
  });
});

it.each([FreeList, TextbookHeap, BuddySystem, OriginalHeap])(
  "the check of a %o counts again what it says of itself",
  (Kind) => {
    const heap = new Kind(64, 4);
    heap.check();
    Object.defineProperty(heap, "usedBytes", { get: () => 1 });
    expect(() => heap.check()).toThrow("Broken heap: 0 bytes are allocated, but usedBytes is 1.");
  },
);
