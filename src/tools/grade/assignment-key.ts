import { createHash } from "node:crypto";
import * as v from "valibot";
import { type DocumentKind, parseDocument, quantity, readDocument, text } from "../../base/document";
import { Obstacle } from "../step";
import { type AskedTask, parseTask, type Task } from "./tasks";

/** A question of an assignment: what is to be done, and what it is worth. */
export interface AssignedQuestion {
  /** By which a cell answers it: "q1". */
  readonly name: string;
  readonly points: number;
  /** As a teacher writes it: "address/2". */
  readonly task: string;
}

/** A student's part of the key, in the order of the questions. */
export interface StudentKey {
  /** "" where all have the same questions. */
  readonly name: string;
  /** The right answers, to be read; null where code is to be written. */
  readonly answers: readonly (string | null)[];
}

/** An instructor's key: everything that an assignment is made of, and what it is graded by. */
export interface AssignmentKey {
  readonly format: "freelist-lab key";
  readonly version: 1;
  /** Names the assignment in the notebooks. It tells nothing of the seed. */
  readonly id: string;
  readonly title: string;
  /** What all questions are drawn from. Whoever knows it can draw them, and their answers. */
  readonly seed: string;
  readonly questions: readonly AssignedQuestion[];
  readonly students: readonly StudentKey[];
}

const KEY: DocumentKind<AssignmentKey> = {
  name: "key of an assignment",
  format: "freelist-lab key",
  version: 1,
  remedy: "Give the file that npm run assignment wrote.",
  schema: v.object({
    format: v.literal("freelist-lab key"),
    version: v.literal(1),
    id: text(100),
    title: text(1000),
    seed: text(1000),
    questions: v.array(v.object({ name: text(100), points: quantity(), task: text(200) })),
    students: v.array(v.object({ name: text(200), answers: v.array(v.nullable(text())) })),
  }),
};

/** What an assignment is made of. */
export interface AssignmentPlan {
  readonly title: string;
  readonly seed: string;
  /** Tasks as a teacher writes them, with their points: "address/2", "merge/2:3". */
  readonly tasks: readonly string[];
  /** The students by name; none for one notebook for all. */
  readonly students: readonly string[];
}

/** @throws {Obstacle} for a task that there is not, or a student who stands twice */
export function makeKey({ title, seed, tasks, students }: AssignmentPlan): AssignmentKey {
  const questions = tasks.map((written, i): AssignedQuestion => {
    const [task = "", points = "1", ...more] = written.split(":");
    if (more.length > 0 || !/^\d{1,4}(\.\d{1,2})?$/.test(points))
      throw new Obstacle(
        `${JSON.stringify(written)} is no task with its points: write "address/2:3" for 3 points.`,
      );
    parseTask(task);
    return { name: `q${i + 1}`, points: Number(points), task };
  });
  const twice = students.find((name, i) => students.indexOf(name) < i);
  if (twice !== undefined)
    throw new Obstacle(`The student ${JSON.stringify(twice)} stands twice: make the names differ.`);
  const names = students.length > 0 ? students : [""];
  const key = {
    format: "freelist-lab key",
    version: 1,
    id: "",
    title,
    seed,
    questions,
    students: [],
  } as const;
  const keyed = names.map((name): StudentKey => {
    const asked = questions.map((question) => askedOf(key, name, question));
    return { name, answers: asked.map(({ answer }) => answer) };
  });
  const texts = names.map((name) => questions.map((question) => askedOf(key, name, question).text));
  const id = createHash("sha256")
    .update(JSON.stringify([title, names, texts]))
    .digest("hex")
    .slice(0, 16);
  return { ...key, id, students: keyed };
}

/** The task of a question as this student has it. */
export function askedOf(
  key: Pick<AssignmentKey, "seed">,
  student: string,
  { name, task }: AssignedQuestion,
): AskedTask {
  const made: Task = parseTask(task);
  return made.ask(made.sameForAll ? `${key.seed} ${name}` : `${key.seed} ${student} ${name}`);
}

/**
 * Reads a key, and draws its questions again.
 * @throws RangeError for what is no key; {Obstacle} where this version of the library draws other questions
 */
export function readKey(json: string): AssignmentKey {
  const key = readDocument(KEY, parseDocument(KEY, json));
  for (const { name, answers } of key.students) {
    const drawn = key.questions.map((question) => askedOf(key, name, question).answer);
    if (JSON.stringify(drawn) === JSON.stringify(answers)) continue;
    throw new Obstacle(
      "This version of freelist-lab draws other questions from the key than the one that made it: grade with that one.",
    );
  }
  return key;
}
