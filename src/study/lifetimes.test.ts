import { expect, test } from "vitest";
import { Trace } from "../trace/trace";
import { byteLifetimes } from "./lifetimes";

test("byteLifetimes counts the bytes allocated between a block's birth and its end", () => {
  const trace = Trace.from([
    { kind: "malloc", id: 0, size: 10 },
    { kind: "malloc", id: 1, size: 20 },
    { kind: "free", id: 0 }, // after 20 bytes
    { kind: "realloc", id: 1, size: 30 }, // ends a block of 20 at once
    { kind: "malloc", id: 0, size: 100 },
    { kind: "free", id: 1 }, // 30 bytes, after 100
  ]);
  expect(byteLifetimes(trace, [0, 20, 100])).toEqual({ within: [20, 30, 60], forever: 100, bytes: 160 });
});
