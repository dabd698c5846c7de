import { type ComponentChild, render } from "preact";

/** Shows a component in the root of an output, in place of what stands there: the former is there until the moment the latter is. */
export function showIn(root: HTMLElement, component: ComponentChild): void {
  const place = document.createElement("div");
  // What measures itself must be in the document when it is made.
  root.replaceChildren(place);
  render(component, place);
}
