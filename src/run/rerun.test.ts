import { describe, expect, test } from "vitest";
import { toBase64 } from "../base/base64";
import type { HeapEvent } from "../heap/event";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import { History } from "./history";
import { UNKNOWN } from "./operation-log";
import { heapOf, Rerun } from "./rerun";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

describe.each(policies)("a rerun of a run with $name", ({ make, reallocs }) => {
  test("has who lives where, at each step, and goes back to where it was saved", () => {
    const heap = make();
    randomRun(heap, 20, 51, { reallocs });
    const history = History.of(heap);
    const [events, again]: HeapEvent[][] = [[], []];
    heap.listen((event) => events!.push(event));
    randomRun(heap, 98, 52, { reallocs });
    heap.malloc(1000);
    heap.malloc(100);
    const { log } = history.source;
    const rerun = new Rerun(history.source);
    rerun.heap.listen((event) => again!.push(event));
    const seen = (): unknown => {
      const tenants = [...rerun.heap.blocks()]
        .filter(({ free }) => !free)
        .map(({ address }) => rerun.tenants.get(address + rerun.heap.header));
      expect(tenants).toHaveLength(rerun.tenants.size);
      return { step: rerun.step, text: String(rerun.heap), tenants };
    };
    const born = rerun.tenants.size;
    expect(seen()).toMatchObject({ step: 0, tenants: Array.from({ length: born }, (_, i) => -1 - i) });
    const all = [seen()];
    let middle: ReturnType<Rerun["save"]> | null = null;
    for (let i = 0; i < 100; i++) {
      const target = log.targets[i]!;
      const before = rerun.tenants.get(target);
      rerun.execute();
      expect(rerun.previousTenant).toBe(before);
      const result = log.results[i]!;
      if (log.kinds[i] !== 1 && result >= 0) expect(rerun.tenants.get(result)).toBe(i + 1);
      all.push(seen());
      if (i === 49) middle = rerun.save();
    }
    expect(String(rerun.heap)).toBe(String(heap));
    expect(again).toEqual(events);
    rerun.load(middle!);
    for (let step = 50; step <= 100; step++) {
      expect(seen()).toEqual(all[step]);
      if (step < 100) rerun.execute();
    }
  });
});

