import { el } from "./dom";
import type { Scene } from "./panel";

/** Of runs side by side, the choice of the one that is walked through and searched. */
export function runChoice({ films, walker, redraw }: Scene): HTMLElement {
  const options = films.map((film, i) =>
    el("option", { value: i, selected: film === walker.film }, film.label || `Run ${i + 1}`),
  );
  const choice = el("select", {}, ...options);
  choice.addEventListener("change", () => {
    walker.choose(films[Number(choice.value)]!);
    redraw();
  });
  return el("label", {}, "Of ", choice);
}
