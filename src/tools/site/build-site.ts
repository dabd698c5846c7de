import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { notebookFolder, projectRoot } from "../paths";
import { ensureJupyterLite } from "../setup/jupyterlite";
import { buildBrowserLibrary } from "./browser-library";
import { buildLite } from "./build-lite";
import { copyNotebooks } from "./copy-notebooks";
import { buildKernelExtension, KERNEL_PLUGIN } from "./kernel-extension";
import { CONTENT_POLICY } from "./pages/page-frame";
import { writePages } from "./pages/write-pages";
import { writeOffline } from "./write-offline";

/** Settings of JupyterLab that readers begin with. */
const settings = {
  "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
  "@jupyterlab/docmanager-extension:plugin": {
    autosave: true,
    defaultViewers: { markdown: "Markdown Preview" },
  },
};

/** Parts of JupyterLab that have nothing to do here: there are no terminals, no language servers, and no files of these kinds. */
const DISABLED = [
  ...["audio", "celltags", "logconsole", "lsp", "pdf", "terminal", "vega5", "video"].map(
    (name) => `@jupyterlab/${name}-extension`,
  ),
  "@jupyterlab/fileeditor-extension:language-server",
  "@jupyterlab/notebook-extension:language-server",
  "@jupyterlite/application-extension:lsp-connection-manager",
];

/**
 * Builds the course as a static site: an index, a page a notebook, and JupyterLite with the notebooks, the kernel, and all that they
 * need.
 * @param output its folder, which is made anew
 */
export async function buildSite(output: string): Promise<void> {
  const python = await ensureJupyterLite();
  const work = mkdtempSync(join(tmpdir(), "freelist-lab-site-"));
  try {
    rmSync(output, { recursive: true, force: true });
    const extension = join(work, "extension");
    await buildKernelExtension(extension);
    const contents = join(work, "contents");
    copyNotebooks(join(contents, basename(notebookFolder)));
    const lite = join(output, "lite");
    const config = {
      appName: "freelist-lab",
      defaultKernelName: "tslab",
      disabledExtensions: DISABLED,
      exposeAppInBrowser: true,
      litePluginSettings: { [KERNEL_PLUGIN]: { packages: ["packages/packages.json"] } },
    };
    const policy = CONTENT_POLICY;
    await buildLite({ python, contents, extension, config, settings, policy, output: lite });
    await buildBrowserLibrary(join(lite, "packages"));
    copyPlotly(lite);
    writePages(output);
    writeOffline(output);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Plotly, where a page of a Jupyter server finds it too; it is no file that the reader is shown. */
function copyPlotly(lite: string): void {
  const place = "node_modules/plotly.js-dist";
  const folder = join(lite, "files", place);
  mkdirSync(folder, { recursive: true });
  for (const file of ["plotly.js", "LICENSE"]) cpSync(join(projectRoot, place, file), join(folder, file));
}
