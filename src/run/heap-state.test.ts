import { describe, expect, test } from "vitest";
import { FixedPartitions } from "../heap/fixed-partitions";
import { FreeList } from "../heap/free-list";
import { OriginalHeap } from "../heap/original-heap";
import { stateOf } from "./heap-state";

describe("stateOf", () => {
  test("has every block in address order, and the holes in list order", () => {
    const heap = new FreeList(64, 8, { order: "lifo", base: 128, header: 4 });
    const blocks = [4, 4, 4].map((size) => heap.malloc(size));
    heap.free(blocks[0]!);
    expect(stateOf(heap)).toEqual({
      description: heap.describe(),
      base: 128,
      top: 192,
      header: 4,
      blocks: [
        { address: 128, size: 8, free: true },
        { address: 136, size: 8, free: false },
        { address: 144, size: 8, free: false },
        { address: 152, size: 40, free: true },
      ],
      list: [
        { address: 128, size: 8, free: true },
        { address: 152, size: 40, free: true },
      ],
      rover: null,
    });
  });

  test("has of the original program every record", () => {
    const heap = new OriginalHeap(64, 8);
    heap.malloc(8);
    const { blocks, list } = stateOf(heap);
    expect(list).toEqual([
      { address: 8, size: 56, free: true },
      { address: 0, size: 8, free: false },
    ]);
    expect(blocks).toEqual([...list].reverse());
  });

  test("has of next fit where it goes on, while there are holes", () => {
    const heap = new FreeList(64, 8, { fit: "next", base: 256, align: 8 });
    expect(stateOf(heap).rover).toBeNull();
    const [first] = [heap.malloc(8), heap.malloc(8)];
    heap.free(first);
    expect(stateOf(heap).rover).toBe(256 + 16);
    const roving = new FreeList(64, 8, { fit: "next", base: 256 });
    roving.free(roving.malloc(8));
    expect(stateOf(roving).rover).toBe(256);
    heap.malloc(48);
    heap.malloc(8);
    expect(stateOf(heap)).toMatchObject({ list: [], rover: null });
    expect(stateOf(new FreeList(0, 8, { fit: "next", growable: true })).rover).toBeNull();
    expect(stateOf(new FixedPartitions([16, 8], 8, { fit: "next" })).rover).toBeNull();
    expect(stateOf(new FreeList(64, 8, { fit: "best" })).rover).toBeNull();
  });
});
