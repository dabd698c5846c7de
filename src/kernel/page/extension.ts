// The entry of the extension, in the form in which JupyterLab loads extensions: a container of module federation, which is given
// what the page's packages share, and gives the module "./extension". It is short enough to be written here, so that building it
// takes no further bundler: `src/tools/site/kernel-bundle.ts` has the packages below come from what is shared.

/** What is shared: a package's versions, each with what loads it. */
type ShareScope = Readonly<Record<string, Readonly<Record<string, { get(): Promise<() => unknown> }>>>>;

/** The packages that the plugin takes from the page. */
const PACKAGES = ["@jupyterlab/coreutils", "@jupyterlab/services", "@jupyterlite/services"];

import "./address";

let scope: ShareScope = {};

const container = {
  init(shared: ShareScope) {
    scope = shared;
  },
  async get() {
    const loaded = PACKAGES.map(async (name) => [name, await sharedPackage(name)] as const);
    Object.assign(globalThis, { typescriptKernelPackages: Object.fromEntries(await Promise.all(loaded)) });
    const [{ plugin }, { runOnRequest }, { narrowScreen }] = await Promise.all([
      import("./plugin.js"),
      import("./run-on-request.js"),
      import("./narrow-screen.js"),
    ]);
    return () => ({ __esModule: true, default: [plugin, runOnRequest, narrowScreen] });
  },
};

async function sharedPackage(name: string): Promise<unknown> {
  const [version] = Object.values(scope[name] ?? {});
  if (!version)
    throw new Error(`The TypeScript kernel needs a JupyterLite of version 0.8: this page has no ${name}.`);
  return (await version.get())();
}

const page = globalThis as { _JUPYTERLAB?: Record<string, unknown> };
page._JUPYTERLAB ??= {};
page._JUPYTERLAB["typescript-kernel"] = container;
