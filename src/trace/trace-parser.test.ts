import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LONGEST_LINE } from "./line-splitter";
import { parseTrace } from "./parse-trace";
import { TraceBuilder } from "./trace";
import { TraceParser } from "./trace-parser";

const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", name));
const quiet = { malloc: () => {}, realloc: () => {}, free: () => {} };

describe("TraceParser", () => {
  it.each(["tiny.mtrace", "tiny.valgrind.txt", "tiny.heaptrack.txt"])(
    "reads %s the same in pieces of any size, gzipped or not",
    (name) => {
      const expected = parseTrace(fixture(name));
      for (const bytes of [fixture(name), gzipSync(fixture(name))]) {
        for (const step of [1, 2, 3, 17, 256, 1e6]) {
          const builder = new TraceBuilder();
          const parser = new TraceParser(builder);
          for (let at = 0; at < bytes.length; at += step) parser.push(bytes.subarray(at, at + step));
          parser.end();
          expect(builder.build().equals(expected)).toBe(true);
        }
      }
    },
  );

  it("reads text in pieces, and long text whole", () => {
    const parser = new TraceParser(quiet);
    for (const piece of ["a", " 0 1", "6\nf ", "", "0\n"]) parser.push(piece);
    expect(parser.end()).toMatchObject({ format: "rep", lines: 2 });
    const long = `freelist-lab trace 1\n# ${"𝄞".repeat(100_000)}\n${"16\n-1\n".repeat(100_000)}`;
    expect(parseTrace(long).length).toBe(200_000);
  });

  it("goes on behind a line that is too long, when bad lines are skipped", () => {
    const parser = new TraceParser(quiet, { skipBadLines: true });
    parser.push(`a 0 16\n${"x".repeat(LONGEST_LINE + 1)}\nf 0\n`);
    expect(parser.end()).toMatchObject({ lines: 3, skipped: 1, firstSkipped: { line: 2 } });
  });

  it("gives an error where a block has an id beyond what a trace may name, and allocates nothing for it", () => {
    const before = process.memoryUsage().arrayBuffers;
    const text = Array.from({ length: 1000 }, (_, i) => `a ${2 ** 31 - 1 - i * 1_000_003} 8\n`).join("");
    expect(parseTrace(text)).toMatchObject({ length: 1000, ids: 1000 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  });

  it("can't be used after its end", () => {
    const parser = new TraceParser(quiet);
    parser.push("a 0 16\n");
    parser.end();
    expect(() => parser.push("f 0\n")).toThrow(/make a new TraceParser/);
    expect(() => parser.end()).toThrow(TypeError);
  });

  it("can't be used after it threw", () => {
    const parser = new TraceParser(quiet);
    expect(() => parser.push("hello\n")).toThrow(/^Line 1/);
    expect(() => parser.push("a 0 16\n")).toThrow(TypeError);
  });
});
