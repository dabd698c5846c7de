import { describe, expect, test } from "vitest";
import { BuddySystem } from "../heap/buddy-system";
import { FixedPartitions } from "../heap/fixed-partitions";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import { SegregatedFits } from "../heap/segregated-fits";
import { stateOf } from "../run/heap-state";
import { History } from "../run/history";
import { randomRun } from "../run/testing/random-run";
import { MARKS, marksOf } from "./marks";
import { Walk } from "./walk";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);

/** A recorded run of random operations, realloc among them. */
function recorded(heap: Heap): History {
  const history = History.of(heap);
  randomRun(heap, 300, SEED);
  return history.stop();
}

const heaps: Readonly<Record<string, () => Heap>> = {
  "first fit": () => new FreeList(2048, 8),
  "next fit, lifo, deferred": () =>
    new FreeList(2048, 8, { fit: "next", order: "lifo", coalesce: "deferred" }),
  "best fit, fifo, header, growing": () =>
    new FreeList(64, 8, { fit: "best", order: "fifo", header: 8, growable: true }),
  "worst fit by size": () => new FreeList(2048, 8, { fit: "worst", order: "size-descending", base: 512 }),
  "first fit at the high end, small remainders": () =>
    new FreeList(2048, 8, { place: "high", leastRemainder: 24 }),
  "fixed partitions": () => new FixedPartitions([512, 256, 1024, 64], 8),
  "segregated fits": () => new SegregatedFits(2048, 8, { coalesce: "deferred" }),
  "a buddy system": () => new BuddySystem(2048, 16),
  "the original program": () => new OriginalHeap(2048, 4),
};

const told = ({ steps, asked }: Walk) => ({ steps, asked });

describe.each(Object.entries(heaps))(`%s (seed ${SEED})`, (_, make) => {
  const history = recorded(make());
  const cursor = history.cursor();

  test("the list is the heap's before the first step of a decision, and behind the last", () => {
    for (let step = 1; step <= history.length; step++) {
      const before = stateOf(cursor.seek(step - 1).heap).list;
      const after = stateOf(cursor.seek(step).heap).list;
      const walk = new Walk(history, step, "decimal");
      expect(walk.look(-1).list, `step ${step}`).toEqual(before);
      expect(walk.look(walk.steps.length - 1).list, `step ${step}`).toEqual(after);
    }
  });

  test("is the same with a cursor that is given, which it leaves at its operation", () => {
    const other = History.decode(history.encode());
    const moved = other.cursor();
    for (let step = history.length; step >= 1; step -= 7) {
      expect(told(new Walk(other, step, "decimal", moved))).toEqual(told(new Walk(history, step, "decimal")));
      expect([moved.step, moved.event]).toEqual([step, cursor.seek(step).event]);
    }
  });

  test("nothing has happened before the first step of a decision; behind the last all has that does", () => {
    for (let step = 1; step <= history.length; step++) {
      const walk = new Walk(history, step, "decimal");
      expect(walk.look(-1).progress).toEqual({ begun: false, ended: false, grown: false });
      cursor.seek(step);
      const { begun, ended, grown } = walk.look(walk.steps.length - 1).progress!;
      for (const { appeared } of cursor.changes) expect(appeared ? begun : ended, `step ${step}`).toBe(true);
      const { capacity } = history.survey(history.length).columns;
      expect(grown, `step ${step}`).toBe(capacity[step]! > capacity[step - 1]!);
    }
  });

  test("a step marks all that it points at, and its record is that of the list there", () => {
    for (let step = 1; step <= history.length; step++) {
      const walk = new Walk(history, step, "decimal");
      for (const [at, told] of walk.steps.entries()) {
        const { marks, record, list } = walk.look(at);
        const marked = marks.map(({ address, size }) => `${size} at ${address}`);
        for (const extent of [told.hole, told.block, told.range]) {
          if (extent) expect(marked, told.text).toContain(`${extent.size} at ${extent.address}`);
        }
        if (record !== null) expect(list![record], told.text).toBeDefined();
        if (record !== null && told.kind === "record")
          expect(list![record]).toMatchObject((told.hole ?? told.block)!);
      }
    }
  });
});

test("where merges are left out of the telling, the lists are right all the same", () => {
  const heap = new FreeList(4096, 8, { coalesce: "deferred" });
  const blocks = Array.from({ length: 128 }, () => heap.malloc(32)!);
  for (const [i, address] of blocks.entries()) if (i % 8 < 4) heap.free(address);
  const history = History.of(heap);
  heap.malloc(100);
  const walk = new Walk(history.stop(), 1, "decimal");
  expect(walk.steps.some((step) => step.kind === "skipped" && step.what === "merges")).toBe(true);
  expect(walk.look(walk.steps.length - 1).list).toEqual([...heap.holes()]);
  const choice = walk.steps.findIndex(({ kind }) => kind === "choice");
  expect(walk.look(choice).list![walk.steps[choice]!.record!]).toMatchObject(walk.steps[choice]!.hole!);
});

test("every kind of mark is used by some decision", () => {
  const used = new Set<string>();
  for (const make of Object.values(heaps)) {
    const history = recorded(make());
    for (let step = 1; step <= history.length; step++) {
      for (const told of new Walk(history, step, "decimal").steps)
        for (const { kind } of marksOf(told)) used.add(kind);
    }
  }
  // What the reader picks is marked by no decision.
  expect([...used, "picked"].sort()).toEqual(Object.keys(MARKS).sort());
});
