import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { readable } from "../../../base/readable";
import { traceNames } from "../../../notebook/trace/shipped-traces";
import { projectRoot } from "../../paths";
import type { BenchOptions } from "../benchmark";
import { median, table } from "../report";
import type { Measured } from "./fresh-process";
import { generateMtrace } from "./generate-mtrace";
import { generateRep } from "./generate-rep";

const MB = 1e6;
const SEED = 1;
const ROUNDS = 5;

/** Blocks that are live at once in what is streamed, and operations. */
const LIVE = 30_000;
const STREAMED = 1_000_000;

/** How fast recordings are read and replayed, in how much memory, and how long a shipped trace takes to load. */
export async function run({ operations }: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "freelist-lab-bench-"));
  try {
    const rows = [["mtrace, a process each", "MB/s", "operations", "memory grew by"]];
    for (const size of [10, 100]) {
      const path = join(folder, `${size}.mtrace`);
      generateMtrace(path, size * MB, SEED);
      await pipeline(createReadStream(path), createGzip({ level: 1 }), createWriteStream(`${path}.gz`));
      const bytes = statSync(path).size;
      rows.push(figures(`streamed, ${size} MB`, "stream", path, bytes));
      rows.push(figures(`streamed, ${size} MB, gzipped`, "stream", `${path}.gz`, bytes));
      rows.push(figures(`as a trace, ${size} MB`, "read", path, bytes));
    }
    console.log(table(rows));
    console.log("To reach: 30 MB/s; memory that does not grow with the file when it is streamed.\n");
    console.log(table(streamed(folder, [STREAMED, ...(operations === undefined ? [] : [operations])])));
    console.log(
      "To reach: 10^8 operations (--operations 100000000) in 500 MB; memory that does not grow with the file.\n",
    );
    const loads = traceNames().map(
      (name) => [name, median(rounds("load", name).map((each) => each.milliseconds))] as const,
    );
    console.log(
      table([["first loadTrace in a process", "ms"], ...loads.map(([name, ms]) => [name, ms.toFixed(1)])]),
    );
    console.log("To reach: 100 ms.");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What passes over files of so many operations cost, each in a process of its own: seconds, processor time an operation, memory. */
function streamed(folder: string, lengths: readonly number[]): string[][] {
  const rows = lengths.flatMap((length) => {
    const path = join(folder, "streamed.rep");
    generateRep(path, length, LIVE, SEED);
    return STREAMING_TASKS.map(([task, title]) => {
      const { milliseconds, processor, operations, most } = inFreshProcess(task, path);
      return [
        title,
        readable(operations),
        `${(statSync(path).size / MB).toFixed(0)} MB`,
        (milliseconds / 1000).toFixed(1),
        ((1e6 * processor) / operations).toFixed(0),
        `${(most / MB).toFixed(0)} MB`,
      ];
    });
  });
  const head = [
    `.rep, ${readable(LIVE)} live blocks`,
    "operations",
    "file",
    "s",
    "ns an operation",
    "memory at most",
  ];
  return [head, ...rows];
}

const STREAMING_TASKS = [
  ["replay", "replayed"],
  ["measure", "with statistics and two curves"],
  ["compare", "compared, one policy: three passes"],
] as const;

/** A row: the median rate over some processes, and the most that any one's memory grew. */
function figures(title: string, task: string, path: string, bytes: number): string[] {
  const all = rounds(task, path);
  const rate = bytes / MB / (median(all.map((each) => each.milliseconds)) / 1000);
  const grown = Math.max(...all.map((each) => each.most - each.before));
  return [title, rate.toFixed(0), readable(all[0]!.operations), `${(grown / MB).toFixed(0)} MB`];
}

function rounds(task: string, subject: string): Measured[] {
  return Array.from({ length: ROUNDS }, () => inFreshProcess(task, subject));
}

function inFreshProcess(task: string, subject: string): Measured {
  const script = join(projectRoot, "dist/tools/bench/trace/fresh-process.js");
  const printed = execFileSync(process.execPath, [script, task, subject], { encoding: "utf8" });
  return JSON.parse(printed) as Measured;
}
