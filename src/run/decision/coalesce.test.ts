import { expect, test } from "vitest";
import type { FreeList } from "../../heap/free-list";
import type { FreeListOptions } from "../../heap/options";
import { heapOf } from "../../heap/testing/heap-of";
import { stateOf } from "../heap-state";
import { decision } from "./decision";

/** Holes of 8 bytes, all neighbours, with a block behind them. */
const holes = (count: number, options: FreeListOptions = {}): FreeList =>
  heapOf(`${"f8 ".repeat(count)}A8`, { coalesce: "never", ...options });

/** What is told of a call of `coalesce()`. */
const told = (heap: FreeList, most: number) => decision(null, stateOf(heap), { most });

test("merges are all told up to the number that may be told, and of more both ends", () => {
  const kinds = (count: number, most: number) =>
    told(holes(count), most).flatMap<number | string>((step) => {
      if (step.kind === "merge") return [step.hole.size];
      return step.kind === "skipped" ? [`${step.what}: ${step.count}`] : [];
    });
  expect(kinds(5, 4)).toEqual([16, 24, 32, 40]);
  expect(kinds(6, 4)).toEqual([16, "merges: 3", 48]);
  expect(kinds(9, 6)).toEqual([16, 24, "merges: 5", 72]);
  expect(kinds(9, Number.POSITIVE_INFINITY)).toEqual([16, 24, 32, 40, 48, 56, 64, 72]);
});

test("blocks before and between the holes stay, whether merges are told or left out", () => {
  const heap = heapOf("A8 f8 f8 A8 f8 f8 f8 f8 A8 f8 f8 f8", { coalesce: "never", header: 4, base: 64 });
  const [few, all] = [4, 24].map((most) => told(heap, most).filter(({ kind }) => kind === "merge"));
  expect(all!.map(({ text }) => text)).toEqual([
    "8 + 8 = 16: the two become one hole of 16 bytes at 72.",
    "8 + 8 = 16: the two become one hole of 16 bytes at 96.",
    "16 + 8 = 24: the two become one hole of 24 bytes at 96.",
    "24 + 8 = 32: the two become one hole of 32 bytes at 96.",
    "8 + 8 = 16: the two become one hole of 16 bytes at 136.",
    "16 + 8 = 24: the two become one hole of 24 bytes at 136.",
  ]);
  expect(few).toEqual([all![0], all![5]]);
});

test("a rover on a hole that merges goes along", () => {
  const heap = holes(4, { fit: "next" });
  for (const address of [heap.malloc(8)!, heap.malloc(8)!]) heap.free(address);
  expect(stateOf(heap).rover).toBe(16);
  const steps = told(heap, 24);
  expect(steps[0]).toMatchObject({ kind: "coalesce", merges: 3, cause: "call" });
  expect(steps.at(-1)).toMatchObject({ kind: "rover", record: 0, hole: { address: 0, size: 32 } });
  expect(told(holes(4, { fit: "next" }), 24).at(-1)).toMatchObject({ kind: "list" });
});
