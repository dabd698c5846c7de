import { asOneText, type OutputOptions, outputHtml } from "./output";
import { plotlySource } from "./plotly-package";
import { savePage } from "./program-output";
import type { Runs } from "./runs";

/**
 * Saves runs as one page with everything inside, the player and Plotly included, for a lecture or a mail: 2.6 MB, of which
 * nearly all is Plotly. A run of more than a million steps adds three bytes a step and up to as many again, so that the page shows any
 * step at once; a page is one text, which is full before ninety million steps. It opens from disk in any browser of 2023 or later and
 * asks no network for anything.
 * @param path the file; one that is there is replaced
 * @returns where it was saved: the whole path of the file
 * @throws TypeError for something that is no history or a path that is no text; RangeError or TypeError for an option that is not
 * allowed; RangeError for runs that are too long for one text; Error when the file cannot be written, which leaves nothing half-written.
 */
export function saveHtml(runs: Runs, path: string, options: OutputOptions = {}): string {
  // The title is the page's heading. What is no text is left to be refused with the other options.
  const titled = typeof options?.title === "string";
  const untitled = titled ? { ...options, title: "" } : options;
  const output = outputHtml(runs, untitled, { ...plotlySource(), near: null }, undefined, true);
  return asOneText(runs, () => savePage(path, options.title || "A run of freelist-lab", output));
}
