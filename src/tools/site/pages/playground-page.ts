import { html } from "../../../base/markup";
import { playgroundHtml } from "../../../notebook/playground";
import { plotlySource } from "../../../notebook/plotly-package";
import { pageText } from "./page-frame";

/** The name of the page. */
export const PLAYGROUND = "playground.html";

/** Traces that the site's playground offers: short ones. */
const TRACES = ["ls", "python"];

/** The page to which a playground's links lead: a heap to try. */
export function playgroundPage(): string {
  const playground = playgroundHtml({ traces: TRACES }, { ...plotlySource(), near: null }, true);
  return pageText({
    title: "A heap to try · freelist-lab",
    description:
      "A memory allocator in the page: type calls of malloc and free, choose a policy, and see the heap.",
    main: html`<div class="prose"><h1>A heap to try</h1></div>
${playground}`,
  });
}
