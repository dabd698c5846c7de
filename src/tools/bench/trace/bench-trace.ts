import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { readable } from "../../../base/readable";
import { traceNames } from "../../../notebook/trace/shipped-traces";
import { projectRoot } from "../../paths";
import { median, table } from "../report";
import type { Measured } from "./fresh-process";
import { generateMtrace } from "./generate-mtrace";

const MB = 1e6;
const SEED = 1;
const ROUNDS = 5;

/** How fast recordings are read, in how much memory, and how long a shipped trace takes to load. */
export async function run(): Promise<void> {
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

/** A row: the median rate over some processes, and the most that any one's memory grew. */
function figures(title: string, task: string, path: string, bytes: number): string[] {
  const all = rounds(task, path);
  const rate = bytes / MB / (median(all.map((each) => each.milliseconds)) / 1000);
  const grown = Math.max(...all.map((each) => each.most - each.before));
  return [title, rate.toFixed(0), readable(all[0]!.operations), `${(grown / MB).toFixed(0)} MB`];
}

function rounds(task: string, subject: string): Measured[] {
  const script = join(projectRoot, "dist/tools/bench/trace/fresh-process.js");
  return Array.from({ length: ROUNDS }, () => {
    const printed = execFileSync(process.execPath, [script, task, subject], { encoding: "utf8" });
    return JSON.parse(printed) as Measured;
  });
}
