import { beforeAll, describe, expect, it } from "vitest";
import { findBug } from "../../../exercise/bugs/find-bug";
import { RULES } from "../../../exercise/bugs/rules";
import { StudentHeap } from "../../../exercise/bugs/student-heap";
import { WRONG_HEAPS, type WrongHeapName } from "../../../exercise/bugs/wrong-heaps";
import type { AnsweredCode } from "../../../notebook/answer";
import { compilePrograms } from "../testing/compile-programs";
import type { CodeTask } from "./code-task";
import { drawCourse } from "./judge-fit";
import { judgeOwnCode, type Programs } from "./judge-own-code";

let programs: Programs;
beforeAll(async () => {
  programs = await compilePrograms();
});

const limits = { callSeconds: 4, seconds: 300, memoryBytes: 300e6 };
const allocator: CodeTask = { kind: "allocator", policy: {} };
const text = (value: unknown) => Function.prototype.toString.call(value);

function judge(code: AnsweredCode | string, task: CodeTask = allocator) {
  const answered =
    typeof code === "string" ? { main: "Mine", parts: [{ name: "Mine", source: code }] } : code;
  return judgeOwnCode(answered, task, limits, programs);
}

/** A class of the library, as if it were a student's, with the class that it stands on. */
function derived(Heap: unknown): AnsweredCode {
  const parts = [
    { name: "StudentHeap", source: text(StudentHeap) },
    { name: "Mine", source: text(Heap).replace(/extends [\w$.]+/, "extends exports.StudentHeap") },
  ];
  return { main: "Mine", parts };
}

describe("an allocator that is elsewhere", () => {
  // Answers, lists, memory, a heap that grows, headers, and a fault that only long sequences show.
  const names: WrongHeapName[] = [
    "no-wrap",
    "list-neighbours-only",
    "realloc-copies-too-little",
    "realloc-copies-nothing",
    "remainder-of-nothing",
    "best-stops-early",
  ];
  it.each(names)("%s is found out as here", async (name) => {
    const { Heap, options, rule } = WRONG_HEAPS[name];
    const { share, remark } = await judge(derived(Heap), { kind: "allocator", policy: options as never });
    expect(share).toBe(0);
    expect(remark).toContain(RULES[rule]);
    expect(remark).toBe(String(findBug(Heap, options)));
  });

  it("has all points when no fault is found", async () => {
    const right = { main: "StudentHeap", parts: [{ name: "StudentHeap", source: text(StudentHeap) }] };
    expect(await judge(right)).toEqual({ share: 1, remark: "" });
  });

  it("may use functions, constants and classes of other cells", async () => {
    const parts = [
      { name: "PAGES", source: '{"size":4}' },
      { name: "roundUp", source: "(n) => Math.ceil(n / exports.PAGES.size) * PAGES.size" },
      {
        name: "Bump",
        source:
          "class Bump { top = 0; malloc(n) { const at = this.top; this.top += exports.roundUp(n); return at; } }",
      },
      { name: "Mine", source: "class Mine extends exports.Bump { free(a) { return false; } }" },
    ];
    const { share, remark } = await judge({ main: "Mine", parts });
    expect(share).toBe(0);
    expect(remark).toContain("1. a = malloc(4)\n  2. b = malloc(16)");
    expect(remark).toContain(RULES.inside);
  });
});

/** An allocator whose malloc does something else. */
const doing = (what: string, rest = "") =>
  `class Mine { malloc(n) { ${what} } free(a) { return false; } ${rest} }`;

