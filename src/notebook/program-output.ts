import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { html, jsonScript, type Markup, script } from "../base/markup";
import { packageRoot } from "./package-root";
import { plotlyPackage } from "./plotly-package";
import { writeWhole } from "./write-whole";

/** A program that runs in a page: its name is that of its file in dist/page, which `npm run build` makes. */
type ProgramName = "bug" | "exercise" | "fit-task" | "placing" | "playground";

/**
 * An output that a program in the page brings to life: markup that needs nothing and stays where scripts do not run, data for
 * the program, and the program. The program finds both in its script's element: see `page/start-program.ts`.
 * @param data plain JSON
 * @param program its text
 */
export function programOutput(fallback: Markup | "", data: unknown, program: string): Markup {
  const root = html`<div class="freelist-lab-root">${fallback}</div>`;
  return html`<div class="freelist-lab">${root}${jsonScript(data)}${script(program)}</div>`;
}

const programs = new Map<string, string>();

/** The text of a program: files of dist/, which are read once. */
export function programText(name: ProgramName): string {
  return bundled(`page/${name}.js`);
}

/** The text of files of dist/, one behind the other; each is read once. */
export function bundled(...files: readonly string[]): string {
  const read = (file: string) => {
    const text = programs.get(file) ?? readFileSync(join(packageRoot, "dist", file), "utf8").trimEnd();
    programs.set(file, text);
    return text;
  };
  return files.map(read).join("\n");
}

/**
 * Saves an output as one page with everything inside, Plotly included where it is needed (2.6 MB, nearly all of it Plotly). It opens from
 * disk in any browser of 2023 or later and asks no network for anything.
 * @param title stands above it, and in the browser's tab
 * @param path the file; one that is there is replaced
 * @param options `plotly`: whether the output draws with Plotly, default true
 * @returns the whole path of the file
 * @throws TypeError for a path that is no text; Error when the file cannot be written, which leaves nothing half-written
 */
export function savePage(path: string, title: string, output: Markup, { plotly = true } = {}): string {
  const drawing = plotly
    ? html`<template id="plotly">${packedPlotly()}</template>
${script(unpackPlotly)}
`
    : "";
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;margin:16px;max-width:1200px}h1{font-size:18px;line-height:24px;margin:0 8px}</style>
</head>
<body>
${drawing}<main>
<h1>${title}</h1>
${output}
</main>
</body>
</html>
`;
  writeWhole(path, String(page));
  return resolve(path);
}

/** The page may run what is in it, in a worker as well, and fetch nothing. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:";

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
