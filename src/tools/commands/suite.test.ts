import { describe, expect, test } from "vitest";
import { countsOf, summary } from "./suite";

describe("countsOf", () => {
  test("adds what was left out to what was skipped", () => {
    const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 };
    expect(countsOf(report)).toEqual({ passed: 5, failed: 2, skipped: 4 });
  });

  test("is all zeros for a run that wrote no report", () => {
    expect(countsOf({})).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe("summary", () => {
  test("names the skipped only when there are some", () => {
    expect(summary({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
    expect(summary({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
  });
});
