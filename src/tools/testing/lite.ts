import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { labFolder } from "../paths";
import { buildSite } from "../site/build-site";
import { type ServedFolder, serveFolder } from "../site/serve-folder";
import type { NotebookHost } from "./notebook-page";

/** A site of a test's own, below a path as GitHub's pages have it. */
export interface Lite extends NotebookHost {
  readonly served: ServedFolder;
  /** The path by which JupyterLite knows a notebook of notebooks/. */
  path(name: string): string;
  /** Ends the server and removes the site. Call it in `afterAll`. */
  stop(): Promise<void>;
}

/** Builds the site from what `npm run build` made, and serves it. Takes about ten seconds. */
export async function startLite(): Promise<Lite> {
  mkdirSync(labFolder, { recursive: true });
  const folder = mkdtempSync(join(labFolder, "test-site-"));
  await buildSite(folder);
  const served = await serveFolder(folder, { base: "/name/" });
  return {
    served,
    path: (name) => `notebooks/${name}`,
    address(path) {
      const open = path === null ? "" : `?path=${encodeURIComponent(path)}`;
      return `${served.url}lite/lab/index.html${open}`;
    },
    endKernels: async () => {},
    log: () => "",
    async stop() {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
