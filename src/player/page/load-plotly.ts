import type { PlotlySource } from "../payload";
import { type PageFacts, plotlyPlaces } from "./plotly-places";

/** Holds the promise of Plotly for every output of the page, whichever loads it first. */
const shared = Symbol.for("freelist-lab.plotly");

interface Page {
  Plotly?: { react?: unknown };
  [shared]?: Promise<unknown> | undefined;
}

/**
 * Plotly, loaded once a page: the one that is on the page, else the installed one by way of the Jupyter server (or the disk,
 * in a page from disk), else the pinned version from the public network, which must have the right hash.
 * @returns a promise that is rejected with one sentence for the reader when none of these has it
 */
export function loadPlotly(source: PlotlySource, output: Element): Promise<unknown> {
  const page = globalThis as Page;
  if (page.Plotly?.react) return Promise.resolve(page.Plotly);
  const loading = page[shared] ?? tryAll(source, output);
  page[shared] = loading;
  // After a failure the next output tries again: the network may be back.
  loading.catch(() => {
    page[shared] = undefined;
  });
  return loading;
}

async function tryAll(source: PlotlySource, output: Element): Promise<unknown> {
  const page = globalThis as Page;
  const places = plotlyPlaces(factsOf(output), source.near).map((address) => ({ address, integrity: "" }));
  for (const place of [...places, { address: source.url, integrity: source.integrity }]) {
    if ((await loadScript(place.address, place.integrity)) && page.Plotly?.react) return page.Plotly;
  }
  const beside = places.length > 0 ? "was not found beside the notebook, and " : "";
  throw new Error(`Plotly ${source.version} ${beside}could not be loaded from the network.`);
}

/** Whether the script ran. A script that answers neither way within 30 s is given up. */
function loadScript(address: string, integrity: string): Promise<boolean> {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    const end = (ran: boolean) => {
      clearTimeout(timer);
      if (!ran) script.remove();
      resolve(ran);
    };
    const timer = setTimeout(end, 30_000, false);
    script.onload = () => end(true);
    script.onerror = () => end(false);
    if (integrity) {
      script.integrity = integrity;
      script.crossOrigin = "anonymous";
    }
    script.src = address;
    document.head.append(script);
  });
}

function factsOf(output: Element): PageFacts {
  return { address: location.href, baseUrl: jupyterBaseUrl(), notebook: notebookOf(output) };
}

function jupyterBaseUrl(): string | null {
  try {
    const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
    return typeof config.baseUrl === "string" ? config.baseUrl : null;
  } catch {
    return null;
  }
}

/** The path in the tab of the notebook that holds the output: its title has a line that ends in it. */
function notebookOf(output: Element): string | null {
  const id = output.closest(".jp-NotebookPanel")?.id;
  const tab = id ? document.querySelector(`.lm-TabBar-tab[data-id="${CSS.escape(id)}"]`) : null;
  const lines = tab?.getAttribute("title")?.split("\n") ?? [];
  const paths = lines.map((line) => /: (.*\.ipynb)$/.exec(line)?.[1] ?? "");
  return paths.sort((a, b) => b.length - a.length)[0] || null;
}
