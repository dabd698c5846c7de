import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { keyFrames, posterStep } from "./key-frames";

describe("keyFrames", () => {
  it("has the start, the end and what happened first or most between them", () => {
    const heap = new FreeList(100, 4);
    const history = History.of(heap);
    const a = heap.malloc(40);
    heap.malloc(40);
    heap.free(a);
    heap.malloc(80);
    for (let i = 0; i < 20; i++) heap.free(heap.malloc(4));
    expect(keyFrames(history, 5)).toEqual([
      { step: 0, reason: "start" },
      { step: 2, reason: "most memory allocated" },
      { step: 4, reason: "first denied request" },
      { step: 6, reason: "first merge" },
      { step: 44, reason: "end" },
    ]);
  });

  it("fills the widest gaps of a run in which nothing happens", () => {
    const heap = new FreeList(1000, 1);
    const history = History.of(heap);
    for (let i = 0; i < 100; i++) heap.malloc(1);
    expect(keyFrames(history, 5).map(({ step }) => step)).toEqual([0, 25, 50, 75, 100]);
  });

  it("ascends, has no step twice and the step that is opened, and has as many as asked for, or every step", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 })),
        fc.integer({ min: 3, max: 8 }),
        fc.nat(60),
        (sizes, most, wished) => {
          const heap = new FreeList(256, 4);
          const history = History.of(heap);
          for (const size of sizes)
            if (size % 3 === 0) heap.free(size - 3);
            else heap.malloc(size);
          const opened = Math.min(wished, sizes.length);
          const steps = keyFrames(history, most, opened).map(({ step }) => step);
          expect(steps).toContain(opened);
          expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
          expect(steps.length).toBe(Math.min(most, sizes.length + 1));
          expect([steps[0], steps.at(-1)]).toEqual([0, sizes.length]);
        },
      ),
    );
  });
});

describe("posterStep", () => {
  it("is the last step while much is allocated then, else the one with the most", () => {
    const heap = new FreeList(1000, 4);
    const history = History.of(heap);
    const blocks = [heap.malloc(400)!, heap.malloc(400)!];
    heap.free(blocks[0]!);
    expect(posterStep([history])).toBe(3);
    heap.free(blocks[1]!);
    expect(posterStep([history])).toBe(2);
    expect(posterStep([History.of(new FreeList(1000, 4))])).toBe(0);
  });
});
