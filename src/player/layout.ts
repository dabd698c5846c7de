import { el } from "./dom";
import type { Panels } from "./panels";
import type { RunView } from "./run-view";
import { STYLE } from "./style";
import { WHY_STYLE } from "./why-style";

/** Pixels that are left free above and below the player where it is fitted to what is seen at once. */
const MARGIN = 16;
/** While a decision is walked through, the pictures make room for it, but do not become lower than this. */
const LOWEST = 232;
/** Height of the text below a picture, about. */
const TEXT = 140;
/** Least width of the column beside the picture in which the decision stands. */
const COLUMN = 320;
/** What scrolls a notebook's cells in JupyterLab: as high as what is seen at once. */
const SCROLLERS = ".jp-WindowedPanel-outer,.jp-Notebook";

/** Where the parts of a player stand, and how large its pictures are. */
export class Layout {
  readonly node: HTMLElement;
  readonly legend = el("div");
  #title = el("p", { class: "fl-title" });
  #row = el("div", { class: "fl-runs" });
  /** The runs' figures, where they do not stand beside the pictures. */
  #figures = el("div", { class: "fl-figures" });

  /**
   * @param runs the runs that are shown: after there are more or fewer, `regroup` has to be called
   * @param highest CSS pixels that the pictures are high at most. Default: as high as there is room
   */
  constructor(
    title: string,
    private readonly runs: readonly RunView[],
    private readonly controls: HTMLElement,
    private readonly panels: Panels,
    private readonly highest: number = Number.POSITIVE_INFINITY,
  ) {
    this.node = el("section", {
      class: "fl-player",
      "aria-label": title || "Player of a heap's run",
      "data-lm-suppress-shortcuts": "true",
      tabindex: -1,
    });
    this.#title.textContent = title;
    this.node.append(el("style", {}, STYLE + WHY_STYLE), ...(title ? [this.#title] : []), this.#row);
    this.node.append(this.legend, controls, this.#figures, panels.node);
    this.regroup();
  }

  /** What scrolls the player and its like, if it is in a notebook. */
  get scroller(): HTMLElement | null {
    return this.node.closest<HTMLElement>(SCROLLERS);
  }

  /**
   * The room that the page leaves for the player, as text: equal to what it was as long as nothing has to be fitted anew. How high the
   * player itself becomes, which changes with nearly every step, is no part of it.
   */
  get room(): string {
    const { node, controls, scroller } = this;
    return [node.clientWidth, controls.offsetHeight, scroller?.clientHeight].join(" ");
  }

  /** Shows the runs that there are now. */
  regroup(): void {
    const { runs } = this;
    const shown = new Set<Node>(runs.flatMap(({ node, facts }) => [node, facts]));
    for (const node of [...this.#row.children, ...this.#figures.children])
      if (!shown.has(node)) node.remove();
    for (const { node } of runs) put(node, this.#row);
    this.node.dataset.runs = String(runs.length);
    for (const run of runs) run.named = runs.length > 1 || run.film.label !== "";
  }

  /**
   * Fits the pictures, so that they, the sentence and the controls are seen together.
   * @returns whether they have to be drawn again
   */
  fit(): boolean {
    const { runs, panels } = this;
    const seen = this.scroller?.clientHeight ?? innerHeight;
    const around = [this.#title, this.controls].map((part) => part.offsetHeight);
    if (this.legend.parentNode === this.node) around.push(this.legend.offsetHeight);
    const left = Math.min(this.highest, seen - 2 * MARGIN - around.reduce((sum, each) => sum + each));
    const why = panels.of("why");
    const walked = why.open ? panels.of("strip").offsetHeight : 0;
    const beside = why.parentNode !== panels.node;
    let changed = runs.map((run) => run.fit(left));
    if (why.open) {
      const room = left - walked - (beside ? 0 : why.offsetHeight);
      const lowest = LOWEST + (runs.every((run) => run.sideways) ? 0 : TEXT);
      changed = runs.map((run) => run.fit(Math.max(Math.min(left, lowest), room)));
    }
    this.#place();
    return changed.includes(true);
  }

  /** Puts what stands beside the pictures, where there is room, in its place. */
  #place(): void {
    const { runs, panels, legend } = this;
    // A single run leaves room beside its picture.
    const only = runs.length === 1 && runs[0]!.sideways ? runs[0]! : null;
    const why = panels.of("why");
    const column = only !== null && only.column >= COLUMN ? only : null;
    const crowded = column !== null && why.open;
    for (const run of runs) {
      put(run.facts, run.sideways && !crowded ? run.text : this.#figures);
      run.crowded = crowded;
    }
    if (column) put(why, column.text);
    else if (why !== panels.node.firstChild) panels.node.prepend(why);
    if (only && !crowded) put(legend, only.text);
    else if (legend.nextSibling !== this.controls) this.controls.before(legend);
    // The figures give way to the decision.
    if (why.open && this.node.lastChild !== this.#figures) this.node.append(this.#figures);
    if (!why.open && this.#figures.nextSibling !== panels.node) panels.node.before(this.#figures);
  }
}

/** Puts a node last into its parent, if it is not in it. */
function put(node: HTMLElement, parent: HTMLElement): void {
  if (node.parentNode !== parent) parent.append(node);
}
