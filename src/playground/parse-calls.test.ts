import { describe, expect, test } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { writeCompact } from "../trace/compact";
import { writeRep } from "../trace/rep";
import { WORKLOADS } from "../workload/workloads";
import { callsOfTrace, playgroundCallText } from "./calls";
import { CallsError, MOST_CALLS, parseCalls, placedCalls } from "./parse-calls";
import { anyCalls } from "./testing/any-state";

const read = (text: string) => parseCalls(text).map(playgroundCallText).join("; ");

describe("parseCalls", () => {
  test.each([
    ["a = malloc(100)\nfree(a)", "a = malloc(100); free(a)"],
    ["malloc(100), malloc 20; free a", "a = malloc(100); b = malloc(20); free(a)"],
    ["a = malloc(8) a = realloc(a, 16) free a", "a = malloc(8); a = realloc(a, 16); free(a)"],
    ["malloc(0x20); realloc(a, 3); free(32)", "a = malloc(32); a = realloc(a, 3); free(32)"],
    ["malloc(8); free(a + 4); free(null)", "a = malloc(8); free(a + 4); free(null)"],
    ["+10,-0,+20 , +3,-2", "a = malloc(10); free(a); b = malloc(20); c = malloc(3); free(c)"],
    ["a 5 10\na 7 20\nr 5 30\nf 7\nf -1", "a = malloc(10); b = malloc(20); a = realloc(a, 30); free(b)"],
    ["20000\n2\n4\n1\na 0 512\na 1 128\nf 0\nf 1", "a = malloc(512); b = malloc(128); free(a); free(b)"],
    ["+10 # first\n// all of it\n-0", "a = malloc(10); free(a)"],
    ["const p = heap.malloc(10);\nheap.free(p);", "p = malloc(10); free(p)"],
    ["let p = heap.malloc(10); p = heap.realloc(p, 20) ?? p;", "p = malloc(10); p = realloc(p, 20)"],
    ["b = malloc(1); malloc(2); malloc(3)", "b = malloc(1); a = malloc(2); c = malloc(3)"],
    ["coalesce(); coalesce", "coalesce(); coalesce()"],
    ["  \n # nothing\n", ""],
  ])("%j", (text, calls) => expect(read(text)).toBe(calls));

  test("takes traces of the other formats", () => {
    const trace = WORKLOADS.smallThenLarge.make(seededRandom(1), { count: 8, small: 16, large: 32 });
    const calls = callsOfTrace(trace);
    expect(parseCalls(writeCompact(trace))).toEqual(calls);
    expect(parseCalls(writeRep(trace))).toEqual(calls);
  });

  test.each([
    [
      "a = malloc(100)\nfre(a)",
      'Line 2, column 1: "fre(a)" is no operation; write a = malloc(100), free(a), a = realloc(a, 50), or as in OSTEP +100 and -0.',
    ],
    ["malloc(8)\n  free(q)", "Line 2, column 3: no malloc before it has given the name q; the names are a."],
    ["free(a)", "Line 1, column 1: no malloc before it has given the name a; none has been given yet."],
    [
      "+10,-1",
      "Line 1, column 5: -1 frees what allocation 1 gave, counted from 0, and only 1 have been asked for before it.",
    ],
    [
      "malloc(8); b = realloc(a, 20)",
      "Line 1, column 12: a block keeps its name when it is resized: write a = realloc(a, 20).",
    ],
    ["a 0 10\nf 3", 'Line 2, column 1: no line "a 3 SIZE" before it has allocated block 3.'],
    [
      "malloc(99999999999999999999)",
      "Line 1, column 1: a request is a whole number of bytes below 2^53, not 99999999999999999999.",
    ],
    ["malloc(1.5)", /^Line 1, column 1: "malloc\(1.5\)" is no operation/],
    ["+10 then", /^Line 1, column 5: "then" is no operation/],
    ["freelist-lab trace 1\n16\n-5\n", /^Line 3, column 1: /],
  ])("%j is refused in one sentence with the place", (text, message) => {
    const refusal = (() => {
      try {
        parseCalls(text);
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(CallsError);
    expect((refusal as CallsError).message).toMatch(message);
  });

  test("a list of more operations than fit is refused at the first that is too many", () => {
    expect(parseCalls("+1 ".repeat(MOST_CALLS))).toHaveLength(MOST_CALLS);
    expect(() => parseCalls("+1\n".repeat(MOST_CALLS + 1))).toThrow(
      `Line ${MOST_CALLS + 1}, column 1: a list has`,
    );
  });

  test("reads what it is written as", () => {
    const seed = 7;
    const random = seededRandom(seed);
    for (let i = 0; i < 100; i++) {
      const calls = anyCalls(random, 40);
      const text = calls.map(playgroundCallText).join("\n");
      expect(parseCalls(text), `seed ${seed}, list ${i}`).toEqual(calls);
    }
  });

  test("placedCalls knows the letters of each", () => {
    const text = "malloc(8), -0 # gone\n+4";
    expect(placedCalls(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "malloc(8)",
      "-0",
      "+4",
    ]);
  });
});
