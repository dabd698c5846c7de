import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/javascript";
import { html, type Markup } from "../../../base/markup";

const typescript = parser.configure({ dialect: "ts" });

/** TypeScript as markup: each token in a `<span>` whose class says what it is. */
export function codeMarkup(code: string): Markup {
  const pieces: Markup[] = [];
  highlightCode(
    code,
    typescript.parse(code),
    classHighlighter,
    (text, classes) => pieces.push(classes ? html`<span class="${classes}">${text}</span>` : html`${text}`),
    () => pieces.push(html`${"\n"}`),
  );
  return html`<pre class="code" tabindex="0"><code>${pieces}</code></pre>`;
}
