import { describe, expect, it } from "vitest";
import { bugHunt, levelOf } from "./bug-hunt";
import { RULES, type RuleName } from "./rules";
import { WRONG_HEAPS, type WrongHeapName } from "./wrong-heaps";

const names = Object.keys(WRONG_HEAPS) as WrongHeapName[];

describe.each(names)("the hunt for %s", (name) => {
  it("shows it at work without its fault, offers the broken rule among others, and ends with the shortest calls", () => {
    const hunt = bugHunt({ name, seed: "Ada" });
    expect(hunt.steps.length).toBe(hunt.shown);
    expect(hunt.found).toBe(false);
    for (const { answers, fault, states } of hunt.steps) {
      expect(fault).toBe(null);
      expect(answers.wrong).toBe(answers.right);
      expect(states.wrong.holes).toEqual(states.right.holes);
    }
    expect(hunt.undo()).toBe(false);
    expect(new Set(hunt.choices).size).toBe(5);
    const { rule, fault } = WRONG_HEAPS[name];
    expect(hunt.choices.filter((choice) => hunt.isBroken(choice))).toEqual([rule]);
    const { bug, steps } = hunt.solution();
    expect(steps.length).toBe(bug.calls.length);
    expect(steps.map((step) => step.fault !== null)).toEqual(bug.calls.map((_, i) => i === steps.length - 1));
    expect(steps.at(-1)!.fault).toMatchObject({ rule, expected: bug.expected, got: bug.got });
    expect(JSON.stringify(hunt.steps)).not.toContain(fault);
  });
});

it("a hunt can be drawn at every level, and its calls are made, taken back, and refused after the fault", () => {
  for (const level of [1, 2, 3] as const) {
    const drawn = new Set(Array.from({ length: 40 }, (_, seed) => bugHunt({ level, seed }).name));
    expect(drawn.size).toBeGreaterThan(4);
    for (const name of drawn) expect(levelOf(name)).toBe(level);
  }
  const hunt = bugHunt({ name: "double-free" });
  const before = hunt.steps.length;
  const name = hunt.nextName;
  expect(hunt.make({ op: "malloc", request: 4, as: name })).toBe(true);
  expect(hunt.blocks).toContain(name);
  expect(hunt.states.wrong.blocks.some((block) => block.name === name)).toBe(true);
  hunt.make({ op: "free", block: name });
  hunt.make({ op: "free", block: name });
  expect(hunt.found).toBe(true);
  expect(hunt.steps.at(-1)).toMatchObject({
    answers: { wrong: "true", right: "false" },
    fault: { rule: "refused" },
  });
  expect(hunt.make({ op: "free", block: null })).toBe(false);
  expect(hunt.undo()).toBe(true);
  expect(hunt.found).toBe(false);
  expect(hunt.steps.length).toBe(before + 2);
});

it("the rule that the calls show to be broken is a right one, too", () => {
  const hunt = bugHunt({ name: "rover-on-merged-hole", seed: 1 });
  expect(hunt.isBroken("place")).toBe(false);
  for (const rule of Object.keys(RULES) as RuleName[]) expect(hunt.isBroken(rule)).toBe(rule === "quiet");
});

it("refuses what there is not", () => {
  expect(() => bugHunt({ name: "no-merge" as never })).toThrow("options.name must be one of");
  expect(() => bugHunt({ level: 4 as never })).toThrow("options.level must be 1, 2 or 3");
  expect(() => bugHunt({ names: 3 } as never)).toThrow('There is no option "names"');
  expect(() => bugHunt({ seed: Number.NaN })).toThrow("A seed that is a number is finite");
});
