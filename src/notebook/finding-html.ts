import { html, type Markup } from "../base/markup";
import { type Bug, NoBug } from "../exercise/bugs/finding";
import { RULES } from "../exercise/bugs/rules";
import { callText } from "../exercise/call";
import { heapFrom } from "../heap/heap-from";
import type { PlotlySource } from "../player/payload";
import { History } from "../run/history";
import { heapStrip } from "./heap-html";
import { type OutputOptions, outputHtml } from "./output";

/**
 * What `findBug` has found as one piece of HTML: the fault in words, and the right run of its calls as a player. That no fault was found
 * is a sentence.
 * @param options of the player; default: the last call, with its decision and the free list open
 * @param program what runs in the page; default: the bundles of `npm run build`
 */
export function findingHtml(
  finding: Bug | NoBug,
  options: OutputOptions,
  plotly: PlotlySource,
  program?: string,
): Markup {
  if (finding instanceof NoBug) return html`<p>${finding}</p>`;
  const { run } = finding;
  if (run === null) return inWords(finding);
  const shown: OutputOptions = {
    title: "What a right allocator does",
    step: "end",
    panels: ["why", "strip"],
    ...options,
  };
  return html`${inWords(finding)}${outputHtml(History.decode(run), shown, plotly, program)}`;
}

/** The fault, the calls, the state before the last one, what was expected and what came. */
function inWords(finding: Bug): Markup {
  const { rule, calls, heap, before, expected, got, why, shortest } = finding;
  const { heapSize, pageSize, options } = heap;
  const policy = Object.keys(options).length > 0 ? `, ${JSON.stringify(options)}` : "";
  const fewest = shortest ? "no fault shows with fewer calls" : "cut down from a longer sequence";
  const steps = calls.map((call) => html`<li><code>${callText(call)}</code></li>`);
  const called =
    calls.length > 0
      ? html`<p>The calls, on a heap of ${heapSize} bytes in pages of ${pageSize}${policy} (${fewest}):</p><ol>${steps}</ol><p>Before the last call the blocks are <code>${before || "none"}</code>.</p>${drawn(finding)}`
      : "";
  const answers = html`<ul><li>Expected: ${expected}.</li><li>Came: ${got}.</li></ul>`;
  return html`<div><p><strong>A rule is broken:</strong> ${RULES[rule]}</p>${called}${answers}${why && html`<p>${why}</p>`}</div>`;
}

/** The blocks before the last call, as a strip. */
function drawn({ before, heap: { options } }: Bug): Markup | "" {
  if (before === "") return "";
  return heapStrip(heapFrom(before, { base: Number(options.base ?? 0), coalesce: "never" }));
}
