import { expect, test } from "vitest";
import { damaged } from "./damage";
import { numbers } from "./numbers";

const DOCUMENT = {
  kind: "shelf",
  rows: [
    { at: 0, books: ["a", "b"] },
    { at: 16, books: [] },
  ],
  open: true,
};

test("damaged changes one place of a copy and leaves the document alone", () => {
  const before = JSON.stringify(DOCUMENT);
  const seen = new Set<string>();
  for (let seed = 1; seed <= 2000; seed++) {
    const result = damaged(DOCUMENT, numbers(seed));
    seen.add(JSON.stringify(result) ?? "undefined");
  }
  expect(JSON.stringify(DOCUMENT)).toBe(before);
  expect(seen.size).toBeGreaterThan(200);
});

test("the same random numbers do the same damage", () => {
  for (let seed = 1; seed <= 50; seed++) {
    expect(damaged(DOCUMENT, numbers(seed))).toEqual(damaged(DOCUMENT, numbers(seed)));
  }
});

test("a document that is no object is damaged too", () => {
  expect(damaged(7, numbers(1))).not.toBe(7);
});
