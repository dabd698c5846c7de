import { expect, test } from "vitest";
import { BuddySystem } from "../heap/buddy-system";
import { FreeList } from "../heap/free-list";
import { heapFrom } from "../heap/heap-from";
import type { FreeListOptions } from "../heap/options";
import { History } from "../run/history";
import { randomRun } from "../run/testing/random-run";
import { heapCode } from "./heap-code";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);

const policies: readonly FreeListOptions[] = [
  {},
  { fit: "next", order: "lifo", coalesce: "deferred" },
  { fit: "best", order: "fifo", header: 8, base: 4096, growable: true },
  { fit: "worst", order: "size-descending", coalesce: "never", align: 16 },
  { place: "high", leastRemainder: 24 },
];

test.each(policies)(
  `heapCode, pasted, makes the heap of any step again, in the very same state (seed ${SEED}): %j`,
  (options) => {
    const heap = new FreeList(2048, 8, options);
    const history = History.of(heap);
    randomRun(heap, 150, SEED);
    const cursor = history.stop().cursor();
    for (let step = 0; step <= history.length; step++) {
      const there = cursor.seek(step).heap;
      const paste = new Function("heapFrom", `return (${heapCode(there, "a\n*/ call")}\n)`);
      const again: FreeList = paste(heapFrom);
      expect(again.snapshot().state, `step ${step}`).toEqual(there.snapshot().state);
      expect([...again.holes()]).toEqual([...there.holes()]);
      expect(again.base).toBe(there.base);
    }
  },
);

test("heapCode of a heap that heapFrom cannot make is its blocks, and says so", () => {
  const heap = new BuddySystem(256, 16);
  heap.malloc(60);
  expect(heapCode(heap, "step 1: malloc(60)")).toBe(
    '// step 1: malloc(60)\n// heapFrom makes no heap of this kind again; its blocks:\n"A64 f64 f128"',
  );
});
