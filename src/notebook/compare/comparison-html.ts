import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ComparedRow, Comparison } from "../../compare/comparison";
import type { Figure } from "../../compare/figures";
import type { PlotlySource } from "../../player/plotly-source";
import { escapeHtml, scriptJson, scriptText } from "../markup";

/**
 * A comparison as one piece of HTML: the table, which needs nothing, and the program that makes its columns sort on a click
 * and draws a chart of a figure of one's choice below it.
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function comparisonHtml(
  comparison: Comparison,
  plotly: PlotlySource,
  program: string = pageProgram(),
): string {
  return (
    `<div class="freelist-lab-comparison">${tableHtml(comparison)}<div class="chart"></div>` +
    `<script type="application/json">${scriptJson({ comparison, plotly })}</script>` +
    `<script>${scriptText(program)}</script></div>`
  );
}

/** The table alone: static, with its notes in a `<details>`. */
export function tableHtml(comparison: Comparison): string {
  const { figures } = comparison;
  const heads = ["trace", "policy"].map((name) => `<th scope="col">${name}</th>`);
  for (const { title, definition, model } of figures) {
    heads.push(
      `<th scope="col" title="${escapeHtml(`${definition} Heap: ${model}.`)}">${escapeHtml(title)}</th>`,
    );
  }
  const rows = comparison.rows.map((row) => `<tr>${rowHtml(row, figures)}</tr>`);
  const notes = comparison.notes.map((note) => `<li>${escapeHtml(note)}</li>`);
  return (
    `<table><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>` +
    `<details><summary>What the columns mean, and the heap they belong to</summary><ul>${notes.join("")}</ul></details>`
  );
}

function rowHtml({ trace, policy, cell }: ComparedRow, figures: readonly Figure[]): string {
  const texts = figures.map((figure) => {
    const value = cell ? figure.value(cell) : null;
    const sort = value === null ? "" : ` data-value="${value}"`;
    return `<td${sort}>${cell ? escapeHtml(figure.text(cell)) : ""}</td>`;
  });
  return `<td>${escapeHtml(trace)}</td><td>${escapeHtml(policy)}</td>${texts.join("")}`;
}

let bundle = "";

function pageProgram(): string {
  bundle ||= readFileSync(resolve(__dirname, "../../../dist/player/compare/page.js"), "utf8").trimEnd();
  return bundle;
}
