import { html, jsonScript, type Markup, script } from "../../base/markup";
import { type ComparedRow, type Comparison, textOf } from "../../compare/comparison";
import { bestOf, type Figure } from "../../compare/figures";
import type { PlotlySource } from "../../player/payload";
import { bundled } from "../program-output";

/**
 * A comparison as one piece of HTML: a place for a chart, the table, which needs nothing, and the program that draws a figure of
 * one's choice there and makes the table's columns sort on a click.
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function comparisonHtml(
  comparison: Comparison,
  plotly: PlotlySource,
  program: string = bundled("player/compare/page.js"),
): Markup {
  const scripts = [jsonScript({ comparison, plotly }), script(program)];
  const table = html`<div class="chart"></div><div class="table" tabindex="0" role="group" aria-label="The comparison">${tableHtml(comparison)}</div>`;
  return html`<div class="freelist-lab-comparison">${STYLE}${table}${scripts}</div>`;
}

/** Each selector names the class twice, since JupyterLab styles tables too. The narrowest of tables fits into 560 px. */
const STYLE = html`<style>
.freelist-lab-comparison{max-width:1000px;container-type:inline-size}
.freelist-lab-comparison .table{overflow-x:auto}
.freelist-lab-comparison.freelist-lab-comparison table{border-collapse:collapse;font-size:13px;line-height:1.35;margin:8px 0;
font-variant-numeric:tabular-nums}
.freelist-lab-comparison.freelist-lab-comparison :is(td,th){padding:2px 8px;text-align:right;vertical-align:bottom;border:0;
white-space:nowrap;max-width:none}
.freelist-lab-comparison.freelist-lab-comparison :is(.name,thead tr:first-child th){text-align:left;white-space:normal}
.freelist-lab-comparison.freelist-lab-comparison td.name{overflow-wrap:anywhere;min-width:5em}
.freelist-lab-comparison.freelist-lab-comparison thead tr:first-child th{font-weight:normal;font-size:12px}
.freelist-lab-comparison.freelist-lab-comparison .first{border-left:1px solid #8888}
.freelist-lab-comparison.freelist-lab-comparison tbody td{border-top:1px solid #8883}
.freelist-lab-comparison.freelist-lab-comparison tbody strong{text-decoration:underline;text-underline-offset:2px}
@container (max-width:720px){
.freelist-lab-comparison.freelist-lab-comparison table{font-size:12px}
.freelist-lab-comparison.freelist-lab-comparison :is(td,th){padding:2px 3px}
.freelist-lab-comparison.freelist-lab-comparison :is(td,thead th){white-space:normal}
.freelist-lab-comparison.freelist-lab-comparison td.name{min-width:3.5em}}
</style>`;

/**
 * The table alone: static, with its notes in a `<details>`. Above the titles of the columns stands the heap that they belong to; the
 * best value of a trace is bold.
 */
export function tableHtml(comparison: Comparison): Markup {
  const { figures, rows } = comparison;
  const titles = figures.map(
    (figure, i) =>
      html`<th scope="col" class="${border(figures, i)}" title="${figure.definition} Heap: ${figure.model}.">${breakable(figure.title)}</th>`,
  );
  const names = ["trace", "policy"].map((name) => html`<th scope="col" class="name">${name}</th>`);
  const head = html`<thead><tr><td></td><td></td>${heaps(figures)}</tr><tr>${names}${titles}</tr></thead>`;
  const policies = comparison.json.policies.length;
  const body = rows.map((row, i) => {
    const first = i - (i % policies);
    return rowHtml(row, figures, rows.slice(first, first + policies));
  });
  const notes = comparison.notes.map((note) => html`<li>${note}</li>`);
  const best = html`<p>The best value of a trace is bold; less is better. Nothing is bold where policies are equal or a value is a bound.</p>`;
  const summary = html`<summary>What the columns mean, and the heap they belong to</summary>`;
  return html`<table>${head}<tbody>${body}</tbody></table><details>${summary}<ul>${notes}</ul>${best}</details>`;
}

/** A head for each model of the heap, above its columns. */
function heaps(figures: readonly Figure[]): Markup[] {
  return figures.flatMap(({ heap }, i) => {
    if (border(figures, i) === "") return [];
    const columns = figures.filter((figure) => figure.heap === heap).length;
    return [html`<th scope="colgroup" class="first" colspan="${columns}">${heap}</th>`];
  });
}

function rowHtml(row: ComparedRow, figures: readonly Figure[], ofTrace: readonly ComparedRow[]): Markup {
  const texts = figures.map((figure, i) => {
    const value = row.cell ? figure.value(row.cell) : null;
    const text = textOf(row, figure);
    if (value === null) return html`<td class="${border(figures, i)}">${text}</td>`;
    const best = bestOf(
      figure,
      ofTrace.map(({ cell }) => cell),
    );
    const shown = value === best ? html`<strong>${text}</strong>` : breakable(text);
    return html`<td class="${border(figures, i)}" data-value="${value}">${shown}</td>`;
  });
  return html`<tr><td class="name">${row.trace}</td><td class="name">${breakable(row.policy)}</td>${texts}</tr>`;
}

/** The class of a column: whether it is the first of its heap's. */
function border(figures: readonly Figure[], i: number): "first" | "" {
  return figures[i - 1]?.heap === figures[i]!.heap ? "" : "first";
}

/** A text whose lines may break behind a slash or two dots. */
function breakable(text: string): Markup[] {
  return text.split(/(?<=\/|\.\.)/).map((part, i) => (i === 0 ? html`${part}` : html`<wbr>${part}`));
}
