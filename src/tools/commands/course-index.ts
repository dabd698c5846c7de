import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { writeWhole } from "../../notebook/write-whole";
import { projectRoot } from "../paths";
import { findNotebooks } from "./find-notebooks";

/** What the first cell of a notebook says of it. */
export interface CourseEntry {
  /** The notebook's file name. */
  readonly name: string;
  /** Its heading. */
  readonly title: string;
  /** The one question that it answers: its first paragraph, in bold. */
  readonly question: string;
  /** Minutes that a reader takes who answers before reading on. */
  readonly minutes: number;
  /** What a reader can do afterwards: a sentence that goes on from "you can". */
  readonly can: string;
}

/**
 * Reads what a notebook says of itself. Its first cell has a heading, a question in bold, and last a line in italics:
 *
 *     *20 minutes. Builds on [another](another.ipynb). Afterwards you can say what a split is.*
 *
 * The middle sentence may be left out.
 * @throws Error that names the notebook and what its first cell lacks
 */
export function courseEntry(path: string): CourseEntry {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { source: string[] }[] };
  const text = cells[0]?.source.join("") ?? "";
  const find = (what: string, pattern: RegExp) => {
    const found = pattern.exec(text);
    if (!found) throw new Error(`${basename(path)}: the first cell has no ${what}, as in ${pattern}.`);
    return found.slice(1).map((part) => part.replace(/\s+/g, " ").trim());
  };
  const [title] = find("heading", /^# (.+)$/m);
  const [question] = find("question in bold", /^\*\*([^*]+)\*\*$/m);
  const [minutes, can] = find(
    "line of minutes and purpose",
    /^\*(\d+) minutes\. (?:Builds on [^*]+?\. )?Afterwards you can ([^*]+)\.\*$/m,
  );
  return { name: basename(path), title: title!, question: question!, minutes: Number(minutes), can: can! };
}

/** The index of the course: a table in Markdown, a row a notebook. */
export function courseIndex(notebooks: readonly string[]): string {
  const rows = notebooks
    .map(courseEntry)
    .map(
      ({ name, title, question, minutes, can }) =>
        `| [${title}](notebooks/${name}) | ${question} | ${minutes} | ${can} |`,
    );
  return ["| notebook | its question | minutes | afterwards you can |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
}

/** The notebooks of the course: those whose names begin with a number. */
export function courseNotebooks(folder?: string): string[] {
  return findNotebooks(folder).filter((path) => /^\d\d-/.test(basename(path)));
}

/** The README, in which the index stands between two comments. */
export const readmePath = join(projectRoot, "README.md");
const BEGIN = "<!-- The index of the course: `npm run notebooks` writes it from the notebooks. -->\n";
const END = "\n<!-- The end of the index. -->";

/** A README with this index. @throws Error for a README without a place for it */
export function withIndex(readme: string, index: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`README.md has no place for the index: the comments ${BEGIN.trim()} and ${END.trim()}.`);
  return readme.slice(0, begin + BEGIN.length) + index + readme.slice(end);
}

/** Brings the README's index up to date. @returns whether it was not */
export function updateIndex(): boolean {
  const before = readFileSync(readmePath, "utf8");
  const after = withIndex(before, courseIndex(courseNotebooks()));
  if (after !== before) writeWhole(readmePath, after);
  return after !== before;
}
