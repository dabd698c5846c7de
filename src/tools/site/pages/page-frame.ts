import { html, type Markup, script, style } from "../../../base/markup";
import { pageStyle } from "./page-style";

/** A page of the site. */
export interface SitePage {
  readonly title: string;
  /** For search engines and previews: what the page is about, in a sentence. */
  readonly description: string;
  /** What is in `<main>`. */
  readonly main: Markup;
  /** What is between the site's name and the end of its bar. */
  readonly bar?: Markup;
}

/**
 * What a site's pages may do: run and show what is their own. JupyterLite and the kernel need `unsafe-eval`, since running code
 * is what they are for; players lie in the pages as inline scripts.
 */
export const CONTENT_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'";

/** The text of a page. It is complete but for what its outputs load: Plotly, from the site. */
export function pageText({ title, description, main, bar }: SitePage): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="description" content="${description}">
<link rel="icon" href="lite/lab/favicon.ico">
<title>${title}</title>
${style(pageStyle)}
${script(loadPlotly)}
</head>
<body>
<header><nav><a class="home" href="index.html">freelist-lab</a>${bar ?? ""}</nav></header>
<main>
${main}
</main>
${script(registerOffline)}
</body>
</html>
`;
  return String(page);
}

/**
 * Promises Plotly where outputs look for it, `src/player/page/load-plotly.ts`: the site's own, which is loaded when the page has been
 * shown.
 */
const loadPlotly = `globalThis[Symbol.for("freelist-lab.plotly")]=new Promise((resolve,reject)=>{addEventListener("load",()=>{
const script=document.createElement("script");script.src="lite/files/node_modules/plotly.js-dist/plotly.js";
script.onload=()=>resolve(globalThis.Plotly);script.onerror=()=>reject(new Error("Plotly could not be loaded from this site."));
if(document.querySelector(".freelist-lab,[class^=freelist-lab]"))document.head.append(script)})});
globalThis[Symbol.for("freelist-lab.plotly")].catch(()=>{});`;

/** Has the site kept for reading it offline. Where that is not possible, it is read online alone. */
const registerOffline = `if("serviceWorker" in navigator)addEventListener("load",()=>navigator.serviceWorker.register("service-worker.js")
.then(()=>navigator.serviceWorker.ready).then(({active})=>active.postMessage("keep")).catch(()=>{}))`;
