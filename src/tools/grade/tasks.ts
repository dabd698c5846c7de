import { comparedPolicy } from "../../compare/compared-policy";
import { writeAnswer } from "../../exercise/answer";
import { makeExercise } from "../../exercise/exercise";
import { EXERCISE_NAMES, EXERCISES, type ExerciseName } from "../../exercise/exercises";
import type { Level } from "../../exercise/question";
import type { GivenAnswer } from "../../notebook/answer";
import { Obstacle } from "../step";
import type { CodeTask, Judgement } from "./own-code/code-task";
import { drawCourse } from "./own-code/judge-fit";

/** A task as it is asked. */
export interface AskedTask {
  /** The heading. */
  readonly title: string;
  /** What is asked, as plain text. */
  readonly text: string;
  /** The right answer, as a text; null where code is to be written. */
  readonly answer: string | null;
  /** The cells in which it is answered, as they are handed out; `name` is the question's. */
  readonly cells: (name: string) => readonly string[];
  /** Judges what was answered: at once, or, of code, by `judge`. */
  readonly grade: (
    given: GivenAnswer | undefined,
    judge: (code: Extract<GivenAnswer, { code: unknown }>["code"], task: CodeTask) => Promise<Judgement>,
  ) => Judgement | Promise<Judgement>;
}

/** A task before it is drawn. */
export interface Task {
  /** Whether all students have the same; else each has their own. */
  readonly sameForAll: boolean;
  ask(seed: string): AskedTask;
}

/** A kind of task: how a teacher writes it, and what it is. */
interface TaskKind {
  /** How it is written, for the usage. */
  readonly usage: string;
  /** What it is, for the usage. */
  readonly purpose: string;
  /** The task in the words between the slashes; null when they are of another kind. @throws RangeError for a wrong word */
  readonly parse: (words: readonly string[]) => Task | null;
}

/** The kinds of tasks. */
export const TASKS: readonly TaskKind[] = [
  {
    usage: "KIND[/LEVEL]",
    purpose: `a question, each student's own; the kinds are ${EXERCISE_NAMES.join(", ")}, the levels 1 to 3`,
    parse: parseQuestion,
  },
  {
    usage: "allocator[/POLICY]",
    purpose:
      'a class with malloc and free, such as "allocator/best/header=8"; POLICY as npm run compare has it',
    parse([word, ...policy]) {
      return word === "allocator" ? allocatorTask(policy.join("/")) : null;
    },
  },
  {
    usage: "fit",
    purpose:
      "a fit of one's own: all points for as few denied requests as under the best of four fits, half for as few as first fit",
    parse: (words) => (words.join("/") === "fit" ? fitTask : null),
  },
];

/** The task that a teacher has written. @throws {Obstacle} when there is none such */
export function parseTask(written: string): Task {
  const words = written.split("/");
  try {
    for (const { parse } of TASKS) {
      const task = parse(words);
      if (task) return task;
    }
  } catch (error) {
    if (error instanceof RangeError)
      throw new Obstacle(`There is no task ${JSON.stringify(written)}: ${error.message}`);
    throw error;
  }
  const known = TASKS.map(({ usage }) => usage).join(", ");
  throw new Obstacle(
    `There is no task ${JSON.stringify(written)}: the tasks are ${known}; the kinds ${EXERCISE_NAMES.join(", ")}.`,
  );
}

const NONE: Judgement = { share: 0, remark: "No answer." };

function parseQuestion([kind = "", level = "1", ...more]: readonly string[]): Task | null {
  if (!Object.hasOwn(EXERCISES, kind)) return null;
  if (!/^[123]$/.test(level) || more.length > 0)
    throw new RangeError(`a level is 1, 2 or 3, such as "${kind}/2".`);
  const what = { kind: kind as ExerciseName, level: Number(level) as Level };
  return { sameForAll: false, ask: (seed) => askQuestion({ ...what, seed }) };
}

