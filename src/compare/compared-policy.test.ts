import { describe, expect, test } from "vitest";
import { arenaFrom, arenaOf, blockBytes, comparedPolicy, growingHeapOf } from "./compared-policy";
import { modelOf } from "./policy-model";

describe("comparedPolicy", () => {
  test("fills in the defaults and names a policy after what differs from them", () => {
    const policy = {
      kind: "free-list",
      fit: "first",
      order: "address",
      coalesce: "immediate",
      align: 16,
      header: 0,
    };
    expect(comparedPolicy("first")).toEqual({ name: "first", ...policy });
    expect(comparedPolicy({})).toEqual(comparedPolicy("first"));
    expect(comparedPolicy("header=8/lifo/best/align=32").name).toBe("best/lifo/align=32/header=8");
    expect(comparedPolicy({ name: "mine", fit: () => null }).name).toBe("mine");
    expect(comparedPolicy({ fit: () => null }).name).toBe("custom");
    expect(comparedPolicy("segregated-fits/deferred").name).toBe("segregated-fits/deferred");
  });

  test("refuses what no heap would take", () => {
    expect(() => comparedPolicy("first/align=0")).toThrow(/align.*0/);
    expect(() => comparedPolicy({ header: -1 })).toThrow(/header.*-1/);
    expect(() => comparedPolicy({ fit: "frist" as never })).toThrow(/"frist"/);
    expect(() => comparedPolicy({ kind: "slab" })).toThrow(/"slab"/);
    expect(() => comparedPolicy("buddy/lifo")).toThrow(/no order/);
    expect(() => comparedPolicy("")).toThrow(/unknown word/);
  });
});

describe("a policy's heaps", () => {
  for (const name of ["worst/fifo/never/align=8/header=4", "segregated-fits/align=32", "buddy/header=8"]) {
    test(`make blocks of blockBytes: ${name}`, () => {
      const policy = comparedPolicy(name);
      for (const request of [0, 1, 16, 17, 100]) {
        for (const heap of [growingHeapOf(policy), arenaOf(policy, arenaFrom(policy, 1000))]) {
          heap.malloc(request);
          expect(heap.usedBytes).toBe(blockBytes(policy, request));
        }
      }
    });
  }

  test("have the sizes that they can have", () => {
    expect([0, 1, 16, 17].map((bytes) => arenaFrom(comparedPolicy("best"), bytes))).toEqual([16, 16, 16, 32]);
    expect([1, 33, 65].map((bytes) => arenaFrom(comparedPolicy("buddy"), bytes))).toEqual([16, 64, 128]);
  });
});

describe("modelOf", () => {
  test("names everything that a figure depends on", () => {
    expect(modelOf(comparedPolicy("next/lifo/deferred/header=8"))).toBe(
      "next fit, lifo order, deferred coalescing, align 16, 8 header bytes",
    );
    expect(modelOf(comparedPolicy("buddy"))).toBe(
      "buddy system, smallest block 16 bytes, no header; grows by doubling",
    );
    expect(modelOf(comparedPolicy("segregated-fits"))).toContain("segregated fits, immediate coalescing");
  });
});
