import { readable } from "../base/readable";
import { NOTATIONS } from "../run/decision/notation";
import { el, setText } from "./dom";
import { heapCode } from "./heap-code";
import { lifeOf, type ToldLife } from "./life";
import type { PanelView, Scene } from "./panel";
import type { Pick } from "./pick";
import { runChoice } from "./run-choice";

/** A block, found by an address or picked with the mouse, and its life; and the heap as text to take away. */
export function findPanel(scene: Scene): PanelView {
  const field = el("input", { type: "text", size: 14, placeholder: "1040 or 0x410", spellcheck: "false" });
  const find = el("button", { type: "button" }, "Find");
  const copy = el("button", { type: "button" }, "Copy this heap as code");
  const code = el("textarea", {
    readonly: true,
    rows: 3,
    class: "fl-hidden",
    "aria-label": "The heap as code",
  });
  const told = el("p", { class: "fl-life", "aria-live": "polite" }, HINT);
  const ways = el("div", { class: "fl-row" });
  const tools = el("div", { class: "fl-row" }, el("label", {}, "Address or block ", field), find, copy);
  if (scene.films.length > 1) tools.prepend(runChoice(scene));
  const node = el("div", { class: "fl-panel" }, tools, told, ways, code);
  let shown: Pick | null = null;
  let notation = scene.walker.notation;
  let present = 0;

  function search(): void {
    const { film } = scene.walker;
    const address = addressOf(field.value);
    if (address !== null && scene.pick(film, address)) return;
    const n = NOTATIONS[scene.walker.notation];
    const ends = `${n.number(film.base)} to ${n.number(film.topShown(film.local(present)) - 1)}`;
    setText(
      told,
      address === null
        ? "An address is a number such as 1040, or 0x410."
        : `${n.number(address)} is not in the heap: it has the addresses ${ends}.`,
    );
  }

  function tell(pick: Pick | null): void {
    ways.replaceChildren();
    if (!pick) {
      setText(told, HINT);
      return;
    }
    const n = NOTATIONS[scene.walker.notation];
    if (pick.block === null) {
      setText(told, `${n.number(pick.address)} lay in free memory when it was picked: no block to tell of.`);
    } else {
      const life = lifeOf(pick.film, pick.block, n);
      setText(told, life.text);
      ways.append(...jumps(life));
    }
    const forget = el("button", { type: "button" }, "Forget it");
    forget.addEventListener("click", () => scene.pick(pick.film, null));
    ways.append(forget);
  }

  function jumps({ birth, end }: ToldLife): HTMLElement[] {
    const jump = (name: string, step: number | null) => {
      if (step === null) return [];
      const button = el("button", { type: "button" }, `${name}: step ${readable(step)}`);
      button.addEventListener("click", () => scene.seek(step));
      return [button];
    };
    return [...jump("Its birth", birth), ...jump("Its end", end)];
  }

  find.addEventListener("click", search);
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") search();
  });
  copy.addEventListener("click", () => {
    const { film } = scene.walker;
    const own = film.local(present);
    code.value = heapCode(film.at(own).heap, own === 0 ? "before the first step" : `behind step ${own}`);
    code.classList.remove("fl-hidden");
    code.select();
    // Where the page may not write to the clipboard, the text stands there, selected.
    navigator.clipboard?.writeText(code.value).catch(() => undefined);
  });

  return {
    node,
    draw(step) {
      present = step;
      const { picked, walker } = scene;
      if (picked === shown && walker.notation === notation) return;
      shown = picked;
      notation = walker.notation;
      tell(picked);
    },
  };
}

const HINT = "Click a block in a picture or in a strip, or find one by an address: here its life is told.";

/** The number that a text writes, decimal (with or without separators) or as 0x; null for another text. */
function addressOf(text: string): number | null {
  const digits = text.trim().replaceAll(",", "");
  return /^(\d+|0x[\da-f]+)$/i.test(digits) ? Number(digits) : null;
}
