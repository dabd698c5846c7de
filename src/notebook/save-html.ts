import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { html, script } from "../base/markup";
import { type OutputOptions, outputHtml } from "./output";
import { plotlyPackage, plotlySource } from "./plotly-package";
import type { Runs } from "./runs";
import { writeWhole } from "./write-whole";

/**
 * Saves runs as one page with everything inside, the player and Plotly included, for a lecture or a mail: 2.6 MB, of which
 * nearly all is Plotly. It opens from disk in any browser of 2023 or later and asks no network for anything.
 * @param path the file; one that is there is replaced
 * @returns where it was saved: the whole path of the file
 * @throws TypeError for something that is no history or a path that is no text; RangeError or TypeError for an option that is not
 * allowed; Error when the file cannot be written, which
 * leaves nothing half-written.
 */
export function saveHtml(runs: Runs, path: string, options: OutputOptions = {}): string {
  const { title = "", ...others } = options;
  const output = outputHtml(runs, others, { ...plotlySource(), near: null });
  const heading = title || "A run of freelist-lab";
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${heading}</title>
<style>:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;margin:16px;max-width:1200px}h1{font-size:18px;line-height:24px;margin:0 8px}</style>
</head>
<body>
<template id="plotly">${packedPlotly()}</template>
${script(unpackPlotly)}
<main>
<h1>${heading}</h1>
${output}
</main>
</body>
</html>
`;
  writeWhole(path, String(page));
  return resolve(path);
}

/** The page may run what is in it, and fetch nothing. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";

let packed = "";

/** 10 MB as 1.9 MB, and as text 2.6 MB. */
function packedPlotly(): string {
  packed ||= gzipSync(readFileSync(plotlyPackage().file), { level: 9 }).toString("base64");
  return packed;
}

/** Runs in the page: promises Plotly where outputs look for it. See page/load-plotly.ts. */
const unpackPlotly = `globalThis[Symbol.for("freelist-lab.plotly")]=(async()=>{
const text=document.getElementById("plotly").content.textContent;
const bytes=Uint8Array.from(atob(text),character=>character.charCodeAt(0));
const stream=new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
const script=document.createElement("script");
script.textContent=await new Response(stream).text();
document.head.append(script);
return Plotly})()`;
