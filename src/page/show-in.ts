import { type ComponentChild, render } from "preact";

/**
 * Shows a component in the root of an output, in place of what stands there: the former is there until the moment the latter is.
 *
 * What a reader does in a page is written with Preact: its state changes in many ways, and the page follows from the state, which by hand is
 * twice the code; it weighs 6 kB, packed, and needs no compiler of its own. The player is not: its controls are made once, a frame sets a
 * few values in them sixty times a second, and with Preact they would be no shorter, while every output of a run would carry it.
 */
export function showIn(root: HTMLElement, component: ComponentChild): void {
  const place = document.createElement("div");
  // What measures itself must be in the document when it is made.
  root.replaceChildren(place);
  render(component, place);
}
