import { afterAll, beforeAll, expect, test } from "vitest";
import { buildRunner, type CellResult, runCells } from "./testing/run-cells";

// What the browser's kernel does otherwise than tslab, or beyond it; what it does as tslab is in conformance.lab.test.ts.

const cells = {
  twoFaults: "const n: number = 'one';\n\tn.none;",
  thrower:
    "interface Removed {\n  n: number;\n}\n\nfunction check(n: number) {\n  if (n > 2) throw new RangeError('too large');\n}",
  throwing: "\ncheck(1);\ncheck(3);",
  asserting: "import { strict as assert } from 'assert';\nassert.equal(1, 2)",
  asking:
    "import { createInterface } from 'readline/promises';\nconst lines = createInterface({ input: process.stdin, output: process.stdout });\nawait lines.question('Name? ')",
  absent: "import * as stream from 'stream'; stream",
  absentType: "import * as child from 'child_process'; child",
  absentFile: "import * as fs from 'fs'; fs.readFileSync('none.txt')",
  written:
    "import { readFileSync, writeFileSync } from 'fs'; writeFileSync('a.txt', 'text'); readFileSync('./a.txt', 'utf8')",
  unknownState: "console.log(Promise.resolve(1))",
  unshowable: "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('not shown') } })",
  packed: "import { gunzipSync, gzipSync } from 'zlib'; gunzipSync(gzipSync('packed')).toString()",
};

const results = {} as Record<keyof typeof cells, CellResult>;
let runner: Awaited<ReturnType<typeof buildRunner>>;
beforeAll(async () => {
  runner = await buildRunner();
  const all = runCells(runner.folder, "browser", Object.values(cells));
  for (const [i, name] of Object.keys(cells).entries()) results[name as keyof typeof cells] = all[i]!;
}, 120_000);
afterAll(() => runner.remove());

test("shows what the compiler has against a cell with the line and a caret", () => {
  expect(results.twoFaults.traceback).toEqual([
    "1:7 - Type 'string' is not assignable to type 'number'.",
    "    const n: number = 'one';",
    "          ^",
    "2:4 - Property 'none' does not exist on type 'number'.",
    "    \tn.none;",
    "    \t  ^^^^",
  ]);
});

test("names the cells and lines that led to an error", () => {
  expect(results.throwing.traceback).toEqual([
    "RangeError: too large",
    "    at check (cell 2, line 6)",
    "    at cell 3, line 3",
  ]);
  expect(results.asserting.traceback.join("\n")).toContain(
    "Expected values to be strictly equal:\n\n1 !== 2\n",
  );
});

test("asks the reader for a line as Node's readline does", () => {
  expect(results.asking.stdout).toBe("Ada\n");
});

test("says what there is where a module is not", () => {
  expect(results.absent.traceback[0]).toMatch(
    /^Error: Cannot find module 'stream': in the browser there are assert, /,
  );
  expect(results.absentType.traceback[0]).toBe(
    "1:24 - Cannot find module 'child_process' or its corresponding type declarations.",
  );
  expect(results.absentFile.traceback[0]).toMatch(
    /^Error: ENOENT: no such file or directory, open 'none.txt'. Here readFileSync reads .* fs\/promises reads /,
  );
});

test("reads what it wrote, and unpacks what it packed", () => {
  expect([results.written.stdout, results.packed.stdout]).toEqual(["text\n", "packed\n"]);
});

test("does not claim to know the state of a promise that it cannot wait for", () => {
  expect(results.unknownState.stdout).toBe("Promise { <state unknown> }\n");
});

test("says what a value threw that was to be shown", () => {
  expect(results.unshowable.traceback[0]).toBe("Error: not shown");
});
