import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { EXERCISE_NAMES, EXERCISES } from "../../exercise/exercises";
import { writeWhole } from "../../notebook/write-whole";
import { notebookFolder, projectRoot } from "../paths";
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

/** The kinds of exercises, for the teacher's page: what each tests, and what its levels are about. */
export function exerciseIndex(): string {
  const rows = EXERCISE_NAMES.map((name) => {
    const { title, teaches, levels } = EXERCISES[name];
    return `| \`${name}\` | ${title} | ${teaches} | ${levels.join("; ")} |`;
  });
  return ["| kind | asks for | what it tests | its levels |", "|---|---|---|---|", ...rows].join("\n");
}

/** A text that is made from something else, in a file, between two comments. */
export interface MadePart {
  readonly path: string;
  readonly begin: string;
  readonly end: string;
  readonly make: () => string;
}

/** What `npm run notebooks` keeps up to date. */
export const MADE_PARTS: readonly MadePart[] = [
  {
    path: join(projectRoot, "README.md"),
    begin: "<!-- The index of the course: `npm run notebooks` writes it from the notebooks. -->",
    end: "<!-- The end of the index. -->",
    make: () => courseIndex(courseNotebooks()),
  },
  {
    path: join(notebookFolder, "TEACHING.md"),
    begin:
      "<!-- The kinds of exercises: `npm run notebooks` writes them from the table of the exercises. -->",
    end: "<!-- The end of the kinds. -->",
    make: exerciseIndex,
  },
];

/** The text of a file with its part as it should be. @throws Error for a text that has no place for it */
export function withPart(text: string, { path, begin, end, make }: MadePart): string {
  const [from, to] = [text.indexOf(`${begin}\n`), text.indexOf(`\n${end}`)];
  if (from < 0 || to < from)
    throw new Error(`${basename(path)} has no place for what is made: the comments ${begin} and ${end}.`);
  return text.slice(0, from + begin.length + 1) + make() + text.slice(to);
}

/** Brings all parts up to date. @returns the names of the files that were not */
export function updateParts(): string[] {
  const changed = MADE_PARTS.filter((part) => {
    const before = readFileSync(part.path, "utf8");
    const after = withPart(before, part);
    if (after !== before) writeWhole(part.path, after);
    return after !== before;
  });
  return changed.map(({ path }) => basename(path));
}
