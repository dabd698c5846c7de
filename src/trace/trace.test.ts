import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "./operation";
import { Trace, TraceBuilder } from "./trace";

const OPERATIONS: readonly Operation[] = [
  { kind: "malloc", id: 0, size: 24 },
  { kind: "malloc", id: 1, size: 100 },
  { kind: "realloc", id: 0, size: 48 },
  { kind: "free", id: 1 },
  { kind: "malloc", id: 1, size: 0 },
  { kind: "realloc", id: 0, size: 8 },
];

describe("Trace.from", () => {
  const trace = Trace.from(OPERATIONS, { name: "six", source: "made by hand" });

  it("gives the operations back, as objects and one property at a time", () => {
    expect([...trace]).toEqual(OPERATIONS);
    expect(trace.kindAt(2)).toBe("realloc");
    expect(trace.idAt(2)).toBe(0);
    expect(trace.sizeAt(2)).toBe(48);
    expect(trace.sizeAt(3)).toBe(0);
    expect(trace.at(3)).toEqual({ kind: "free", id: 1 });
  });

  it("counts operations, id slots and the peak of live bytes", () => {
    expect(trace).toMatchObject({ name: "six", source: "made by hand", length: 6, ids: 2, peakLive: 148 });
    expect(inspect(trace)).toBe("six: 3 mallocs, 2 reallocs, 1 frees, 148 bytes live at peak");
  });

  it("of nothing is an empty trace", () => {
    const empty = Trace.from([]);
    expect(empty).toMatchObject({ name: "", source: "", length: 0, ids: 0, peakLive: 0 });
    expect([...empty]).toEqual([]);
    expect(() => empty.kindAt(0)).toThrow(RangeError);
  });

  it("refuses an operation's index outside the trace", () => {
    for (const i of [-1, 6, 0.5, Number.NaN]) expect(() => trace.sizeAt(i)).toThrow(RangeError);
  });
});

describe("equals", () => {
  it("compares the operations, not the names", () => {
    expect(Trace.from(OPERATIONS, { name: "a" }).equals(Trace.from(OPERATIONS, { name: "b" }))).toBe(true);
  });

  it("sees a change of kind, id, size or length", () => {
    const trace = Trace.from(OPERATIONS);
    const change = (i: number, operation: Operation) =>
      Trace.from(OPERATIONS.map((each, at) => (at === i ? operation : each)));
    expect(trace.equals(change(5, { kind: "free", id: 0 }))).toBe(false);
    expect(trace.equals(change(5, { kind: "realloc", id: 1, size: 8 }))).toBe(false);
    expect(trace.equals(change(5, { kind: "realloc", id: 0, size: 9 }))).toBe(false);
    expect(trace.equals(Trace.from(OPERATIONS.slice(0, 5)))).toBe(false);
  });
});

describe("TraceBuilder", () => {
  const refused: [string, Operation, string][] = [
    [
      "a malloc of a live id",
      { kind: "malloc", id: 0, size: 1 },
      "Operation 6: malloc names block 0, which is live",
    ],
    ["a free of a dead id", { kind: "free", id: 2 }, "Operation 6: free names block 2, which is not live"],
    ["a free of an unseen id", { kind: "free", id: 9999 }, "Operation 6: free names block 9999"],
    ["a realloc of a dead id", { kind: "realloc", id: 2, size: 1 }, "Operation 6: realloc names block 2"],
    ["a realloc to 0 bytes", { kind: "realloc", id: 0, size: 0 }, "record a free instead"],
    ["a negative size", { kind: "malloc", id: 2, size: -1 }, "not -1"],
    ["a fractional size", { kind: "malloc", id: 2, size: 1.5 }, "not 1.5"],
    ["a size that is no number", { kind: "malloc", id: 2, size: Number.NaN }, "not NaN"],
    ["a negative id", { kind: "malloc", id: -1, size: 1 }, "not -1"],
    ["a fractional id", { kind: "free", id: 0.5 }, "not 0.5"],
    ["an id of 2^24", { kind: "malloc", id: 2 ** 24, size: 1 }, "number the blocks from 0"],
  ];
  it.each(refused)("refuses %s and adds nothing", (_, operation, message) => {
    const builder = new TraceBuilder();
    for (const each of OPERATIONS) builder.push(each);
    const before = builder.build();
    expect(() => builder.push(operation)).toThrow(RangeError);
    expect(() => builder.push(operation)).toThrow(message);
    expect(builder.build().equals(before)).toBe(true);
    expect(builder.build().peakLive).toBe(before.peakLive);
  });

  it("refuses a kind that is none", () => {
    const calloc = { kind: "calloc", id: 0, size: 1 } as unknown as Operation;
    expect(() => new TraceBuilder().push(calloc)).toThrow(TypeError);
  });

  it("goes on after build without changing the trace that was built", () => {
    const builder = new TraceBuilder().malloc(0, 8);
    const trace = builder.build();
    builder.free(0).malloc(70, 16);
    expect(trace.length).toBe(1);
    expect(builder.build()).toMatchObject({ length: 3, ids: 71, peakLive: 16 });
    expect(builder.isLive(0)).toBe(false);
    expect(builder.liveSize(70)).toBe(16);
  });

  it("builds traces that stay as they are, wherever its columns grow", () => {
    const sizes = (trace: Trace) => Array.from({ length: trace.length }, (_, i) => trace.sizeAt(i));
    const builder = new TraceBuilder();
    const built: Trace[] = [];
    for (let i = 0; i < 131_100; i++) {
      if ([0, 63, 64, 65, 65_535, 65_536, 65_537, 131_072].includes(i)) built.push(builder.build());
      builder.malloc(i, i);
    }
    for (const trace of built) {
      expect(sizes(trace).every((size, i) => size === i)).toBe(true);
      expect(() => trace.sizeAt(trace.length)).toThrow(RangeError);
      expect(trace.toString()).toContain(`: ${trace.length} mallocs, 0 reallocs, 0 frees`);
    }
    expect(built.map(({ length }) => length)).toEqual([0, 63, 64, 65, 65_535, 65_536, 65_537, 131_072]);
  });

  it("agrees with a map of live blocks on any sequence", () => {
    const step = fc.record({
      id: fc.nat(200),
      size: fc.integer({ min: 1, max: 2 ** 40 }),
      grow: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
        const live = new Map<number, number>();
        const builder = new TraceBuilder();
        let peak = 0;
        for (const { id, size, grow } of steps) {
          if (!live.has(id)) builder.malloc(id, size);
          else if (grow) builder.realloc(id, size);
          else builder.free(id);
          if (live.has(id) && !grow) live.delete(id);
          else live.set(id, size);
          const bytes = [...live.values()].reduce((sum, each) => sum + each, 0);
          expect(builder.liveBytes).toBe(bytes);
          peak = Math.max(peak, bytes);
        }
        expect(builder.build().peakLive).toBe(peak);
        expect(builder.build().length).toBe(steps.length);
      }),
    );
  });
});

describe("trace.named(origin)", () => {
  it("is the same trace under another name, the rest as it was", () => {
    const trace = Trace.from([{ kind: "malloc", id: 3, size: 8 }], { name: "a", source: "b" });
    const other = trace.named({ name: "c" });
    expect([other.name, other.source, other.peakLive, other.ids]).toEqual(["c", "b", 8, 4]);
    expect(other.equals(trace)).toBe(true);
    expect(trace.name).toBe("a");
  });
});
