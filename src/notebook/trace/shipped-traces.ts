import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isGzip } from "../../trace/compression";
import type { Trace } from "../../trace/trace";
import { parseTrace } from "../../trace/trace-parser";
import { packageRoot } from "../package-root";

/** Where the traces of real programs lie that come with this project. */
export const traceFolder = join(packageRoot, "notebooks/traces");

const FILE = /^([\w-]+)\.trace(?:\.gz)?$/;

/** The names of the traces that `loadTrace` finds in `folder`, by default `notebooks/traces`, in alphabetical order. */
export function traceNames(folder: string = traceFolder): string[] {
  return traceFiles(folder).map((file) => FILE.exec(file)![1]!);
}

/**
 * The trace of a real program that comes with this project: `loadTrace("lua")`. `traceNames()` lists them, and
 * `notebooks/traces/README.md` says what each program did.
 * @param folder where to look for NAME.trace and NAME.trace.gz. Default: `notebooks/traces`
 * @throws RangeError when there is no trace of that name
 */
export function loadTrace(name: string, folder: string = traceFolder): Trace {
  const file = traceFile(name, folder);
  if (file !== null) {
    const bytes = readFileSync(file);
    // Node's own gunzip is compiled already: in a first cell it takes 1 ms where the core's takes 17.
    return parseTrace(isGzip(bytes) ? gunzipSync(bytes) : bytes, { name });
  }
  throw new RangeError(
    `A trace's name is one of ${traceNames(folder).join(", ")}, not "${name}": read a file of your own with readTrace.`,
  );
}

/** The file of that trace; null when there is none. */
export function traceFile(name: string, folder: string = traceFolder): string | null {
  const file = traceFiles(folder).find((candidate) => FILE.exec(candidate)?.[1] === name);
  return file === undefined ? null : join(folder, file);
}

function traceFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => FILE.test(file))
    .sort();
}
