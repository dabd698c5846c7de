import type { Study } from "../../study/study";
import { displayHtml } from "../kernel-display";
import { plotlySource } from "../plotly-package";
import { studyHtml, studyTableHtml } from "./study-html";

/**
 * Shows a study in the cell's output: claim, source and experiment, expected beside measured, the verdict, and a picture. Where scripts do
 * not run, the picture stands still.
 * @throws Error outside of a tslab notebook: print it there
 */
export function showStudy(study: Study): void {
  displayHtml(studyHtml(study, plotlySource()));
}

/**
 * Shows studies as one table, a row each.
 * @throws Error outside of a tslab notebook: `studyTable` has the rows
 */
export function showStudies(studies: readonly Study[]): void {
  displayHtml(studyTableHtml(studies));
}
