import { describe, expect, test } from "vitest";
import { callNumber } from "./model";
import { SmallHeap, type SmallHeapRules } from "./small-heap";
import { StateSpace } from "./state-space";

const rules: SmallHeapRules = { units: 8, fit: "first", order: "address", merging: "immediate" };

/** A heap after the calls: its blocks, its list and its rover. */
function after(
  options: Partial<SmallHeapRules>,
  ...calls: readonly Readonly<Parameters<typeof callNumber>>[]
) {
  const heap = new SmallHeap({ ...rules, ...options });
  for (const call of calls) heap.make(callNumber(...call));
  return { heap, ...heap.see() };
}

describe("SmallHeap, on the examples of the textbooks", () => {
  test("malloc cuts the low end of the first hole that is large enough", () => {
    const { heap, blocks, list } = after(
      {},
      ["malloc", 0, 3],
      ["malloc", 0, 1],
      ["free", 0, 0],
      ["malloc", 0, 2],
    );
    expect(blocks).toEqual([2, -1, 1, -4]);
    expect(list).toEqual([2, 4]);
    expect(heap.did).toMatchObject({ answer: 0, examined: 1, hole: 0, holeSize: 3, rest: 2, restSize: 1 });
  });
  test("free joins a block with the holes on both sides", () => {
    const { heap, blocks } = after({}, ["malloc", 0, 2], ["malloc", 0, 2], ["free", 0, 0], ["free", 2, 0]);
    expect(blocks).toEqual([-8]);
    expect(heap.did).toMatchObject({
      left: 0,
      leftSize: 2,
      right: 4,
      rightSize: 4,
      merged: 0,
      mergedSize: 8,
    });
  });
  test("deferred merging waits for a search that fails", () => {
    const options = { merging: "deferred", order: "lifo" } as const;
    const { heap, blocks } = after(options, ["malloc", 0, 4], ["free", 0, 0], ["malloc", 0, 6]);
    expect(blocks).toEqual([6, -2]);
    expect(heap.did).toMatchObject({ answer: 0, examined: 3, merges: 1, hole: 0, holeSize: 8 });
  });
  test("best fit takes the smallest hole, worst fit the largest", () => {
    const calls = [
      ["malloc", 0, 2],
      ["malloc", 0, 1],
      ["free", 0, 0],
      ["malloc", 0, 1],
    ] as const;
    expect(after({ fit: "best" }, ...calls).heap.did.answer).toBe(0);
    expect(after({ fit: "worst" }, ...calls).heap.did.answer).toBe(3);
  });
  test("next fit goes on behind the block that it placed last", () => {
    const calls = [
      ["malloc", 0, 2],
      ["malloc", 0, 1],
      ["free", 0, 0],
      ["malloc", 0, 1],
    ] as const;
    const { heap, rover } = after({ fit: "next" }, ...calls);
    expect([heap.did.answer, rover]).toEqual([3, 4]);
  });
});

test("a header and rounding are part of a block, and its payload's address names it", () => {
  const options = { header: 1, align: 2 };
  const { heap, blocks } = after(options, ["malloc", 0, 2], ["malloc", 0, 3]);
  expect(blocks).toEqual([4, 4]);
  expect(heap.did).toMatchObject({ answer: 5, size: 4, hole: 4, holeSize: 4 });
  expect(after(options, ["malloc", 0, 2], ["free", 0, 0]).heap.did).toMatchObject({ failure: "inside" });
  expect(after(options, ["malloc", 0, 2], ["free", 1, 0])).toMatchObject({
    blocks: [-8],
    heap: { did: { freed: 0 } },
  });
  expect(after(options, ["malloc", 0, 2], ["realloc", 1, 3]).heap.did).toMatchObject({
    answer: 1,
    how: "kept",
  });
});

test("the layouts of n units whose holes are merged are every second Fibonacci number", () => {
  const counts = [1, 2, 3, 4, 5, 6, 7, 8].map(
    (units) => StateSpace.of(new SmallHeap({ ...rules, units }))!.length,
  );
  expect(counts).toEqual([2, 5, 13, 34, 89, 233, 610, 1597]);
});

test("the layouts of n units whose holes do not merge are 2 · 3^(n-1)", () => {
  const counts = [1, 2, 3, 4, 5, 6].map(
    (units) => StateSpace.of(new SmallHeap({ ...rules, units, merging: "never" }))!.length,
  );
  expect(counts).toEqual([2, 6, 18, 54, 162, 486]);
});

test("a state is what was saved", () => {
  const model = new SmallHeap({ ...rules, units: 5, order: "lifo", fit: "next", merging: "deferred" });
  const space = StateSpace.of(model)!;
  for (let state = 0; state < space.length; state++) {
    model.start();
    for (const call of space.pathTo(state)) model.make(call);
    const walked = structuredClone(model.see());
    space.load(model, state);
    expect(model.see()).toEqual(walked);
    expect(space.at(model)).toBe(state);
  }
});
