import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type KeptSite, keepSite } from "./keep-site";

/** Files that no page asks for. */
const UNUSED =
  /(^|\/)(LICENSES?(\.\w+)?|README\.md|rspack\.config[\w.]*|service-worker\.js|.*\.(map|LICENSE\.txt))$/;

/**
 * Writes the service workers that keep the site, to be read and run offline: the site's own, and the same into the one of its
 * JupyterLite. Call it when everything else is written.
 */
export function writeOffline(output: string): void {
  const files = keptFiles(output);
  const hash = createHash("sha256").update(String(keepSite));
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(output, file)));
  const version = hash.digest("hex").slice(0, 12);
  const worker = (root: string) => {
    const kept: KeptSite = { root, version, files };
    return `(${keepSite})(self,${JSON.stringify(kept)});\n`;
  };
  writeFileSync(join(output, "service-worker.js"), worker("./"));
  const lites = join(output, "lite/service-worker.js");
  if (existsSync(lites)) writeFileSync(lites, worker("../") + readFileSync(lites, "utf8"));
}

/** The files of a site that are kept, relative to its root. */
export function keptFiles(output: string): string[] {
  return readdirSync(output, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !UNUSED.test(path) && statSync(join(output, path)).isFile())
    .sort();
}
