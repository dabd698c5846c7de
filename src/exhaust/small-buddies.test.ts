import { describe, expect, test } from "vitest";
import { callNumber } from "./model";
import { BINARY, type BuddySizes, FIBONACCI, SmallBuddies, WEIGHTED } from "./small-buddies";
import { StateSpace } from "./state-space";

/** A buddy system after the calls. */
function after(
  sizes: BuddySizes,
  units: number,
  ...calls: readonly Readonly<Parameters<typeof callNumber>>[]
) {
  const heap = new SmallBuddies({ units, sizes });
  for (const call of calls) heap.make(callNumber(...call));
  return { ...heap.see(), did: heap.did };
}

describe("SmallBuddies", () => {
  test("halves a block until it fits, and keeps the lower half", () => {
    const { blocks, list, did } = after(BINARY, 8, ["malloc", 0, 1]);
    expect(blocks).toEqual([1, -1, -2, -4]);
    expect(list).toEqual([1, 2, 4]);
    expect(did).toMatchObject({ answer: 0, examined: 4, hole: 0, holeSize: 8, rest: 1, restSize: 7 });
  });
  test("rounds a request up to a size that there is", () => {
    expect(after(BINARY, 8, ["malloc", 0, 3]).blocks).toEqual([4, -4]);
    expect(after(WEIGHTED, 8, ["malloc", 0, 3]).did).toMatchObject({ answer: 0, size: 3 });
  });
  test("joins a freed block with its other half, again and again", () => {
    const { blocks, did } = after(BINARY, 8, ["malloc", 0, 1], ["malloc", 0, 4], ["free", 0, 0]);
    expect(blocks).toEqual([-4, 4]);
    expect(did).toMatchObject({ freed: 0, right: 1, rightSize: 3, merged: 0, mergedSize: 4 });
  });
  test("cuts a Fibonacci number into the two before it, and takes the smaller that is large enough", () => {
    expect(after(FIBONACCI, 8, ["malloc", 0, 3]).blocks).toEqual([-5, 3]);
    expect(after(FIBONACCI, 8, ["malloc", 0, 1]).blocks).toEqual([-5, -2, 1]);
  });
});

test.each([
  ["binary", BINARY],
  ["Fibonacci", FIBONACCI],
  ["weighted", WEIGHTED],
] as const)("a block is free, allocated or cut: f(n) = f(low) · f(high) + 1 states, %s", (_, sizes) => {
  const states = new Map([[1, 2]]);
  for (const [size, [low, high]] of sizes) states.set(size, states.get(low)! * states.get(high)! + 1);
  for (const [size, expected] of states)
    if (size <= 8) expect(StateSpace.of(new SmallBuddies({ units: size, sizes }))).toHaveLength(expected);
});
