import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { readTrace } from "../../notebook/trace/read-trace";
import { traceFolder } from "../../notebook/trace/shipped-traces";
import { updateTraceTable } from "../../notebook/trace/trace-table";
import { TraceError } from "../../trace/trace-error";
import { writeCompact } from "../../trace/write-compact";
import { Obstacle } from "../step";

/** A trace whose text is longer than this is gzipped; a shorter one stays text, which shows in a diff. */
const LONGEST_TEXT = 32 * 1024;

const USAGE = 'npm run traces:import -- FILE --name NAME --command "WHAT WAS RUN" [--recorded "HOW"]';

/**
 * `npm run traces:import`: puts a recorded trace into `notebooks/traces` in the compact form, and its line into the
 * README there.
 * @param args what follows `--`: the file and its options
 * @param cwd the folder that the file's name is relative to
 * @param folder where the trace goes. Default: `notebooks/traces`
 * @returns a sentence that says what was written
 * @throws {Obstacle} what is missing or wrong, in one sentence
 */
export async function importTrace(
  args: readonly string[],
  cwd: string,
  folder: string = traceFolder,
): Promise<string> {
  const { file, name, command, recorded } = readArguments(args);
  let how = "";
  const recording = await readTrace(resolve(cwd, file), {
    onReport: (report) => (how = report.source),
  }).catch((error: unknown) => {
    if (error instanceof TraceError) throw new Obstacle(`${file} is no trace: ${error.message}.`);
    throw new Obstacle(`${file} can't be read: ${error instanceof Error ? error.message : error}.`);
  });
  const trace = recording.named({ name, source: `${command} (${recorded ?? how})` });
  const text = writeCompact(trace);
  const path = join(folder, `${name}.trace`);
  rmSync(path, { force: true });
  rmSync(`${path}.gz`, { force: true });
  const written = text.length <= LONGEST_TEXT ? path : `${path}.gz`;
  writeFileSync(written, written === path ? text : gzipSync(text, { level: 9 }));
  updateTraceTable(folder);
  return `Wrote ${written}: ${trace}.`;
}

function readArguments(args: readonly string[]) {
  const option = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { name: option, command: option, recorded: option },
      allowPositionals: true,
    });
    const { name, command, recorded } = values;
    const file = positionals[0];
    if (file !== undefined && positionals.length === 1 && command && /^[\w-]+$/.test(name ?? "")) {
      return { file, name: name!, command, recorded };
    }
  } catch {
    // An unknown option: the usage says which there are.
  }
  throw new Obstacle(`A file, its name (letters, digits, _ and -) and its command are needed: ${USAGE}`);
}
