import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeRep } from "./rep";
import { parseTrace } from "./trace-parser";

const operations = (text: string | Uint8Array) =>
  writeRep(parseTrace(text)).split("\n").slice(4, -1).join(", ");

describe("heaptrack's raw file", () => {
  it("is read, a realloc as heaptrack writes it: a free and a malloc", () => {
    const trace = parseTrace(readFileSync(join(__dirname, "fixtures", "tiny.heaptrack.txt")));
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
    ["a 10 1", "heaptrack_interpret"],
    ["hello", "no line of heaptrack's raw file"],
  ])("is refused for %j, with line and reason", (line, reason) => {
    expect(() => parseTrace(`v 10400 3\n+ a 1 55d0\n${line}\n- 55d0\n`)).toThrow(reason);
    expect(() => parseTrace(`v 10400 3\n+ a 1 55d0\n${line}\n- 55d0\n`)).toThrow(/^Line 3 \(heaptrack\): /);
  });
});
