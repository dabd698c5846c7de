import { expect, it } from "vitest";
import type { Call } from "./call";
import { freshHeap } from "./draw";
import type { QuestionHeap } from "./question-heap";
import { ruleSentences, situationOf, situationText } from "./situation";

const malloc: Call = { op: "malloc", request: 8 };
const from = (start: string, options: object = {}): QuestionHeap => ({
  ...freshHeap("free-list", 40, 4, options),
  start,
});

it("has the blocks with their names, and the list in its order", () => {
  const setup: Call[] = [
    { op: "malloc", request: 8, as: "a" },
    { op: "malloc", request: 12, as: "b" },
    { op: "free", block: "a" },
  ];
  const heap = freshHeap("free-list", 40, 4, { order: "lifo" }, setup);
  const calls: Call[] = [{ op: "free", block: "b" }];
  expect(situationText(situationOf(heap, calls))).toMatch(
    /\naddress {2}0 {3}8 {4}20 {3}40\nblocks {3}f8 {2}A12 {2}f20\ncalled {7}b\nlist {5}\[0: 8\] -> \[20: 20\] -> end$/,
  );
  // A name that no call uses is none of the reader's concern.
  expect(situationText(situationOf(heap, [malloc]))).not.toContain("called");
});

it("shows several holes and their list also where nothing is allocated", () => {
  const heap = from("f8 f12 f20 | 20 0 8", { coalesce: "never", order: "lifo" });
  expect(situationText(situationOf(heap, [malloc]))).toContain(
    "list     [20: 20] -> [0: 8] -> [8: 12] -> end",
  );
  const whole = situationOf(freshHeap("free-list", 40, 4), [malloc]);
  expect(whole.lists).toEqual([]);
  expect(situationText(whole)).toContain("The heap: 40 bytes, all free, from 0 on.");
});

it("says the rules that the calls can touch, and no others", () => {
  const rules = (calls: readonly Call[], options: object = {}) =>
    situationOf(from("A8 f12 A4 f16 | 8 24", options), calls).rules.join(" ");
  expect(rules([malloc])).toBe(
    "First fit: the first hole that is large enough, from the head of the list on. The list is sorted by address. Sizes are rounded up to a multiple of 4, and there is no header.",
  );
  expect(rules([{ op: "free", block: 0 }])).toBe(
    "The list is sorted by address. A block that is freed merges with the holes beside it.",
  );
  expect(rules([malloc], { fit: "next" })).not.toContain("A search moves >");
  expect(rules([malloc, malloc], { fit: "next" })).toContain("A search moves >");
  expect(rules([{ op: "realloc", block: 0, request: 3 }])).toContain("realloc shrinks a block where it is");
  expect(rules([malloc], { coalesce: "never" })).toContain("Neighbouring holes never merge.");
  expect(ruleSentences({ header: 4, growable: true }, 16, 4).join(" ")).toMatch(
    /realloc shrinks .+A block has a header of 4 bytes .+ The heap grows at its top by what is missing\.$/,
  );
});

it("shows the list of every size class", () => {
  const setup = [8, 40, 8, 60, 8].map((request, i): Call => ({ op: "malloc", request, as: `${i}` }));
  const frees = [1, 3].map((block): Call => ({ op: "free", block: String(block) }));
  const heap = freshHeap("segregated-fits", 124, 4, { classes: [16, 48] }, [...setup, ...frees]);
  expect(situationText(situationOf(heap, [malloc]))).toContain(
    "up to 16  end\nup to 48  [8: 40] -> end\nabove     [56: 60] -> end",
  );
});
