import { html, type Markup } from "../base/markup";
import { oneOf, ownOptions, show } from "../base/wrong-argument";
import type { OfferedTrace, PlaygroundData } from "../page/playground/playground-data";
import type { PlotlySource } from "../player/payload";
import { readLink, writeLink } from "../playground/link";
import { ostepState } from "../playground/ostep-state";
import { MOST_CALLS } from "../playground/parse-calls";
import { exampleState, needsOwnFit, runOf } from "../playground/state";
import { writeCompact } from "../trace/compact";
import { filmstrip } from "./filmstrip";
import { displayHtml } from "./kernel-display";
import { plotlySource } from "./plotly-package";
import { programOutput, programText, savePage } from "./program-output";
import { loadTrace } from "./trace/shipped-traces";

/** What a playground begins with. Every option has a default. */
export interface PlaygroundOptions {
  /** A state: what a playground's *Copy link* gave, the whole address or what stands behind its `#`. Default: a small example. */
  readonly link?: string;
  /** The flags of a call of OSTEP's malloc.py, whose requests it begins with: `"-n 10 -p BEST"`. Not together with `link`. */
  readonly ostep?: string;
  /**
   * The names of traces of `traceNames()` that can be loaded in it; each adds about 20 kB to the output. Default: none. Any other trace is
   * opened as a file.
   */
  readonly traces?: readonly string[];
  /**
   * The address of a page that has a playground, to which links lead. Default: a saved page's links lead to itself, and a cell's are the
   * call `playground("…")`.
   */
  readonly page?: string;
  /** `"auto"` (the default) follows JupyterLab's theme, or the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * Shows a playground in the cell's output: any heap, under any policy, and what you type, click or load is asked of it. The allocator runs
 * in the page; the kernel is not needed.
 * @param options what it begins with; or only a state, as *Copy link* gives it: `playground("play1-…")`
 * @throws RangeError for a link that is none, flags with which malloc.py makes no requests, or a trace that is unknown or too long; Error outside of a tslab notebook: use
 * `savePlayground` there
 */
export function playground(options: PlaygroundOptions | string = {}): void {
  const given = typeof options === "string" ? { link: options } : options;
  displayHtml(playgroundHtml(given, plotlySource(), false));
}

/**
 * Saves a playground as one page with everything inside (2.6 MB, nearly all of it Plotly), which opens from disk in any browser of 2023 or
 * later. Its links lead to itself: they work wherever the page can be found.
 * @param path the file; one that is there is replaced
 * @returns where it was saved: the whole path of the file
 * @throws as `playground` for its options; Error when the file cannot be written, which leaves nothing half-written
 */
export function savePlayground(path: string, options: PlaygroundOptions = {}): string {
  const output = playgroundHtml(options, { ...plotlySource(), near: null }, true);
  return savePage(path, "A heap to try", output);
}

/**
 * A playground as one piece of HTML: pictures of the run that it begins with, what it begins with, and its program.
 * @param alone whether it stands in a page of its own, whose address is its own
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function playgroundHtml(
  options: PlaygroundOptions,
  plotly: PlotlySource,
  alone: boolean,
  program: string = programText("playground"),
): Markup {
  const own = ownOptions(options, ["link", "ostep", "traces", "page", "theme"]);
  const { link, ostep, traces = [], page = null, theme = "auto" } = own;
  oneOf("options.theme", theme, ["auto", "light", "dark"]);
  if (!Array.isArray(traces))
    throw new TypeError(`options.traces must be a list of names, not ${show(traces)}; give ["ls"].`);
  if (page !== null && (typeof page !== "string" || !/^https?:\/\//.test(page))) {
    throw new RangeError(`options.page must be an address that begins with https://, not ${show(page)}.`);
  }
  if (link !== undefined && ostep !== undefined)
    throw new RangeError(
      "A playground begins with options.link or with options.ostep, not with both; leave one out.",
    );
  const begin = ostep !== undefined ? ostepState(ostep) : link !== undefined ? readLink(link) : null;
  const data: PlaygroundData = {
    plotly,
    theme,
    // What stands in the output has been checked, and is no longer than it must be.
    link: begin && writeLink(begin),
    page,
    alone,
    traces: traces.map(offered),
  };
  const state = begin ?? exampleState();
  // A fit of one's own is not run here.
  const fallback = needsOwnFit(state)
    ? html`<p>A heap to try: in a trusted notebook, and a browser that runs scripts, this is a playground.</p>`
    : filmstrip("A heap to try", [{ label: "", history: runOf(state) }]);
  return programOutput(fallback, data, program);
}

function offered(name: string): OfferedTrace {
  const trace = loadTrace(name);
  if (trace.length > MOST_CALLS) {
    throw new RangeError(
      `A playground takes traces of at most ${MOST_CALLS} operations, and ${show(name)} has ${trace.length}; play it with show.`,
    );
  }
  return { name, text: writeCompact(trace) };
}
