import { describe, expect, test } from "vitest";
import type { FitName } from "../../heap/fits";
import { gradeFit, gradeOutcome, makeFitTask } from "./fit-task";
import { POLICY_EXAMPLES } from "./policy-examples";
import { type PolicyRequests, serve } from "./policy-requests";
import { bestFigure, RACE_FIGURE_NAMES, type Racer, raceFits, racer } from "./race";
import { randomRequests, requests, runCode } from "./testing/run-code";
import { verdictText } from "./verdict";

function raced(given: PolicyRequests): Record<FitName, Racer> {
  const all = Array.from(raceFits(given), ({ fit, racer: its }) => [fit, its]);
  return Object.fromEntries(all) as Record<FitName, Racer>;
}

describe("a task to write a fit", () => {
  test("is the same for the same level and seed, and says what it asks", () => {
    const task = makeFitTask({ level: 2, seed: "Ada" });
    expect(makeFitTask({ level: 2, seed: "Ada" })).toEqual(task);
    expect(makeFitTask({ level: 2, seed: "Bob" }).requests).not.toEqual(task.requests);
    expect(task.text).toMatch(
      /^A heap of 1,024 bytes gets \d+ requests\. .* does better than all of them: deny (none|at most \d+)\.$/,
    );
  });

  test.each([1, 2, 3] as const)("level %i: first fit, with which the code begins, does not pass", (level) => {
    for (let seed = 0; seed < 10; seed++) {
      const task = makeFitTask({ level, seed });
      expect(gradeOutcome(task, runCode(POLICY_EXAMPLES["first fit"], task.requests))).toMatchObject({
        passed: false,
      });
      const counts = Object.values(task.denials);
      expect(task.most).toBe(level === 1 ? Math.min(...counts) : Math.min(...counts) - 1);
      for (const [fit, denied] of Object.entries(task.denials))
        expect(raced(task.requests)[fit as FitName].figures.denied).toBe(denied);
    }
  });

  test("level 1 is passed by best fit or worst fit", () => {
    for (let seed = 0; seed < 10; seed++) {
      const task = makeFitTask({ level: 1, seed });
      const grades = (["best fit", "worst fit"] as const).map((name) =>
        gradeOutcome(task, runCode(POLICY_EXAMPLES[name], task.requests)),
      );
      expect(grades.some(({ passed }) => passed)).toBe(true);
    }
  });

  test("a policy with a fault does not pass", () => {
    const task = makeFitTask();
    expect(gradeOutcome(task, runCode("() => { throw 1 }", task.requests))).toEqual({
      passed: false,
      message: "Not yet: the policy does not come to the end of the stream.",
    });
  });

  test("grades a fit that is given as a function or by its name, as the page grades its code", () => {
    for (let seed = 0; seed < 10; seed++) {
      const task = makeFitTask({ seed });
      const best = gradeFit(task, "best");
      expect(best).toEqual(gradeOutcome(task, runCode(POLICY_EXAMPLES["best fit"], task.requests)));
      expect(best.passed).toBe(task.denials.best <= task.most);
      expect(gradeFit(task, (holes, size) => holes.find((hole) => hole.size >= size))).toEqual(
        gradeFit(task, "first"),
      );
    }
  });

  test("says what is wrong with a function that throws, or that chooses no hole of the list", () => {
    const task = makeFitTask();
    const broken = () => {
      throw new Error("no idea");
    };
    expect(gradeFit(task, broken)).toEqual({ passed: false, message: "Not yet: no idea" });
    const made = gradeFit(task, () => ({ address: 3, size: 99, free: true }));
    expect(made.passed).toBe(false);
    expect(made.message).toMatch(/^Not yet: .*hole/);
    expect(() => gradeFit(task, "worse" as never)).toThrow(RangeError);
  });

  test.each([{ level: 4 }, { seed: {} }, { kind: 1 }])("there is none of %o", (options) => {
    expect(() => makeFitTask(options as never)).toThrow(/Error|must|no option|seed/);
  });
});

test.each([
  ["first fit", "first"],
  ["best fit", "best"],
  ["worst fit", "worst"],
] as const)("the example %s is the fit of that name", (example, fit) => {
  for (let seed = 0; seed < 10; seed++) {
    const given = randomRequests(seed, 100);
    const { run, fault } = runCode(POLICY_EXAMPLES[example], given, 10_000);
    expect(fault).toBeNull();
    const theirs = serve(given, fit);
    for (let step = 1; step <= run.length; step++)
      expect(run.operationAt(step)).toEqual(theirs.operationAt(step));
  }
});

test("every example serves random requests without a fault", () => {
  for (const code of Object.values(POLICY_EXAMPLES))
    for (let seed = 0; seed < 5; seed++)
      expect(runCode(code, randomRequests(seed, 100), 10_000).fault).toBeNull();
});

describe("the race", () => {
  test("has the figures of every fit, and says which are best", () => {
    const given = requests(8, 16, 44, 4);
    const others = raced(given);
    expect(Object.keys(others)).toEqual(["first", "next", "best", "worst"]);
    expect(others.first.figures).toMatchObject({ granted: 3, denied: 1, examined: 4, peak: 28 });
    const own = racer(serve(given, () => null));
    expect(own.figures).toMatchObject({ granted: 0, denied: 4, examined: 0, peak: 0, fragmentation: 0 });
    expect(bestFigure("denied", [own, ...Object.values(others)])).toBe(1);
    expect(bestFigure("denied", Object.values(others))).toBeNull();
    expect(RACE_FIGURE_NAMES).toEqual(["granted", "denied", "examined", "fragmentation", "peak"]);
  });

  test.each([
    ["(holes, size) => holes[0]", requests(8, 8), "Serves all of 2 requests."],
    [
      "(holes, size) => holes.find((h) => h.size >= size)",
      requests(60, 8),
      "Serves 1 of 2 requests. As many as every other fit.",
    ],
    [
      "() => null",
      requests(8, 8),
      "Serves 0 of 2 requests. Every other fit serves 2 more. It chose no hole although one was large enough: 2 operations, first 1.",
    ],
  ])("is told in a line: %s", (code, given, line) => {
    const { run, declined } = runCode(code, given);
    expect(verdictText(racer(run), raced(given), declined)).toBe(line);
  });
});
