import * as ts from "@tslab/typescript-for-tslab";
import { expect, test } from "vitest";
import { sourceLines, throughBoth } from "./source-lines";

const code = `interface Removed {
  field: number;
}
const first: Removed = { field: 1 };


function second(n: number): number {
  // kept
  return n;
}
`;

test("says which line of the source each line came from, as the compiler's own map has it", () => {
  const { outputText, sourceMapText } = ts.transpileModule(code, {
    compilerOptions: { sourceMap: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const lines = sourceLines(sourceMapText!);
  const source = code.split("\n");
  const pairs = outputText.split("\n").flatMap((line, i) => {
    const from = lines[i];
    return /first|second|return/.test(line) && from !== undefined
      ? [[line.trim(), source[from]!.trim()]]
      : [];
  });
  expect(pairs).toEqual([
    ["const first = { field: 1 };", "const first: Removed = { field: 1 };"],
    ["function second(n) {", "function second(n: number): number {"],
    ["return n;", "return n;"],
  ]);
});

test("goes through two maps", () => {
  expect(throughBoth([0, undefined, 2, 1], [5, 6])).toEqual([5, undefined, undefined, 6]);
  expect(sourceLines("")).toEqual([]);
});
