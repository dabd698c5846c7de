import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { labFolder } from "../paths";
import { ensureJupyterLite } from "../setup/jupyterlite";
import { buildLite } from "../site/build-lite";
import { buildSite } from "../site/build-site";
import { buildKernelExtension } from "../site/kernel-extension";
import { CONTENT_POLICY } from "../site/pages/page-frame";
import { type ServedFolder, serveFolder } from "../site/serve-folder";
import type { NotebookHost } from "./notebook-page";

/** A JupyterLite of a test's own, below a path as GitHub's pages have it. */
export interface Lite extends NotebookHost {
  readonly served: ServedFolder;
  /** The folder that is served. */
  readonly folder: string;
  /** The path by which JupyterLite knows a notebook. */
  path(name: string): string;
  /** Ends the server and removes the site. Call it in `afterAll`. */
  stop(): Promise<void>;
}

/** Builds the site from what `npm run build` made, and serves it as `npm run site -- --serve` does. Takes about ten seconds. */
export async function startSite(): Promise<Lite> {
  const folder = newFolder();
  await buildSite(folder);
  return await serve(folder, { lite: "lite/", notebooks: "notebooks/", policy: CONTENT_POLICY });
}

/** Builds a JupyterLite with nothing but the kernel and these notebooks, as somebody else's would be, and serves it. */
export async function startPlainLite(notebooks: readonly string[]): Promise<Lite> {
  const folder = newFolder();
  const [contents, extension] = [join(folder, "contents"), join(folder, "extension")];
  mkdirSync(contents);
  for (const notebook of notebooks) cpSync(notebook, join(contents, basename(notebook)));
  await buildKernelExtension(extension);
  const python = await ensureJupyterLite();
  const config = { exposeAppInBrowser: true };
  await buildLite({ python, contents, extension, config, output: join(folder, "lite") });
  return await serve(folder, { lite: "lite/", notebooks: "" });
}

function newFolder(): string {
  mkdirSync(labFolder, { recursive: true });
  return mkdtempSync(join(labFolder, "test-site-"));
}

async function serve(
  folder: string,
  places: { lite: string; notebooks: string; policy?: string },
): Promise<Lite> {
  const served = await serveFolder(folder, { base: "/name/", policy: places.policy });
  return {
    served,
    folder,
    path: (name) => `${places.notebooks}${name}`,
    address(path) {
      const open = path === null ? "" : `?path=${encodeURIComponent(path)}`;
      return `${served.url}${places.lite}lab/index.html${open}`;
    },
    endKernels: async () => {},
    log: () => "",
    async stop() {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
