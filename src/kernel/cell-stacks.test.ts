import { expect, test } from "vitest";
import { CellStacks, packageFile } from "./cell-stacks";

const stacks = new CellStacks();
stacks.addCell(3, [undefined, 0, 4]);

test("names cells by their numbers and their own lines, and leaves the kernel out", () => {
  const stack = `RangeError: too large
    at Proxy.check (cell-3.ts:3:11)
    at Array.map (<anonymous>)
    at eval (cell-3.ts:2:1)
    at Cells.run (https://site.example/worker.js:1:99)
    at async answer (https://site.example/worker.js:1:120)
`;
  expect(stacks.readable(stack)).toBe(`RangeError: too large
    at check (cell 3, line 5)
    at Array.map (<anonymous>)
    at cell 3, line 1
`);
});

test("names packages, and keeps what stands behind a stack", () => {
  const stack = `Error: x\n    at FreeList.malloc (${packageFile("freelist-lab")}:1:5)\n    at eval (cell-9.ts:1:1) {\n  code: 'E'\n}`;
  expect(stacks.readable(stack)).toBe(
    "Error: x\n    at FreeList.malloc (freelist-lab)\n    at cell 9 {\n  code: 'E'\n}",
  );
});

test("leaves text alone that is no stack", () => {
  const text = "look at cell-3.ts:1:1\n  at home\n";
  expect(stacks.readable(text)).toBe(text);
});
