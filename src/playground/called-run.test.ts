import { expect, test } from "vitest";
import { CalledRun } from "./called-run";
import { serve } from "./own-policy/policy-requests";
import { parseCalls } from "./parse-calls";
import { FIRST_STATE, runOf, withCalls } from "./state";

function run(text: string): CalledRun {
  const state = withCalls(FIRST_STATE, parseCalls(text));
  return new CalledRun(state.calls, runOf(state));
}

test("every call is a step of the run, but free(null)", () => {
  const called = run("a = malloc(9999); free(a); free(null); b = malloc(8); free(b)");
  expect([0, 1, 2, 3, 4, 5].map((made) => called.stepOf(made))).toEqual([0, 1, 1, 1, 2, 3]);
  expect([0, 1, 2, 3].map((step) => called.callsAt(step))).toEqual([0, 3, 4, 5]);
  expect(called.history.length).toBe(3);
});

test("every call is a step where the run has one for what frees nothing", () => {
  const state = withCalls(
    FIRST_STATE,
    parseCalls("a = malloc(9999); free(a); free(null); b = malloc(8); free(b)"),
  );
  const called = new CalledRun(state.calls, serve(state, "best"));
  expect([0, 1, 2, 3, 4, 5].map((made) => called.stepOf(made))).toEqual([0, 1, 2, 3, 4, 5]);
});

test("knows which block has which name, also when it has moved or its place is another's", () => {
  const moved = run("a = malloc(16); b = malloc(16); a = realloc(a, 32); c = malloc(16); free(c)");
  expect(Object.fromEntries(moved.namesAfter(2))).toEqual({ 0: "a", 16: "b" });
  expect(Object.fromEntries(moved.namesAfter(4))).toEqual({ 0: "c", 16: "b", 32: "a" });
  expect(Object.fromEntries(run("a = malloc(16); a = malloc(16)").namesAfter(2))).toEqual({ 16: "a" });
});
