import { describe, expect, it } from "vitest";
import { writeRep } from "./rep";
import { parseTrace, type TraceReport } from "./trace-parser";

const operations = (text: string) => writeRep(parseTrace(text)).split("\n").slice(4, -1).join(", ");

/** What the program did, in the lines of bionic's README of malloc debug: libc/malloc_debug/README.md. */
const RECORDED = [
  "186: malloc 0xb6038060 20",
  "187: calloc 0xb609f080 32 4",
  "186: memalign 0xae9104f0 16 100",
  "186: realloc 0xb6084040 0xb6038060 400",
  "187: free 0xb609f080",
  "187: thread_done 0x0",
];
const TIMES = ["10 20", "25 37", "40 51", "52 60", "70 71", "90"];

describe("Android's malloc debug", () => {
  it("is read with times and without", () => {
    const expected = "a 0 20, a 1 128, a 2 100, r 0 400, f 1";
    const timed = RECORDED.map((line, i) => `${line} ${TIMES[i]}`);
    for (const lines of [
      RECORDED,
      timed,
      ["186: free 0x0", ...RECORDED],
      RECORDED.map((line) => `${line}\r`),
    ]) {
      expect(operations(`${lines.join("\n")}\n`)).toBe(expected);
    }
  });

  it("takes a realloc of NULL for a malloc, and one to nothing for a free", () => {
    expect(operations("1: realloc 0x10 0x0 8\n1: realloc 0x0 0x10 0\n1: malloc 0x10 9\n")).toBe(
      "a 0 8, f 0, a 1 9",
    );
  });

  it("leaves out and counts what was denied, frees of NULL and of blocks from before", () => {
    const reports: TraceReport[] = [];
    const text =
      "1: malloc 0x10 8\n1: malloc 0x0 99\n1: calloc 0x0 99999999999 99999999999\n1: realloc 0x0 0x10 99\n1: free 0x0\n1: free 0x99\n";
    expect(parseTrace(text, { onReport: (report) => reports.push(report) }).length).toBe(1);
    expect(reports[0]).toMatchObject({ failed: 3, nullFrees: 1, strays: 1 });
  });

  it("knows that a block is gone when another thread gets its address before its free is written", () => {
    const text = "1: malloc 0x10 8\n2: malloc 0x10 16\n1: free 0x10\n2: malloc 0x20 4\n2: free 0x10\n";
    expect(operations(text)).toBe("a 0 8, f 0, a 1 16, a 2 4, f 1");
  });

  it("knows it of a realloc that moves there, too", () => {
    const text = "1: malloc 0x10 8\n2: malloc 0x20 16\n2: realloc 0x10 0x20 24\n1: free 0x10\n2: free 0x10\n";
    expect(operations(text)).toBe("a 0 8, a 1 16, f 0, r 1 24, f 1");
  });

  it.each([
    ["1: malloc 0x20", "TID: malloc 0xADDRESS SIZE [START END]"],
    ["1: malloc 20 8", "TID: malloc 0xADDRESS SIZE [START END]"],
    ["1: malloc 0x20 8 100", "TID: malloc 0xADDRESS SIZE [START END]"],
    ["1: calloc 0x20 8", "TID: calloc 0xADDRESS COUNT SIZE [START END]"],
    ["1: memalign 0x20 8", "TID: memalign 0xADDRESS ALIGNMENT SIZE [START END]"],
    ["1: realloc 0x20 10 8", "TID: realloc 0xADDRESS 0xOLD SIZE [START END]"],
    ["1: free 0x10 100", "TID: free 0xADDRESS [START END]"],
    ["1: thread_done 0x0 1 2", "TID: thread_done 0xADDRESS [END]"],
    ["1: malloc 0x20 99999999999999999999", "more than 2^53"],
    ["1: toString 0x20", "is no line"],
    ["1: free", "is no line"],
    ["free 0x10", "is no line"],
    ["hello", "is no line"],
  ])("is refused for %j, with line and reason", (line, reason) => {
    const text = `1: malloc 0x10 8\n${line}\n1: free 0x10\n`;
    expect(() => parseTrace(text)).toThrow(reason);
    expect(() => parseTrace(text)).toThrow(/^Line 2 \(android\): /);
  });
});
