import { html, type Markup } from "../base/markup";
import { oneOf, ownOptions } from "../base/wrong-argument";
import type { PlaygroundData } from "../page/playground/playground-data";
import type { PlotlySource } from "../player/payload";
import { kernelDisplays } from "./kernel-display";
import { plotlySource } from "./plotly-package";
import { programOutput, programText, savePage } from "./program-output";

/** What a playground starts with. Every option has a default. */
export interface PlaygroundOptions {
  /** `"auto"` (the default) follows JupyterLab's theme, or the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * Shows a playground in the cell's output: a heap to try, in the page, without the kernel.
 * @throws Error outside of a tslab notebook: use `savePlayground` there.
 */
export function playground(options: PlaygroundOptions = {}): void {
  const { display } = kernelDisplays();
  display.html(String(playgroundHtml(options, plotlySource())));
}

/**
 * Saves the playground as one page with everything inside; see `saveHtml`.
 * @returns where it was saved: the whole path of the file
 */
export function savePlayground(path: string, options: PlaygroundOptions = {}): string {
  return savePage(path, "A heap to try", playgroundHtml(options, { ...plotlySource(), near: null }));
}

function playgroundHtml(options: PlaygroundOptions, plotly: PlotlySource): Markup {
  const { theme = "auto" } = ownOptions(options, ["theme"]);
  oneOf("options.theme", theme, ["auto", "light", "dark"]);
  const data: PlaygroundData = { plotly, theme };
  const fallback = html`<p>A heap to try: in a trusted notebook, and a browser that runs scripts, this is a playground.</p>`;
  return programOutput(fallback, data, programText("playground"));
}
