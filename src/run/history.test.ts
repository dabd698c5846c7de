import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { toBase64 } from "../base/base64";
import { once } from "../base/testing/once";
import { FixedPartitions } from "../heap/fixed-partitions";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import type { HistoryJson } from "./codec/history-json";
import { History } from "./history";
import { stepFlags } from "./step-flags";
import { LONG } from "./stretches";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

function run(steps: number, seed = 1, heap: Heap = new FreeList(2048, 8)): History {
  const history = History.of(heap);
  randomRun(heap, steps, seed, { reallocs: true });
  return history.stop();
}

/** A number in the bytes of operations. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** Every operation, and the heap at the end. */
function content(history: History) {
  const operations = Array.from({ length: history.length }, (_, i) => history.operationAt(i + 1));
  return { operations, end: history.cursor().seek(history.length).heap.toString() };
}

describe("History.of", () => {
  test("records every operation with its answer, until stop", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    heap.malloc(10);
    heap.malloc(100);
    heap.realloc(0, 20);
    heap.realloc(null, 8);
    heap.free(3);
    heap.free(0);
    expect(history.recording).toBe(true);
    history.stop();
    expect(history.recording).toBe(false);
    heap.malloc(1);
    expect(content(history).operations).toEqual([
      { kind: "malloc", request: 10, target: null, address: 0, freed: true },
      { kind: "malloc", request: 100, target: null, address: null, freed: true },
      { kind: "realloc", request: 20, target: 0, address: 0, freed: true },
      { kind: "realloc", request: 8, target: null, address: 24, freed: true },
      { kind: "free", request: 0, target: 3, address: null, freed: false },
      { kind: "free", request: 0, target: 0, address: null, freed: true },
    ]);
  });

  test("starts from the heap as it is, blocks and list order included", () => {
    const heap = new FreeList(2048, 8, { order: "lifo", fit: "next", coalesce: "deferred" });
    randomRun(heap, 100, 4);
    const before = heap.toString();
    const history = run(100, 5, heap);
    const decoded = History.decode(history.encode());
    for (const one of [history, decoded]) {
      const cursor = one.cursor();
      expect(cursor.heap.toString()).toBe(before);
      cursor.seek(one.length);
      expect(cursor.heap.toString()).toBe(heap.toString());
      expect([...cursor.holes()]).toEqual([...heap.holes()]);
    }
  });

  test("takes a class of one's own when it is told how to make it; such a run is not written down", () => {
    class Own extends FreeList {
      override describe() {
        return { ...super.describe(), kind: "my own" };
      }
    }
    const make = () => new Own(64, 8);
    expect(() => History.of(make())).toThrow(/no heap of kind "my own"/);
    const heap = make();
    const history = History.of(heap, { make });
    heap.malloc(8);
    expect(history.cursor().seek(1).heap.toString()).toBe("A8 f56");
    expect(() => history.encode()).toThrow(/options\.make/);
  });

  test("labels name who asks from the next step on, marks the step itself", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap).label("a").mark("start");
    heap.malloc(8);
    history.label("b");
    heap.malloc(8);
    heap.malloc(8);
    history.label("").mark("<end>");
    heap.malloc(8);
    for (const one of [history, History.decode(history.encode())]) {
      expect([0, 1, 2, 3, 4].map((step) => one.labelAt(step))).toEqual(["", "a", "b", "b", ""]);
      expect(one.marks).toEqual([
        { step: 0, text: "start" },
        { step: 3, text: "<end>" },
      ]);
      expect(one.labels).toEqual([
        { step: 1, text: "a" },
        { step: 2, text: "b" },
        { step: 4, text: "" },
      ]);
    }
    expect(() => history.label(3 as unknown as string)).toThrow(TypeError);
  });

  test("prints what it holds: mallocs and frees, and the other kinds of which it has some", () => {
    const heap = new FreeList(64, 8, { coalesce: "deferred" });
    const history = History.of(heap);
    expect(String(history)).toBe("history of 0 steps (0 malloc, 0 free) on a free-list heap of 64 bytes");
    heap.free(heap.malloc(8));
    expect(String(history)).toBe("history of 2 steps (1 malloc, 1 free) on a free-list heap of 64 bytes");
    heap.realloc(heap.malloc(8), 16);
    heap.coalesce();
    expect(inspect(history)).toBe(
      "history of 5 steps (2 malloc, 1 free, 1 realloc, 1 coalesce) on a free-list heap of 64 bytes",
    );
  });

  test("is stopped once and for all", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    heap.malloc(8);
    expect(history.stop().stop()).toBe(history);
    heap.malloc(8);
    expect(history.length).toBe(1);
    expect(History.decode(history.encode()).stop().recording).toBe(false);
  });

  test("writes down where it starts unless that is as made: with other blocks, holes or bytes", () => {
    const startOf = (heap: Heap, work: (heap: Heap) => void) => {
      work(heap);
      return History.of(heap).toJSON().start;
    };
    const make = () => new FreeList(64, 8, { coalesce: "never" });
    expect(startOf(make(), () => {})).toBeUndefined();
    expect(startOf(make(), (heap) => heap.free(heap.malloc(64)))).toBeUndefined();
    expect(startOf(make(), (heap) => heap.malloc(8))).toEqual({ blocks: [1, -7], list: [1], rover: -1 });
    expect(startOf(make(), (heap) => heap.malloc(64))).toBeDefined();
    expect(startOf(make(), (heap) => heap.free(heap.malloc(8)))).toBeDefined();
    const growing = (size: number) => new FreeList(size, 8, { growable: true });
    for (const size of [0, 64])
      expect(startOf(growing(size), (heap) => heap.free(heap.malloc(100)))).toBeDefined();
    const roving = new FreeList(64, 8, { fit: "next" });
    expect(startOf(roving, (heap) => heap.free(heap.malloc(8)))).toBeUndefined();
    // As many holes as the fresh partitions have, of which another is next.
    const parts = () => new FixedPartitions([16, 8], 8, { fit: "next" });
    expect(startOf(parts(), () => {})).toBeUndefined();
    expect(startOf(parts(), (heap) => heap.free(heap.malloc(16)))).toBeDefined();
  });
});

