import { describe, expect, test } from "vitest";
import type { Block } from "../heap/block";
import { BuddySystem } from "../heap/buddy-system";
import { FixedPartitions } from "../heap/fixed-partitions";
import { FreeList } from "../heap/free-list";
import type { FreeListOptions } from "../heap/options";
import { type BranchPolicy, branch, branchChanges } from "./branch";
import { History } from "./history";
import { randomRun } from "./testing/random-run";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);

/** A recorded run with reallocs, failing frees and denials among its steps. */
function recorded(options: FreeListOptions, steps = 300, seed = SEED % 997): History {
  const heap = new FreeList(1024, 8, options);
  const history = History.of(heap);
  randomRun(heap, steps, seed, { most: 200 });
  return history.stop();
}

const ALL: FreeListOptions[] = [
  {},
  { fit: "next", order: "lifo", coalesce: "deferred", header: 8 },
  { fit: "worst", order: "size-descending", coalesce: "never", base: 4096 },
  { fit: "best", order: "fifo", growable: true },
];

describe(`branch (seed ${SEED})`, () => {
  test.each(ALL)("under the same policy it is the rest of the run: %o", (options) => {
    const history = recorded(options);
    for (const step of [0, 1, 150, 299, 300]) {
      const branched = branch(history, step, {});
      expect(branched.length).toBe(300 - step);
      const [here, there] = [branched.cursor(), history.cursor().seek(step)];
      expect([...here.holes()]).toEqual([...there.holes()]);
      do expect(String(here.heap)).toBe(String(there.heap));
      while (here.next() && there.next());
    }
  });

  test.each(ALL)("begins with the blocks of the run: %o", (options) => {
    const history = recorded(options);
    const before = history.cursor().seek(200);
    const allocated = (blocks: Iterable<Block>) => [...blocks].filter((block) => !block.free);
    for (const fit of ["first", "next", "best", "worst"] as const) {
      for (const order of ["address", "lifo", "fifo", "size-ascending", "size-descending"] as const) {
        for (const coalesce of ["immediate", "deferred", "never"] as const) {
          const cursor = branch(history, 200, { fit, order, coalesce }).cursor();
          const { heap } = cursor;
          expect(allocated(heap.blocks())).toEqual(allocated(before.heap.blocks()));
          expect(heap.describe().options).toEqual({ ...options, fit, order, coalesce });
          if (coalesce !== "immediate") expect(String(heap)).toBe(String(before.heap));
          if (coalesce !== "immediate" && order.endsWith("fo"))
            expect([...heap.holes()]).toEqual([...before.holes()]);
          cursor.seek(100);
        }
      }
    }
  });

  test.each(ALL)(
    "from step 0 it is the run that the policy would have made of the requests: %o",
    (options) => {
      const policy: BranchPolicy = { fit: "worst", order: "fifo", coalesce: "deferred" };
      const history = recorded(options, 200);
      const heap = new FreeList(1024, 8, { ...options, ...policy });
      const texts: string[] = [];
      /** The run's blocks, by the address that they have in it. */
      const mine = new Map<number, number | null>();
      for (let step = 1; step <= history.length; step++) {
        const { kind, request, target, address } = history.operationAt(step);
        const known = target !== null && mine.has(target);
        const block = known ? mine.get(target)! : null;
        if (kind === "free") {
          if (block !== null) heap.free(block);
          if (known) mine.delete(target);
        } else if (kind === "malloc") {
          const got = heap.malloc(request);
          if (address !== null) mine.set(address, got);
        } else if (known) {
          const got = block === null ? null : (heap.realloc(block, request) ?? block);
          if (address !== null) mine.delete(target);
          mine.set(address ?? target, got);
        }
        texts.push(String(heap));
      }
      const cursor = branch(history, 0, policy).cursor();
      for (const text of texts) {
        cursor.next();
        expect(String(cursor.heap)).toBe(text);
      }
    },
  );

  test("a block is freed where it lies, and one that was denied is no block", () => {
    const heap = new FreeList(100, 1, { fit: "first" });
    const history = History.of(heap);
    const a = heap.malloc(40);
    const b = heap.malloc(20);
    heap.free(a);
    const c = heap.malloc(20);
    const d = heap.malloc(40);
    const e = heap.malloc(20);
    expect([a, b, c, d, e]).toEqual([0, 40, 0, 60, 20]);
    for (const block of [c, d, e]) heap.free(block);
    const branched = branch(history, 3, { fit: "best" });
    expect(String(branched.cursor().heap)).toBe("f40 A20 f40");
    const steps = Array.from({ length: branched.length }, (_, i) => branched.operationAt(i + 1));
    expect(steps.map(({ target, address, freed }) => target ?? address ?? freed)).toEqual([
      0, 60, 20, 0, 60, 20,
    ]);
  });

  test("a request that is denied in the branch is freed as address -1, step for step", () => {
    const heap = new FreeList(64, 8, { fit: "best" });
    const history = History.of(heap);
    const [a, b, c] = [heap.malloc(24), heap.malloc(8), heap.malloc(8)];
    heap.free(a);
    heap.free(c);
    const d = heap.malloc(24);
    const e = heap.malloc(32);
    for (const block of [b, d, e]) heap.free(block);
    expect(e).toBe(32);
    const branched = branch(history, 5, { fit: "worst" });
    expect([1, 2, 3, 4, 5].map((step) => branched.operationAt(step))).toMatchObject([
      { kind: "malloc", address: 32 },
      { kind: "malloc", address: null },
      { kind: "free", target: 24, freed: true },
      { kind: "free", target: 32, freed: true },
      { kind: "free", target: -1, freed: false },
    ]);
    expect(History.decode(branched.encode()).operationAt(5)).toMatchObject({ target: -1, freed: false });
  });

  test("goes on with reallocs and calls of coalesce()", () => {
    const heap = new FreeList(64, 8, { coalesce: "never" });
    const history = History.of(heap);
    const a = heap.realloc(null, 8);
    const b = heap.malloc(8);
    const moved = heap.realloc(a, 16);
    heap.realloc(b, 0);
    heap.coalesce();
    heap.realloc(moved, 1000);
    heap.realloc(999, 8);
    heap.free(999);
    heap.free(moved);
    const branched = branch(history, 0, { fit: "worst" });
    const [here, there] = [branched.cursor(), history.cursor()];
    const texts = [here, there].map((cursor) =>
      Array.from({ length: 10 }, (_, step) => String(cursor.seek(step).heap)),
    );
    expect(texts[1]).toEqual([
      "f64",
      "A8 f56",
      "A8 A8 f48",
      "f8 A8 A16 f32",
      "f8 f8 A16 f32",
      "f16 A16 f32",
      "f16 A16 f32",
      "f16 A16 f32",
      "f16 A16 f32",
      "f16 f16 f32",
    ]);
    expect(texts[0]).toEqual(texts[1]);
  });

  test("fixed partitions stay as they are under another fit, and can change nothing else", () => {
    const heap = new FixedPartitions([32, 8, 16, 64], 8, { header: 4 });
    const history = History.of(heap);
    for (const request of [4, 12, 60]) heap.malloc(request);
    heap.free(4);
    expect(String(heap)).toBe("f32 f8 A16 A64");
    const branched = branch(history, 0, { fit: "best" });
    expect(branched.description).toMatchObject({
      kind: "fixed-partitions",
      options: { fit: "best", header: 4, partitions: [32, 8, 16, 64] },
    });
    const texts = ["f32 f8 f16 f64", "f32 A8 f16 f64", "f32 A8 A16 f64", "f32 A8 A16 A64", "f32 f8 A16 A64"];
    const cursor = branched.cursor();
    for (const [step, text] of texts.entries()) expect(String(cursor.seek(step).heap)).toBe(text);
    expect(String(branch(history, 2, { fit: (holes) => holes.at(-1) }).cursor().heap)).toBe("A32 f8 A16 f64");
    expect(
      [history, History.of(new BuddySystem(64, 8))].map((run) => branchChanges(run.description)),
    ).toEqual([["fit"], []]);
    expect(() => branch(history, 0, { order: "lifo" })).toThrow(
      'There is no option "order"; the options are fit.',
    );
  });

  test("labels and marks go along", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    history.label("first");
    heap.malloc(8);
    history.mark("one made");
    history.label("second");
    heap.malloc(8);
    heap.malloc(8);
    history.mark("all made");
    const branched = branch(history, 1, { fit: "worst" });
    expect([1, 2].map((step) => branched.labelAt(step))).toEqual(["second", "second"]);
    expect(branched.marks).toEqual([
      { step: 0, text: "one made" },
      { step: 2, text: "all made" },
    ]);
  });

  test("refuses other heaps, unknown steps and options, and a fit that it does not have", () => {
    const history = recorded({ fit: (holes, size) => holes.find((hole) => hole.size >= size) }, 20);
    expect(() => branch(history, 10, { order: "lifo" })).toThrow("give a fit in the policy");
    expect(branch(history, 10, { fit: "first" }).length).toBe(10);
    expect(() => branch(history, 21, { fit: "first" })).toThrow(RangeError);
    expect(() => branch(history, 10, { align: 4 } as object)).toThrow('There is no option "align"');
    expect(() => branch(history, 10, { fit: "nearest" as "first" })).toThrow("options.fit must be one of");
    const buddies = new BuddySystem(64, 8);
    const run = History.of(buddies);
    buddies.malloc(8);
    expect(() => branch(run, 0, { fit: "best" })).toThrow('and this is the run of a heap of kind "buddy"');
  });
});
