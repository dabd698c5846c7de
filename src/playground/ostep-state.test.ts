import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ostepRun } from "../exercise/ostep/ostep-run";
import { readLink, writeLink } from "./link";
import { ostepState } from "./ostep-state";
import { runOf } from "./state";

const EXAMPLES: readonly { flags: string[] }[] = JSON.parse(
  readFileSync(join(__dirname, "../exercise/ostep/fixtures/examples.json"), "utf8"),
);
const possible = EXAMPLES.filter(({ flags }) => {
  try {
    return ostepRun(flags).history.length > 0;
  } catch {
    return false;
  }
});

describe("ostepState", () => {
  it("is the run of malloc.py's requests, and goes through a link", () => {
    expect(possible.length).toBeGreaterThan(25);
    for (const { flags } of possible) {
      const state = ostepState(flags);
      const { history } = ostepRun(flags);
      const its = runOf(state);
      const about = flags.join(" ");
      expect(its.length, about).toBe(history.length);
      for (let i = 1; i <= its.length; i++) expect(its.operationAt(i), about).toEqual(history.operationAt(i));
      expect(readLink(writeLink(state)), about).toEqual(state);
    }
  });

  it("refuses what makes no requests, a heap that is too large, and too many operations", () => {
    expect(() => ostepState("--help")).toThrow("makes no requests");
    expect(() => ostepState("-S 100000000")).toThrow("A playground's heap has at most 1,048,576 units");
    expect(() => ostepState("-n 10001")).toThrow(
      'A playground has at most 10000 operations, and "-n 10001" makes 10001',
    );
  });
});
