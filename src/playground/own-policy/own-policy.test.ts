import { describe, expect, test } from "vitest";
import { metricSeries } from "../../run/metrics";
import { serve } from "./policy-requests";
import { faultOf, randomRequests, requests, runCode } from "./testing/run-code";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);

const FIRST_FIT =
  "(holes: readonly Hole[], size: number): Hole | undefined => holes.find((hole) => hole.size >= size)";

describe("what a policy may look like", () => {
  test.each([
    ["an arrow function", "(holes, size) => holes.find((hole) => hole.size >= size)"],
    ["with types", FIRST_FIT],
    [
      "a function without a name",
      "function (holes, size) { return holes.find((hole) => hole.size >= size); }",
    ],
    [
      "a function with a name",
      "function fit(holes: Hole[], size: number) { return holes.find((h) => h.size >= size) }",
    ],
    [
      "a constant",
      "const fits = (size: number) => (hole: Hole) => hole.size >= size;\nconst fit = (holes, size) => holes.find(fits(size))",
    ],
    ["exported", "export default (holes, size) => holes.find((hole) => hole.size >= size);"],
    [
      "an exported function",
      "export default function first(holes, size) { for (const hole of holes) if (hole.size >= size) return hole }",
    ],
    [
      "an exported constant",
      "export const fit: Fit = (holes, size) => holes.find((hole) => hole.size >= size);\n// done",
    ],
    [
      "a loop without a block",
      "(holes, size) => { let i = 0; for (; i < holes.length && holes[i].size < size; i++); return holes[i] }",
    ],
    [
      "do and while",
      "(holes, size) => { let i = -1; do i++\nwhile (i < holes.length && holes[i]!.size < size)\nreturn holes[i] ?? null }",
    ],
    [
      "names that the marks would take",
      "const $at = 1, $back = 2;\n(holes, size) => holes.find((hole) => hole.size >= size * $at)",
    ],
    [
      "comments in awkward places",
      "(holes, size) => { while (false) /* a */ ; // b\n return /* c */ ( // d\n holes.find((h) => h.size >= size) // e\n ) }",
    ],
    [
      "a comparison that looks like a type",
      "(holes, size) => { let a = 1; if (a < size && size > (3)) a = 2; return holes.find((h) => h.size >= size) }",
    ],
    [
      "a class",
      "class Fit { find(holes, size) { for (const hole of holes) { if (hole.size >= size) return hole } return null } }\nconst fit = new Fit();\n(holes, size) => fit.find(holes, size)",
    ],
    [
      "an enum",
      "enum Kind { Small, Large }\n(holes, size) => Kind.Large && holes.find((h) => h.size >= size)",
    ],
  ])("%s", (_, code) => {
    const given = requests(8, 16, 4, 40, 4);
    const { run, fault } = runCode(code, given);
    expect(fault).toBeNull();
    expect(run.encode()).toBe(serve(given, (holes, size) => holes.find((h) => h.size >= size)).encode());
  });

  test("what stands before the policy is made anew for every run, and stays from request to request", () => {
    const code = "let calls = 0;\n(holes, size) => ++calls > 2 ? null : holes.find((h) => h.size >= size)";
    for (let time = 0; time < 2; time++) expect(runCode(code, requests(4, 4, 4, 4)).declined).toEqual([3, 4]);
  });
});