describe("prepare", () => {
  test("runs ahead for as long as it is given, and says when all is prepared", () => {
    const history = run(2000);
    expect(history.prepared).toBe(0);
    expect(history.prepare(0)).toBe(false);
    while (!history.prepare(1));
    expect(history.prepared).toBe(2000);
    expect(history.reach).toBe(2000);
  });
});

describe("a long run", () => {
  const STEPS = 500;
  /** Every run of more than 100 steps is long. */
  const cut = { whole: 100, stretch: 16, spacing: 64 };
  const whole = once(() => run(STEPS));
  const text = once(() => whole().encode());
  const long = () => History.decode(text()).cut(cut);

  test("has more than a million steps", () => {
    expect(LONG).toBe(2 ** 20);
    expect(whole().long).toBe(false);
    expect(run(100).cut(cut).long).toBe(false);
    expect(run(101).cut(cut).long).toBe(true);
  });

  test("is surveyed in stretches, and shows at any step what the whole run shows", () => {
    const history = long();
    expect(history.survey(40)).toMatchObject({ from: 32, known: 48 });
    const cursor = history.cursor();
    const other = whole().cursor();
    for (const step of [STEPS, 33, 32, 250, 0]) {
      expect(String(cursor.seek(step).heap)).toBe(String(other.seek(step).heap));
    }
    expect(content(history)).toEqual(content(whole()));
    const parts = [...history.surveys()].map(({ from, known }) => [from, known]);
    expect(parts.length).toBeGreaterThan(STEPS / 16);
    expect(parts.at(-1)![1]).toBe(STEPS);
    expect([...whole().surveys()].map(({ from, known }) => [from, known])).toEqual([[0, STEPS]]);
  });

  test("is prepared for as long as it is given, and tells of what it has passed over", () => {
    const history = long();
    expect(history.prepared).toBe(0);
    expect(history.prepare(0)).toBe(false);
    expect(history.overview.known).toBe(0);
    expect(history.reach).toBe(0);
    expect(history.prepare()).toBe(true);
    expect(history.prepared).toBe(STEPS);
    expect(history.overview.known).toBe(STEPS);
  });

  test("tells at a glance of its steps what the whole run tells", () => {
    const history = long();
    history.prepare();
    const short = History.decode(text());
    expect(short.overview.known).toBe(0);
    short.prepare();
    for (const one of [history, short]) {
      expect(one.overview.known).toBe(STEPS);
      expect(Array.from({ length: STEPS + 1 }, (_, step) => one.overview.flagsAt(step))).toEqual([
        ...stepFlags(whole()),
      ]);
    }
  });

  test("has an index that makes every step near; a run that is not long has none, and takes none", () => {
    const index = long().index()!;
    expect(index.length).toBeGreaterThan(100);
    const indexed = long().takeIndex(index);
    expect([indexed.prepared, indexed.reach]).toEqual([0, STEPS]);
    expect(indexed.stretches.keyframes.size).toBeGreaterThan(2);
    expect(content(indexed)).toEqual(content(whole()));
    const short = History.decode(text());
    expect(short.index()).toBeNull();
    expect(short.takeIndex(index)).toBe(short);
    expect(short.reach).toBe(0);
    expect(content(short)).toEqual(content(whole()));
  });

  test("does without an index that is none", () => {
    const history = long().takeIndex("no index");
    expect(history.reach).toBe(0);
    expect(content(history)).toEqual(content(whole()));
  });

  test("is written down as it was read, and anew once it has an index", () => {
    const heap = new FreeList(64, 8);
    heap.malloc(8);
    const start = History.of(heap).toJSON();
    // Its free names the block by its address, where encode would say how many steps ago it was allocated.
    const bytes = [4 * 8, 3 + 4, 2 * 8];
    const history = History.decode({ ...start, steps: 2, operations: toBase64(Uint8Array.from(bytes)) }).cut({
      whole: 1,
    });
    expect(history.toJSON().operations).toBe(toBase64(Uint8Array.from(bytes)));
    expect(history.index()).not.toBeNull();
    expect(history.toJSON().operations).toBe(toBase64(Uint8Array.of(4 * 8, 4 + 1)));
  });

  test("may become long while it is recorded", () => {
    const heap = new FreeList(2048, 8);
    const history = History.of(heap).cut(cut);
    randomRun(heap, 90, 1);
    const cursor = history.cursor().seek(90);
    expect([history.long, history.prepare(), history.prepared]).toEqual([false, true, 90]);
    randomRun(heap, 90, 2);
    expect([history.long, history.prepared]).toEqual([true, 0]);
    expect(String(cursor.seek(180).heap)).toBe(String(heap));
    expect(cursor.seek(90).previous()).toBe(true);
    expect([history.prepare(), history.prepared]).toEqual([true, 180]);
  });
});

