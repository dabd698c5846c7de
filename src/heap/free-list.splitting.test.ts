import { describe, expect, it } from "vitest";
import type { HeapEvent } from "./event";
import { FreeList } from "./free-list";
import { parseHeapText } from "./heap-text";
import type { FreeListOptions } from "./options";
import { SegregatedFits } from "./segregated-fits";
import { TextbookHeap } from "./textbook-heap";

/** A heap that starts with these blocks; the holes are in the list in address order. */
function starting(text: string, options: FreeListOptions): FreeList {
  const blocks = parseHeapText(text);
  const heap = new FreeList(
    blocks.reduce((sum, { size }) => sum + size, 0),
    1,
    options,
  );
  const state = {
    blocks: blocks.map(({ size, free }) => (free ? -size : size)),
    list: blocks.filter(({ free }) => free).map(({ address }) => address),
    rover: -1,
  };
  heap.restore({ ...heap.snapshot(), state });
  return heap;
}

const eventsOf = (heap: FreeList): HeapEvent[] => {
  const events: HeapEvent[] = [];
  heap.listen((event) => events.push(event));
  return events;
};

describe("place: high", () => {
  it("puts a block at the high end of its hole, and what is left keeps the hole's address and place", () => {
    const heap = starting("f20 A4 f40 A4 f30", { place: "high", order: "lifo" });
    const events = eventsOf(heap);
    expect(heap.malloc(24)).toBe(40);
    expect(String(heap)).toBe("f20 A4 f16 A24 A4 f30");
    expect(events[0]).toMatchObject({
      hole: { address: 24, size: 40 },
      remainder: { address: 24, size: 16 },
      size: 24,
    });
    expect([...heap.holes()].map(({ address }) => address)).toEqual([0, 24, 68]);
    heap.check();
  });

  it("lets the rover of next fit stand on what is left", () => {
    const heap = starting("f20 A4 f40", { place: "high", fit: "next" });
    expect([heap.malloc(30), heap.malloc(10), heap.malloc(10)]).toEqual([34, 24, 10]);
  });

  it("grows and shrinks a block at its end all the same", () => {
    const heap = new FreeList(64, 1, { place: "high" });
    const [a, b] = [heap.malloc(16), heap.malloc(16)];
    heap.free(a);
    expect(heap.realloc(b, 24)).toBe(b);
    expect(String(heap)).toBe("f32 A24 f8");
    expect(heap.realloc(b, 8)).toBe(b);
    expect(String(heap)).toBe("f32 A8 f24");
  });
});

describe("leastRemainder", () => {
  it("gives a hole away whole when less would be left, and says how much was unsplit", () => {
    const heap = starting("f20 A4 f30", { leastRemainder: 8, header: 2 });
    const events = eventsOf(heap);
    expect(heap.malloc(11)).toBe(2);
    expect(heap.malloc(20)).toBe(26);
    expect(String(heap)).toBe("A20 A4 A22 f8");
    expect(events).toMatchObject([
      { request: 11, header: 2, rounding: 0, unsplit: 7, size: 20, remainder: null },
      { request: 20, header: 2, rounding: 0, unsplit: 0, size: 22, remainder: { address: 46, size: 8 } },
    ]);
    heap.check();
  });

  it("lets a realloc keep, shrink, grow and move by the same rule", () => {
    const heap = starting("A20 f30 A4 A1 f40", { leastRemainder: 8 });
    const events = eventsOf(heap);
    expect(heap.realloc(0, 13)).toBe(0);
    expect(heap.realloc(0, 12)).toBe(0);
    expect(String(heap)).toBe("A12 f38 A4 A1 f40");
    expect(heap.realloc(0, 43)).toBe(0);
    expect(String(heap)).toBe("A50 A4 A1 f40");
    expect(heap.realloc(50, 35)).toBe(55);
    expect(String(heap)).toBe("A50 f4 A1 A40");
    expect(events).toMatchObject([
      { how: "kept", unsplit: 7, size: 20 },
      { how: "shrunk", unsplit: 0, size: 12 },
      { how: "grown", unsplit: 7, size: 50 },
      { how: "moved", unsplit: 5, size: 40, malloc: { unsplit: 5, size: 40 } },
    ]);
  });

  it("counts in bytes, whatever the alignment", () => {
    for (const leastRemainder of [9, 16]) {
      const heap = new FreeList(64, 16, { align: 16, leastRemainder });
      heap.malloc(48);
      expect(String(heap)).toBe("A48 f16");
    }
    const heap = new SegregatedFits(64, 16, { leastRemainder: 17, place: "high" });
    heap.malloc(48);
    expect(String(heap)).toBe("A64");
  });

  it.each([
    [{ leastRemainder: 0 }, "options.leastRemainder must be an integer from 1"],
    [{ leastRemainder: 1.5 }, "options.leastRemainder must be an integer from 1"],
    [{ place: "middle" }, 'options.place must be one of "low", "high"'],
  ])("refuses %o", (options, message) => {
    expect(() => new FreeList(64, 8, options as object)).toThrow(message);
    expect(() => new TextbookHeap(64, 8, options as object)).toThrow(message);
  });
});

/*
 * Aho, Lam, Sethi, Ullman, Compilers: Principles, Techniques, and Tools, second edition, exercise 7.4.1: seven chunks; an object
 * is placed at the high end of its chunk, but a chunk of which fewer than 8 bytes would be left is given away whole; requests for
 * 32, 64, 48 and 16 bytes. The book prints no answers: these follow from its rules.
 */
describe("the dragon book's exercise 7.4.1", () => {
  const CHUNKS = "f80 f30 f60 f50 f70 f20 f40";
  const after = (fit: "first" | "best") => {
    const heap = starting(CHUNKS, { fit, place: "high", leastRemainder: 8, coalesce: "never" });
    for (const request of [32, 64, 48, 16]) heap.malloc(request);
    heap.check();
    return String(heap);
  };

  it("first fit", () => expect(after("first")).toBe("A48 A32 f14 A16 f60 f50 A70 f20 f40"));
  it("best fit", () => expect(after("best")).toBe("f80 f30 f60 A50 A70 A20 f8 A32"));
});
