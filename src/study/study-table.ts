import { expectedText, measuredText } from "./measured-figure";
import type { Study } from "./study";

/** A study in one row of a table of all. */
export interface StudyRow {
  readonly chapter: string;
  readonly title: string;
  /** "Shore 1975". */
  readonly source: string;
  readonly seen: string;
  /** An expected figure: the first that fails, else the first that is undecided, else the first. */
  readonly figure: string;
  readonly expected: string;
  readonly measured: string;
  /** How many of the expected figures hold: "7 of 8". */
  readonly holds: string;
  readonly verdict: string;
}

/** Studies as the rows of one table. */
export function studyTable(studies: readonly Study[]): StudyRow[] {
  return studies.map((study) => {
    const { result, figures, verdict } = study;
    const judged = figures.filter(({ outcome }) => outcome !== "shown");
    const telling =
      judged.find(({ outcome }) => outcome === "fails") ??
      judged.find(({ outcome }) => outcome === "undecided") ??
      judged[0]!;
    const held = judged.filter(({ outcome }) => outcome === "holds").length;
    return {
      chapter: result.chapter,
      title: result.title,
      source: `${result.source.authors} ${result.source.year}`,
      seen: result.source.seen,
      figure: telling.figure.name,
      expected: expectedText(telling.figure),
      measured: measuredText(telling),
      holds: `${held} of ${judged.length}`,
      verdict,
    };
  });
}
