import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { replay } from "../run/replay";
import { Trace, TraceBuilder } from "../trace/trace";
import { lifoLifetimes } from "./lifetimes";
import { phases } from "./shapes";
import { shuffledTwin } from "./shuffled-twin";
import { uniformSizes } from "./sizes";

/** Any trace: each step frees, resizes or allocates a block. */
const traces = fc
  .array(fc.record({ id: fc.nat(20), size: fc.integer({ min: 1, max: 5000 }), resize: fc.boolean() }))
  .map((steps) => {
    const builder = new TraceBuilder({ name: "any" });
    for (const { id, size, resize } of steps) {
      if (!builder.isLive(id)) builder.malloc(id, size);
      else if (resize) builder.realloc(id, size);
      else builder.free(id);
    }
    return builder.build();
  });

/** The sizes of the trace's mallocs or reallocs, in ascending order: its histogram. */
function histogram(trace: Trace, kind: "malloc" | "realloc"): number[] {
  const sizes = [...trace].flatMap((operation) => (operation.kind === kind ? [operation.size] : []));
  return sizes.sort((a, b) => a - b);
}

describe("shuffledTwin", () => {
  it("has the same kinds of operation in the same places and the same histograms", () => {
    fc.assert(
      fc.property(traces, fc.string(), (trace, seed) => {
        const twin = shuffledTwin(seededRandom(seed), trace);
        expect([...twin].map(({ kind }) => kind)).toEqual([...trace].map(({ kind }) => kind));
        expect(histogram(twin, "malloc")).toEqual(histogram(trace, "malloc"));
        expect(histogram(twin, "realloc")).toEqual(histogram(trace, "realloc"));
        expect(twin.equals(shuffledTwin(seededRandom(seed), trace))).toBe(true);
      }),
    );
  });

  it("puts every size in every place equally often", () => {
    const trace = Trace.from([1, 2, 3].map((size, id) => ({ kind: "malloc", id, size })));
    const orders = new Map<string, number>();
    for (let i = 0; i < 3000; i++) {
      const twin = shuffledTwin(seededRandom(`order ${i}`), trace);
      const order = [...twin].map((operation) => (operation.kind === "malloc" ? operation.size : 0)).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 500)).toBeLessThan(110);
  });

  it("names itself after the trace", () => {
    const twin = shuffledTwin(seededRandom(1), Trace.from([], { name: "ls", source: "ls -lR" }));
    expect(twin).toMatchObject({
      name: "ls, shuffled",
      source: 'ls -lR; sizes and lifetimes shuffled by seed "1"',
    });
  });

  it("fragments more than a program with phases and nested lifetimes does", () => {
    const phase = (size: number) => ({
      live: 300,
      steps: 1000,
      sizes: uniformSizes(size, 2 * size),
      lifetimes: lifoLifetimes,
    });
    const program = phases(seededRandom("program"), [10, 300].map(phase));
    const overhead = (trace: Trace) => {
      const result = replay(trace, new FreeList(0, 1, { growable: true }));
      return result.highWater / result.peakLive;
    };
    expect(overhead(program)).toBe(1);
    expect(overhead(shuffledTwin(seededRandom("twin"), program))).toBeGreaterThan(1.02);
  });
});
