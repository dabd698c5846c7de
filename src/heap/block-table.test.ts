import { inspect } from "node:util";
import { expect, it } from "vitest";
import { heapFrom } from "./heap-from";

it("heap.blocks() and heap.holes() print as tables", () => {
  const heap = heapFrom("A32 f16 A100 f8", { order: "lifo", base: 1000 });
  expect(inspect(heap.blocks())).toBe(
    [
      "address  size  state",
      "   1000    32  allocated",
      "   1032    16  free",
      "   1048   100  allocated",
      "   1148     8  free",
      "4 blocks, 156 bytes",
    ].join("\n"),
  );
  expect(String(heap.holes())).toBe(
    ["address  size  state", "   1148     8  free", "   1032    16  free", "2 holes, 24 bytes"].join("\n"),
  );
});

it("a table of many blocks shows both ends, and counts all", () => {
  const lines = String(heapFrom(Array(25).fill("A1 f2").join(" ")).blocks()).split("\n");
  expect(lines).toHaveLength(43);
  expect([lines[1], lines[21], lines[41], lines[42]]).toEqual([
    "      0     1  allocated",
    "      …     …  10 more",
    "     73     2  free",
    "50 blocks, 75 bytes",
  ]);
});

it("a table of 40 blocks shows them all, and one of one block has no plural", () => {
  const lines = String(heapFrom(Array(20).fill("A1 f2").join(" ")).blocks()).split("\n");
  expect(lines).toHaveLength(42);
  expect(lines[21]).toBe("     30     1  allocated");
  expect(String(heapFrom("A4 f2").holes())).toBe(
    "address  size  state\n      4     2  free\n1 hole, 2 bytes",
  );
});

it("an empty heap has an empty table, and blocks can be gone through again and again", () => {
  expect(String(heapFrom("", { growable: true }).blocks())).toBe("address  size  state\n0 blocks, 0 bytes");
  const blocks = heapFrom("A1 f2").blocks();
  expect([[...blocks].length, [...blocks].length]).toEqual([2, 2]);
});
