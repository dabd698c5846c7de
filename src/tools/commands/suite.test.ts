import { describe, expect, test } from "vitest";
import { countsOf, summary } from "./suite";

describe("countsOf", () => {
  test("names what was skipped, left out or still to be written", () => {
    const statuses = ["passed", "skipped", "failed", "pending", "todo"];
    const assertionResults = statuses.map((status) => ({ fullName: `a test that is ${status}`, status }));
    const report = { numPassedTests: 1, numFailedTests: 1, testResults: [{ assertionResults }] };
    const skipped = ["a test that is skipped", "a test that is pending", "a test that is todo"];
    expect(countsOf(report)).toEqual({ passed: 1, failed: 1, skipped });
  });

  test("is all zeros for a run that wrote no report", () => {
    expect(countsOf({})).toEqual({ passed: 0, failed: 0, skipped: [] });
  });
});

describe("summary", () => {
  test("counts the skipped only when there are some", () => {
    expect(summary({ passed: 12, failed: 0, skipped: [] })).toBe("12 passed, 0 failed");
    expect(summary({ passed: 12, failed: 1, skipped: ["a", "b"] })).toBe("12 passed, 1 failed, 2 skipped");
  });
});
