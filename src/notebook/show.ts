import { html, type Markup } from "../base/markup";
import { Bug, NoBug } from "../exercise/bugs/finding";
import type { Heap } from "../heap/heap";
import { findingHtml } from "./finding-html";
import { heapHtml, heapStrip, heapText } from "./heap-html";
import { displayHtml } from "./kernel-display";
import { type OutputOptions, outputHtml } from "./output";
import { plotlySource } from "./plotly-package";
import type { Runs } from "./runs";

/**
 * Shows a recorded run in the cell's output as a player: play, pause, step, slider. Several runs play side by side:
 * `show({ "first fit": one, "best fit": other })`. Where scripts do not run, the output shows pictures of the run.
 * @throws Error outside of a tslab notebook: use `saveHtml` there.
 */
export function show(runs: Runs, options?: OutputOptions): void;
/**
 * Shows a heap as it is now, in the cell's output: allocated black, free white, row 0 on top, and a line of text below. Above
 * it, where they are at most sixteen, the blocks with their sizes in one strip.
 * @throws Error outside of a tslab notebook: use `heap.toString()` there.
 */
export function show(heap: Heap): void;
/**
 * Shows what `findBug` has found, in the cell's output: the rule that is broken, the calls that show it, what was expected and what came;
 * and the right run of these calls in the player, with the decision of the last one open.
 * @throws Error outside of a tslab notebook: print it there.
 */
export function show(finding: Bug | NoBug, options?: OutputOptions): void;
export function show(what: Runs | Heap | Bug | NoBug, options: OutputOptions = {}): void {
  const markup =
    what instanceof Bug || what instanceof NoBug
      ? findingHtml(what, options, plotlySource())
      : isHeap(what)
        ? picture(what, options)
        : outputHtml(what, options, plotlySource());
  displayHtml(markup);
}

function picture(heap: Heap, options: OutputOptions): Markup {
  const [name] = Object.keys(options);
  if (name !== undefined) {
    throw new RangeError(
      `A heap is shown without options, and ${JSON.stringify(name)} is one of a run's: record the heap with History.of(heap).`,
    );
  }
  return html`${heapStrip(heap)}${heapHtml(heap, heapText(heap))}`;
}

function isHeap(what: unknown): what is Heap {
  return typeof what === "object" && what !== null && "asMatrix" in what && "malloc" in what;
}
