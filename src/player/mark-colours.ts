import { MARKS } from "./marks";
import type { Scheme } from "./scheme";

/** Gives an element the marks' colours, as the style sheet's `--mark-…`: those for the ground that a scheme's pictures have. */
export function setMarkColours(node: HTMLElement, { dark, colour }: Pick<Scheme, "dark" | "colour">): void {
  const theme = dark && colour !== "original" ? "dark" : "light";
  for (const [kind, style] of Object.entries(MARKS)) {
    node.style.setProperty(`--mark-${kind}`, `rgb(${style[theme].join(",")})`);
  }
}
