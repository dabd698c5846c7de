import { html, type Markup } from "../base/markup";
import { oneOf, ownOptions } from "../base/wrong-argument";
import { callText } from "../exercise/call";
import { beTheAllocator, type PlacingGame, type PlacingOptions } from "../exercise/placing/placing-game";
import type { PlacingData } from "../page/exercise/placing-data";
import { displayHtml } from "./kernel-display";
import { programOutput, programText, savePage } from "./program-output";

/** Which stream to place, and how it looks. Every option has a default. */
export interface ShownPlacingOptions extends Pick<PlacingOptions, "level" | "seed"> {
  /** `"auto"` (the default) follows JupyterLab's theme, or the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * "Be the allocator" in the cell's output: requests come one by one, to be placed by mouse or by keys; at the end come the score, beside
 * what the fits and the best possible placement grant, and both ways through the stream side by side. It is played in the page, without
 * the kernel. To place by code, use `beTheAllocator`.
 * @throws RangeError or TypeError for a level or a seed that there is not; Error outside of a tslab notebook: use `savePlacing` there
 *
 * @example
 * placing({ level: 2, seed: "Ada" });
 */
export function placing(options: ShownPlacingOptions = {}): void {
  const output = placingHtml(options);
  displayHtml(output);
}

/**
 * Saves "be the allocator" as one page, which opens from disk and asks no network for anything; see `placing`.
 * @param path the file; one that is there is replaced
 * @returns where it was saved: the whole path of the file
 * @throws RangeError or TypeError for an option that is not allowed, or no path; Error when the file cannot be written
 */
export function savePlacing(path: string, options: ShownPlacingOptions = {}): string {
  return savePage(path, "Place a stream of requests", placingHtml(options), { plotly: false });
}

/**
 * The game as one piece of HTML: its beginning as a text, and the program that plays it.
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function placingHtml(options: ShownPlacingOptions, program?: string): Markup {
  const { theme = "auto", ...stream } = ownOptions(options, ["level", "seed", "theme"]);
  oneOf("options.theme", theme, ["auto", "light", "dark"]);
  const game = beTheAllocator(stream);
  const { level, seed } = game.task;
  const data: PlacingData = { level, seed, theme };
  return programOutput(beginning(game), data, program ?? programText("placing"));
}

/** How the game begins, for where no script runs. */
function beginning({ task, next }: PlacingGame): Markup {
  const { level, heapSize, calls } = task;
  const count = calls.filter(({ op }) => op === "malloc").length;
  const what = `Be the allocator of ${heapSize} bytes (level ${level}): ${count} requests come one by one, and you place them. The first is ${callText(next!)}.`;
  return html`<p>${what}</p><p>In a trusted notebook, and a browser that runs scripts, it is played here; by code, with <code>beTheAllocator</code>.</p>`;
}