describe("encode", () => {
  test.each(policies)("and decode give the same run, with $name", ({ make, reallocs }) => {
    const heap = make();
    const history = History.of(heap);
    randomRun(heap, 400, 9, { reallocs });
    const decoded = History.decode(history.encode());
    expect(content(decoded)).toEqual(content(history));
    expect(decoded.encode()).toBe(history.encode());
  });

  test("keeps odd numbers: denied, failing, fractional, huge and negative ones", () => {
    const heap = new OriginalHeap(64, 8);
    const history = History.of(heap);
    for (const size of [-3, 0, 2.5, Number.NaN, 2 ** 51, 2 ** 53, Number.POSITIVE_INFINITY])
      heap.malloc(size);
    for (const address of [-1, 2.5, 2 ** 60, 0]) heap.free(address);
    expect(content(History.decode(history.encode()))).toEqual(content(history));
  });

  test("writes 1,000 random steps in at most 4,500 characters, 100,000 in at most 5 a step", () => {
    expect(run(1000).encode().length).toBeLessThanOrEqual(4500);
    const long = new FreeList(2 ** 20, 16);
    const history = History.of(long);
    randomRun(long, 100_000, 2, { most: 1024, reallocs: false, keep: 0.5 });
    expect(history.encode().length).toBeLessThanOrEqual(500_000);
  });

  test("writes nothing that could end a script element", () => {
    const history = run(3).mark("</script><script>alert(1)</script>");
    expect(history.encode()).not.toContain("<");
    expect(History.decode(history.encode()).marks[0]?.text).toContain("</script>");
  });
});

