import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { Trace } from "../trace/trace";
import { metricsAt } from "./metrics";
import { Replay, replay } from "./replay";
import { anyTrace } from "./testing/any-trace";

const malloc = (id: number, size: number) => ({ kind: "malloc", id, size }) as const;
const realloc = (id: number, size: number) => ({ kind: "realloc", id, size }) as const;
const free = (id: number) => ({ kind: "free", id }) as const;

describe("replay", () => {
  test("counts operations, bytes asked for and the highest byte used", () => {
    const trace = Trace.from([malloc(0, 10), malloc(1, 20), free(0), malloc(2, 5)], { name: "tiny" });
    const result = replay(trace, new FreeList(256, 16));
    expect(result).toMatchObject({
      trace: "tiny",
      operations: 4,
      finished: true,
      failures: 0,
      skipped: 0,
      firstFailure: null,
      peakLive: 30,
      live: 25,
      highWater: 48,
    });
  });

  test("leaves the heap as the trace left it", () => {
    const heap = new FreeList(256, 16);
    replay(Trace.from([malloc(0, 10), malloc(1, 20), free(0)]), heap);
    expect(heap.toString()).toBe("f16 A32 f208");
  });

  test("counts highWater from the base and with the header", () => {
    const heap = new FreeList(1024, 16, { base: 4096, header: 8 });
    expect(replay(Trace.from([malloc(0, 16)]), heap).highWater).toBe(32);
  });

  test("counts highWater of a block that grows in place", () => {
    const heap = new FreeList(0, 16, { growable: true });
    expect(replay(Trace.from([malloc(0, 16), realloc(0, 100)]), heap).highWater).toBe(112);
  });

  test("leaves a denied malloc's id without a block, and skips what names it", () => {
    const trace = Trace.from([malloc(0, 64), malloc(1, 32), realloc(1, 8), free(1), free(0), malloc(1, 64)]);
    const result = replay(trace, new FreeList(64, 16));
    expect(result).toMatchObject({
      operations: 6,
      failures: 1,
      firstFailure: 1,
      skipped: 2,
      peakLive: 64,
      live: 64,
    });
  });

  test("records a step for each operation, so that runs side by side are at the same one", () => {
    const trace = Trace.from([malloc(0, 64), malloc(1, 32), realloc(1, 8), free(1), free(0), malloc(1, 64)]);
    const runs = [64, 1024].map((size) => replay(trace, new FreeList(size, 16), { history: true }).history!);
    for (const run of runs) {
      const kinds = Array.from({ length: run.length }, (_, i) => run.operationAt(i + 1).kind);
      expect(kinds).toEqual(["malloc", "malloc", "realloc", "free", "free", "malloc"]);
    }
    expect(runs[0]!.operationAt(3)).toMatchObject({ target: -1, address: null });
    expect(runs[0]!.operationAt(4)).toMatchObject({ target: -1, freed: false });
    expect([...runs[0]!.cursor().seek(4).heap.blocks()]).toEqual([{ address: 0, size: 64, free: false }]);
  });

  test("keeps the block of a denied realloc", () => {
    const heap = new FreeList(64, 16);
    const result = replay(Trace.from([malloc(0, 16), realloc(0, 65), free(0)]), heap);
    expect(result).toMatchObject({ failures: 1, firstFailure: 1, skipped: 0, peakLive: 16, live: 0 });
    expect(heap.toString()).toBe("f64");
  });

  test("counts searches, examined records and holes when asked", () => {
    const trace = Trace.from([malloc(0, 16), malloc(1, 16), free(0), malloc(2, 32), realloc(2, 64), free(2)]);
    const heap = new FreeList(256, 16);
    // Examined: 1 and 1, then past the freed hole 2; the realloc grows in place and searches nothing.
    expect(replay(trace, heap, { statistics: true })).toMatchObject({
      searches: 3,
      examined: 4,
      meanHoles: (1 + 1 + 2 + 2 + 2 + 2) / 6,
      mostHoles: 2,
    });
    expect(replay(trace, new FreeList(256, 16))).toMatchObject({ searches: null, meanHoles: null });
  });

  test("records its history when asked, interrupted or not", () => {
    const trace = Trace.from([malloc(0, 16), malloc(1, 32), free(0), realloc(1, 64)]);
    const run = new Replay(trace, new FreeList(256, 16), { history: true });
    expect(run.advance(3).history).toMatchObject({ length: 3, recording: true });
    const { history } = run.advance();
    expect(history).toMatchObject({ length: 4, recording: false });
    expect(metricsAt(history!.cursor().seek(3))).toMatchObject({ live: 32, holes: 2, highWater: 48 });
    expect(replay(trace, new FreeList(256, 16)).history).toBeNull();
  });

  test("stops at the first denied request when asked", () => {
    const trace = Trace.from([malloc(0, 64), malloc(1, 1), free(0)]);
    const run = new Replay(trace, new FreeList(64, 16), { stopAtFailure: true });
    expect(run.advance()).toMatchObject({ operations: 2, finished: false, failures: 1 });
    expect(run.done).toBe(true);
    expect(run.advance().operations).toBe(2);
  });

  test("keeps what was done when onProgress answers false, and goes on from there", () => {
    const trace = Trace.from(Array.from({ length: 10 }, (_, id) => malloc(id, 16)));
    const seen: number[] = [];
    const run = new Replay(trace, new FreeList(256, 16), {
      progressEvery: 4,
      onProgress: ({ operations }) => {
        seen.push(operations);
        return operations !== 4;
      },
    });
    expect(run.advance()).toMatchObject({ operations: 4, finished: false, highWater: 64 });
    expect(run.advance()).toMatchObject({ operations: 10, finished: true, highWater: 160 });
    expect(seen).toEqual([4, 8, 10]);
  });

  test("stops when its signal is aborted", () => {
    const trace = Trace.from(Array.from({ length: 10 }, (_, id) => malloc(id, 16)));
    const abort = new AbortController();
    const options = { signal: abort.signal, progressEvery: 3, onProgress: () => abort.abort() };
    expect(replay(trace, new FreeList(256, 16), options)).toMatchObject({ operations: 3, finished: false });
  });

  test("says how far it has come, and stays there when it is to run nothing", () => {
    const run = new Replay(
      Trace.from([malloc(0, 16), malloc(1, 16), free(0), free(1)]),
      new FreeList(64, 16),
    );
    expect([run.position, run.share, run.done, run.result.finished]).toEqual([0, 0, false, false]);
    run.advance(-5);
    expect([run.position, run.share, run.done]).toEqual([0, 0, false]);
    run.advance(3);
    expect([run.position, run.share, run.done, run.result.finished]).toEqual([3, 0.75, false, false]);
    run.advance(3);
    expect([run.position, run.share, run.done, run.result.finished]).toEqual([4, 1, true, true]);
    expect(new Replay(Trace.from([]), new FreeList(64, 16))).toMatchObject({ share: 1, done: true });
  });

  test("tells onProgress which share was run, after each interval and at the end", () => {
    const trace = Trace.from(Array.from({ length: 5 }, (_, id) => malloc(id, 16)));
    const seen: unknown[] = [];
    const onProgress = ({ operations }: { operations: number }, share: number) => {
      seen.push([operations, share]);
    };
    replay(trace, new FreeList(256, 16), { progressEvery: 2, onProgress });
    expect(seen).toEqual([
      [2, 0.4],
      [4, 0.8],
      [5, 1],
    ]);
  });

  test("listens to its heap only while it runs", () => {
    const trace = Trace.from([malloc(0, 16), malloc(1, 16)]);
    const heap = new FreeList(256, 16);
    const run = new Replay(trace, heap, { statistics: true });
    run.advance(1);
    heap.free(heap.malloc(16));
    expect(run.advance().searches).toBe(2);
    heap.malloc(16);
    expect(run.result).toMatchObject({ searches: 2, examined: 2 });
  });

  test("refuses what is no trace, no heap, no interval", () => {
    const heap = new FreeList(64, 16);
    for (const none of [[], null, undefined])
      expect(() => replay(none as unknown as Trace, heap)).toThrow(
        new TypeError("replay takes a Trace as its first argument: make one with parseTrace or Trace.from."),
      );
    expect(() => replay(Trace.from([]), {} as Heap)).toThrow(TypeError);
    for (const every of [0, 1.5, Number.POSITIVE_INFINITY])
      expect(() => replay(Trace.from([]), heap, { progressEvery: every })).toThrow(
        new RangeError(
          `options.progressEvery is a whole number of operations from 1, not ${every}; leave it out for 65,536.`,
        ),
      );
    expect(replay(Trace.from([malloc(0, 1)]), heap, { progressEvery: 1 }).operations).toBe(1);
  });

  test("an empty trace has nothing live and no holes", () => {
    const result = replay(Trace.from([]), new FreeList(64, 16), { statistics: true });
    expect(result).toMatchObject({ operations: 0, finished: true, peakLive: 0, highWater: 0, meanHoles: 0 });
  });
});

