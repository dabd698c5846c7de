import { readFileSync } from "node:fs";
import { basename } from "node:path";
import markdownIt from "markdown-it";
import { html, type Markup, savedMarkup } from "../../../base/markup";
import { courseEntry } from "../../commands/course-index";
import { codeMarkup } from "./code-markup";
import { pageText } from "./page-frame";

/** A cell of a notebook's file. */
interface Cell {
  readonly cell_type: "markdown" | "code" | "raw";
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
  /** What JupyterLab folds away, and a page as well. */
  readonly metadata?: {
    readonly jupyter?: { readonly source_hidden?: boolean; readonly outputs_hidden?: boolean };
  };
}

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** Markdown as Jupyter has it: with HTML in it. The notebooks are the project's own. */
const markdown = markdownIt({ html: true, highlight: (code) => String(codeMarkup(code)) });

// What is wider than the page scrolls by itself, and can be reached by the keyboard.
markdown.renderer.rules.table_open = () => String(html`<div class="wide" tabindex="0"><table>`);
markdown.renderer.rules.table_close = () => String(html`</table></div>`);

/** The file name of a notebook's page. */
export function articleName(notebook: string): string {
  return basename(notebook).replace(/\.ipynb$/, ".html");
}

/** Where a notebook opens in the site's JupyterLite; `run` has it run at once. */
export function notebookAddress(notebook: string, run = false): string {
  const path = encodeURIComponent(`notebooks/${basename(notebook)}`);
  return `lite/lab/index.html?path=${path}${run ? "&run=1" : ""}`;
}

/**
 * A notebook of the course as a page that reads like an article: its text, its code, and its outputs as they were saved, players and
 * playgrounds at work.
 * @param notebooks those that have pages, so that links between them lead there
 */
export function articleText(notebook: string, notebooks: readonly string[]): string {
  const { cells } = JSON.parse(readFileSync(notebook, "utf8")) as { cells: Cell[] };
  const { title, question } = courseEntry(notebook);
  const at = notebooks.indexOf(notebook);
  const open = html`<a class="button" href="${notebookAddress(notebook)}">Open as a notebook</a>
<a class="button" href="${notebookAddress(notebook, true)}">Open and run</a>`;
  const main = html`${cells.map(cellMarkup)}${neighbours(notebooks[at - 1], notebooks[at + 1])}`;
  return pageText({
    title: `${title} · freelist-lab`,
    description: question,
    main: savedMarkup(withLinks(String(main), notebooks)),
    bar: open,
  });
}

function cellMarkup({ cell_type, source, outputs = [], metadata = {} }: Cell): Markup | "" {
  const text = joined(source);
  if (cell_type === "markdown") return html`<div class="prose">${savedMarkup(markdown.render(text))}</div>\n`;
  if (cell_type === "raw" || text.trim() === "") return "";
  const { source_hidden = false, outputs_hidden = false } = metadata.jupyter ?? {};
  const code = folded(source_hidden, "The code, folded away", [codeMarkup(text)]);
  const shown = folded(outputs_hidden, "The answer, folded away", outputMarkup(outputs));
  return html`<div class="cell">${code}${shown}</div>\n`;
}

/** What a reader opens when they want to see it. */
function folded(isFolded: boolean, title: string, parts: readonly Markup[]): Markup {
  if (!isFolded || parts.length === 0) return html`${parts}`;
  return html`<details><summary>${title}</summary>${parts}</details>`;
}

function outputMarkup(outputs: readonly Output[]): Markup[] {
  const made: Markup[] = [];
  let printed = { name: "", text: "" };
  const flush = () => {
    if (printed.text !== "") {
      made.push(
        html`<pre class="text ${printed.name}" tabindex="0">${printed.text.replace(/\n$/, "")}</pre>`,
      );
    }
    printed = { name: "", text: "" };
  };
  for (const { output_type, name = "", text = "", data = {} } of outputs) {
    if (output_type === "stream") {
      if (name !== printed.name) flush();
      printed = { name, text: printed.text + joined(text) };
      continue;
    }
    flush();
    made.push(html`<div class="shown" tabindex="0">${displayMarkup(data)}</div>`);
  }
  flush();
  return made;
}

/** A display by the first of its kinds that a page can show. */
function displayMarkup(data: NonNullable<Output["data"]>): Markup {
  const of = (kind: string) => (data[kind] === undefined ? undefined : joined(data[kind]));
  const saved = of("text/html") ?? of("image/svg+xml");
  if (saved !== undefined) return savedMarkup(saved);
  const png = of("image/png");
  if (png !== undefined) return html`<img alt="" src="data:image/png;base64,${png.trim()}">`;
  return html`<pre class="text" tabindex="0">${of("text/plain") ?? ""}</pre>`;
}

/** Links to notebooks lead to their pages, with what stands behind "#"; links to other texts beside them, into JupyterLite. */
function withLinks(text: string, notebooks: readonly string[]): string {
  const names = new Set(notebooks.map((path) => basename(path)));
  return text.replace(
    /(<a href=")([^"/#]+\.(?:ipynb|md))/g,
    (_, start, name) => start + (names.has(name) ? articleName(name) : notebookAddress(name)),
  );
}

function neighbours(before: string | undefined, after: string | undefined): Markup {
  const link = (path: string, arrow: string) =>
    html`<a href="${articleName(path)}">${arrow} ${courseEntry(path).title}</a>`;
  const back = before === undefined ? "" : link(before, "←");
  const on = after === undefined ? "" : link(after, "→");
  return html`<div class="prose"><p>${back} ${on}</p></div>`;
}

function joined(text: string | readonly string[]): string {
  return typeof text === "string" ? text : text.join("");
}
