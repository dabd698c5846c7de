import { readFileSync } from "node:fs";
import { join } from "node:path";
import { html, jsonScript, type Markup, script } from "../../base/markup";
import type { ComparedRow, Comparison } from "../../compare/comparison";
import type { Figure } from "../../compare/figures";
import type { PlotlySource } from "../../player/payload";
import { packageRoot } from "../package-root";

/**
 * A comparison as one piece of HTML: the table, which needs nothing, and the program that makes its columns sort on a click
 * and draws a chart of a figure of one's choice below it.
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function comparisonHtml(
  comparison: Comparison,
  plotly: PlotlySource,
  program: string = pageProgram(),
): Markup {
  const scripts = [jsonScript({ comparison, plotly }), script(program)];
  return html`<div class="freelist-lab-comparison">${tableHtml(comparison)}<div class="chart"></div>${scripts}</div>`;
}

/** The table alone: static, with its notes in a `<details>`. */
export function tableHtml(comparison: Comparison): Markup {
  const { figures } = comparison;
  const heads = [
    ...["trace", "policy"].map((name) => html`<th scope="col">${name}</th>`),
    ...figures.map(
      ({ title, definition, model }) =>
        html`<th scope="col" title="${definition} Heap: ${model}.">${title}</th>`,
    ),
  ];
  const rows = comparison.rows.map((row) => rowHtml(row, figures));
  const notes = comparison.notes.map((note) => html`<li>${note}</li>`);
  const table = html`<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
  const summary = html`<summary>What the columns mean, and the heap they belong to</summary>`;
  return html`${table}<details>${summary}<ul>${notes}</ul></details>`;
}

function rowHtml({ trace, policy, cell }: ComparedRow, figures: readonly Figure[]): Markup {
  const texts = figures.map((figure) => {
    const value = cell ? figure.value(cell) : null;
    const text = cell ? figure.text(cell) : "";
    return value === null ? html`<td>${text}</td>` : html`<td data-value="${value}">${text}</td>`;
  });
  return html`<tr><td>${trace}</td><td>${policy}</td>${texts}</tr>`;
}

let bundle = "";

function pageProgram(): string {
  bundle ||= readFileSync(join(packageRoot, "dist/player/compare/page.js"), "utf8").trimEnd();
  return bundle;
}
