import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { readTrace } from "../../../notebook/trace/read-trace";
import { traceFolder } from "../../../notebook/trace/shipped-traces";
import { updateTables } from "../../../notebook/trace/trace-table";
import { writeWhole } from "../../../notebook/write-whole";
import { writeCompact } from "../../../trace/compact";
import { TraceError } from "../../../trace/trace-error";
import type { Command } from "../../command";
import { Obstacle } from "../../step";

/** A trace whose text is longer than this is gzipped; a shorter one stays text, which shows in a diff. */
const LONGEST_TEXT = 32 * 1024;

/** `npm run traces:import`: puts a recorded trace into `notebooks/traces` in the compact form, and its line into the README there. */
export const importTrace: Command = {
  purpose:
    "Puts a recorded trace into notebooks/traces in the compact form, and its line into the README there.",
  flags: {
    name: { value: "NAME", purpose: "what loadTrace finds it by: letters, digits, _ and -", required: true },
    command: { value: '"WHAT WAS RUN"', purpose: "stands in the table of the README", required: true },
    recorded: { value: '"HOW"', purpose: "with which recorder; default: its format" },
  },
  operands: { usage: "FILE", least: 1, most: 1 },
  async run({ flags, operands, cwd }) {
    console.log(
      await importInto(traceFolder, resolve(cwd, operands[0]!), flags.name!, flags.command!, flags.recorded),
    );
    return 0;
  },
};

/**
 * Imports a trace into a folder.
 * @returns a sentence that says what was written
 * @throws {Obstacle} what is wrong, in one sentence
 */
export async function importInto(
  folder: string,
  file: string,
  name: string,
  command: string,
  recorded?: string,
): Promise<string> {
  if (!/^[\w-]+$/.test(name)) {
    throw new Obstacle(`A trace's name is of letters, digits, _ and -, not ${JSON.stringify(name)}.`);
  }
  let how = "";
  const recording = await readTrace(file, {
    onReport: (report) => (how = report.source),
  }).catch((error: unknown) => {
    if (error instanceof TraceError) throw new Obstacle(`${file} is no trace: ${error.message}.`);
    throw new Obstacle(`${file} can't be read: ${error instanceof Error ? error.message : error}.`);
  });
  const trace = recording.named({ name, source: `${command} (${recorded ?? how})` });
  const text = writeCompact(trace);
  const [plain, packed] = [join(folder, `${name}.trace`), join(folder, `${name}.trace.gz`)];
  const short = text.length <= LONGEST_TEXT;
  writeWhole(short ? plain : packed, short ? text : gzipSync(text, { level: 9 }));
  rmSync(short ? packed : plain, { force: true });
  updateTables(folder);
  return `Wrote ${short ? plain : packed}: ${trace}.`;
}
