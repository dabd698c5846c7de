import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { licenses } from "../build/licenses.mjs";
import { projectRoot } from "../paths";
import { bundleExtension, bundleWorker } from "./kernel-bundle";
import { DECLARATION_PACKAGES, writeKernelPackages } from "./kernel-packages";

/** The name of the extension, and of its folder. */
export const EXTENSION_NAME = "typescript-kernel";

/** The name under which a site's configuration has the settings of the kernel. */
export const KERNEL_PLUGIN = "typescript-kernel:kernel";

/** Builds the kernel as an extension that JupyterLite takes as it is, into a folder that is made anew. */
export async function buildKernelExtension(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const files = join(folder, "static");
  mkdirSync(files, { recursive: true });
  const [worker] = await Promise.all([
    bundleWorker(join(files, "worker.js")),
    bundleExtension(join(files, "extension.js")),
  ]);
  writeKernelPackages(join(files, "packages"));
  writeFileSync(join(folder, "LICENSES.txt"), licenses(projectRoot, [worker], DECLARATION_PACKAGES));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(description(), null, 2)}\n`);
}

/** What JupyterLab wants to know of an extension. */
function description() {
  const { version, license } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  return {
    name: EXTENSION_NAME,
    version,
    description: "A TypeScript kernel for JupyterLite, with tslab's meaning",
    license,
    jupyterlab: { extension: true, _build: { load: "static/extension.js", extension: "./extension" } },
    jupyterlite: { liteExtension: true },
  };
}
