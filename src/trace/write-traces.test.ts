import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTrace } from "./parse-trace";
import { Trace, TraceBuilder } from "./trace";
import { writeCompact } from "./write-compact";
import { writeRep } from "./write-rep";

/** Traces of up to 300 operations; each block is numbered by its allocation, as parsed traces are. */
const traces = fc
  .array(fc.record({ kind: fc.nat(2), which: fc.nat(), size: fc.oneof(fc.nat(4096), fc.maxSafeNat()) }), {
    maxLength: 300,
  })
  .map((choices) => {
    const builder = new TraceBuilder({ name: "any", source: "fast-check" });
    const live: number[] = [];
    let next = 0;
    for (const { kind, which, size } of choices) {
      const index = which % (live.length || 1);
      if (kind === 0 || live.length === 0) {
        builder.malloc(next, size);
        live.push(next++);
      } else if (kind === 1) builder.realloc(live[index]!, size || 1);
      else builder.free(live.splice(index, 1)[0]!);
    }
    return builder.build();
  });

describe("a trace that is written and read again is the same", () => {
  it("as writeCompact writes it, name and source included", () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const again = parseTrace(writeCompact(trace));
        expect(again.equals(trace)).toBe(true);
        expect([again.name, again.source, again.peakLive]).toEqual(["any", "fast-check", trace.peakLive]);
      }),
      { numRuns: 300 },
    );
  });

  it("as writeRep writes it, with either header", () => {
    fc.assert(
      fc.property(traces, fc.constantFrom(2 as const, 4 as const), (trace, headerLines) => {
        expect(parseTrace(writeRep(trace, { headerLines })).equals(trace)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("writeCompact(trace)", () => {
  it("writes a line an operation, blocks by their age, totals in the header", () => {
    const trace = Trace.from(
      [
        { kind: "malloc", id: 5, size: 24 },
        { kind: "malloc", id: 6, size: 0 },
        { kind: "malloc", id: 7, size: 640 },
        { kind: "realloc", id: 5, size: 16 },
        { kind: "free", id: 7 },
        { kind: "malloc", id: 7, size: 1 },
        { kind: "free", id: 5 },
      ],
      { name: "tiny", source: "by hand\nin two lines" },
    );
    expect(writeCompact(trace)).toBe(
      "freelist-lab trace 1\nprogram: tiny\nsource: by hand in two lines\noperations: 7\npeak: 664 bytes\n\n" +
        "24\n0\n640\n=3 16\n-1\n1\n-4\n",
    );
  });

  it("writes names that can't be mistaken for operations", () => {
    const trace = Trace.from([{ kind: "malloc", id: 0, size: 8 }], { name: "x\n-1\n", source: " ü " });
    const again = parseTrace(writeCompact(trace));
    expect([again.name, again.source, again.length]).toEqual(["x -1", "ü", 1]);
  });
});

describe("writeRep(trace)", () => {
  const trace = Trace.from([
    { kind: "malloc", id: 0, size: 24 },
    { kind: "malloc", id: 1, size: 8 },
    { kind: "realloc", id: 0, size: 16 },
    { kind: "free", id: 1 },
  ]);

  it("writes the header that mdriver reads: heap size, ids, operations, weight", () => {
    expect(writeRep(trace)).toBe("32\n2\n4\n1\na 0 24\na 1 8\nr 0 16\nf 1\n");
  });

  it("writes the short header when asked", () => {
    expect(writeRep(trace, { headerLines: 2 })).toBe("2\n4\na 0 24\na 1 8\nr 0 16\nf 1\n");
  });

  it("refuses other headers", () => {
    expect(() => writeRep(trace, { headerLines: 3 as 2 })).toThrow(/2 or 4 lines, not 3/);
  });
});
