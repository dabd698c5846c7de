import { PageConfig } from "@jupyterlab/coreutils";
import type { Contents } from "@jupyterlab/services";
import { IKernelClient, IKernelSpecs } from "@jupyterlite/services";
import { extensionAddress } from "./address";
import { FileBrowser } from "./file-browser";
import { passInterruptsOn } from "./interrupts";
import { logo } from "./logo";
import { NotebookWorker } from "./notebook-worker";
import { TypeScriptKernel } from "./typescript-kernel";

/** The name of the plugin, under which a site's jupyter-lite.json has its settings. */
const ID = "typescript-kernel:kernel";

/** The name of the kernel: tslab's, so that notebooks made for it find this one. */
const KERNEL = "tslab";

/** The settings of the plugin, in `litePluginSettings` of jupyter-lite.json. */
interface Settings {
  /** Addresses of further indices of packages, relative to the site's root. */
  readonly packages?: readonly string[];
}

/** The part of JupyterLab's application that is used here. */
interface App {
  readonly serviceManager: { readonly contents: Contents.IManager };
}

/** Registers the kernel with JupyterLite. */
export const plugin = {
  id: ID,
  autoStart: true,
  requires: [IKernelSpecs, IKernelClient],
  activate(app: App, specs: IKernelSpecs, client: IKernelClient): void {
    const site = new URL(PageConfig.getBaseUrl(), location.href);
    const packages = (settings().packages ?? []).map((address) => new URL(address, site).href);
    const indices = [new URL("packages/packages.json", extensionAddress).href, ...packages];
    const script = new URL("worker.js", extensionAddress).href;
    const begin = () => new NotebookWorker(script, { indices, files: new URL("files/", site).href });
    // Where notebooks are of this kernel unless they say otherwise, one begins while JupyterLab is still loading: unless the machine has
    // no core to spare, where JupyterLab would only be the later.
    const isUsual = PageConfig.getOption("defaultKernelName") === KERNEL;
    let spare = isUsual && navigator.hardwareConcurrency > 2 ? begin() : undefined;
    const kernels = new Map<string, TypeScriptKernel>();
    specs.register({
      spec: {
        name: KERNEL,
        display_name: "TypeScript",
        language: "typescript",
        argv: [],
        resources: { "logo-32x32": logo, "logo-64x64": logo, "logo-svg": logo },
      },
      async create(options) {
        const worker = spare ?? begin();
        spare = undefined;
        const files = new FileBrowser(app.serviceManager.contents);
        const kernel = new TypeScriptKernel(options, { worker, files });
        kernels.set(options.id, kernel);
        kernel.disposed.connect(() => kernels.delete(options.id));
        return kernel;
      },
    });
    passInterruptsOn(client, (id) => kernels.get(id)?.interrupt());
  },
};

function settings(): Settings {
  const all = JSON.parse(PageConfig.getOption("litePluginSettings") || "{}") as Record<string, Settings>;
  return all[ID] ?? {};
}
