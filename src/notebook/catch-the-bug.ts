import { html, type Markup } from "../base/markup";
import { oneOf, ownOptions } from "../base/wrong-argument";
import { type BugHuntOptions, bugHunt } from "../exercise/bugs/bug-hunt";
import { WRONG_HEAPS } from "../exercise/bugs/wrong-heaps";
import { callText } from "../exercise/call";
import { ruleSentences } from "../exercise/situation";
import type { BugData } from "../page/exercise/bug-data";
import type { PlotlySource } from "../player/payload";
import { displayHtml } from "./kernel-display";
import { plotlySource } from "./plotly-package";
import { programOutput, programText, savePage } from "./program-output";

/** Which wrong allocator to look for the fault of, and how it looks. Every option has a default. */
export interface CatchTheBugOptions extends BugHuntOptions {
  /** `"auto"` (the default) follows JupyterLab's theme, or the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * "Catch the bug" in the cell's output: an allocator that is wrong in one way, to make calls on, with a right one beside it; the rule that it
 * breaks is to be named. After a try the page shows the shortest calls that show the fault, and the right run in the player. Which fault it
 * is does not stand in the output. To look by code, use `bugHunt`, or `findBug` for an allocator of your own.
 * @throws RangeError or TypeError for a name, a level or a seed that there is not; Error outside of a tslab notebook: use
 *   `saveCatchTheBug` there
 *
 * @example
 * catchTheBug({ level: 2, seed: "Ada" });
 */
export function catchTheBug(options: CatchTheBugOptions = {}): void {
  const output = bugHtml(options, plotlySource());
  displayHtml(output);
}

/**
 * Saves "catch the bug" as one page with everything inside (2.6 MB, nearly all of it Plotly); see `catchTheBug`.
 * @param path the file; one that is there is replaced
 * @returns where it was saved: the whole path of the file
 * @throws RangeError or TypeError for an option that is not allowed, or no path; Error when the file cannot be written
 */
export function saveCatchTheBug(path: string, options: CatchTheBugOptions = {}): string {
  return savePage(path, "A wrong allocator", bugHtml(options, { ...plotlySource(), near: null }));
}

/**
 * The allocator as one piece of HTML: what it is meant to be as a text, and the program that runs it.
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function bugHtml(options: CatchTheBugOptions, plotly: PlotlySource, program?: string): Markup {
  const { theme = "auto", ...which } = ownOptions(options, ["name", "level", "seed", "theme"]);
  oneOf("options.theme", theme, ["auto", "light", "dark"]);
  const hunt = bugHunt(which);
  const { level, seed, heapSize, pageSize, wrong } = hunt;
  const heap = which.name === undefined ? null : Object.keys(WRONG_HEAPS).indexOf(which.name);
  const data: BugData = { heap, level, seed, plotly, theme };
  const calls = hunt.steps.map(({ call, answers }) => `${callText(call)} returns ${answers.wrong}`);
  const made = calls.length > 0 ? `So far it does well: ${calls.join("; ")}.` : "";
  const rules = ruleSentences(wrong.options, heapSize, pageSize).join(" ");
  const fallback = html`<p><strong>Catch the bug</strong> (level ${level})</p><p>An allocator of ${heapSize} bytes is wrong in one way. It is meant to be: ${rules}</p><p>${made} In a trusted notebook, and a browser that runs scripts, it is tried here; by code, with <code>bugHunt</code>.</p>`;
  return programOutput(fallback, data, program ?? programText("bug"));
}
