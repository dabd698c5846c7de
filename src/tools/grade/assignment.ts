import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { counted } from "../../base/readable";
import { checkWritable, makeFolder, writeWhole } from "../../notebook/write-whole";
import type { Command, Given } from "../command";
import { Obstacle } from "../step";
import { makeKey } from "./assignment-key";
import { handout, handoutNames } from "./handout";
import { TASKS } from "./tasks";

const tasks = TASKS.map(({ usage, purpose }) => `  ${usage.padEnd(20)}  ${purpose}`).join("\n");

/** `npm run assignment`: makes what npm run grade grades. */
export const assignment: Command = {
  purpose:
    "Makes an assignment: a notebook for each student, with questions of their own, and the instructor's key.",
  details: `The tasks, each with its points behind a colon where it is worth another number than one (address/2:3):

${tasks}

npm run grade -- FOLDER --key FILE grades the notebooks that come back. Keep the key where no notebook of others is run.`,
  flags: {
    out: { value: "FOLDER", purpose: "where the notebooks go; it is made if need be", required: true },
    key: { value: "FILE", purpose: "where the key goes; not in the folder of the notebooks", required: true },
    students: { value: "FILE", purpose: "the students, one a line; default: one notebook for all" },
    title: { value: "TEXT", purpose: 'what stands above the notebooks; default: "Memory allocation"' },
    seed: { value: "TEXT", purpose: "what the questions are drawn from, a secret; default: drawn by chance" },
  },
  operands: { usage: "TASK…", least: 1, most: 100 },
  async run(given) {
    makeAssignment(given);
    return 0;
  },
};

function makeAssignment({ flags, operands, cwd }: Given): void {
  const folder = resolve(cwd, flags.out!);
  const keyFile = resolve(cwd, flags.key!);
  const students = flags.students === undefined ? [] : readStudents(resolve(cwd, flags.students));
  if (keyFile.startsWith(join(folder, "/")))
    throw new Obstacle(
      "The key would lie among the notebooks, and be handed out with them: give it another place.",
    );
  if (existsSync(keyFile))
    throw new Obstacle(
      `There is a key already, ${keyFile}, and without it nothing is graded: give another name.`,
    );
  checkWritable(keyFile);
  const seed = flags.seed ?? randomBytes(16).toString("hex");
  const key = makeKey({ title: flags.title ?? "Memory allocation", seed, tasks: operands, students });
  const names = key.students.map(({ name }) => name);
  makeFolder(folder);
  for (const [i, file] of handoutNames(names).entries())
    writeWhole(join(folder, file), handout(key, names[i]!));
  writeWhole(keyFile, `${JSON.stringify(key, null, 1)}\n`);
  chmodSync(keyFile, 0o600);
  console.log(`${counted(names.length, "notebook")} in ${folder}; the key is ${keyFile}.`);
}

/** The students of a file: one a line, without empty ones. */
function readStudents(path: string): string[] {
  if (!existsSync(path)) throw new Obstacle(`There is no file ${JSON.stringify(path)}: check the path.`);
  const students = readFileSync(path, "utf8")
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (students.length === 0)
    throw new Obstacle(`No student stands in ${JSON.stringify(path)}: write one a line.`);
  const long = students.find((student) => student.length > 200);
  if (long)
    throw new Obstacle(
      `A student's name has at most 200 characters, and ${JSON.stringify(long.slice(0, 40))}… has more.`,
    );
  return students;
}
