import { html, jsonScript, type Markup, script } from "../../base/markup";
import { readable } from "../../base/readable";
import type { PlotlySource } from "../../player/payload";
import { expectedText, type MeasuredFigure, measuredText } from "../../study/measured-figure";
import { panelSvg } from "../../study/panel-svg";
import { type Study, samplesText, sourceText } from "../../study/study";
import { type StudyPanel, studyPanels } from "../../study/study-panels";
import { studyTable } from "../../study/study-table";
import { bundled } from "../program-output";
import { svgAddress } from "./svg-address";

/**
 * A study as one piece of HTML: claim, source, experiment, verdict; expected beside measured; and a picture for each of its panels,
 * which a program draws anew with Plotly where scripts run.
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function studyHtml(
  study: Study,
  plotly: PlotlySource,
  program: string = bundled("player/study/study.js"),
): Markup {
  const { result, figures, verdict, parameters } = study;
  const judged = figures.filter(({ outcome }) => outcome !== "shown");
  const shown = figures.filter(({ outcome }) => outcome === "shown");
  const settings = Object.entries(parameters).map(([name, value]) => `${name}: ${readable(value)}`);
  const panels = studyPanels(study);
  const more = html`<details><summary>${shown.length} more figures, without an expectation</summary>${scrolling(`${result.title}: figures without an expectation`, tableHtml(shown))}</details>`;
  const note = html`<p><b>Note.</b> ${result.note}</p>`;
  return html`<div class="freelist-lab-study">${STYLE}<h4>${result.title}: <span class="verdict">${verdict}</span></h4>
<p><b>Claim.</b> ${result.claim}</p><p><b>Source.</b> ${sourceText(result.source)}</p>
<p><b>Experiment.</b> ${result.experiment} <small>(${[...settings, samplesText(study)].join("; ")})</small></p>
${scrolling(`${result.title}: expected and measured`, tableHtml(judged))}${shown.length > 0 ? more : ""}${result.note === undefined ? "" : note}
<div class="panels">${panels.map((panel) => html`<figure>${pictureHtml(panel)}</figure>`)}</div>${[jsonScript({ panels: panels.map(rounded), plotly }), script(program)]}</div>`;
}

/** Studies in one table, a row each: chapter, result, source, the figure that tells, and the verdict. */
export function studyTableHtml(studies: readonly Study[]): Markup {
  const heads = ["result", "source", "read", "figure that tells", "expected", "measured", "holds", "verdict"];
  const head = heads.map((name) => html`<th scope="col">${name}</th>`);
  const rows = studyTable(studies).map((row, i) => {
    const cells = [row.source, row.seen, row.figure, row.expected];
    const values = [row.measured, row.holds].map((text) => html`<td class="value">${text}</td>`);
    return html`<tr><th scope="row">${i + 1}. ${row.title}</th>${cells.map((text) => html`<td>${text}</td>`)}${values}<td class="${outcomeClass(row.verdict)}">${row.verdict}</td></tr>`;
  });
  return html`<div class="freelist-lab-study">${STYLE}${scrolling("Published results", html`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`)}</div>`;
}

/** What scrolls where it is wider than its page, and can be reached by the keyboard. */
function scrolling(name: string, table: Markup): Markup {
  return html`<div class="table" tabindex="0" role="group" aria-label="${name}">${table}</div>`;
}

/** Each selector names the class twice, since JupyterLab styles tables too. */
const STYLE = html`<style>
.freelist-lab-study{max-width:900px}
.freelist-lab-study p{margin:4px 0}
.freelist-lab-study h4{margin:4px 0 6px;font-size:15px}
.freelist-lab-study .table{overflow-x:auto}
.freelist-lab-study.freelist-lab-study table{border-collapse:collapse;font-size:13px;margin:6px 0}
.freelist-lab-study.freelist-lab-study :is(td,th){padding:2px 10px 2px 0;text-align:left;vertical-align:top;border:0;white-space:normal;font-weight:normal;max-width:none;font-variant-numeric:tabular-nums}
.freelist-lab-study.freelist-lab-study thead th{font-weight:600}
.freelist-lab-study.freelist-lab-study tbody tr>*{border-top:1px solid #8883}
.freelist-lab-study.freelist-lab-study :is(.fails,.undecided){font-weight:600}
.freelist-lab-study.freelist-lab-study td.value{white-space:nowrap}
.freelist-lab-study .panels{display:flex;flex-wrap:wrap;gap:10px;margin-top:8px}
.freelist-lab-study figure{margin:0;width:400px;max-width:100%}
.freelist-lab-study figure img{max-width:100%;display:block}
.freelist-lab-study figcaption{font-size:12px;font-weight:600}
</style>`;

function tableHtml(figures: readonly MeasuredFigure[]): Markup {
  const expects = figures.some(({ figure }) => figure.expect !== undefined);
  const names = expects ? ["figure", "expected", "why", "measured", "outcome"] : ["figure", "measured"];
  const rows = figures.map((measured) => {
    const { figure, outcome } = measured;
    const name = html`<th scope="row">${figure.name}</th>`;
    const value = html`<td class="value">${measuredText(measured)}</td>`;
    if (!expects) return html`<tr>${name}${value}</tr>`;
    return html`<tr>${name}<td>${expectedText(figure)}</td><td>${figure.why ?? ""}</td>${value}<td class="${outcome}">${outcome}</td></tr>`;
  });
  const head = names.map((each) => html`<th scope="col">${each}</th>`);
  return html`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** A panel's picture: an image, since scripts and SVG of their own are stripped where a notebook is not trusted. */
function pictureHtml(panel: StudyPanel): Markup {
  const words = panel.series.flatMap(({ marks }) => marks.map(({ text }) => text)).join(". ");
  const source = svgAddress(panelSvg(panel));
  return html`<img src="${source}" alt="${panel.title}. ${words}">`;
}

/** A panel with numbers as long as a picture needs them. */
function rounded(panel: StudyPanel): StudyPanel {
  return JSON.parse(JSON.stringify(panel), (_, value) =>
    typeof value === "number" ? Number(value.toPrecision(5)) : value,
  );
}

function outcomeClass(verdict: string): string {
  return verdict === "reproduces" ? "holds" : "undecided";
}