function askQuestion(options: { kind: ExerciseName; level: Level; seed: string }): AskedTask {
  const exercise = makeExercise(options);
  const { answer: form } = exercise.question;
  const [, ...paragraphs] = String(exercise).split("\n\n");
  const rule = paragraphs.pop()!.replace(/^grade\(answer\) takes/, "The answer is");
  return {
    title: exercise.question.title,
    text: [...paragraphs, rule].join("\n\n"),
    answer: writeAnswer(form, EXERCISES[options.kind].solve(exercise.question, options.level).answer),
    cells: (name) => [`answer("${name}", undefined);`],
    grade(given) {
      if (given === undefined) return NONE;
      if ("code" in given) return { share: 0, remark: "The answer is a function, and no value." };
      const { right, message } = exercise.grade(given.value);
      if (right === null) return { share: 0, remark: message.replace(/ Try again: .*$/, "") };
      return { share: right ? 1 : 0, remark: right ? "" : message };
    },
  };
}

function allocatorTask(written: string): Task {
  const { kind, fit, order, coalesce, align, header } = comparedPolicy(written === "" ? "first" : written);
  if (kind !== "free-list" || typeof fit !== "string")
    throw new RangeError("an allocator to be written has a free list; name its fit, order and coalescing.");
  const policy = {
    ...(fit === "first" ? {} : { fit }),
    ...(order === "address" ? {} : { order }),
    ...(coalesce === "immediate" ? {} : { coalesce }),
    ...(/align=/.test(written) ? { align } : {}),
    ...(header === 0 ? {} : { header }),
  };
  const merging = {
    immediate: "merge at once",
    deferred: "merge when a search fails, before it is tried again",
    never: "never merge",
  };
  const rounding = /align=/.test(written) ? `multiples of ${align} bytes` : "multiples of the page size";
  const sizes = `Blocks have the request${header === 0 ? "" : ` and a header of ${header} bytes`}, rounded up to ${rounding}.`;
  const text = `Write an allocator: a class of your own with malloc(request), which answers the address of the payload or null, and free(address), which answers true, or false where no block has that address. It works by ${fit} fit on a free list in the order "${order}"; neighbouring holes ${merging[coalesce]}. ${sizes}

It is tested by itself, with what it uses of your other cells and without this library, and findBug must find no fault. A realloc(address, request) is tested where there is one, and a holes() that shows the free list.`;
  return {
    sameForAll: true,
    ask: () => ({
      title: "An allocator of your own",
      text,
      answer: null,
      cells: (name) => [
        `class MyHeap_${name} {
  constructor(private readonly heapSize: number, private readonly pageSize: number) {}

  malloc(request: number): number | null {
    return null;
  }

  free(address: number | null): boolean {
    return false;
  }
}
answer("${name}", MyHeap_${name});`,
        `findBug(MyHeap_${name}${Object.keys(policy).length > 0 ? `, ${JSON.stringify(policy)}` : ""})`,
      ],
      grade: (given, judge) => gradeCode(given, judge, { kind: "allocator", policy }),
    }),
  };
}

const fitTask: Task = {
  sameForAll: true,
  ask(seed) {
    const { heapSize, denied } = drawCourse(seed);
    const fewest = Math.min(...Object.values(denied));
    return {
      title: "A fit of your own",
      text: `Write a fit: a function of the holes, in address order, and the size of a block, which chooses one of the holes that are large enough, or null. It serves 460 requests in a heap of ${heapSize} bytes, which you do not know beforehand; there, first fit denies ${denied.first} of them.

All points are for no more than ${fewest} denied, half for no more than ${denied.first}. It is tested by itself, with what it uses of your other cells and without this library.`,
      answer: null,
      cells: (name) => [
        `const myFit_${name} = (holes: readonly { address: number; size: number }[], size: number) =>
  null;
answer("${name}", myFit_${name});`,
      ],
      grade: (given, judge) => gradeCode(given, judge, { kind: "fit", seed }),
    };
  },
};

const gradeCode = (
  given: GivenAnswer | undefined,
  judge: Parameters<AskedTask["grade"]>[1],
  task: CodeTask,
): Judgement | Promise<Judgement> => {
  if (given === undefined) return NONE;
  if (!("code" in given)) return { share: 0, remark: "The answer is a value, and no class or function." };
  return judge(given.code, task);
};
