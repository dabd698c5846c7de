import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import { programOf } from "./program-of";

test("programOf() reads sizes, and frees blocks by their numbers", () => {
  const program = programOf([1, 1, 1, -1, -3, 2], { name: "two rooms too small" });
  expect([...program].slice(2, 5)).toEqual([
    { kind: "malloc", id: 2, size: 1 },
    { kind: "free", id: 0 },
    { kind: "free", id: 2 },
  ]);
  expect([program.name, program.peakLive]).toEqual(["two rooms too small", 3]);
  expect(replay(program, new FreeList(3, 1)).failures).toBe(1);
  expect(replay(program, new FreeList(4, 1)).failures).toBe(0);
});

test.each([
  [[1, 0], "moves[1] must be a size, or a block's number with a minus sign, not 0."],
  [[1.5], "moves[0] must be a size"],
  [[1, -2], "Operation 1"],
])("programOf(%j) says what is wrong", (moves, message) => {
  expect(() => programOf(moves)).toThrow(message);
});
