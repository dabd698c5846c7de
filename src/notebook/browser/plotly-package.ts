import type { PlotlySource } from "../../player/payload";
import type { PlotlyPackage } from "../plotly-package";

// In the browser: `../plotly-package.ts`, where Plotly is a file of the site.

/** The version of the Plotly that the build found. */
declare const PLOTLY_VERSION: string;

/** The hash of its file, for a notebook that is taken elsewhere and gets it from a public network. */
declare const PLOTLY_INTEGRITY: string;

/** Where a site has Plotly: `npm run site` puts it there, and it is where a Jupyter server has it. */
const FILE = "/node_modules/plotly.js-dist/plotly.js";

/** The site's Plotly, by its path from the root of the file browser. */
export function plotlyPackage(): PlotlyPackage {
  return { version: PLOTLY_VERSION, file: FILE };
}

/**
 * Where a page that shows a notebook in `folder` may find Plotly.
 * @param folder the notebook's folder, a path from the root of the file browser; default the kernel's
 */
export function plotlySource(folder: string = process.cwd()): PlotlySource {
  const up = folder.split("/").filter((part) => part !== "").length;
  return {
    version: PLOTLY_VERSION,
    near: `${"../".repeat(up)}${FILE.slice(1)}`,
    url: `https://cdn.jsdelivr.net/npm/plotly.js-dist@${PLOTLY_VERSION}/plotly.js`,
    integrity: PLOTLY_INTEGRITY,
  };
}
