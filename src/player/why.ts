import { el, setAttribute, setText } from "./dom";
import { MARKS, type MarkKind, marksOf } from "./marks";
import type { PanelView, Scene } from "./panel";
import { runChoice } from "./run-choice";
import type { Walk } from "./walk";
import { whatIf } from "./what-if";

/** The decision of the present operation, in steps to walk through; and what the other fits would have chosen. */
export function whyPanel(scene: Scene): PanelView {
  const { walker } = scene;
  const list = el("ol", { class: "fl-list fl-decision", "aria-label": "Steps of the decision" });
  const heard = el("p", { class: "fl-heard", "aria-live": "polite" });
  const place = el("span", { class: "fl-place" });
  const asked = el("span", { class: "fl-asked" });
  const nothing = el("li", {}, "Nothing has been asked for yet: step on.");
  const keys = new Map((Object.keys(MARKS) as MarkKind[]).map((kind) => [kind, keyOf(kind)]));
  const legend = el("p", { class: "fl-legend" }, ...keys.values());
  const back = el("button", { type: "button", "aria-label": "Back in the decision" }, "↑");
  const on = el("button", { type: "button", "aria-label": "On in the decision" }, "↓");
  const whole = el("button", { type: "button" }, "All of it");
  back.addEventListener("click", () => scene.walk(-1));
  on.addEventListener("click", () => scene.walk(1));
  whole.addEventListener("click", () => select(null));
  const walks = el("input", { type: "checkbox" });
  walks.addEventListener("change", () => scene.walkWhilePlaying(walks.checked));
  const tools = el(
    "div",
    { class: "fl-row" },
    asked,
    el("span", { class: "fl-group" }, back, on),
    place,
    whole,
  );
  if (scene.films.length > 1) tools.prepend(runChoice(scene));
  tools.append(el("label", {}, walks, "Play it step by step"));
  const others = whatIf(scene);
  const walked = el("div", {}, list, legend);
  const node = el("div", { class: "fl-panel fl-why-panel" }, heard, tools, walked, others.node);
  const buttons: HTMLElement[] = [];
  let shown: Walk | null | undefined;
  let at: number | null | undefined;
  let scrolled = false;
  list.addEventListener("scroll", () => {
    scrolled = true;
  });

  function select(next: number | null): void {
    walker.select(next);
    scene.redraw();
  }

  /** As many lines as the decision has steps. They stay from decision to decision: a frame is no time to make dozens. */
  function lines(count: number): void {
    while (buttons.length > count) buttons.pop()!.parentElement!.remove();
    while (buttons.length < count) {
      const i = buttons.length;
      const button = el("button", { type: "button", class: "fl-micro", tabindex: i === 0 ? 0 : -1 });
      button.addEventListener("click", () => select(i));
      buttons.push(button);
      list.append(el("li", {}, button));
    }
  }

  function tell(walk: Walk | null): void {
    const steps = walk?.steps ?? [];
    if (walk) nothing.remove();
    else list.append(nothing);
    lines(steps.length);
    for (const [i, { text, kind }] of steps.entries()) {
      setText(buttons[i]!, text);
      setAttribute(buttons[i]!, "data-kind", kind);
    }
    const kinds = new Set(steps.flatMap((step) => marksOf(step).map((mark) => mark.kind)));
    for (const [kind, node] of keys) node.classList.toggle("fl-hidden", !kinds.has(kind));
    if (scrolled) list.scrollTop = 0;
    scrolled = false;
    setText(asked, walk?.asked ?? "");
  }

  function point(walk: Walk | null, playing: boolean): void {
    for (const [i, button] of buttons.entries()) {
      setAttribute(button, "aria-current", i === at && "step");
      // One stop for the tabulator: the arrows go on from there.
      setAttribute(button, "tabindex", i === (at ?? 0) ? 0 : -1);
    }
    const count = buttons.length;
    setText(place, at === null || at === undefined ? `${count} steps` : `${at + 1} of ${count}`);
    whole.classList.toggle("fl-hidden", at === null);
    const live = playing ? "off" : "polite";
    setAttribute(heard, "aria-live", live);
    const step = walk && typeof at === "number" ? walk.steps[at] : undefined;
    setText(heard, step ? `${at! + 1} of ${count}: ${step.text}` : "");
    const current = typeof at === "number" ? buttons[at] : undefined;
    if (current) {
      const [top, bottom] = [current.offsetTop, current.offsetTop + current.offsetHeight];
      if (top < list.scrollTop) list.scrollTop = top - 4;
      else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight + 4;
      if (list.contains(document.activeElement)) current.focus({ preventScroll: true });
    }
  }

  return {
    node,
    draw(step) {
      const { walk } = walker;
      if (walk !== shown) tell(walk);
      if (walk !== shown || walker.at !== at) {
        at = walker.at;
        point(walk, scene.playing);
      }
      shown = walk;
      others.draw(step);
    },
  };
}

function keyOf(kind: MarkKind): HTMLElement {
  return el("span", {}, el("span", { class: `fl-swatch fl-mark-${kind}` }), MARKS[kind].title);
}
