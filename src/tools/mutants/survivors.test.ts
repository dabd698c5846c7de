import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../paths";
import { EXPLAINED } from "./explained/explained";
import type { Explanations } from "./explained/explanation";
import type { MutationReport, ReportedMutant } from "./stryker";
import { scores, scoreTable } from "./survivors";

const SOURCE = "function half(n: number) {\n  if (n < 0) return -half(\n    -n);\n  return n >> 1;\n}\n";

function mutant(
  status: ReportedMutant["status"],
  [line, column]: [number, number],
  [toLine, toColumn]: [number, number],
  replacement: string,
): ReportedMutant {
  const location = { start: { line, column }, end: { line: toLine, column: toColumn } };
  return { status, replacement, mutatorName: "Any", location };
}

const REPORT: MutationReport = {
  files: {
    "src/b.ts": { source: "", mutants: [mutant("CompileError", [1, 1], [1, 1], "")] },
    "src/a.ts": {
      source: SOURCE,
      mutants: [
        mutant("Survived", [4, 10], [4, 16], "n << 1"),
        mutant("NoCoverage", [2, 22], [3, 8], "half(n)"),
        mutant("Survived", [2, 7], [2, 12], "n <= 0"),
        mutant("Killed", [2, 7], [2, 12], "true"),
        mutant("Timeout", [2, 7], [2, 12], "n >= 0"),
        mutant("RuntimeError", [2, 7], [2, 12], "false"),
      ],
    },
  },
};

test("the changes that no test noticed, by line, each as one line, with what explains it", () => {
  const explained: Explanations = {
    "src/a.ts": [
      { code: "if (n < 0) return -half(", changes: ["n < 0 => n <= 0"], because: "−0 is 0." },
      { code: "return n >> 1;", changes: ["n >> 1 => n >>> 1"], because: "Another change." },
    ],
    "src/b.ts": [{ code: "return n >> 1;", changes: "all", because: "Another file." }],
  };
  const [a, b] = scores(REPORT, explained);
  expect(b).toEqual({ file: "src/b.ts", changes: 0, noticed: 0, survivors: [] });
  expect([a!.file, a!.changes, a!.noticed]).toEqual(["src/a.ts", 5, 2]);
  expect(a!.survivors.map(({ line, change, because }) => [line, change, because])).toEqual([
    [2, "half( -n) => half(n)", null],
    [2, "n < 0 => n <= 0", "−0 is 0."],
    [4, "n >> 1 => n << 1", null],
  ]);
  const all = scores(REPORT, { "src/a.ts": [{ code: "return n >> 1;", changes: "all", because: "So." }] });
  expect(all[0]!.survivors.map(({ because }) => because)).toEqual([null, null, "So."]);
});

test("the table counts them for each file and for all", () => {
  const table = scoreTable(scores(REPORT, {}));
  expect(table.split("\n").map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["file", "changes", "noticed", "score", "explained", "open"],
    ["--------", "-------", "-------", "------", "---------", "----"],
    ["src/a.ts", "5", "2", "40.0 %", "0", "3"],
    ["src/b.ts", "0", "0", "0", "0"],
    ["all", "5", "2", "40.0 %", "0", "3"],
  ]);
});

test.each(Object.entries(EXPLAINED))("what is explained of %s still stands there", (file, explained) => {
  const lines = new Set(
    readFileSync(join(projectRoot, file), "utf8")
      .split("\n")
      .map((line) => line.trim()),
  );
  const gone = explained.filter(({ code }) => !lines.has(code));
  expect(gone).toEqual([]);
});
