import { expect, test } from "vitest";
import { counted, readable } from "./readable";

test("readable groups thousands and has up to two decimals", () => {
  expect([0, 999, 8192, 1234567, 0.125, 2.5].map((value) => readable(value))).toEqual([
    "0",
    "999",
    "8,192",
    "1,234,567",
    "0.13",
    "2.5",
  ]);
  expect(readable(2.5, 0)).toBe("3");
});

test("counted has the noun in its number", () => {
  expect(counted(1, "step")).toBe("1 step");
  expect(counted(0, "step")).toBe("0 steps");
  expect(counted(2048, "byte")).toBe("2,048 bytes");
  expect(counted(2, "match", "matches")).toBe("2 matches");
});
