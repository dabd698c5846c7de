import { html, type Markup } from "../base/markup";
import { oneOf, ownOptions } from "../base/wrong-argument";
import type { FitTaskData } from "../page/editor/fit-task-data";
import { type FitTaskOptions, makeFitTask } from "../playground/own-policy/fit-task";
import { displayHtml } from "./kernel-display";
import { programOutput, programText, savePage } from "./program-output";

/** Which stream to serve, and how it looks. Every option has a default. */
export interface ShownFitTaskOptions extends FitTaskOptions {
  /** `"auto"` (the default) follows JupyterLab's theme, or the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * "Write a fit that serves this stream", in the cell's output: an editor whose policy runs at every edit, in the page and without the
 * kernel, beside the fits, and says when the task is done.
 * @throws RangeError or TypeError for a level or a seed that there is not; Error outside of a tslab notebook: use `saveFitTask` there
 *
 * @example
 * fitTask({ level: 2, seed: "Ada" });
 */
export function fitTask(options: ShownFitTaskOptions = {}): void {
  const output = fitTaskHtml(options);
  displayHtml(output);
}

/**
 * Saves the task as one page, which opens from disk and asks no network for anything; see `fitTask`.
 * @param path the file; one that is there is replaced
 * @returns where it was saved: the whole path of the file
 * @throws RangeError or TypeError for an option that is not allowed, or no path; Error when the file cannot be written
 */
export function saveFitTask(path: string, options: ShownFitTaskOptions = {}): string {
  return savePage(path, "Write a fit", fitTaskHtml(options), { plotly: false });
}

/** The task as one piece of HTML: its text, and the program that has the editor. */
function fitTaskHtml(options: ShownFitTaskOptions): Markup {
  const { theme = "auto", ...which } = ownOptions(options, ["level", "seed", "theme"]);
  oneOf("options.theme", theme, ["auto", "light", "dark"]);
  const { level, seed, text } = makeFitTask(which);
  const data: FitTaskData = { level, seed, theme };
  const fallback = html`<p>${text}</p><p>In a trusted notebook, and a browser that runs scripts, the fit is written and run here.</p>`;
  return programOutput(fallback, data, programText("fit-task"));
}
