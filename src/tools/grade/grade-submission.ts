import type { AnsweredCode } from "../../notebook/answer";
import type { AssignmentKey } from "./assignment-key";
import { askedOf } from "./assignment-key";
import type { CodeTask, Judgement } from "./own-code/code-task";
import type { NotebookRun } from "./run-notebook";
import type { Submission } from "./submission";

/** What came of a question. */
export interface GradedQuestion {
  readonly name: string;
  readonly points: number;
  readonly of: number;
  /** What is wrong; "" when nothing is. */
  readonly remark: string;
}

/** What came of a notebook, or of a student who has handed in none. */
export interface GradedSubmission {
  /** Whose it is; null when that cannot be told. */
  readonly student: string | null;
  /** Its file; "" when there is none. */
  readonly file: string;
  readonly questions: readonly GradedQuestion[];
  /** What else is to be said of it: why it was not run to its end, which cells failed. */
  readonly notes: readonly string[];
  /** Whether it was read, and run to its end. */
  readonly whole: boolean;
}

/** How a notebook is run, and code judged. */
export interface Graders {
  run(cells: readonly string[]): Promise<NotebookRun>;
  judge(code: AnsweredCode, task: CodeTask): Promise<Judgement>;
}

/** Runs a notebook and grades what it has answered. Nothing but its answers counts: no output, and no cell that is in it. */
export async function gradeSubmission(
  { student, file, cells, trouble }: Submission,
  key: AssignmentKey,
  { run, judge }: Graders,
): Promise<GradedSubmission> {
  if (student === null || trouble !== "")
    return { student, file, questions: noPoints(key, "Not graded."), notes: [trouble], whole: false };
  const { answers, failed, ended } = await run(cells);
  const questions: GradedQuestion[] = [];
  for (const question of key.questions) {
    const { share, remark } = await askedOf(key, student, question).grade(answers.get(question.name), judge);
    questions.push({
      name: question.name,
      points: rounded(share * question.points),
      of: question.points,
      remark,
    });
  }
  const asked = new Set(key.questions.map(({ name }) => name));
  const strange = [...answers.keys()]
    .filter((name) => !asked.has(name))
    .map((name) => JSON.stringify(name.slice(0, 40)));
  const notes = [
    ...failed.map(
      ({ cell, status, text }) => `Code cell ${cell} ${FAILED[status] ?? "failed"}${firstLine(text)}`,
    ),
    ...(strange.length > 0 ? [`It answers what was not asked: ${strange.slice(0, 10).join(", ")}.`] : []),
    ...(ended === "" ? [] : [ended]),
  ];
  const whole = ended === "" && failed.every(({ status }) => status === "error");
  return { student, file, questions, notes, whole };
}

/** Of a student who has handed in nothing. */
export function notHandedIn(student: string, key: AssignmentKey): GradedSubmission {
  return {
    student,
    file: "",
    questions: noPoints(key, ""),
    notes: ["No notebook was handed in."],
    whole: true,
  };
}

const FAILED: Readonly<Record<string, string>> = {
  error: "failed",
  abort: "was not run",
  time: "took too long and was interrupted",
};

const noPoints = ({ questions }: AssignmentKey, remark: string): GradedQuestion[] =>
  questions.map(({ name, points }) => ({ name, points: 0, of: points, remark }));

const rounded = (points: number) => Math.round(100 * points) / 100;

/** What went wrong, in what a cell wrote to stderr: the error's message where there is one, else the first line. */
function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const line =
    lines.find((line) => /^(Uncaught )?\w*Error\b/.test(line)) ?? lines.find((line) => line !== "") ?? "";
  return line === "" ? "." : `: ${line.slice(0, 200).replace(/[^.?!]$/, "$&.")}`;
}
