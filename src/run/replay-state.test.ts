import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { once } from "../base/testing/once";
import { BuddySystem } from "../heap/buddy-system";
import { FixedPartitions } from "../heap/fixed-partitions";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import { SegregatedFits } from "../heap/segregated-fits";
import { METRIC_NAMES } from "./metrics";
import { ReplaySink } from "./replay-sink";
import { REPLAY_STATE, type ReplayState } from "./replay-state";
import { anyTrace } from "./testing/any-trace";

const HEAPS: Readonly<Record<string, () => Heap>> = {
  "first fit, growing": () => new FreeList(0, 16, { growable: true, base: 4096 }),
  "next fit, deferred, with headers": () =>
    new FreeList(480, 16, { fit: "next", order: "fifo", coalesce: "deferred", header: 8 }),
  "best fit, remainders kept": () => new FreeList(320, 16, { fit: "best", leastRemainder: 48 }),
  "worst fit, never merged": () => new FreeList(480, 16, { fit: "worst", order: "lifo", coalesce: "never" }),
  "segregated fits": () => new SegregatedFits(320, 16),
  "a buddy system": () => new BuddySystem(512, 16),
  "fixed partitions": () => new FixedPartitions([128, 64, 64, 32, 32, 16], 16),
  "the original program": () => new OriginalHeap(320, 4),
};

const anyOptions = fc.record({
  statistics: fc.boolean(),
  stopAtFailure: fc.boolean(),
  curves: fc.constantFrom(undefined, METRIC_NAMES),
  curvePoints: fc.constantFrom(4, 10, 2_000),
});

describe.each(Object.keys(HEAPS))("a replay on %s", (name) => {
  test("goes on from a state and a snapshot, as JSON, as if nothing had been between", () => {
    const anyPlace = fc.double({ min: 0, max: 1, noNaN: true });
    const before = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(anyTrace(60), anyOptions, anyPlace, before, (trace, options, place, others) => {
        const at = Math.round(place * trace.length);
        const heap = HEAPS[name]!();
        for (let i = 0; i < others; i++) heap.malloc(20);
        const sink = new ReplaySink(heap, options);
        sink.begin();
        trace.tell(sink, 0, at);
        const state = v.parse(REPLAY_STATE, JSON.parse(JSON.stringify(sink.save())));
        const snapshot = JSON.parse(JSON.stringify(heap.snapshot()));
        trace.tell(sink, at);

        const other = HEAPS[name]!();
        const later = new ReplaySink(other, options);
        other.restore(snapshot);
        later.load(state);
        later.begin();
        trace.tell(later, 0, at);
        // Whom nothing more need be told is told nothing again either.
        if (!later.done) expect(later.position).toBe(later.operations);
        trace.tell(later, at);
        expect(later.result("", true)).toEqual(sink.result("", true));
        expect(later.isOverrun).toBe(sink.isOverrun);
        expect(other.snapshot()).toEqual(heap.snapshot());
      }),
    );
  });
});

describe("a state", () => {
  const heap = () => new FreeList(160, 16, { header: 8 });
  const sink = (of: Heap) => new ReplaySink(of, { curves: ["live"] });
  const saved = once(() => {
    const run = heap();
    const replay = sink(run);
    replay.malloc(0, 20);
    replay.malloc(1, 8);
    replay.malloc(2, 500);
    replay.free(0);
    replay.malloc(3, 30);
    return { state: replay.save(), snapshot: run.snapshot() };
  });

  test("has an owner for each block, in address order, and what it asked for", () => {
    expect(saved().state).toMatchObject({
      operations: 5,
      failures: 1,
      firstFailure: 2,
      owners: [1, 3],
      requests: [8, 30],
    });
  });

  test.each<[Partial<ReplayState>, RegExp]>([
    [{ owners: [1] }, /its owners must be one for each of 2 blocks, not 1/],
    [{ owners: [1, 3, 4] }, /its owners must be one for each of 2 blocks, not 3/],
    [{ owners: [1, 1] }, /its owners must be all different, and 1 is not/],
    [{ requests: [8] }, /its requests\[1\] must fit its block of 48 bytes, not undefined/],
    [{ requests: [9, 30] }, /its requests\[0\] must fit its block of 16 bytes, not 9/],
    [{ requests: [8, 30, 1] }, /its requests must be one for each of 2 blocks, not 3/],
    [{ peakLive: 37 }, /its peakLive must be at least 38, not 37/],
    [{ highWater: 47 }, /its highWater must be at least 96, not 47/],
    [{ curves: null }, /its curves must be there/],
    [{ curves: { liveAtStart: 0, highAtStart: 0, denied: 1, curves: [] } }, /its curves must be 1, not 0/],
    [{ operations: 6 }, /its curves\[0\] must be of 7 steps/],
  ])("with %j is refused", (wrong, reason) => {
    const { state, snapshot } = saved();
    const other = heap();
    other.restore(snapshot);
    expect(() => sink(other).load({ ...state, ...wrong })).toThrow(reason);
  });

  test.each<[Partial<Record<keyof ReplayState, unknown>>, RegExp]>([
    [{ failures: -1 }, /whole number from 0/],
    [{ failures: 6 }, /an operation for each request/],
    [{ skipped: 5 }, /must have an operation for each request that was denied or skipped/],
    [{ firstFailure: -2 }, /must be an index, or -1/],
    [{ firstFailure: 0.5 }, /must be an index, or -1/],
    [{ failures: 0 }, /must have as firstFailure one of its operations if there was one/],
    [{ owners: [-2] }, /must be a list of ids of blocks, or -1/],
    [{ owners: [0.5] }, /a list of ids/],
    [{ owners: 1 }, /a list of ids/],
    [{ requests: [-1] }, /must be a list of bytes/],
    [{ firstFailure: -1 }, /as firstFailure one of its operations/],
    [{ firstFailure: 5 }, /as firstFailure one of its operations/],
    [{ owners: [2 ** 24] }, /a list of ids/],
    [{ requests: [0.5] }, /a list of bytes/],
    [{ curves: 1 }, /Expected Object/],
  ])("with %j is none", (wrong, reason) => {
    expect(() => v.parse(REPLAY_STATE, { ...saved().state, ...wrong })).toThrow(reason);
  });

  test.each<Partial<ReplayState>>([
    { skipped: 4 },
    { firstFailure: 0 },
    { firstFailure: 4 },
    { failures: 0, firstFailure: -1 },
    { owners: [-1, 2 ** 24 - 1] },
    { requests: [0, Number.MAX_SAFE_INTEGER] },
  ])("may have %j", (other) => {
    const state = { ...saved().state, ...other };
    expect(v.parse(REPLAY_STATE, state)).toEqual(state);
  });

  test("cannot be had of a run that is recorded, or whose heap others have changed", () => {
    expect(() => new ReplaySink(heap(), { history: true }).save()).toThrow(TypeError);
    const used = heap();
    const own = new ReplaySink(used);
    own.malloc(0, 8);
    used.free(8);
    expect(() => own.save()).toThrow("The heap was changed by others");
  });
});
