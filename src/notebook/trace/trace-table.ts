import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readable } from "../../base/readable";
import { FORMATS } from "../../trace/formats";
import { writeWhole } from "../write-whole";
import { loadTrace, traceFolder, traceNames } from "./shipped-traces";

/** Begins the table of what traces lie in the folder; */
const TRACES = "<!-- table: written by npm run traces:import -->\n";
/** begins that of the formats that are read. */
const FORMATS_READ = "<!-- table: from src/trace/formats.ts -->\n";
const END = "<!-- end of table -->\n";

/** The table for the README of a folder of traces, from the files there: name, command, operations, peak. */
export function traceTable(folder: string = traceFolder): string {
  const rows = traceNames(folder).map((name) => {
    const trace = loadTrace(name, folder);
    const [, command, recorded] = /^(.*) \((.*)\)$/.exec(trace.source) ?? [null, trace.source, ""];
    const operations = readable(trace.length);
    return `| ${name} | ${cell(command!)} | ${operations} | ${bytes(trace.peakLive)} | ${cell(recorded!)} |\n`;
  });
  return `| name | what was run | operations | peak | recorded with |\n|---|---|---:|---:|---|\n${rows.join("")}`;
}

/** The table of the formats that `readTrace` reads: what each is called, how it is had, which variants of it are read. */
export function formatTable(): string {
  const rows = Object.values(FORMATS).map(
    ({ title, obtained, variants }) => `| ${title} | ${obtained} | ${variants} |\n`,
  );
  return `| format | how to get it | what may be in it |\n|---|---|---|\n${rows.join("")}`;
}

/** `text`, a README of a folder of traces, with these tables between their marks. One without marks is left as it is. */
export function withTables(text: string, folder: string = traceFolder): string {
  return between(
    between(text, TRACES, () => traceTable(folder)),
    FORMATS_READ,
    formatTable,
  );
}

/** Writes these tables into the README of a folder of traces. */
export function updateTables(folder: string = traceFolder): void {
  const path = join(folder, "README.md");
  writeWhole(path, withTables(readFileSync(path, "utf8"), folder));
}

function between(text: string, mark: string, table: () => string): string {
  const begin = text.indexOf(mark) + mark.length;
  const end = text.indexOf(END, begin);
  return begin < mark.length || end < 0 ? text : text.slice(0, begin) + table() + text.slice(end);
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