describe("code that means no good", () => {
  it.each<[string, string, RegExp]>([
    [
      "never returns",
      doing("for (;;);"),
      /^A call did not return within 4 s\. The calls were: a = malloc\(4\)\.$/,
    ],
    [
      "waits for nothing",
      doing("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"),
      /^A call did not return within 4 s\. The/,
    ],
    [
      "never makes a heap",
      doing("return 0", "constructor() { for (;;); }"),
      /^A call did not return within 4 s\. The calls were: making a heap\.$/,
    ],
    ["waits for a promise", doing("return new Promise(() => {})"), /Came: {5}\[object Promise\]/],
    [
      "never ends its tasks",
      doing("const f = () => Promise.resolve().then(f); f(); return 0;"),
      // Whichever of the two comes first.
      /memory|did not return/,
    ],
    ["eats memory", doing("const all = []; for (;;) all.push(new Array(1e6).fill(1.5));"), /memory/],
    [
      "eats memory beside the objects",
      doing("const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1));"),
      /memory|did not return/,
    ],
    [
      "has a free list without end",
      doing("return 0;", "*holes() { for (;;) yield { address: 0, size: 4 }; }"),
      /Expected: /,
    ],
    ["throws", doing("throw new Error('no');"), /Came: {5}it threw Error: no/],
    ["throws what throws", doing("throw { toString() { throw 1; } };"), /Came: {5}it threw object/],
    ["answers a text", doing("return '0';"), /Came: {5}"0"/],
    ["answers minus one", doing("return -1;"), /Came: {5}-1\./],
    [
      "answers what will not be read",
      doing("return { valueOf() { for (;;); }, toString() { return 'x'.repeat(1e7); } };"),
      /Came: {5}x+/,
    ],
    ["is an allocator of nothing", "class Mine {}", /^A heap has the methods malloc and free/],
    ["is no class", "42", /Mine cannot be run by itself: TypeError: what was answered is no class/],
    ["is no JavaScript", "class Mine {", /Mine cannot be run by itself: SyntaxError/],
    [
      "is the library's",
      "class Mine extends exports.FreeList {}",
      /Mine cannot be run by itself: TypeError: Class extends value undefined/,
    ],
    [
      "asks for the library",
      doing("return require('freelist-lab');"),
      /it threw ReferenceError: require is not defined/,
    ],
    [
      "asks for the process",
      doing("return process.exit(0);"),
      /it threw ReferenceError: process is not defined/,
    ],
    [
      "makes code of texts",
      doing("return this.constructor.constructor('return process')().exit(0);"),
      /it threw EvalError/,
    ],
    [
      "asks an error for the process",
      doing("try { null.x } catch (e) { return e.constructor.constructor('return process')().exit(0); }"),
      /it threw EvalError/,
    ],
    ["imports", doing("return import('node:fs');"), /Came: {5}\[object Promise\]/],
    ["prints the right answer", doing("console.log('{\"value\":0}'); return 0;"), /Came: {5}0\./],
    [
      "says that all was right",
      doing("return { share: 1, remark: '', judgement: { share: 1 } };"),
      /Came: {5}\[object Object\]/,
    ],
    ["changes JSON", doing("JSON.stringify = () => '{\"value\":0}'; return -1;"), /Came: {5}-1\./],
    [
      "changes what all objects have",
      doing("Object.prototype.toJSON = Array.prototype.toJSON = () => 0; return -1;"),
      /Came/,
    ],
    [
      "changes how lists are read",
      doing("Array.prototype[Symbol.iterator] = function* () { yield 'peek'; }; return 0;"),
      /^A heap has the methods malloc and free/,
    ],
    [
      "changes what strings do",
      doing("String.prototype.slice = () => 'malloc'; return 'x';"),
      /Came: {5}"x"/,
    ],
  ])("%s", async (_, code, remark) => {
    const judgement = await judge(code);
    expect(judgement.remark).toMatch(remark);
    expect(judgement.share).toBe(0);
  });
});

describe("a fit that is elsewhere", () => {
  const fit: CodeTask = { kind: "fit", seed: "a course" };
  const BEST = "(holes, size) => holes.filter((h) => h.size >= size).sort((a, b) => a.size - b.size)[0]";
  it("is measured on a workload, against the fits there are", async () => {
    const { denied } = drawCourse("a course");
    const named = async (code: string) => judge(code, fit);
    const best = await named(BEST);
    expect(best.share).toBe(denied.best === Math.min(...Object.values(denied)) ? 1 : 0.5);
    const first = await named("(holes, size) => holes.find((hole) => hole.size >= size)");
    expect(first).toMatchObject({
      share: 0.5,
      remark: expect.stringContaining(
        `It denies ${denied.first} of 460 requests; first fit ${denied.first}, next fit`,
      ),
    });
    expect(await named("() => null")).toMatchObject({
      share: 0,
      remark: expect.stringContaining("It denies 460 of 460"),
    });
  });

  it.each<[string, string, RegExp]>([
    ["never returns", "() => { for (;;); }", /^A call did not return within 4 s\.$/],
    ["throws", "() => { throw new Error('no'); }", /^On the workload it failed: Error: no/],
    [
      "takes a hole of its own",
      "(holes, size) => ({ address: 0, size })",
      /it failed: The fit must return one of the holes it was given/,
    ],
    [
      "takes one that is too small",
      "(holes) => [...holes].sort((a, b) => a.size - b.size)[0]",
      /it failed: The fit must return a hole of at least/,
    ],
    [
      "makes a hole larger",
      "(holes, size) => { holes[0].size = 1e9; return holes[0]; }",
      /It denies \d+ of|at least|failed/,
    ],
  ])("%s", async (_, code, remark) => {
    const judgement = await judge(code, fit);
    expect(judgement.remark).toMatch(remark);
    expect(judgement.share).toBeLessThan(1);
  });

  it("has a workload from every seed", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { denied } = drawCourse(String(seed));
      expect(Math.min(...Object.values(denied))).toBeLessThan(denied.first!);
    }
  });
});
