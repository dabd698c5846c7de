import { describe, expect, it } from "vitest";
import { writeCompact } from "./compact";
import { writeRep } from "./rep";
import { Trace } from "./trace";
import { parseTrace } from "./trace-parser";

const MAGIC = "freelist-lab trace 1\n";
const operations = (text: string) => writeRep(parseTrace(text)).split("\n").slice(4, -1).join(", ");

describe("our compact form", () => {
  it("names blocks by their age", () => {
    expect(operations(`${MAGIC}\n24\n0\n640\n=3 16\n-1\n8\n-3\n`)).toBe(
      "a 0 24, a 1 0, a 2 640, r 0 16, f 2, a 3 8, f 1",
    );
  });

  it("has a header of name, source and totals, none of them needed", () => {
    const trace = parseTrace(
      `${MAGIC}program: lüa\nsource: lua5.4 tables.lua\nlicence: any\noperations: 1\npeak: 24 bytes\n\n# a comment\n24\n`,
    );
    expect([trace.name, trace.source, trace.length, trace.peakLive]).toEqual([
      "lüa",
      "lua5.4 tables.lua",
      1,
      24,
    ]);
  });

  it.each([
    ["-0", "an age is 1, the newest block, to 2"],
    ["-3", "an age is 1, the newest block, to 2"],
    ["-99999999999999999999", "an age is 1"],
    ["-x", "has no age"],
    ["=2", "has no size"],
    ["=2 0", "write a free instead"],
    ["=2 x", "has no whole size"],
    ["=2 9007199254740993", "beyond 2^53"],
    ["-1", "names block 1, which is freed already"],
    ["-2 8", 'none of "SIZE", "-AGE", "=AGE SIZE"'],
    ["8 8", 'none of "SIZE", "-AGE", "=AGE SIZE"'],
    ["9007199254740993", "beyond 2^53"],
    ["eight", 'none of "SIZE", "-AGE", "=AGE SIZE"'],
  ])("is refused for %j, with line and reason", (line, reason) => {
    const text = `${MAGIC}\n24\n16\n-1\n${line}\n`;
    expect(() => parseTrace(text)).toThrow(reason);
    expect(() => parseTrace(text)).toThrow(/^Line 6 \(compact\): /);
  });

  it("is refused when the header's totals are not those of the operations: it was cut", () => {
    expect(() => parseTrace(`${MAGIC}operations: 3\n24\n-1\n`)).toThrow(/^Line 4 .*operations: 3, but .* 2/);
    expect(() => parseTrace(`${MAGIC}peak: 99999999999 bytes\n24\n`)).toThrow(
      /^Line 3 .*peak: 99999999999, but .* 24/,
    );
    expect(() => parseTrace(`${MAGIC}operations: many\n24\n`)).toThrow(/^Line 2 .*no whole number/);
    expect(() => parseTrace(`${MAGIC}no key\n24\n`)).toThrow(/^Line 2 .*key: value/);
  });

  it("is refused when it is of a later version", () => {
    expect(() => parseTrace("freelist-lab trace 2\n24\n")).toThrow(/^Line 1 .*version/);
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