describe("History.decode", () => {
  test("reads what the first version of the format wrote", () => {
    const heap = {
      kind: "free-list",
      heapSize: 256,
      pageSize: 8,
      options: { fit: "custom", coalesce: "deferred", header: 8 },
    };
    const history = History.decode({
      format: "freelist-lab history",
      version: 1,
      heap,
      start: { blocks: [6, -26], list: [6], rover: -1 },
      steps: 11,
      operations: "YAEBYCgBAaABoB8BAA0HBhJ4AAAPEAEBsAILDhAAABMSEAAABxA=",
      labels: { steps: [1], texts: ["main"] },
      marks: { steps: [0, 11], texts: ["start", "end"] },
    });
    const { operations, end } = content(history);
    expect(end).toBe("f48 f32 A16 f56 A16 f88");
    expect(operations.map((one) => [one.kind, one.request, one.target, one.address, one.freed])).toEqual([
      ["malloc", 24, null, 56, true],
      ["malloc", 10, null, 88, true],
      ["malloc", 1000, null, null, true],
      ["free", 0, 56, null, true],
      ["free", 0, 3, null, false],
      ["realloc", 60, 88, 88, true],
      ["realloc", 8, null, 160, true],
      ["realloc", 8, 7, null, true],
      ["coalesce", 0, null, null, true],
      ["realloc", 8, 88, 88, true],
      ["free", 0, 8, null, true],
    ]);
    expect(history.labelAt(11)).toBe("main");
    expect(history.marks.map(({ text }) => text)).toEqual(["start", "end"]);
    expect(history.encode()).toContain(`"operations":"YAEBYCgBAaABoB8BAA0HBhJ4AAAPEAEBsAILDhAAABMSEAAABxA="`);
  });

  test("reads a run of the original program's heap from when that was a free list", () => {
    const history = History.decode({
      format: "freelist-lab history",
      version: 1,
      heap: { kind: "free-list", heapSize: 64, pageSize: 8, options: { order: "as-published" } },
      start: [
        { address: 0, size: 10, free: true },
        { address: 10, size: 20, free: false },
        { address: 30, size: 34, free: true },
      ],
      steps: 6,
      operations: "FAADAQAAAAAAAARAkAMHEAsUGA==",
    });
    expect(history.description).toMatchObject({ kind: "original", heapSize: 64, pageSize: 8 });
    expect(String(history.cursor().seek(6).heap)).toBe(
      "[ 0,8,False ]->[ 8,22,True ]->[ 30,8,False ]->[ 38,12,False ]->[ 50,14,True ]->",
    );
  });

  test("takes a step that names the block of a denied request for one that names none, as in C", () => {
    const heap = new FreeList(64, 8);
    const empty = History.of(heap).toJSON();
    const bytes = Uint8Array.of(...varint(4 * 100), 4 * 1 + 1, 4 * 2 + 2, 2 * 8);
    const history = History.decode({ ...empty, steps: 3, operations: toBase64(bytes) });
    expect(history.operationAt(1)).toMatchObject({ kind: "malloc", request: 100, address: null });
    expect(history.operationAt(2)).toMatchObject({ kind: "free", target: null, freed: false });
    expect(history.operationAt(3)).toMatchObject({ kind: "realloc", target: null, request: 8, address: 0 });
  });
});

