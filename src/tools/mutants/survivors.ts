import { alignText } from "../../compare/text-table";
import { EXPLAINED } from "./explained/explained";
import type { Explanations } from "./explained/explanation";
import type { MutationReport, ReportedMutant } from "./stryker";

/** A change that no test noticed. */
export interface Survivor {
  /** Below the project's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The line of the source, without its indentation. */
  readonly code: string;
  /** `before => after`, each on one line. */
  readonly change: string;
  /** Why no test can notice it; null when that is not known. */
  readonly because: string | null;
}

/** What the tests notice of a file's changes. */
export interface FileScore {
  readonly file: string;
  /** Changes that count: all but those that cannot be run. */
  readonly changes: number;
  /** Noticed: a test failed, or did not end. */
  readonly noticed: number;
  readonly survivors: readonly Survivor[];
}

/** Reads a report. @returns the scores of its files, in the order of their paths */
export function scores(report: MutationReport, explained: Explanations = EXPLAINED): FileScore[] {
  return Object.entries(report.files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { source, mutants }]) => {
      const lines = source.split("\n");
      const counted = mutants.filter(({ status }) => COUNTED.has(status));
      const survivors = counted
        .filter(({ status }) => status === "Survived" || status === "NoCoverage")
        .map((mutant) => survivor(file, lines, mutant, explained))
        .sort((a, b) => a.line - b.line);
      return { file, changes: counted.length, noticed: counted.length - survivors.length, survivors };
    });
}

const COUNTED: ReadonlySet<ReportedMutant["status"]> = new Set([
  "Killed",
  "Timeout",
  "Survived",
  "NoCoverage",
]);

function survivor(
  file: string,
  lines: readonly string[],
  { location: { start, end }, replacement = "" }: ReportedMutant,
  explained: Explanations,
): Survivor {
  const code = lines[start.line - 1]!.trim();
  const of = lines.slice(start.line - 1, end.line);
  of[of.length - 1] = of.at(-1)!.slice(0, end.column - 1);
  of[0] = of[0]!.slice(start.column - 1);
  const change = `${oneLine(of.join("\n"))} => ${oneLine(replacement)}`;
  const known = explained[file]?.find(
    (each) => each.code === code && (each.changes === "all" || each.changes.includes(change)),
  );
  return { file, line: start.line, code, change, because: known?.because ?? null };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** A line for each file, and for all. */
export function scoreTable(files: readonly FileScore[]): string {
  const row = (name: string, some: readonly FileScore[]) => {
    const sum = (of: (each: FileScore) => number) => some.reduce((total, each) => total + of(each), 0);
    const [changes, noticed] = [sum((each) => each.changes), sum((each) => each.noticed)];
    const known = sum((each) => each.survivors.filter(({ because }) => because !== null).length);
    return [
      name,
      String(changes),
      String(noticed),
      percent(noticed, changes),
      String(known),
      String(changes - noticed - known),
    ];
  };
  return alignText(
    [
      ["file", "changes", "noticed", "score", "explained", "open"],
      ...files.map((each) => row(each.file, [each])),
      row("all", files),
    ],
    1,
  );
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}
