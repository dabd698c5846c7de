import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AssignmentKey } from "../assignment-key";
import { handout } from "../handout";

/** A cell that comes to a notebook, and where. */
export interface Added {
  /** Before the cell that answers this question; default: at the end. */
  readonly before?: string;
  readonly source: string;
}

/** A student's notebook: the handout with these answers, written as code, and further cells. */
export function answered(
  key: AssignmentKey,
  student: string,
  answers: Readonly<Record<string, string>>,
  added: readonly Added[] = [],
): Notebook {
  const notebook = JSON.parse(handout(key, student)) as Notebook;
  const cells = notebook.cells.map((cell) => {
    const source = cell.source.join("");
    const name = /answer\("(q\d+)"/.exec(source)?.[1] ?? "";
    return cell.cell_type === "code" && answers[name] !== undefined ? code(answers[name]) : cell;
  });
  for (const { before, source } of added) {
    const at =
      before === undefined
        ? -1
        : cells.findIndex((cell) => cell.source.join("").includes(`answer("${before}"`));
    cells.splice(at < 0 ? cells.length : at, 0, code(source));
  }
  return { ...notebook, cells };
}

export interface Notebook {
  cells: { cell_type: string; source: string[]; outputs?: unknown[] }[];
  metadata: Record<string, unknown>;
  nbformat: number;
}

const code = (source: string) => ({
  cell_type: "code",
  metadata: {},
  outputs: [],
  execution_count: null,
  source: [source],
});

/** Writes a notebook, or whatever else is handed in. */
export function handIn(folder: string, file: string, what: Notebook | string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof what === "string" ? what : JSON.stringify(what));
}

/** The lines of a table of grades by student and file, each by its columns. */
export function readGrades(path: string): Map<string, Record<string, string>> {
  const [head = [], ...rows] = readCsv(readFileSync(path, "utf8"));
  return new Map(
    rows.map((row) => [row[1] || row[0]!, Object.fromEntries(head.map((name, i) => [name, row[i]!]))]),
  );
}

/** Reads CSV as RFC 4180 has it. */
export function readCsv(text: string): string[][] {
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g;
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(fields)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}
