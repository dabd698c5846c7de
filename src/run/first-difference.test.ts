import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { FreeListOptions } from "../heap/options";
import { firstDifference } from "./first-difference";
import { History } from "./history";

/** A hole of 24 bytes before one of 16, then a request of 16: first and best fit part at step 6. */
function run(options: FreeListOptions, more: readonly number[] = []) {
  const heap = new FreeList(256, 8, options);
  const history = History.of(heap);
  const blocks = [24, 8, 16].map((size) => heap.malloc(size));
  heap.free(blocks[0]!);
  heap.malloc(200);
  heap.free(blocks[2]!);
  heap.malloc(16);
  for (const size of more) heap.malloc(size);
  return history;
}

describe("firstDifference", () => {
  test("is the step at which a policy places a block elsewhere", () => {
    expect(firstDifference([run({ fit: "first" }), run({ fit: "best" })])).toBe(7);
    expect(firstDifference([run({}), run({}), run({ fit: "best" })])).toBe(7);
  });

  test("is null for runs that agree, also at another base", () => {
    expect(firstDifference([run({}), run({})])).toBeNull();
    expect(firstDifference([run({}), run({ base: 4096 })])).toBeNull();
    expect(firstDifference([run({})])).toBeNull();
    expect(firstDifference([])).toBeNull();
  });

  test("is the step that not all runs have, when they agree until there", () => {
    expect(firstDifference([run({}), run({}, [8])])).toBe(8);
  });

  test("is the step at which the requests are others", () => {
    expect(firstDifference([run({}, [8, 8]), run({}, [8, 7])])).toBe(9);
  });
});
