import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { checkWritable, writeWhole } from "../../notebook/write-whole";
import type { Command, Given } from "../command";
import { findNotebooks } from "../commands/find-notebooks";
import { projectRoot } from "../paths";
import { prepareJupyter } from "../setup/jupyter";
import { ensureJupyterLab } from "../setup/python";
import { Obstacle } from "../step";
import { type AssignmentKey, readKey } from "./assignment-key";
import { type GradedSubmission, type Graders, gradeSubmission, notHandedIn } from "./grade-submission";
import { gradesCsv, gradesText, mostPoints, pointsOf } from "./gradebook";
import { judgeOwnCode } from "./own-code/judge-own-code";
import { type RunLimits, runNotebook } from "./run-notebook";
import { readSubmission, type Submission } from "./submission";

/** `npm run grade`. */
export const grade: Command = {
  purpose:
    "Grades the notebooks of an assignment: runs each in a fresh kernel and compares its answers with the key.",
  details: `What stands saved in a notebook counts for nothing, nor does what it prints: only what answer() says while it runs here. Cells that
fail, hang or are left out cost the answers that they would have given. It is no sandbox: a notebook may do whatever you may. Grade
strangers' notebooks in a container without a network, with the key on standard input.

The exit status is 0 when every notebook was graded, 2 when one could not be read, told whose it is, or run to its end (each is
named, and has a line), and 1 when nothing was graded.`,
  flags: {
    key: {
      value: "FILE",
      purpose: "the key that npm run assignment wrote; - reads it from standard input",
      required: true,
    },
    out: { value: "FILE.csv", purpose: "where the table goes; what is printed goes beside it, as .txt" },
    jobs: { value: "N", purpose: "notebooks at a time; default: half as many as cores" },
    "cell-seconds": { value: "N", purpose: "what a cell may take; default: 30" },
    "notebook-seconds": { value: "N", purpose: "what a notebook may take; default: 300" },
    memory: { value: "MB", purpose: "what its kernel may take; default: 1000" },
  },
  operands: { usage: "FOLDER", least: 1, most: 1 },
  run: gradeFolder,
};

async function gradeFolder({ flags, operands, cwd }: Given): Promise<number> {
  const folder = resolve(cwd, operands[0]!);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Obstacle(`There is no folder ${JSON.stringify(folder)}: check the path.`);
  const out = flags.out === undefined ? undefined : resolve(cwd, flags.out);
  if (out !== undefined && !out.endsWith(".csv"))
    throw new Obstacle("--out is the name of a table, such as grades.csv.");
  for (const path of out === undefined ? [] : [out, textBeside(out)]) checkWritable(path);
  const key = keyFrom(flags.key === "-" ? 0 : resolve(cwd, flags.key!));
  const limits: RunLimits = {
    cellSeconds: wholeNumber(flags, "cell-seconds", 30),
    notebookSeconds: wholeNumber(flags, "notebook-seconds", 300),
    memoryBytes: 1e6 * wholeNumber(flags, "memory", 1000),
    outputBytes: 32e6,
    fileBytes: 100e6,
  };
  const jobs = wholeNumber(flags, "jobs", Math.max(1, availableParallelism() >> 1));
  const submissions = submissionsIn(folder, key);
  if (submissions.length === 0)
    throw new Obstacle(`There is no notebook in ${JSON.stringify(folder)}: check the path.`);

  const python = await ensureJupyterLab();
  const state = mkdtempSync(join(tmpdir(), "freelist-lab-jupyter-"));
  try {
    const env = prepareJupyter(state);
    const graders: Graders = { run: (cells) => runNotebook(cells, limits, python, env), judge: judgeOwnCode };
    const graded = inOrder(key, withDoubles(await gradeAll(submissions, key, graders, jobs)));
    const text = gradesText(key, graded);
    console.log(text);
    if (out !== undefined) {
      writeWhole(out, gradesCsv(key, graded));
      writeWhole(textBeside(out), text);
    }
    return graded.every(({ whole }) => whole) ? 0 : 2;
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

const textBeside = (csv: string) => csv.replace(/csv$/, "txt");

function keyFrom(place: string | 0): AssignmentKey {
  if (place !== 0 && !existsSync(place))
    throw new Obstacle(`There is no key ${JSON.stringify(place)}: check the path.`);
  try {
    return readKey(readFileSync(place, "utf8"));
  } catch (error) {
    if (error instanceof RangeError) throw new Obstacle(error.message);
    throw error;
  }
}

/** The notebooks at any depth of a folder, in the order of their paths. */
function submissionsIn(folder: string, key: AssignmentKey): Submission[] {
  return findNotebooks(folder)
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => readSubmission(path, relative(folder, path).split(sep).join("/"), key));
}

/** Grades all, some at a time, and says how far it has come. The order is that of the submissions. */
async function gradeAll(
  submissions: readonly Submission[],
  key: AssignmentKey,
  graders: Graders,
  jobs: number,
): Promise<GradedSubmission[]> {
  const graded: GradedSubmission[] = [];
  const left = [...submissions.entries()];
  const files = libraryFiles();
  let done = 0;
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [i, submission] = next;
      graded[i] = await gradeSubmission(submission, key, graders);
      if (libraryFiles() !== files)
        throw new Obstacle(
          `While ${submission.file} was run, files of this library have changed: no grade can be trusted. Install and build it anew, and grade in a container.`,
        );
      done++;
      console.error(
        `${done}/${submissions.length}  ${submission.file}  ${pointsOf(graded[i])} of ${mostPoints(key)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return graded;
}

/** A digest of the files that the kernels run, which a notebook could write to. */
function libraryFiles(): string {
  const hash = createHash("sha256");
  for (const folder of ["dist", "node_modules/tslab/dist", "node_modules/tslab/bin"]) {
    const root = join(projectRoot, folder);
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
      if (statSync(join(root, file)).isFile())
        hash.update(`${file}\0`).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest("hex");
}

/** Says of several notebooks of one student that they are. */
function withDoubles(graded: readonly GradedSubmission[]): GradedSubmission[] {
  return graded.map((each) => {
    const files = graded
      .filter(({ student }) => student === each.student && student !== null && student !== "")
      .map(({ file }) => file);
    if (files.length < 2) return each;
    return {
      ...each,
      whole: false,
      notes: [...each.notes, `There are ${files.length} notebooks of this student: ${files.join(", ")}.`],
    };
  });
}

/** In the order of the students, with those who have handed in nothing; last what is nobody's. */
function inOrder(key: AssignmentKey, graded: readonly GradedSubmission[]): GradedSubmission[] {
  const students = key.students.map(({ name }) => name);
  const of = (student: string | null) => graded.filter((each) => each.student === student);
  const theirs = students.flatMap((student) =>
    of(student).length > 0 || student === "" ? of(student) : [notHandedIn(student, key)],
  );
  return [...theirs, ...of(null)];
}

function wholeNumber(flags: Given["flags"], name: string, standard: number): number {
  const text = flags[name];
  if (text === undefined) return standard;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Obstacle(`--${name} is a whole number from 1 on, not ${JSON.stringify(text)}.`);
}
