import { counted } from "../../base/readable";
import { alignText, printable } from "../../compare/text-table";
import type { AssignmentKey } from "./assignment-key";
import type { GradedSubmission } from "./grade-submission";

const sum = (numbers: readonly number[]) =>
  Math.round(100 * numbers.reduce((all, one) => all + one, 0)) / 100;

/** The points of a submission. */
export function pointsOf({ questions }: GradedSubmission): number {
  return sum(questions.map(({ points }) => points));
}

/** The points that there are. */
export function mostPoints({ questions }: AssignmentKey): number {
  return sum(questions.map(({ points }) => points));
}

/**
 * The table as CSV (RFC 4180, UTF-8), a line a notebook: student, file, points, of, the points of each question, remarks. No text in
 * it is a formula to a spreadsheet.
 */
export function gradesCsv(key: AssignmentKey, graded: readonly GradedSubmission[]): string {
  const head = ["student", "file", "points", "of", ...key.questions.map(({ name }) => name), "remarks"];
  const rows = graded.map((each) => [
    each.student ?? "",
    each.file,
    pointsOf(each),
    mostPoints(key),
    ...each.questions.map(({ points }) => points),
    remarksOf(each).join(" "),
  ]);
  return [head, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

function csvField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = plain(value.replace(/\s+/g, " ").trim());
  // What begins so is a formula to a spreadsheet; behind an apostrophe it is a text.
  const safe = /^[=+\-@|%\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",;\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table, and below it what was wrong in each notebook, as text. */
export function gradesText(key: AssignmentKey, graded: readonly GradedSubmission[]): string {
  const most = mostPoints(key);
  const head = ["student", "file", ...key.questions.map(({ name }) => name), `of ${most}`];
  const rows = graded.map((each) => [
    plain(each.student ?? "?"),
    plain(each.file || "none"),
    ...each.questions.map(({ points }) => String(points)),
    String(pointsOf(each)),
  ]);
  const table = alignText([head, ...rows], 2);
  const parts = graded
    .filter((each) => remarksOf(each).length > 0)
    .map((each) => {
      const title = `${plain(each.student ?? "?")} (${plain(each.file || "no file")}): ${pointsOf(each)} of ${most}`;
      const lines = remarksOf(each).flatMap((remark) =>
        remark.split("\n").map((line, i) => `${i > 0 ? "    " : "  "}${plain(line)}`),
      );
      return [title, ...lines].join("\n");
    });
  const notebooks = counted(graded.filter(({ file }) => file !== "").length, "notebook");
  return `${[`${plain(key.title)}: ${notebooks}`, table, ...parts].join("\n\n")}\n`;
}

/** What was wrong, question by question, and what else is to be said. */
function remarksOf({ questions, notes, whole }: GradedSubmission): string[] {
  const remarks = questions.filter(({ remark }) => remark !== "" && (whole || remark !== "Not graded."));
  return [
    ...notes,
    ...remarks.map(({ name, points, of, remark }) => `${name} (${points} of ${of}): ${remark}`),
  ];
}

/** A text in which nothing commands a terminal, or turns the direction of what follows. */
function plain(text: string): string {
  return printable(text).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
}
