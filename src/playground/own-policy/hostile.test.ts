import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../random/seeded-random";
import { judgePolicy } from "./judge-policy";
import { compilePolicy, isProgram } from "./policy-code";
import type { PolicyAnswer } from "./policy-messages";
import { hostileCode } from "./testing/hostile-code";
import { randomRequests, requests, runCode } from "./testing/run-code";

// A promise that hostile code leaves rejected is its own affair: in a page, the worker's, which is ended.
let listeners: NodeJS.UnhandledRejectionListener[] = [];
beforeAll(() => {
  listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", () => {});
});
afterAll(async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.removeAllListeners("unhandledRejection");
  for (const listener of listeners) process.on("unhandledRejection", listener);
});

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);

describe(`hostile policies (seed ${SEED})`, () => {
  test("2,000 random ones: each comes to an end, with a run of these requests or one line", () => {
    const random = seededRandom(SEED);
    const given = randomRequests(SEED, 30);
    let faults = 0;
    for (let i = 0; i < 2000; i++) {
      const code = hostileCode(random);
      const begin = Date.now();
      const { run, fault } = runCode(code, given, 5);
      const told = `${JSON.stringify(code)} took ${Date.now() - begin} ms`;
      run.prepare();
      if (fault === null) expect(run.length, told).toBe(30);
      else {
        faults++;
        expect(fault.message, told).toMatch(/^[^\n]{1,400}$/);
        expect(fault.rule !== "answer" && fault.rule !== "browser", told).toBe(true);
        if (fault.line !== null) expect(fault.line).toBeLessThanOrEqual(code.split("\n").length);
      }
    }
    expect(faults).toBeGreaterThan(500);
  });

  test("2,000 texts of nothing but marks: each is compiled, or refused, at once", () => {
    const { choice, randint } = seededRandom(SEED);
    const marks = [
      ..."(){}[]<>=!?:;,.+-*/%&|^~`'\"$#@\\ \n\u2028aA0",
      "=>",
      "//",
      "/*",
      "*/",
      "${",
      "as T",
      "let ",
      "class ",
    ];
    let longest = 0;
    for (let i = 0; i < 2000; i++) {
      const code = Array.from({ length: randint(1, 60) }, () => choice(marks)).join("");
      const begin = Date.now();
      const compiled = compilePolicy(code);
      longest = Math.max(longest, Date.now() - begin);
      if (!isProgram(compiled)) expect(compiled.message).toMatch(/^[^\n]+$/);
    }
    // Not a time to hold, but an end: what never ends would not come here.
    expect(longest).toBeLessThan(10_000);
  });
});

describe("an answer that no policy gave", () => {
  const given = requests(8, 16, 4);
  const answer = (more: Partial<Record<keyof PolicyAnswer, unknown>>) => ({
    version: 1,
    holes: Float64Array.of(0, 8, 24),
    searches: Uint8Array.of(1, 1, 1),
    examined: Int32Array.of(1, 1, 1),
    fault: null,
    ...more,
  });

  test("is a run like any other, when every hole of it was there", () => {
    const { run, fault } = judgePolicy(given, answer({}));
    expect([run.length, fault]).toEqual([3, null]);
  });

  test.each([
    ["of another hole", { holes: Float64Array.of(0, 8, 20) }, 3],
    ["of a hole that is nowhere", { holes: Float64Array.of(0, Number.POSITIVE_INFINITY, 24) }, 2],
    ["that is too short", { holes: Float64Array.of(0) }, 2],
    ["of nothing", { holes: Float64Array.of() }, 1],
  ])("%s is refused where it goes wrong", (_, more, step) => {
    const { run, fault } = judgePolicy(given, answer(more));
    expect([run.length, fault?.rule, fault?.step]).toEqual([step - 1, "answer", step]);
  });

  test.each([
    null,
    "begun",
    { version: 1 },
    answer({ version: 2 }),
    answer({ holes: [0, 8, 24] }),
    answer({ holes: { length: 1e9 } }),
    answer({ fault: { rule: "none", message: "", step: 1, line: 1 } }),
    answer({ fault: { rule: "time", message: "a".repeat(1000), step: 1, line: 1 } }),
    answer({ fault: { rule: "time", message: "", step: -1, line: 1 } }),
  ])("%o is no answer", (message) => {
    expect(() => judgePolicy(given, message)).toThrow(
      /^This is no answer of a policy: .* Run the policy again\.$/,
    );
  });

  test(`500 random ones are runs of these requests, or faults (seed ${SEED})`, () => {
    const { randint } = seededRandom(SEED);
    const many = randomRequests(SEED, 40);
    for (let i = 0; i < 500; i++) {
      const length = randint(0, 45);
      const { run, fault } = judgePolicy(many, {
        version: 1,
        holes: Float64Array.from({ length }, () => (randint(0, 4) === 0 ? Number.NaN : 8 * randint(0, 128))),
        searches: Uint8Array.from({ length }, () => randint(0, 4)),
        examined: Int32Array.from({ length }, () => randint(-5, 100)),
        fault: null,
      });
      expect(run.length === 40 || fault?.rule === "answer").toBe(true);
      run.prepare();
      run.cursor().seek(run.length).heap.toString();
    }
  });
});
