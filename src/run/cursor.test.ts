import { describe, expect, test } from "vitest";
import { once } from "../base/testing/once";
import { turns } from "../base/testing/turns";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import type { Cursor } from "./cursor";
import { History } from "./history";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

const STEPS = turns(200);

/** Everything that a cursor shows at its step. */
function frame(cursor: Cursor) {
  return {
    step: cursor.step,
    text: cursor.heap.toString(),
    matrix: cursor.heap.asMatrix(),
    top: cursor.heap.top,
    blocks: [...cursor.blocks()],
    holes: [...cursor.holes()],
    event: cursor.event,
    changes: cursor.changes,
  };
}

/** A run on `heap`, with the frames as they were while it ran. */
function recorded(heap: Heap, reallocs: boolean, seed: number) {
  const history = History.of(heap);
  const seen = [state(heap)];
  const events: unknown[] = [];
  const ends = [
    heap.listen((event) => events.push(event)),
    heap.record(collector(() => seen.push(state(heap)))),
  ];
  randomRun(heap, STEPS, seed, { reallocs });
  for (const end of ends) end();
  history.stop();
  return { history, seen, events };
}

function state(heap: Heap) {
  return { text: heap.toString(), blocks: [...heap.blocks()], holes: [...heap.holes()] };
}

function collector(then: () => void) {
  return { malloc: then, free: then, realloc: then };
}