describe("what is wrong is one line: the operation, the line of the code, what happened", () => {
  test.each([
    ["", "The last statement must be the policy: a function (holes, size) => hole."],
    ["// nothing", "The last statement must be the policy: a function (holes, size) => hole."],
    [
      "let a = 1;\n\nif (a) {}",
      "Line 3: The last statement must be the policy: a function (holes, size) => hole.",
    ],
    ["42", "Line 1: The last statement must be the policy, a function (holes, size) => hole, not 42."],
    ["(holes, size) => {\n  if (size {\n  }\n}", 'Line 2: Syntax error: "{" cannot stand here.'],
    [
      "(holes, size) => {\n  return holes[0];\n",
      "Line 2: Syntax error: the code ends before it is complete.",
    ],
    ["(holes, size) => holes[0]\n}", 'Line 2: Syntax error: "}" cannot stand here.'],
    ["}); globalThis.broken = 1; (function () {", 'Line 1: Syntax error: "}" cannot stand here.'],
    [
      "(holes, size) => {\n  const a = 1;\n  const a = 2;\n}",
      /Syntax error: Identifier 'a' has already been declared\./,
    ],
    ['import a from "a";\n(holes) => holes[0]', "Line 1: An import cannot be had here: the code runs alone."],
    ['(holes) => {\n  import("a");\n}', "Line 2: An import cannot be had here: the code runs alone."],
    ["x".repeat(20_001), "The code must have at most 20,000 characters, not 20,001 characters."],
    [`${"[".repeat(9_000)}`, /./],
    ["(holes, size) =>\n  missing", "Operation 1, line 2: ReferenceError: missing is not defined."],
    [
      "(holes, size) => {\n  if (size > 8)\n    throw null;\n  return holes[0];\n}",
      "Operation 2, line 3: The policy throws null.",
    ],
    ["() => {\n  throw { toString() { throw 1 } } }", /^Operation 1, line 2: The policy throws object\.$/],
    [
      "() => {\n  throw new Proxy({}, { has() { throw 1 } }) }",
      "Operation 1, line 2: The policy ended in an error of which nothing can be said.",
    ],
    ["const f = () => f();\nf", /^Operation 1, line 1: RangeError: Maximum call stack size exceeded\.$/],
    [
      "() => {\n  for (;;) {}\n}",
      "Operation 1, line 2: A run must come to its end within 0.2 seconds, and the policy was still at work.",
    ],
    [
      "() => { try {\n for (;;); } catch {\n while (true) ; } }",
      /^Operation 1, line [23]: A run must come to its end/,
    ],
    [
      "for (;;) {}\n() => null",
      "Line 1: A run must come to its end within 0.2 seconds, and the policy was still at work.",
    ],
    [
      "(holes, size) => {\n  if (size === 4)\n    return 'the first';\n  return holes[0];\n}",
      'Operation 3, line 3: The fit must return one of the holes it was given or null, not "the first".',
    ],
    [
      "async (holes) => holes[0]",
      "Operation 1, line 1: The fit must return one of the holes it was given or null, not [object Promise].",
    ],
    ["(holes) => ({ ...holes[0] })", /^Operation 1, line 1: The fit must return one of the holes/],
    [
      "(holes, size) =>\n  holes.sort((a, b) => a.size - b.size)[0]",
      "Operation 1, line 2: The fit must not change the list of holes, as sort does; change a copy: [...holes].sort(…).",
    ],
    [
      "(holes) => {\n  holes[0].size = 1;\n  return holes[0];\n}",
      "Operation 1, line 2: The fit must not change a hole, and it sets the size of one.",
    ],
    [
      "(holes) => {\n  holes.length = 0;\n  return null;\n}",
      /^Operation 1, line 2: TypeError: Cannot assign to read only/,
    ],
    ["() => new Array(-1)", "Operation 1, line 1: RangeError: Invalid array length."],
  ])("%j", (code, line) => {
    // What never ends is given little time; what ends, as much as a busy machine may need.
    const said = faultOf(code, undefined, /come to its end/.test(String(line)) ? 200 : undefined);
    if (typeof line === "string") expect(said).toBe(line);
    else expect(said).toMatch(line);
  });

  test("a hole that is too small, in the operation in which it is chosen", () => {
    expect(faultOf("(holes) => {\n\n  return holes[0];\n}", requests(8, 16, 44))).toBe(
      "Operation 3, line 3: The fit must return a hole of at least 44 bytes; the one at 24 has 40.",
    );
  });
});

test("a hole that is large enough and not taken is a request declined, and no fault", () => {
  const { fault, declined, run } = runCode(
    "(holes, size) => size === 4 ? undefined : holes[0]",
    requests(4, 8, 4),
  );
  expect([fault, declined]).toEqual([null, [1, 3]]);
  expect(metricSeries(run, "denied").at(-1)).toBe(2);
});

test(`first fit, written as a policy, is FreeList's first fit bit for bit (seed ${SEED})`, () => {
  for (let i = 0; i < 60; i++) {
    const options = [
      {},
      { order: "lifo", coalesce: "deferred", header: 8 },
      { fit: "best", order: "size-ascending", coalesce: "never" },
      { growable: true, order: "fifo" },
      { place: "high", leastRemainder: 16 },
    ][i % 5] as object;
    const given = randomRequests(SEED + i, 200, options);
    const { run, fault } = runCode(FIRST_FIT, given, 10_000);
    expect(fault).toBeNull();
    const first = serve(given, "first");
    expect(run.length).toBe(first.length);
    for (let step = 1; step <= run.length; step++)
      expect(run.operationAt(step)).toEqual(first.operationAt(step));
    for (const name of ["live", "largestHole", "holes", "examined", "denied", "highWater"] as const)
      expect(metricSeries(run, name)).toEqual(metricSeries(first, name));
  }
});