describe("History.decode refuses", () => {
  /** What `encode` wrote of `run(50)`. */
  const good: HistoryJson = {
    format: "freelist-lab history",
    version: 1,
    heap: { kind: "free-list", heapSize: 2048, pageSize: 8, options: {} },
    steps: 50,
    operations:
      "XPQByAPYAREJuAOgAfwC9AEHaLQDLXz8Ah7QAaADfLQCDq4BpAERElY5LYwDRDQlPdAC9ALwAsgCOWLmAewCKTD0AiJkDC0olQEliAOEAYUBXQ==",
  };
  const original: HistoryJson = {
    ...good,
    heap: { kind: "original", heapSize: 64, pageSize: 8, options: {} },
  };

  test("only what is wrong", () => {
    expect(History.decode(good).length).toBe(50);
    expect(run(50).toJSON()).toEqual(good);
  });

  test.each<[string, unknown, RegExp]>([
    [
      "text that is not JSON",
      "abc",
      /^This is no encoded history: it is not JSON\. Give what history\.encode/,
    ],
    ["another kind of value", 7, /it must be an object, not 7/],
    ["null", "null", /it must be an object, not null/],
    ["another format", { ...good, format: "x" }, /its format must be "freelist-lab history", not "x"/],
    ["a later version", { ...good, version: 2 }, /its version must be 1, not 2: it was written by a later/],
    ["no heap", { ...good, heap: null }, /its heap must be Object, not null/],
    ["a heap that cannot be", { ...good, heap: { ...good.heap, pageSize: 7 } }, /multiple of pageSize/],
    ["a heap of unknown kind", { ...good, heap: { ...good.heap, kind: "x" } }, /no heap of kind "x"/],
    [
      "a heap of 2^50 bytes",
      { ...good, heap: { ...good.heap, heapSize: 2 ** 50 } },
      /no encoded history: .*2\^30/,
    ],
    ["no operations", { ...good, operations: 3 }, /its operations must be a text of at most .* not 3/],
    ["more steps than there are", { ...good, steps: 51 }, /its operations end in the middle/],
    ["fewer steps than there are", { ...good, steps: 49 }, /its operations go on after step 49/],
    ["steps beyond all bounds", { ...good, steps: 1e15 }, /its steps must be at most the \d+ bytes/],
    ["half a step", { ...good, steps: 1.5 }, /its steps must be a whole number from 0, not 1\.5/],
    ["operations that are cut", { ...good, operations: good.operations.slice(0, -4) }, /end in the middle/],
    [
      "letters beyond base64",
      { ...good, operations: `!!!!${good.operations}` },
      /its operations must be base64/,
    ],
    ["letters that are no four", { ...good, operations: "A" }, /must be base64, not "A"/],
    ["padding in the middle", { ...good, operations: "AA=A" }, /must be base64/],
    [
      "giant numbers",
      { ...good, steps: 1, operations: toBase64(new Uint8Array(99).fill(255)) },
      /beyond 2\^53/,
    ],
    [
      "a step that names a later one",
      { ...good, steps: 1, operations: toBase64(Uint8Array.of(4 * 1 + 1)) },
      /its step 1 names a block that no step before it returned/,
    ],
    [
      "a request that its heap does not take",
      { ...good, steps: 1, operations: toBase64(Uint8Array.of(3, 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f)) },
      /request must be an integer from 0 to 2\^53 - 1, not NaN/,
    ],
    [
      "a negative request that its heap does not take",
      { ...good, steps: 1, operations: toBase64(Uint8Array.of(3, 1, 0, 0, 0, 0, 0, 0, 0xf0, 0xbf)) },
      /request must be an integer from 0 to 2\^53 - 1, not -1/,
    ],
    [
      "a realloc that its heap does not take, though it takes such a malloc",
      {
        ...original,
        steps: 1,
        operations: toBase64(Uint8Array.of(3 + 4 * 3, 1, 0, 0, 0, 0, 0, 0, 0xf0, 0xbf)),
      },
      /request must be an integer from 0 to 2\^53 - 1, not -1/,
    ],
    [
      "a state with a fraction of a unit",
      { ...good, start: { blocks: [-255.5, 1], list: [0], rover: -1 } },
      /its start\.blocks\[0\] must be a whole number/,
    ],
    [
      "a state with an empty block",
      { ...good, start: { blocks: [0, -256], list: [0], rover: -1 } },
      /its start\.blocks\[0\] must be/,
    ],
    [
      "a state beyond any heap",
      { ...good, start: { blocks: [2 ** 31], list: [], rover: -1 } },
      /its start\.blocks\[0\] must be/,
    ],
    [
      "a state of a smaller heap",
      { ...good, start: { blocks: [-8], list: [0], rover: -1 } },
      /its start\.blocks must have 2048 bytes in all, not 64/,
    ],
    ["a state that is null", { ...good, start: null }, /its start must be Object, not null/],
    ["a state that is none", { ...good, start: { cells: 3 } }, /its start\.blocks is missing/],
    [
      "labels out of order",
      { ...good, labels: { steps: [3, 1], texts: ["a", "b"] } },
      /its labels\.steps must ascend/,
    ],
    [
      "two labels at a step",
      { ...good, labels: { steps: [3, 3], texts: ["a", "b"] } },
      /its labels\.steps must ascend/,
    ],
    [
      "the original program's order in a heap that never had it",
      { ...good, heap: { ...original.heap, kind: "segregated-fits", options: { order: "as-published" } } },
      /order/,
    ],
    [
      "the last of some marks past the end",
      { ...good, marks: { steps: [1, 2, 51], texts: ["a", "b", "c"] } },
      /its marks\.steps\[2\] must be at most 50, not 51/,
    ],
    [
      "marks that are no pairs",
      { ...good, marks: { steps: [3], texts: [] } },
      /its marks must have a text for each/,
    ],
    [
      "marks past the end",
      { ...good, marks: { steps: [51], texts: ["a"] } },
      /its marks\.steps\[0\] must be at most 50/,
    ],
    [
      "labels past the end",
      { ...good, labels: { steps: [52], texts: ["a"] } },
      /its labels\.steps\[0\] must be at most 51/,
    ],
    [
      "a growable buddy system that starts with nothing, and so can never double",
      {
        format: "freelist-lab history",
        version: 1,
        heap: { kind: "buddy", heapSize: 4, pageSize: 4, options: { growable: true } },
        start: [],
        steps: 25,
        operations: "iAE8aAeAAoQBDaABHXAHwAELQGgGSAcIoAEZBwCAAUGIARp0QiwJdDgZ",
        labels: { steps: [1], texts: ["a"] },
        marks: { steps: [25], texts: ["m"] },
      },
      /its start must have a power of two, at least 1 units in all, not 0/,
    ],
  ])("%s", (_, json, reason) => {
    const refused = () => History.decode(json as HistoryJson);
    expect(refused).toThrow(RangeError);
    expect(refused).toThrow(reason);
    expect(refused).toThrow(/^This is no encoded history: .*\. Give what history\.encode\(\) returned\.$/);
  });
});