describe("a rerun", () => {
  test("fills in the answers that a log does not know, and follows what names a block by its step", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    const first = heap.malloc(8);
    heap.malloc(100);
    heap.realloc(first, 16);
    heap.free(first);
    heap.free(first);
    heap.coalesce();
    const { source } = History.decode(history.encode());
    const { log } = source;
    expect([...log.results.slice(0, 6)]).toEqual(Array(6).fill(UNKNOWN));
    expect([...log.targets.slice(0, 4)]).toEqual(Array(4).fill(Number.NaN));
    const rerun = new Rerun(source);
    for (let i = 0; i < 6; i++) rerun.execute();
    expect([...log.results.slice(0, 6)]).toEqual([0, Number.NaN, 0, 1, 0, 0]);
    expect([...log.targets.slice(0, 5)]).toEqual([Number.NaN, Number.NaN, 0, 0, 0]);
  });

  test("coalesces where the recorded heap was told to", () => {
    const heap = new FreeList(64, 8, { coalesce: "deferred" });
    const history = History.of(heap);
    heap.free(heap.malloc(8));
    expect(String(heap)).toBe("f8 f56");
    heap.coalesce();
    const rerun = new Rerun(history.source);
    for (let i = 0; i < 3; i++) rerun.execute();
    expect(String(rerun.heap)).toBe("f64");
    const plain = new Rerun({ ...history.source, makeHeap: () => new OriginalHeap(64, 8) });
    for (let i = 0; i < 2; i++) plain.execute();
    expect(() => plain.execute()).not.toThrow();
  });

  test("knows a block no more where a realloc has moved it to address 0, or given it back", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    const blocks = [16, 8].map((size) => heap.malloc(size)!);
    heap.malloc(40);
    heap.free(blocks[0]!);
    expect(heap.realloc(blocks[1]!, 16)).toBe(0);
    heap.realloc(0, 0);
    const rerun = new Rerun(history.source);
    for (let i = 0; i < 5; i++) rerun.execute();
    expect([0, 16, 24].map((payload) => rerun.tenants.get(payload))).toEqual([5, 0, 3]);
    rerun.execute();
    expect([0, 16, 24].map((payload) => rerun.tenants.get(payload))).toEqual([0, 0, 3]);
  });

  test("takes a choice of a hole that is too small, or of none, for none", () => {
    const heap = { kind: "free-list", heapSize: 64, pageSize: 8, options: { fit: "custom" } };
    for (const bytes of [
      [4 * 32 + 16, 3, 1, 1, 0],
      [32, 1, 1, 16],
    ]) {
      const operations = toBase64(Uint8Array.from(bytes));
      const json = { format: "freelist-lab history", version: 1, heap, steps: 1, operations } as const;
      expect(History.decode(json).operationAt(1)).toMatchObject({ kind: "malloc", address: null });
    }
  });

  test("says at which step a heap answers otherwise, or throws", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    const block = heap.malloc(8);
    heap.free(block);
    const { log } = history.source;
    log.results[1] = 0;
    const rerun = new Rerun(history.source);
    rerun.execute();
    expect(() => rerun.execute()).toThrow(
      new Error(
        "Step 2 cannot be run again: it answered 0 when it was recorded and 1 now; the heap was changed in a way that was not recorded, or its policy is not a function of its holes.",
      ),
    );
    for (const thrown of [new TypeError("no room"), "no room"]) {
      const makeHeap = () =>
        Object.assign(new FreeList(64, 8) as Heap, {
          malloc() {
            throw thrown;
          },
        });
      expect(() => new Rerun({ ...history.source, makeHeap }).execute()).toThrow(
        new Error("Step 1 cannot be run again: no room"),
      );
    }
  });

  test("enters a step with a state of its heap, and who lives in it", () => {
    const heap = new FreeList(64, 8, { header: 4 });
    heap.malloc(4);
    const history = History.of(heap);
    const [first, second] = [heap.malloc(4), heap.malloc(4)];
    heap.free(first);
    const { source } = History.decode(history.encode());
    const rerun = new Rerun(source);
    rerun.enter(3, heap.snapshot(), Int32Array.of(-1, 2));
    expect([rerun.step, String(rerun.heap), rerun.tenants.size]).toEqual([3, String(heap), 2]);
    expect([4, second!].map((payload) => rerun.tenants.get(payload))).toEqual([-1, 2]);
    expect([...source.log.results.slice(0, 3)]).toEqual([UNKNOWN, second, UNKNOWN]);
    rerun.load(new Rerun(source).save());
    rerun.execute();
    // What is known already stays.
    rerun.enter(3, heap.snapshot(), Int32Array.of(1, 2));
    expect([...source.log.results.slice(0, 3)]).toEqual([first, second, UNKNOWN]);
    expect(() => rerun.enter(3, heap.snapshot(), Int32Array.of(-1))).toThrow(
      new RangeError("There are 1 tenants of 2 blocks at step 3."),
    );
  });

  test("makes the heap that a description names, with another fit for one of one's own", () => {
    const fit = () => null;
    const own = new FreeList(64, 8, { fit, header: 8 });
    expect(heapOf(own.describe(), fit).describe()).toEqual(own.describe());
    const best = new FreeList(64, 8, { fit: "best" });
    expect(heapOf(best.describe(), fit).describe()).toEqual(best.describe());
    expect(heapOf(best.describe(), fit).malloc(8)).toBe(0);
    expect(heapOf(own.describe(), fit).malloc(8)).toBeNull();
  });
});
