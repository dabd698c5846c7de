import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../write-whole";
import { loadTrace, traceFolder, traceNames } from "./shipped-traces";

const BEGIN = "<!-- table: written by npm run traces:import -->\n";
const END = "<!-- end of table -->\n";

/** The table for the README of a folder of traces, from the files there: name, command, operations, peak. */
export function traceTable(folder: string = traceFolder): string {
  const rows = traceNames(folder).map((name) => {
    const trace = loadTrace(name, folder);
    const [, command, recorded] = /^(.*) \((.*)\)$/.exec(trace.source) ?? [null, trace.source, ""];
    const operations = trace.length.toLocaleString("en");
    return `| ${name} | ${cell(command!)} | ${operations} | ${bytes(trace.peakLive)} | ${cell(recorded!)} |\n`;
  });
  return `| name | what was run | operations | peak | recorded with |\n|---|---|---:|---:|---|\n${rows.join("")}`;
}

/** Puts that table into the README, between its two marks. A README without them is left as it is. */
export function updateTraceTable(folder: string = traceFolder): void {
  const path = join(folder, "README.md");
  const text = readFileSync(path, "utf8");
  const begin = text.indexOf(BEGIN) + BEGIN.length;
  const end = text.indexOf(END);
  if (begin >= BEGIN.length && end >= begin) {
    writeWhole(path, text.slice(0, begin) + traceTable(folder) + text.slice(end));
  }
}

/** Bytes as a reader takes them in: `249 KB`, `2.7 MB`, decimal. */
function bytes(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)} MB`;
  return count >= 1e3 ? `${Math.round(count / 1e3)} KB` : `${count} bytes`;
}

/** Text from a trace as the content of a table's cell: nothing in it is markup. */
function cell(text: string): string {
  return text.replace(/[|\\`*_<>[\]&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
