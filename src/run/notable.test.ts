import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "./history";
import { nextNotable, notable } from "./notable";
import { Notable } from "./summary";

describe("notable", () => {
  const heap = new FreeList(64, 8);
  const history = History.of(heap);
  const a = heap.malloc(8); // split
  const b = heap.malloc(56); // fits exactly
  heap.malloc(8); // denied
  heap.free(3); // refused
  heap.free(a); // a hole of its own
  heap.free(b); // merges
  const c = heap.malloc(8); // split
  heap.malloc(8); // split
  heap.realloc(c, 16); // moves: split of the hole behind
  const flags = notable(history);

  test("says of every step what was notable", () => {
    const { split, merge, denied, moved, refused } = Notable;
    expect([...flags]).toEqual([0, split, 0, denied, refused, 0, merge, split, split, split | moved]);
  });

  test("marks a heap's growth", () => {
    const growing = new FreeList(0, 8, { growable: true });
    const run = History.of(growing);
    growing.malloc(8);
    expect([...notable(run)]).toEqual([0, Notable.grown]);
  });

  test("nextNotable finds the nearest step with any of the bits, both ways", () => {
    expect(nextNotable(flags, 0, Notable.merge)).toBe(6);
    expect(nextNotable(flags, 6, Notable.merge)).toBeNull();
    expect(nextNotable(flags, 1, Notable.split | Notable.refused)).toBe(4);
    expect(nextNotable(flags, 9, Notable.split | Notable.denied, -1)).toBe(8);
    expect(nextNotable(flags, 1, Notable.split, -1)).toBeNull();
  });
});
