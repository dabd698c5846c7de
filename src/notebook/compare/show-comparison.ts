import { dirname, resolve } from "node:path";
import { html, type Markup } from "../../base/markup";
import type { Comparison } from "../../compare/comparison";
import { displayHtml } from "../kernel-display";
import { plotlySource } from "../plotly-package";
import { writeWhole } from "../write-whole";
import { comparisonHtml } from "./comparison-html";

/**
 * Shows a comparison in the cell's output: a table whose columns sort on a click, and a chart of one of its figures. Where
 * scripts do not run, the table alone.
 * @throws Error outside of a tslab notebook: print it, or use `saveComparison` there.
 */
export function showComparison(comparison: Comparison): void {
  displayHtml(comparisonHtml(comparison, plotlySource()));
}

/**
 * Saves a comparison as a page: the table, and a chart where Plotly can be found (beside the page, or on the network).
 * @param path the file; one that is there is replaced
 * @throws TypeError for a path that is no text; Error when the file cannot be written
 */
export function saveComparison(comparison: Comparison, path: string): void {
  writeWhole(path, String(comparisonPage(comparison, dirname(resolve(path)))));
}

/** A comparison as a page that lies in `folder`. */
export function comparisonPage(comparison: Comparison, folder: string): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Allocation policies compared</title>
<style>:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;margin:16px}h1{font-size:18px;line-height:24px;margin:0 0 8px}</style>
</head>
<body>
<main>
<h1>Allocation policies compared</h1>
${comparisonHtml(comparison, plotlySource(folder))}
</main>
</body>
</html>
`;
}
