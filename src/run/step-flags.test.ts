import { describe, expect, test } from "vitest";
import { once } from "../base/testing/once";
import { FreeList } from "../heap/free-list";
import { StepFlag } from "./event-summary";
import { History } from "./history";
import { nextFlagged, stepFlags } from "./step-flags";
import { randomRun } from "./testing/random-run";

describe("stepFlags", () => {
  const flags = once(() => {
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
    return stepFlags(history);
  });

  test("say of every step what was notable", () => {
    const { split, merge, denied, moved, refused } = StepFlag;
    expect([...flags()]).toEqual([0, split, 0, denied, refused, 0, merge, split, split, split | moved]);
  });

  test("are those of the steps of a long run, too", () => {
    const heap = new FreeList(2048, 8);
    const history = History.of(heap);
    randomRun(heap, 100, 3);
    const long = History.decode(history.encode()).cut({ whole: 0, stretch: 16 });
    expect(stepFlags(long)).toEqual(stepFlags(history));
  });

  test("mark a heap's growth", () => {
    const growing = new FreeList(0, 8, { growable: true });
    const run = History.of(growing);
    growing.malloc(8);
    expect([...stepFlags(run)]).toEqual([0, StepFlag.grown]);
  });

  test("nextFlagged finds the nearest step with any of the bits, both ways", () => {
    expect(nextFlagged(flags(), 0, StepFlag.merge)).toBe(6);
    expect(nextFlagged(flags(), 6, StepFlag.merge)).toBeNull();
    expect(nextFlagged(flags(), 1, StepFlag.split | StepFlag.refused)).toBe(4);
    expect(nextFlagged(flags(), 9, StepFlag.split | StepFlag.denied, -1)).toBe(8);
    expect(nextFlagged(flags(), 1, StepFlag.split, -1)).toBeNull();
    expect(nextFlagged(flags(), 8, StepFlag.moved)).toBe(9);
    expect(nextFlagged(flags(), 9, StepFlag.moved)).toBeNull();
  });
});
