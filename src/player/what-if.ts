import type { Extent } from "../heap/block";
import type { FitName } from "../heap/fits";
import { type Alternative, alternatives } from "../run/alternatives";
import { branchChanges } from "../run/branch";
import { NOTATIONS } from "../run/decision/notation";
import { BranchLine } from "./branch-line";
import { el } from "./dom";
import { marksOfAlternative } from "./marks";
import type { PanelView, Scene } from "./panel";
import type { Walk } from "./walk";

/** Lists of more records are searched by every fit only when the reader stays at an operation, for so many milliseconds. */
const QUICK = 1000;
const REST_MILLISECONDS = 150;

/** Runs that are played side by side at most. */
const MOST_RUNS = 4;

/** The table of what each fit would have chosen in the very state of the present operation; a run can be played on under any. */
export function whatIf(scene: Scene): Pick<PanelView, "node"> & { draw(step: number): void } {
  const { walker } = scene;
  const node = el("div", { class: "fl-what-if" });
  let present = 0;
  const line = new BranchLine((policy) => scene.branch(walker.film, present, policy));
  let shown: Walk | null | undefined;
  let runs = 0;
  let later: ReturnType<typeof setTimeout> | undefined;

  function tell(step: number): void {
    const own = step - walker.film.from;
    present = own;
    const { fits, reason } = alternatives(walker.film.history, own);
    const why = whyNoBranch(scene);
    const last = why === "" ? line.node : el("p", { class: "fl-note" }, why);
    if (why === "") line.offer(walker.film);
    node.replaceChildren(el("p", { class: "fl-what" }, "What if another fit had searched here?"));
    if (reason) {
      node.append(el("p", { class: "fl-note" }, reason), last);
      return;
    }
    const head = ["Fit", "takes the hole", "leaves", "holes looked at"].map((name) =>
      el("th", { scope: "col" }, name),
    );
    const rows = fits.map((one) => rowOf(one, own));
    node.append(
      el("table", {}, el("thead", {}, el("tr", {}, ...head, el("td"))), el("tbody", {}, ...rows)),
      last,
    );
  }

  function rowOf(one: Alternative, own: number): HTMLElement {
    const n = NOTATIONS[walker.notation];
    const where = ({ address, size }: Extent) =>
      el("span", { class: "fl-unbroken" }, `${n.number(size)} at ${n.number(address)}`);
    const [takes, left] = one.hole
      ? [where(one.hole), one.remainder ? where(one.remainder) : "nothing"]
      : [one.grown > 0 ? "what the heap grows by" : (DENIED[one.failure ?? "full"] ?? ""), ""];
    const merged = one.merges > 0 ? `, after ${one.merges} merges` : "";
    const grown = one.grown > 0 && one.hole ? `, and ${n.bytes(one.grown)} more` : "";
    const name = NAMES[one.fit] ?? `${one.fit} fit`;
    const cells = [el("td", {}, takes, grown + merged), el("td", {}, left), el("td", {}, `${one.examined}`)];
    const row = el(
      "tr",
      { tabindex: 0, "data-fit": one.fit, class: one.own && "fl-own" },
      el("th", { scope: "row" }, one.own ? `${name}, as here` : name),
      ...cells,
    );
    const point = (on: boolean) => {
      const marks = marksOfAlternative(one);
      walker.pointed = on && marks.length > 0 ? marks : null;
      scene.redraw();
    };
    row.addEventListener("mouseenter", () => point(true));
    row.addEventListener("focusin", () => point(true));
    row.addEventListener("mouseleave", () => point(false));
    row.addEventListener("focusout", () => point(false));
    const act = el("td");
    if (!one.own && !whyNoBranch(scene)) {
      const label = `Branch off with ${name} from this step`;
      const button = el("button", { type: "button", title: label, "aria-label": label }, "Branch off");
      button.addEventListener("click", () => scene.branch(walker.film, own, { fit: one.fit as FitName }));
      act.append(button);
    }
    row.append(act);
    return row;
  }

  return {
    node,
    draw(step) {
      const { walk } = walker;
      // While it plays, nobody reads it.
      const stale = walk !== shown || runs !== scene.films.length;
      if (!stale || (scene.playing && walk)) return;
      shown = walk;
      runs = scene.films.length;
      clearTimeout(later);
      if (walk && walk.records <= QUICK) {
        tell(step);
        return;
      }
      node.replaceChildren();
      if (walk) later = setTimeout(() => tell(step), REST_MILLISECONDS);
    },
  };
}

/** What searches where there is no fit, or one that has no name. */
const NAMES: Readonly<Partial<Record<Alternative["fit"], string>>> = {
  custom: "a fit of one's own",
  segregated: "segregated fits",
  original: "the original program",
};

const DENIED: Readonly<Record<string, string>> = {
  full: "denied: memory is short",
  fragmented: "denied: memory is scattered",
  declined: "denied: the policy chose none",
};

/** Why no run can branch off here; "" when one can. */
function whyNoBranch({ films, walker }: Scene): string {
  if (films.length >= MOST_RUNS) return `${MOST_RUNS} runs are shown already: remove one to play another.`;
  if (walker.film.history.long)
    return 'A run of more than a million steps does not branch off here; in a cell, branch(history, step, { fit: "best" }) does it.';
  if (branchChanges(walker.film.history.description).length > 0) return "";
  return "Such a heap has no fit to go on under: the choices can only be looked at.";
}
