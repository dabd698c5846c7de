import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { PlotlySource } from "../player/payload";

/** The installed `plotly.js-dist`. */
export interface PlotlyPackage {
  /** Version, as its package.json says. */
  readonly version: string;
  /** The one file that is the library. */
  readonly file: string;
}

/**
 * Finds the installed Plotly.
 * @throws Error when `plotly.js-dist` is not installed.
 */
export function plotlyPackage(): PlotlyPackage {
  const description = require.resolve("plotly.js-dist/package.json");
  const { version } = JSON.parse(readFileSync(description, "utf8")) as { version: string };
  return { version, file: join(dirname(description), "plotly.js") };
}

/**
 * Where a page that shows a notebook in `folder` may find Plotly.
 * @param folder the notebook's folder; default the working directory, which is where a kernel runs
 */
export function plotlySource(folder: string = process.cwd()): PlotlySource {
  const { version, file } = plotlyPackage();
  return {
    version,
    near: pathBetween(realpathSync(folder), realpathSync(file)),
    url: `https://cdn.jsdelivr.net/npm/plotly.js-dist@${version}/plotly.js`,
    integrity: plotlyIntegrity(file),
  };
}

/** A hash of 10 MB takes 20 ms; a file that is in use does not change. */
const hashes = new Map<string, string>();

function plotlyIntegrity(file: string): string {
  const known = hashes.get(file);
  if (known) return known;
  const made = `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}`;
  hashes.set(file, made);
  return made;
}

/** Path from a folder to a file when both share more than the root of the disk, with `/`; null otherwise. */
export function pathBetween(folder: string, file: string): string | null {
  const steps = relative(folder, file).split(sep);
  const up = steps.filter((step) => step === "..").length;
  const depth = folder.split(sep).filter((part) => part !== "").length;
  return up < depth && steps[0] !== file.split(sep)[0] ? steps.join("/") : null;
}
