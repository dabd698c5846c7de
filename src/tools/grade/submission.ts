import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { AssignmentKey } from "./assignment-key";
import { handoutNames, plainName } from "./handout";

/** A notebook that was handed in. */
export interface Submission {
  /** Its path below the folder. */
  readonly file: string;
  /** Whose it is: a student of the key. Null when that cannot be told. */
  readonly student: string | null;
  /** Its code cells; empty when it cannot be run. */
  readonly cells: readonly string[];
  /** Why it cannot be run, or whose it is not; "" when nothing is wrong with it. */
  readonly trouble: string;
}

/** Bytes of the largest notebook that is read, and its most cells. */
const MOST_BYTES = 20e6;
const MOST_CELLS = 2000;

/** Reads a notebook; what is wrong with it is a sentence, and no error. */
export function readSubmission(path: string, file: string, key: AssignmentKey): Submission {
  let document: Notebook;
  try {
    document = readNotebook(path);
  } catch (error) {
    const student = byName(file, key);
    return { file, student, cells: [], trouble: (error as Error).message };
  }
  const mark = document.metadata?.["freelist-lab"];
  const { student, trouble } = whose(file, mark, key);
  return { file, student, cells: trouble === "" ? document.cells : [], trouble };
}

interface Notebook {
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  /** The code cells. */
  readonly cells: readonly string[];
}

/** @throws Error whose message says what is wrong with the file */
function readNotebook(path: string): Notebook {
  const { size } = statSync(path);
  if (size > MOST_BYTES)
    throw new Error(
      `The file has ${Math.round(size / 1e6)} MB, and at most ${MOST_BYTES / 1e6} are read: have its outputs cleared.`,
    );
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
  } catch {
    throw new Error(size === 0 ? "The file is empty." : "It is no notebook: the file is not JSON.");
  }
  const { nbformat, cells, metadata } = asObject(json);
  if (nbformat !== 4)
    throw new Error(
      `It is no notebook of format 4${typeof nbformat === "number" ? `, but of ${nbformat}` : ""}: have it saved by JupyterLab.`,
    );
  if (!Array.isArray(cells)) throw new Error("It is no notebook: it has no cells.");
  if (cells.length > MOST_CELLS)
    throw new Error(`It has ${cells.length} cells, and at most ${MOST_CELLS} are run.`);
  const { kernelspec, language_info } = asObject(metadata);
  const { name, language } = asObject(kernelspec);
  const spoken = language ?? asObject(language_info).name ?? name;
  if (spoken !== undefined && spoken !== "typescript" && spoken !== "tslab")
    throw new Error(
      `It is a notebook of another kernel, ${JSON.stringify(String(spoken).slice(0, 40))}, and no TypeScript.`,
    );
  return { metadata: asObject(metadata), cells: cells.flatMap(codeOf) };
}

function codeOf(cell: unknown): string[] {
  const { cell_type, source } = asObject(cell);
  if (cell_type !== "code") return [];
  if (typeof source === "string") return [source];
  if (Array.isArray(source) && source.every((line) => typeof line === "string")) return [source.join("")];
  throw new Error("It is no notebook: a code cell has no source.");
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Whose a notebook is: by its mark, else by its file's name. */
function whose(file: string, mark: unknown, key: AssignmentKey): Pick<Submission, "student" | "trouble"> {
  const { assignment, student } = asObject(mark);
  const named = byName(file, key);
  const known = key.students.find(({ name }) => name === student)?.name;
  if (assignment !== undefined && assignment !== key.id)
    return { student: named, trouble: "It is a notebook of another assignment." };
  if (known !== undefined && named !== null && named !== known)
    return { student: null, trouble: `Its file has the name of ${named}, and inside it is ${known}'s.` };
  const its = known ?? named;
  return its === null
    ? {
        student: null,
        trouble: "Whose it is cannot be told: its mark is gone, and its file has no student's name.",
      }
    : { student: its, trouble: "" };
}

/** The student in whose handout's name the file's name begins or ends; null when there is none or several. */
function byName(file: string, { students }: AssignmentKey): string | null {
  const names = students.map(({ name }) => name);
  if (names.length === 1 && names[0] === "") return "";
  const words = `-${plainName(basename(file, ".ipynb"))}-`;
  const found = handoutNames(names)
    .map((name, i) => ({ words: `-${name.replace(/\.ipynb$/, "")}-`, student: names[i]! }))
    .filter(({ words: its }) => words.includes(its))
    .sort((a, b) => b.words.length - a.words.length);
  const [longest, second] = found;
  if (longest === undefined || (second && second.words.length === longest.words.length)) return null;
  return longest.student;
}
