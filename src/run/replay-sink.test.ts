import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import { ReplaySink, type ReplaySinkOptions } from "./replay-sink";

/** A sink on 64 bytes in pages of 16. */
function small(options: ReplaySinkOptions = {}): ReplaySink {
  return new ReplaySink(new FreeList(64, 16), options);
}

describe("a replay sink", () => {
  test("takes a heap alone", () => {
    for (const none of [null, undefined, {}])
      expect(() => new ReplaySink(none as unknown as Heap)).toThrow(
        new TypeError("A replay takes a heap: make one with new FreeList(...)."),
      );
  });

  test("takes ids of any size, and skips those that have no block", () => {
    const sink = new ReplaySink(new FreeList(4096, 16));
    for (const id of [0, 63, 64, 500]) sink.malloc(id, 16);
    sink.free(499);
    sink.realloc(501, 8);
    sink.free(9999);
    expect(sink.result("", true)).toMatchObject({ operations: 7, skipped: 3, failures: 0, live: 64 });
    for (const id of [0, 63, 64, 500]) sink.free(id);
    expect(sink.result("", true)).toMatchObject({ operations: 11, skipped: 3, live: 0, peakLive: 64 });
    expect(String(sink.heap)).toBe("f4096");
  });

  test("keeps apart what the blocks of two ids asked for, and how large they are", () => {
    const sink = new ReplaySink(new FreeList(0, 16, { growable: true, base: 1024, header: 8 }));
    sink.malloc(0, 8);
    sink.malloc(1, 30);
    sink.realloc(0, 50);
    expect(sink.result("", true)).toMatchObject({ live: 80, peakLive: 80, highWater: 16 + 48 + 64 });
    sink.realloc(0, 5);
    sink.free(1);
    sink.malloc(1, 1);
    expect(sink.result("", true)).toMatchObject({ live: 6, peakLive: 80, highWater: 128 });
  });

  test("counts a request of nothing, to which the original program answers −1, as denied", () => {
    const sink = new ReplaySink(new OriginalHeap(64, 8));
    sink.malloc(0, 0);
    sink.free(0);
    expect(sink.result("", true)).toMatchObject({ failures: 1, skipped: 1, live: 0, highWater: 0 });
  });

  test("keeps which request was denied first", () => {
    const sink = small();
    expect(sink.result("", false).firstFailure).toBeNull();
    sink.malloc(0, 65);
    expect(sink.result("", false)).toMatchObject({ failures: 1, firstFailure: 0 });
    sink.malloc(0, 65);
    expect(sink.result("", false)).toMatchObject({ failures: 2, firstFailure: 0 });
  });

  test("is done at the first denied request where it is to stop, and does nothing of what it is told then", () => {
    const sink = small({ stopAtFailure: true });
    sink.malloc(0, 16);
    expect(sink.done).toBe(false);
    sink.malloc(1, 65);
    expect([sink.done, sink.isOverrun]).toEqual([true, false]);
    for (const tell of [() => sink.malloc(2, 8), () => sink.realloc(0, 8), () => sink.free(0)]) {
      tell();
      expect([sink.operations, sink.isOverrun]).toEqual([2, true]);
    }
    expect(String(sink.heap)).toBe("A16 f48");
    const other = small();
    other.malloc(0, 65);
    other.malloc(0, 16);
    expect([other.done, other.isOverrun, other.operations]).toEqual([false, false, 2]);
  });

  test("counts searches between begin and pause alone, and once however often it is to begin", () => {
    const sink = small({ statistics: true });
    sink.malloc(0, 16);
    sink.begin();
    sink.begin();
    sink.malloc(1, 16);
    sink.pause();
    sink.heap.free(sink.heap.malloc(16));
    expect(sink.result("", true)).toMatchObject({ searches: 1, examined: 1, meanHoles: 1, mostHoles: 1 });
    sink.begin();
    sink.malloc(2, 16);
    sink.end();
    sink.heap.malloc(16);
    expect(sink.result("", true)).toMatchObject({ searches: 2, examined: 2 });
  });

  test("has curves where they are asked for, and ends its record of the run with it", () => {
    const sink = small({ curves: ["live"], history: true });
    sink.begin();
    sink.malloc(0, 16);
    const { history, curves } = sink.result("", true);
    expect(history!.recording).toBe(true);
    sink.end();
    expect(history!.recording).toBe(false);
    expect([...curves!.live!.values]).toEqual([0, 16]);
    const bare = small();
    bare.malloc(0, 16);
    expect(bare.result("x", false)).toEqual({
      trace: "x",
      operations: 1,
      finished: false,
      failures: 0,
      skipped: 0,
      firstFailure: null,
      peakLive: 16,
      live: 16,
      highWater: 16,
      searches: null,
      examined: null,
      meanHoles: null,
      mostHoles: null,
      curves: null,
      history: null,
    });
  });
});

