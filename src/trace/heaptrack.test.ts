import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeRep } from "./rep";
import type { Trace } from "./trace";
import { parseTrace, type TraceReport } from "./trace-parser";

const operations = (text: string | Uint8Array) =>
  writeRep(parseTrace(text)).split("\n").slice(4, -1).join(", ");

const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", name));

describe("heaptrack's raw file", () => {
  it("is read, a realloc as heaptrack writes it: a free and a malloc", () => {
    const trace = parseTrace(fixture("tiny.heaptrack.txt"));
    expect(trace.name).toBe("tiny");
    expect(writeRep(trace).split("\n").slice(4, 9)).toEqual([
      "a 0 72704",
      "a 1 10",
      "a 2 300",
      "f 1",
      "a 3 5000",
    ]);
  });

  it.each([
    ["X ./prog", "prog"],
    ["X /usr/bin/python3 -m /x y/z", "python3"],
    ["X größe", "größe"],
    ["X /", ""],
    ["X", ""],
  ])("names its program: %j", (line, name) => {
    expect(parseTrace(`v 10400 3\n${line}\n+ a 1 55d0\n`).name).toBe(name);
  });

  it("may allocate at a live address: heaptrack missed that realloc(p, 0) freed it", () => {
    expect(operations("v 10400 3\n+ a 1 55d0\n+ 20 1 55d0\n- 55d0\n- 0\n")).toBe("a 0 10, f 0, a 1 32, f 1");
  });

  it.each([
    ["+ a 1", 'no "+ SIZE STACK ADDRESS"'],
    ["+ xyz 1 55d0", 'no "+ SIZE STACK ADDRESS"'],
    ["+ ffffffffffffffff 1 55d0", "more than 2^53"],
    ["- ", 'no "- ADDRESS"'],
    ["a 10 1", "the lines before it are of a raw one"],
    ["hello", "no line of heaptrack's"],
  ])("is refused for %j, with line and reason", (line, reason) => {
    expect(() => parseTrace(`v 10400 3\n+ a 1 55d0\n${line}\n- 55d0\n`)).toThrow(reason);
    expect(() => parseTrace(`v 10400 3\n+ a 1 55d0\n${line}\n- 55d0\n`)).toThrow(/^Line 3 \(heaptrack\): /);
  });
});

describe("what heaptrack_interpret makes of the raw file", () => {
  it("is read as the raw file is, but for the free that heaptrack missed: it cannot be told from it", () => {
    const raw = parseTrace(fixture("tiny.heaptrack.txt"));
    const interpreted = parseTrace(fixture("tiny.interpreted.heaptrack.txt"));
    expect(interpreted.name).toBe("tiny");
    expect(sizesOf(interpreted).asked).toEqual(sizesOf(raw).asked);
    const missed = sizesOf(raw).freed;
    for (const size of sizesOf(interpreted).freed) missed.splice(missed.indexOf(size), 1);
    expect(sizesOf(raw).freed.length - sizesOf(interpreted).freed.length).toBe(1);
    expect(missed.length).toBe(1);
  });

  it("frees the newest block of the kind, since it does not say which", () => {
    const text = "v 10400 3\na a 1\na 14 2\n+ 0\n+ 0\n+ 1\n- 0\n- 1\n- 0\n";
    expect(operations(text)).toBe("a 0 10, a 1 10, a 2 20, f 1, f 2, f 0");
  });

  it.each([
    ["a 10", 'no "a SIZE STACK"'],
    ["+ 2", "a kind of allocation of which there are 1 up to here"],
    ["+ 0 1", "names no kind of allocation"],
    ["+ 0 1 55d0", "names no kind of allocation"],
    ["- 2", "a kind of allocation of which there are 1 up to here"],
    ["- x", "names no kind of allocation"],
  ])("is refused for %j, with line and reason", (line, reason) => {
    const text = `v 10400 3\na a 1\n+ 0\n${line}\n- 0\n`;
    expect(() => parseTrace(text)).toThrow(reason);
    expect(() => parseTrace(text)).toThrow(/^Line 4 \(heaptrack\): /);
  });

  it("counts a free of a kind of which no block is live", () => {
    const reports: TraceReport[] = [];
    const text = "v 10400 3\na a 1\n+ 0\n- 0\n- 0\n";
    expect(parseTrace(text, { onReport: (report) => reports.push(report) }).length).toBe(2);
    expect(reports[0]?.strays).toBe(1);
  });
});

/** The sizes of a trace's mallocs, and those of the blocks that it frees, in order. */
function sizesOf(trace: Trace) {
  const sizes = new Map<number, number>();
  const asked: number[] = [];
  const freed: number[] = [];
  for (let i = 0; i < trace.length; i++) {
    const id = trace.idAt(i);
    if (trace.kindAt(i) === "free") freed.push(sizes.get(id)!);
    else {
      asked.push(trace.sizeAt(i));
      sizes.set(id, trace.sizeAt(i));
    }
  }
  return { asked, freed };
}
