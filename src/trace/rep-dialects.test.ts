import { expect, it } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { type Trace, TraceBuilder } from "./trace";
import { parseTrace, type TraceReport } from "./trace-parser";

/** Files in all; each is of its own trace and of one combination of dialects. */
const FILES = 600;
const SEED = process.env.FREELIST_SEED ?? "20261126";

type Draw = (below: number) => number;

/** What the lines before the operations are. */
const HEADERS: Readonly<Record<string, (trace: Trace) => readonly number[]>> = {
  "CS:APP's: heap size, ids, operations, weight": (trace) => [20_000, trace.ids, trace.length, 1],
  "CMU's: weight, ids, operations, most bytes": (trace) => [2, trace.ids, trace.length, trace.peakLive],
  "CMU's with ranges ignored": (trace) => [3, trace.ids, trace.length, 0],
  "without weight": (trace) => [-1, trace.ids, trace.length],
  "ids and operations": (trace) => [trace.ids, trace.length],
  "untrue numbers": () => [0, 1, 2 ** 60, 99],
  none: () => [],
};

/** What a dialect does to the lines of a file. */
const MANNERS: Readonly<Record<string, (lines: string[], draw: Draw) => string[]>> = {
  plain: (lines) => lines,
  "comments, alone and behind": (lines, draw) =>
    strewn(
      lines.map((line) => (draw(4) === 0 ? `${line}${["#", " # a 0 8", "\t#\tf 1"][draw(3)]}` : line)),
      ["# a comment", "  #", "#a 1 1"],
      draw,
    ),
  "lines that write": (lines, draw) =>
    lines.flatMap((line) =>
      /^[ar]/.test(line) && draw(2) === 0 ? [line, `w ${line.split(" ")[1]} 64`] : [line],
    ),
  "blank lines": (lines, draw) => strewn(lines, ["", "  ", "\t"], draw),
  "blanks before, within and behind": (lines, draw) =>
    lines.map((line) => `${blanks(draw)}${line.replaceAll(" ", () => ` ${blanks(draw)}`)}${blanks(draw)}`),
  "frees of NULL": (lines, draw) =>
    lines.flatMap((line) => (/^[arf]/.test(line) && draw(8) === 0 ? ["f -1", line] : [line])),
  "ids of their own": (lines) =>
    lines.map((line) => line.replace(/^([arfw]) (\d+)/, (_, kind, id) => `${kind} ${7 + 1_000_003 * id}`)),
  "allocations written as reallocations": (lines) => lines.map((line) => line.replace(/^a/, "r")),
  "frees written as reallocations to 0 bytes": (lines, draw) =>
    lines.map((line) => (line.startsWith("f") && draw(2) === 0 ? line.replace(/^f (\d+)$/, "r $1 0") : line)),
};

/** How the lines of a file are put together, and what encloses them. */
const ENDINGS: Readonly<Record<string, (lines: readonly string[]) => string>> = {
  newlines: (lines) => `${lines.join("\n")}\n`,
  CRLF: (lines) => `${lines.join("\r\n")}\r\n`,
  "no final newline": (lines) => lines.join("\n"),
  "CRLF without the last": (lines) => lines.join("\r\n"),
  "a byte order mark": (lines) => `\ufeff${lines.join("\n")}\n`,
  "blank lines at the end": (lines) => `${lines.join("\n")}\n\n \n`,
};

const headers = Object.entries(HEADERS);
const manners = Object.entries(MANNERS);
const endings = Object.entries(ENDINGS);

it(`${FILES} .rep files of every dialect are read as the trace that they were made of (FREELIST_SEED=${SEED})`, () => {
  const random = seededRandom(SEED);
  const draw: Draw = (below) => random.randint(0, below);
  const seen = new Set<string>();
  for (let file = 0; file < FILES; file++) {
    const trace = anyTrace(draw);
    // Every header in every manner, in turn; the rest is drawn.
    const [header, numbers] = headers[file % headers.length]!;
    const [manner, change] = manners[Math.floor(file / headers.length) % manners.length]!;
    const [ending, put] = endings[draw(endings.length)]!;
    const omits = draw(3) === 0;
    const lines = change([...numbers(trace).map(String), ...operationLines(trace)], draw);
    const text = put(omits ? withoutSizes(lines) : lines);
    const dialect = [header, manner, ending, omits ? "sizes missing" : "sizes"].join("; ");
    seen.add(dialect);
    let report: TraceReport | undefined;
    const read = () =>
      parseTrace(text, {
        missingSizes: omits ? "previous" : undefined,
        onReport: (r) => {
          report = r;
        },
      });
    expect(read, dialect).not.toThrow();
    expect(parseTrace(text, { missingSizes: "previous" }).equals(trace), `${dialect}:\n${text}`).toBe(true);
    expect(report, dialect).toMatchObject({
      format: "rep",
      skipped: 0,
      sizesAssumed: omits ? missing(text) : 0,
    });
  }
  // Of 756 combinations.
  expect(seen.size).toBeGreaterThan(300);
});

/** A trace of 1 to 60 operations, whose blocks are numbered as they are allocated; the first one is a malloc. */
function anyTrace(draw: Draw): Trace {
  const builder = new TraceBuilder();
  const live: number[] = [];
  let next = 0;
  for (let n = 1 + draw(60); n > 0; n--) {
    const choice = draw(10);
    const at = draw(live.length || 1);
    if (live.length === 0 || choice < 5) {
      builder.malloc(next, draw(3) === 0 ? 16 : draw(5000));
      live.push(next++);
    } else if (choice < 7) builder.realloc(live[at]!, draw(2) === 0 ? 16 : 1 + draw(5000));
    else builder.free(live.splice(at, 1)[0]!);
  }
  return builder.build();
}

function operationLines(trace: Trace): string[] {
  return Array.from(trace, (operation) => {
    if (operation.kind === "free") return `f ${operation.id}`;
    return `${operation.kind === "malloc" ? "a" : "r"} ${operation.id} ${operation.size}`;
  });
}

/** `lines` without the sizes that are those of the allocation or reallocation before. */
function withoutSizes(lines: readonly string[]): string[] {
  let last = "";
  return lines.map((line) => {
    const [, start, size, rest] = /^(\s*[ar]\s+\d+)\s+(\d+)(.*)$/.exec(line) ?? [];
    if (start === undefined) return line;
    const same = size === last;
    last = size!;
    return same ? `${start}${rest}` : line;
  });
}

/** Lines that allocate and have no size. */
function missing(text: string): number {
  return text.split("\n").filter((line) => /^[\s\ufeff]*[ar]\s+\d+\s*(?:#|$)/.test(line)).length;
}

/** `lines` with some of `others` between, before and behind. */
function strewn(lines: readonly string[], others: readonly string[], draw: Draw): string[] {
  return [...lines, ""]
    .flatMap((line) => (draw(5) === 0 ? [others[draw(others.length)]!, line] : [line]))
    .slice(0, -1);
}

function blanks(draw: Draw): string {
  return ["", "", " ", "\t", "   "][draw(5)]!;
}
