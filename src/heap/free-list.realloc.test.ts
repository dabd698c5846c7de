import { describe, expect, it } from "vitest";
import type { ReallocEvent } from "./event";
import { FreeList } from "./free-list";
import { eventOf } from "./testing/event-of";
import { heapOf } from "./testing/heap-of";

describe("realloc", () => {
  const how = (heap: FreeList, from: number | null, size: number) =>
    eventOf<ReallocEvent>(heap, () => heap.realloc(from, size));

  it("keeps a block that has the size already", () => {
    const heap = new FreeList(64, 16);
    heap.malloc(10);
    expect(how(heap, 0, 16)).toMatchObject({ how: "kept", address: 0, block: { address: 0, size: 16 } });
  });

  it("shrinks in place; the tail becomes a hole and merges with one behind it", () => {
    const heap = heapOf("A16 f8 A8");
    expect(how(heap, 0, 10)).toMatchObject({ how: "shrunk", address: 0, malloc: null, free: null });
    expect(String(heap)).toBe("A10 f14 A8");
  });

  it("shrinks in place; the tail stays apart unless coalescing is immediate", () => {
    const heap = heapOf("A16 f8 A8", { coalesce: "deferred" });
    heap.realloc(0, 10);
    expect(String(heap)).toBe("A10 f6 f8 A8");
  });

  it("grows into the hole behind it, part of it or all", () => {
    const heap = heapOf("A16 f8 A8");
    expect(how(heap, 0, 20)).toMatchObject({ how: "grown", address: 0, grown: 0 });
    expect(String(heap)).toBe("A20 f4 A8");
    heap.realloc(0, 24);
    expect(String(heap)).toBe("A24 A8");
    expect(heap.holeCount).toBe(0);
  });

  it("grows at the top of a growable heap", () => {
    const heap = heapOf("A8 A8", { growable: true });
    expect(how(heap, 8, 20)).toMatchObject({ how: "grown", address: 8, grown: 12 });
    expect(String(heap)).toBe("A8 A20");
  });

  it("grows at the top of a growable heap with the last hole first", () => {
    const heap = heapOf("A8 A8 f8", { growable: true });
    expect(how(heap, 8, 20)).toMatchObject({ how: "grown", address: 8, grown: 4 });
    expect(String(heap)).toBe("A8 A20");
  });

  it("moves a block that cannot grow where it is, and frees the old place", () => {
    const heap = heapOf("A8 A8 f20");
    const event = how(heap, 0, 12);
    expect(event).toMatchObject({ how: "moved", address: 16, block: { address: 0, size: 8 } });
    expect(event.malloc).toMatchObject({ kind: "malloc", address: 16, size: 12 });
    expect(event.free).toMatchObject({ kind: "free", address: 0, hole: { address: 0, size: 8 } });
    expect(String(heap)).toBe("f8 A8 A12 f8");
  });

  it("does not grow to the left: the new place is found before the old one is free", () => {
    const heap = heapOf("f8 A8 A8");
    expect(how(heap, 8, 12)).toMatchObject({ how: "denied", address: null });
    expect(String(heap)).toBe("f8 A8 A8");
  });

  it("answers null when nothing fits and leaves the block as it was", () => {
    const heap = heapOf("A8 A8 f4");
    const event = how(heap, 0, 100);
    expect(event).toMatchObject({ how: "denied", address: null, block: { address: 0, size: 8 }, free: null });
    expect(event.malloc).toMatchObject({ address: null, failure: "full" });
    expect(String(heap)).toBe("A8 A8 f4");
  });

  it("of null is malloc", () => {
    const heap = heapOf("f16");
    expect(how(heap, null, 8)).toMatchObject({ how: "allocated", from: null, address: 0, block: null });
    expect(how(heap, null, 100)).toMatchObject({ how: "allocated", address: null });
    expect(how(heap, null, 0)).toMatchObject({ how: "allocated", address: 8, size: 1 });
  });

  it("to 0 bytes frees the block and answers null", () => {
    const heap = heapOf("A8 A8");
    const event = how(heap, 0, 0);
    expect(event).toMatchObject({ how: "freed", address: null, size: 0, header: 0, rounding: 0 });
    expect(event.free).toMatchObject({ address: 0, failure: null });
    expect(String(heap)).toBe("f8 A8");
  });

  it("of an address that is none answers null and changes nothing", () => {
    const heap = heapOf("A8 f8");
    for (const [address, failure] of [
      [8, "hole"],
      [4, "inside"],
      [99, "outside"],
    ] as const) {
      const event = how(heap, address, 4);
      expect(event).toMatchObject({ how: "unknown", address: null, block: null, free: { failure } });
    }
    expect(String(heap)).toBe("A8 f8");
  });

  it("answers and moves alike with and without a listener", () => {
    for (const [text, from, size] of [
      ["A16 f8 A8", 0, 10],
      ["A16 f8 A8", 0, 20],
      ["A8 A8 f20", 0, 12],
      ["A8 A8 f4", 0, 100],
      ["A8 A8", 0, 0],
      ["A8 A8", 0, 8],
      ["A8 A8", 3, 8],
    ] as const) {
      const [quiet, loud] = [heapOf(text), heapOf(text)];
      loud.listen(() => {});
      expect(quiet.realloc(from, size)).toBe(loud.realloc(from, size));
      expect(String(quiet)).toBe(String(loud));
      quiet.check();
    }
  });
});