describe.each(policies)("a cursor over a run with $name", ({ make, reallocs }) => {
  const run = once(() => recorded(make(), reallocs, 7));

  test("shows each step as it was when it was recorded, with the same event", () => {
    const { history, seen, events } = run();
    const cursor = history.cursor();
    expect(history.length).toBe(STEPS);
    for (let k = 0; k <= STEPS; k++) {
      cursor.seek(k);
      const { text, holes } = frame(cursor);
      expect({ text, blocks: [...cursor.heap.blocks()], holes }).toEqual(seen[k]);
      expect(cursor.event).toEqual(events[k - 1] ?? null);
    }
  });

  test("shows frame k alike whether it steps back to it or comes from the start, for every k", () => {
    const { history } = run();
    const forwards = history.cursor();
    const frames = [frame(forwards)];
    while (forwards.next()) frames.push(frame(forwards));
    expect(frames).toHaveLength(STEPS + 1);
    const backwards = history.cursor().seek(STEPS);
    for (let k = STEPS; k >= 0; k--) {
      expect(frame(backwards)).toEqual(frames[k]);
      expect(backwards.previous()).toBe(k > 0);
    }
    // 97 has no factor in common with 201: every step once, far from the one before.
    const leaping = History.decode(history.encode()).cursor();
    for (let i = 0; i <= STEPS; i++) {
      const k = (i * 97) % (STEPS + 1);
      expect(frame(leaping.seek(k))).toEqual(frames[k]);
    }
  });

  test("knows of every allocated block which step made it, and what was asked for", () => {
    const { history } = run();
    const cursor = history.cursor();
    while (cursor.next()) {
      const live = [...cursor.blocks()].filter((block) => !block.free);
      for (const block of live) {
        if (!("id" in block)) throw new Error(`nobody lives at ${block.address}`);
        const operation = history.operationAt(block.born);
        expect(operation.kind === "malloc" || operation.target === null).toBe(true);
        expect(block.request).toBeLessThanOrEqual(block.size - cursor.heap.header);
        expect(block.payload).toBe(block.address + cursor.heap.header);
      }
      const ids = live.map((block) => ("id" in block ? block.id : 0));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe("Cursor", () => {
  test("seek refuses a step that is not there, and stays", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    heap.malloc(8);
    const cursor = history.cursor().seek(1);
    for (const step of [-1, 2, 0.5, Number.NaN])
      expect(() => cursor.seek(step)).toThrow(
        new RangeError(`A step is an integer from 0 to 1, not ${step}; see the history's length.`),
      );
    for (const step of [0, 2]) expect(() => history.operationAt(step)).toThrow("an integer from 1 to 1, not");
    expect(cursor.step).toBe(1);
    expect(cursor.next()).toBe(false);
    expect(cursor.seek(0).previous()).toBe(false);
  });

  test("blocks that were there before the first step have ids from −1 down and step 0", () => {
    const heap = new FreeList(64, 8);
    heap.malloc(8);
    const second = heap.malloc(10);
    const history = History.of(heap);
    heap.realloc(second, 30);
    heap.malloc(1);
    const cursor = history.cursor().seek(2);
    expect([...cursor.blocks()]).toMatchObject([
      { address: 0, size: 8, id: -1, born: 0, request: 8 },
      { address: 8, size: 32, id: -2, born: 0, request: 30 },
      { address: 40, size: 8, id: 2, born: 2, request: 1 },
      { free: true },
    ]);
  });

  test("has at each step what its operation did, and which blocks it made and removed", () => {
    const heap = new FreeList(64, 8, { coalesce: "deferred" });
    const old = heap.malloc(8);
    const history = History.of(heap);
    const first = heap.malloc(8);
    heap.realloc(first, 16);
    heap.malloc(8);
    heap.realloc(first, 24);
    heap.realloc(32, 100);
    heap.malloc(100);
    heap.free(3);
    heap.coalesce();
    heap.free(old);
    heap.realloc(24, 0);
    const expected: [string | null, [boolean, number, number, number][]][] = [
      [null, []],
      ["malloc", [[true, 8, 8, 1]]],
      [
        "realloc",
        [
          [false, 8, 8, 1],
          [true, 8, 16, 1],
        ],
      ],
      ["malloc", [[true, 24, 8, 3]]],
      [
        "realloc",
        [
          [false, 8, 16, 1],
          [true, 32, 24, 1],
        ],
      ],
      ["realloc", []],
      ["malloc", []],
      ["free", []],
      [null, []],
      ["free", [[false, 0, 8, -1]]],
      ["realloc", [[false, 24, 8, 3]]],
    ];
    const long = History.decode(history.encode()).cut({ whole: 0, stretch: 4 });
    const steps = [...expected.keys()];
    for (const run of [history, long]) {
      const cursor = run.cursor();
      for (const step of [...steps, ...[...steps].reverse()]) {
        const { event, changes } = cursor.seek(step);
        const [kind, change] = expected[step]!;
        expect(event?.kind ?? null, `step ${step}`).toBe(kind);
        const listed = changes.map(({ appeared, address, size, id }) => [appeared, address, size, id]);
        expect(listed, `step ${step}`).toEqual(change);
      }
    }
    const cursor = history.cursor().seek(8);
    expect([cursor.next(), cursor.event?.kind, cursor.changes.length]).toEqual([true, "free", 1]);
    expect([cursor.previous(), cursor.event, cursor.changes]).toEqual([true, null, []]);
  });

  test("has no block that disappears where the original program frees a hole", () => {
    const heap = new OriginalHeap(64, 8);
    const history = History.of(heap);
    heap.malloc(8);
    heap.free(0);
    heap.free(0);
    const cursor = history.cursor();
    expect([1, 2, 3].map((step) => cursor.seek(step).changes.length)).toEqual([1, 1, 0]);
  });

  test("goes to any step around a place that it can go on from", () => {
    const heap = new FreeList(2048, 8);
    const history = History.of(heap);
    randomRun(heap, 200, 8);
    const walk = history.cursor();
    const texts = [String(walk.heap)];
    while (walk.next()) texts.push(String(walk.heap));
    const cursor = history.cursor();
    for (const step of [63, 64, 65, 64, 128, 127, 129, 66, 62, 200, 192, 191, 193, 1, 0, 65]) {
      expect(String(cursor.seek(step).heap), `step ${step}`).toBe(texts[step]);
      expect(cursor.step).toBe(step);
    }
  });

  test("idAt names the block that begins at an address, and 0 where none does", () => {
    const heap = new FreeList(64, 8, { header: 4, base: 8 });
    heap.malloc(4);
    const history = History.of(heap);
    const payload = heap.malloc(4);
    heap.realloc(payload, 12);
    const ids = (step: number) => {
      const cursor = history.cursor().seek(step);
      return [0, 8, 12, 16, 20, 24].map((address) => cursor.idAt(address));
    };
    expect([0, 1, 2].map(ids)).toEqual([
      [0, -1, 0, 0, 0, 0],
      [0, -1, 0, 1, 0, 0],
      [0, -1, 0, 1, 0, 0],
    ]);
    expect([...history.cursor().seek(2).blocks()][1]).toEqual({
      address: 16,
      size: 16,
      payload: 20,
      request: 12,
      id: 1,
      born: 1,
      who: "",
      free: false,
    });
  });

  test("follows a history that is still recording", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    const cursor = history.cursor();
    expect(cursor.next()).toBe(false);
    heap.malloc(8);
    expect(cursor.next()).toBe(true);
    expect(cursor.heap.toString()).toBe(heap.toString());
  });

  test("blockAt names the block around an address, and its label", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap).label("parser");
    heap.malloc(8);
    history.label("");
    heap.malloc(8);
    const cursor = history.cursor().seek(2);
    expect(cursor.blockAt(3)).toMatchObject({ free: false, id: 1, who: "parser" });
    expect(cursor.blockAt(8)).toMatchObject({ free: false, id: 2, who: "" });
    expect(cursor.blockAt(7)).toMatchObject({ free: false, id: 1, payload: 0, request: 8 });
    expect(cursor.blockAt(16)).toEqual({ free: true, address: 16, size: 48 });
    expect(cursor.blockAt(63)).toEqual({ free: true, address: 16, size: 48 });
    expect(cursor.blockAt(-1)).toBeNull();
    expect(cursor.blockAt(64)).toBeNull();
    expect(cursor.who).toBe("");
    expect(cursor.seek(1).who).toBe("parser");
  });

  test("says so when the heap was changed behind the recorder's back", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    heap.malloc(8);
    const before = heap.snapshot();
    heap.malloc(8);
    heap.restore(before);
    heap.malloc(8);
    expect(() => history.cursor().seek(3)).toThrow(
      "Step 3 cannot be run again: it answered 8 when it was recorded and 16 now",
    );
  });
});