describe("a replay sink that goes on from a state", () => {
  /** Two blocks of three, after a block of others, in a heap with headers. */
  function saved(options: ReplaySinkOptions = {}) {
    const heap = new FreeList(256, 16, { header: 8 });
    heap.malloc(8);
    const sink = new ReplaySink(heap, options);
    sink.begin();
    for (const id of [64, 1, 2]) sink.malloc(id, 10 + id);
    sink.free(1);
    return { state: sink.save(), snapshot: heap.snapshot() };
  }

  function loaded(options: ReplaySinkOptions, { state, snapshot }: ReturnType<typeof saved>): ReplaySink {
    const heap = new FreeList(256, 16, { header: 8 });
    heap.restore(snapshot);
    const sink = new ReplaySink(heap, options);
    sink.load(state);
    return sink;
  }

  test("has saved whose blocks are there, and counts only where it was to count", () => {
    expect(saved().state).toEqual({
      operations: 4,
      failures: 0,
      skipped: 0,
      firstFailure: -1,
      peakLive: 97,
      highWater: 176,
      searches: 0,
      examined: 0,
      holeSum: 0,
      mostHoles: 0,
      owners: [-1, 64, 2],
      requests: [74, 12],
      curves: null,
    });
    expect(saved({ statistics: true }).state).toMatchObject({
      searches: 3,
      examined: 3,
      holeSum: 5,
      mostHoles: 2,
    });
  });

  test("does nothing while it is told again what was done, then frees the blocks of the other", () => {
    const sink = loaded({}, saved());
    expect([sink.operations, sink.position]).toEqual([4, 0]);
    sink.malloc(64, 74);
    sink.malloc(1, 11);
    expect([sink.operations, sink.position]).toEqual([4, 2]);
    sink.malloc(2, 12);
    sink.free(1);
    expect([sink.operations, sink.position]).toEqual([4, 4]);
    sink.free(64);
    sink.realloc(2, 20);
    expect(sink.result("", true)).toMatchObject({ operations: 6, skipped: 0, live: 20, highWater: 176 });
    expect(String(sink.heap)).toBe("A16 f128 A32 f80");
  });

  test("has saved the block at address 0, too", () => {
    const sink = small();
    sink.malloc(3, 10);
    expect(sink.save()).toMatchObject({ owners: [3], requests: [10] });
  });

  test.each<[object, string]>([
    [{ owners: [-1, 64] }, "its owners must be one for each of 3 blocks, not 2"],
    [{ owners: [-1, 64, 2, 5] }, "its owners must be one for each of 3 blocks, not 4"],
    [{ owners: [-1, 64, 64] }, "its owners must be all different, and 64 is not"],
    [{ requests: [74] }, "its requests[1] must fit its block of 32 bytes, not undefined"],
    [{ requests: [89, 12] }, "its requests[0] must fit its block of 96 bytes, not 89"],
    [{ requests: [74, 12, 1] }, "its requests must be one for each of 2 blocks, not 3"],
    [{ peakLive: 85 }, "its peakLive must be at least 86, not 85"],
    [{ highWater: 175 }, "its highWater must be at least 176, not 175"],
  ])("refuses a state with %j", (wrong, reason) => {
    const { state, snapshot } = saved();
    expect(() => loaded({}, { state: { ...state, ...wrong }, snapshot })).toThrow(new RangeError(reason));
  });

  test("takes a request that fills its block, and the least peaks that there can have been", () => {
    const { state, snapshot } = saved();
    const least = { ...state, requests: [88, 24], peakLive: 112, highWater: 176 };
    expect(loaded({}, { state: least, snapshot }).save()).toEqual(least);
  });

  // The block of others, of 8 bytes, is live from the beginning.
  test("goes on with its curves", () => {
    const sink = loaded({ curves: ["live"] }, saved({ curves: ["live"] }));
    sink.begin();
    for (let i = 0; i < 4; i++) sink.free(1);
    sink.free(64);
    expect([...sink.result("", true).curves!.live!.values]).toEqual([8, 82, 93, 105, 94, 20]);
  });

  test("cannot be had of a heap that others have changed", () => {
    const sink = small();
    sink.malloc(0, 8);
    sink.heap.free(0);
    expect(() => sink.save()).toThrow("The heap was changed by others, and the replay cannot be saved.");
  });

  test("refuses curves that it has not, in one sentence", () => {
    const [plain, drawn] = [saved(), saved({ curves: ["live"] })];
    expect(() => loaded({}, drawn)).toThrow(new RangeError("its curves must not be there"));
    expect(() => loaded({ curves: ["live"] }, plain)).toThrow(new RangeError("its curves must be there"));
  });

  test("cannot be had of a run that is recorded", () => {
    expect(() => small({ history: true }).save()).toThrow(
      new TypeError("A replay that is recorded cannot be saved."),
    );
  });
});