describe("replay of any trace", () => {
  test("agrees with the trace and the heap when nothing is denied", () => {
    fc.assert(
      fc.property(anyTrace(), (trace) => {
        const heap = new FreeList(0, 16, { growable: true });
        const result = replay(trace, heap);
        expect(result.failures).toBe(0);
        expect(result.peakLive).toBe(trace.peakLive);
        expect(result.highWater).toBe(heap.top);
      }),
    );
  });

  test("in a small heap grants what a map of bytes has room for, and never more", () => {
    fc.assert(
      fc.property(anyTrace(), fc.integer({ min: 1, max: 20 }), (trace, pages) => {
        const heap = new FreeList(pages * 16, 16, { fit: "best" });
        const live = new Map<number, number>();
        const replayed = new Replay(trace, heap, { statistics: true });
        let [failures, skipped, peak] = [0, 0, 0];
        for (const operation of trace) {
          const before = replayed.result.failures;
          replayed.advance(1);
          const denied = replayed.result.failures > before;
          const { kind, id } = operation;
          if (denied) failures++;
          else if (kind !== "malloc" && !live.has(id)) skipped++;
          else if (kind === "free") live.delete(id);
          else live.set(id, operation.size);
          const bytes = [...live.values()].reduce((sum, size) => sum + size, 0);
          const padded = [...live.values()].reduce(
            (sum, size) => sum + Math.max(16, Math.ceil(size / 16) * 16),
            0,
          );
          peak = Math.max(peak, bytes);
          expect(heap.usedBytes).toBe(padded);
        }
        expect(replayed.result).toMatchObject({ failures, skipped, peakLive: peak });
        expect(replayed.result.highWater).toBeLessThanOrEqual(heap.capacity);
      }),
    );
  });
});
