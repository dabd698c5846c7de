import { html } from "../../../base/markup";
import { courseEntry } from "../../commands/course-index";
import { articleName, notebookAddress } from "./article";
import { pageText } from "./page-frame";
import { PLAYGROUND } from "./playground-page";

/** The site's first page: the course, a card a walkthrough. */
export function indexText(notebooks: readonly string[]): string {
  const cards = notebooks.map((path) => {
    const { title, question, minutes, can } = courseEntry(path);
    return html`<li><h2><a href="${articleName(path)}">${title}</a></h2><p>${question}</p>
<p>Afterwards you can ${can}.</p>
<p class="quiet">${minutes} minutes · <a href="${notebookAddress(path)}">open as a notebook</a></p></li>`;
  });
  const main = html`<div class="prose"><h1>How memory allocation works</h1>
<p>What does <code>malloc</code> do, and what does it cost? Walkthroughs with moving pictures of the heap: read them here, or open
them as notebooks, change what you like, and run them. Nothing has to be installed, and nothing leaves your browser.</p>
<p>Or go straight to <a href="${PLAYGROUND}">a heap to try</a>: click blocks away, type requests, choose a policy, write one of your own.</p>
<ol class="cards">${cards}</ol>
<p>Notebooks run in a JupyterLab in this page; what you change is kept in your browser. After the first visit all of it works offline,
too. A notebook that you bring along can do what any page of this site can: read what the site keeps in your browser, which is your
notebooks, and nothing of other sites.</p></div>`;
  return pageText({
    title: "freelist-lab: how memory allocation works",
    description:
      "Walkthroughs of memory allocation with moving pictures of the heap, to read or to run in the browser.",
    main,
  });
}
