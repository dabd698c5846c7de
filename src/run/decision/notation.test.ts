import { expect, test } from "vitest";
import { are, count, NOTATIONS, stay } from "./notation";

const { decimal, hexadecimal } = NOTATIONS;

test("numbers, in both notations; what is not finite is no numeral in either", () => {
  const numbers = [0, 1, 64, -8, 8192, Number.POSITIVE_INFINITY, Number.NaN];
  expect(numbers.map((n) => decimal.number(n))).toEqual(["0", "1", "64", "-8", "8,192", "∞", "NaN"]);
  expect(numbers.map((n) => hexadecimal.number(n))).toEqual([
    "0x0",
    "0x1",
    "0x40",
    "-0x8",
    "0x2000",
    "∞",
    "NaN",
  ]);
});

test("numbers as they stand in a call, which could be read back", () => {
  const numbers = [0, 64, -8, 8192, Number.POSITIVE_INFINITY, Number.NaN];
  expect(numbers.map((n) => decimal.literal(n))).toEqual(["0", "64", "-8", "8192", "Infinity", "NaN"]);
  expect(numbers.map((n) => hexadecimal.literal(n))).toEqual([
    "0x0",
    "0x40",
    "-0x8",
    "0x2000",
    "Infinity",
    "NaN",
  ]);
});

test("sizes with their unit, and where they lie", () => {
  expect([0, 1, 2000].map((n) => decimal.bytes(n))).toEqual(["0 bytes", "1 byte", "2,000 bytes"]);
  expect([1, 2048].map((n) => hexadecimal.bytes(n))).toEqual(["0x1 byte", "0x800 bytes"]);
  expect(decimal.extent({ address: 4096, size: 1 })).toBe("1 byte at 4,096");
  expect(hexadecimal.extent({ address: 4096, size: 64 })).toBe("0x40 bytes at 0x1000");
});

test("a number of things, and its verbs", () => {
  expect([0, 1, 2].map((n) => `${count(n, "record")} ${are(n)}, ${stay(n)}`)).toEqual([
    "0 records are, stay",
    "1 record is, stays",
    "2 records are, stay",
  ]);
});
