import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { traceFile, traceNames } from "../../notebook/trace/shipped-traces";
import { openTrace, type TraceFile as StoredTrace } from "../../notebook/trace/trace-file";
import type { Trace } from "../../trace/trace";
import { Obstacle } from "../step";

/** A file to read a trace from, and what the trace is called. */
export interface TraceFile {
  readonly path: string;
  readonly name: string;
}

/**
 * The files that `places` name: files, folders of them, traces that come with the project, and `NAME=FILE`, where FILE may be such a
 * trace as well. A file of that name wins. Each has a name of its own, which depends on the list alone: what stands before `=`, or else the file's own up to the first dot that tells it from the others, or where files
 * are called alike, with their folders.
 * @throws {Obstacle} when there is no such file and no such trace
 */
export async function traceFiles(places: readonly string[]): Promise<TraceFile[]> {
  const files: { path: string; names: string[] }[] = [];
  for (const place of places) {
    const [name, path] = (await exists(place)) ? [] : (/^([^=]+)=(.+)$/s.exec(place) ?? []).slice(1);
    const given = path ?? place;
    const from = (await exists(given)) ? given : traceFile(given);
    if (from === null) {
      throw new Obstacle(
        `There is no file ${JSON.stringify(given)}, and no trace of that name comes with the project: check the path, or give one of ${traceNames().join(", ")}.`,
      );
    }
    const status = await stat(from);
    if (!status.isDirectory()) files.push({ path: from, names: name ? [name] : namesOf(from) });
    else if (name) {
      throw new Obstacle(
        `${JSON.stringify(from)} is a folder, and only a file can be given a name: NAME=FILE.`,
      );
    } else {
      const entries = await readdir(from, { withFileTypes: true });
      const found = entries.filter((entry) => !entry.isDirectory() && !entry.name.endsWith(".md"));
      for (const path of found.map((entry) => join(from, entry.name)).sort()) {
        files.push({ path, names: namesOf(path) });
      }
    }
  }
  const names = distinct(files.map((file) => file.names));
  return files.map(({ path }, i) => ({ path, name: names[i]! }));
}

/** Reads the traces, of which long ones stay in their files; a file that holds none is told to `onFault` in a sentence, and left out. */
export async function readTraces(
  files: readonly TraceFile[],
  onFault: (sentence: string) => void,
): Promise<(Trace | StoredTrace)[]> {
  const traces = await Promise.all(
    files.map(async ({ path, name }) => {
      const trace = await openTrace(path, { name }).catch((error: Error) => error);
      if (trace instanceof Error) onFault(`${path}: ${trace.message}`);
      else if (trace.length === 0) onFault(`${path}: It holds no operation, so there is nothing to compare.`);
      else return trace;
      return [];
    }),
  );
  return traces.flat();
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** What a file may be called, the shortest first: `ls`, `ls.30187`, `ls.30187.mtrace`, `traces/ls.30187.mtrace`. */
function namesOf(path: string): string[] {
  const parts = path.split(/[\\/]+/).filter((part) => part !== "" && part !== ".");
  const file = parts.at(-1)!;
  const dots = [...file.matchAll(/(?<=.)\./g)].map(({ index }) => index!);
  return [...dots.map((dot) => file.slice(0, dot)), ...parts.map((_, i) => parts.slice(-1 - i).join("/"))];
}

/** For each list one of its entries, the foremost with which all differ; where there is none, the last. */
function distinct(lists: readonly (readonly string[])[]): string[] {
  const at = lists.map(() => 0);
  for (;;) {
    const names = lists.map((list, i) => list[at[i]!]!);
    const alike = names.map((name, i) => names.some((other, j) => i !== j && name === other));
    const longer = lists.map((list, i) => alike[i]! && at[i]! < list.length - 1);
    if (!longer.includes(true)) return names;
    for (const [i, more] of longer.entries()) if (more) at[i]!++;
  }
}
