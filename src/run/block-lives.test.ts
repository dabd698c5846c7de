import { expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { FreeList } from "../heap/free-list";
import { blockLives } from "./block-lives";
import { History } from "./history";
import { lives } from "./lives";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

test("blockLives have what was asked for, from one realloc to the next", () => {
  const heap = new FreeList(128, 8, { header: 4, base: 32 });
  const old = heap.malloc(10);
  const history = History.of(heap);
  heap.free(3);
  const block = heap.malloc(3);
  heap.malloc(1);
  const moved = heap.realloc(block, 20);
  heap.realloc(moved, 1000);
  heap.realloc(moved, 30);
  heap.realloc(old, 5);
  heap.free(moved);
  heap.free(moved);
  heap.malloc(20);
  const decoded = History.decode(history.encode());
  const long = History.decode(history.encode()).cut({ whole: 0, stretch: 4 });
  for (const run of [history, decoded, long]) {
    expect(blockLives(run, 2)).toEqual([
      { id: 2, address: 48, size: 8, request: 3, from: 2, to: 4 },
      { id: 2, address: 64, size: 24, request: 20, from: 4, to: 6 },
      { id: 2, address: 64, size: 40, request: 30, from: 6, to: 8 },
    ]);
    expect(blockLives(run, -1)).toEqual([
      { id: -1, address: 32, size: 16, request: 12, from: 0, to: 7 },
      { id: -1, address: 32, size: 16, request: 5, from: 7, to: null },
    ]);
    expect(blockLives(run, 3)).toEqual([{ id: 3, address: 56, size: 8, request: 1, from: 3, to: null }]);
  }
});

test.each(policies)(
  "blockLives are the lives of each block, also of a long run, with $name",
  ({ make, reallocs }) => {
    const heap = make();
    randomRun(heap, 20, 31, { reallocs });
    const history = History.of(heap);
    randomRun(heap, turns(150), 32, { reallocs });
    const text = history.stop().encode();
    const decoded = History.decode(text);
    const all = lives(history).lives;
    const long = History.decode(text).cut({ whole: 0, stretch: 16, spacing: 64 });
    long.stretches.work(Number.POSITIVE_INFINITY);
    for (const id of new Set(all.map((life) => life.id))) {
      const expected = all.filter((life) => life.id === id);
      for (const run of [long, history, decoded])
        expect(blockLives(run, id).map(({ request: _, ...life }) => life)).toEqual(expected);
    }
  },
);
