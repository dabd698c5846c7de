import { expect, test } from "vitest";
import { callOf, NONE } from "./model";
import { SmallHeap, type SmallHeapRules } from "./small-heap";
import { StateSpace } from "./state-space";

const rules: SmallHeapRules = { units: 3, fit: "first", order: "address", merging: "immediate" };

test("StateSpace.of() has every state once, with a shortest way to it", () => {
  const model = new SmallHeap(rules);
  const space = StateSpace.of(model)!;
  const seen = new Set<string>();
  let before = 0;
  for (let state = 0; state < space.length; state++) {
    const path = space.pathTo(state);
    expect(path.length).toBeGreaterThanOrEqual(before);
    before = path.length;
    space.load(model, state);
    seen.add(model.see().blocks.join(" "));
  }
  expect(seen.size).toBe(13);
  expect(seen).toContain("-1 1 -1");
  expect(before).toBe(4);
});

test("StateSpace.of() counts the calls, and gives up where there are too many", () => {
  const model = new SmallHeap({ ...rules, units: 2, realloc: false });
  // All free, a block of two, a word at either end, two words: two mallocs in each, and as many frees as blocks.
  const space = StateSpace.of(model)!;
  expect([space.length, space.transitions]).toEqual([5, 15]);
  expect(StateSpace.of(model, { most: 15 })).not.toBeNull();
  expect(StateSpace.of(model, { most: 14 })).toBeNull();
});

test("StateSpace.of() ends where it is told to, after as few calls as can be", () => {
  const model = new SmallHeap({ ...rules, units: 3, live: 3, largest: 2, realloc: false });
  const { ended } = StateSpace.of(model, { ends: ({ did }) => did.answer === NONE })!;
  expect(callOf(ended.call)).toEqual({ kind: "malloc", unit: 0, size: 2 });
});

test("at() knows no state that the walk has not found", () => {
  const space = StateSpace.of(new SmallHeap({ ...rules, largest: 1 }))!;
  const model = new SmallHeap({ ...rules });
  model.make(model.calls()[2]!);
  expect(() => space.at(model)).toThrow("a state that the walk has not found");
});
