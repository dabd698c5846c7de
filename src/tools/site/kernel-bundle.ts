import { join } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { projectRoot } from "../paths";

const packages = join(projectRoot, "node_modules");

/** tslab's converter gets a compiler that reads from memory, and packages made for Node get the twins of what they ask of it. */
const twins: Plugin = {
  name: "twins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@tslab\/typescript-for-tslab$/ }, ({ importer }) =>
      importer.includes(join("tslab", "dist"))
        ? { path: join(projectRoot, "src/kernel/compiler/watched-typescript.ts") }
        : undefined,
    );
    onResolve({ filter: /^util\/$/ }, () => ({
      path: join(projectRoot, "src/kernel/node/util-for-packages.ts"),
    }));
    onResolve({ filter: /^path$/ }, () => ({ path: join(packages, "path-browserify/index.js") }));
    // The compiler asks for these where it runs in Node, and does without them elsewhere.
    const absent = /^(fs|os|crypto|inspector|perf_hooks|source-map-support)$/;
    onResolve({ filter: absent }, ({ path }) => ({ path, namespace: "absent" }));
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = {};" }));
  },
};

const options = {
  bundle: true,
  metafile: true,
  absWorkingDir: projectRoot,
  logLevel: "warning",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [twins],
  define: {
    // Where tslab's converter believes to lie: there it looks for the declarations of `tslab`.
    __dirname: JSON.stringify("/notebook/node_modules/tslab/dist"),
    "process.browser": "true",
    "process.env.NODE_DEBUG": '""',
    // tslab's converter chooses by it what JavaScript it writes: that of 2022.
    "process.version": '"v20.0.0"',
  },
} satisfies BuildOptions;

/** Bundles what runs a notebook's cells, as a module that Node can `require` in a test. It makes the program it is in a kernel. */
export async function bundleSession(file: string): Promise<void> {
  await build({ ...options, entryPoints: ["src/kernel/session.ts"], format: "cjs", outfile: file });
}

/** Bundles the kernel's worker. */
export async function bundleWorker(file: string): Promise<{ metafile: Metafile }> {
  return await build({
    ...options,
    entryPoints: ["src/kernel/worker.ts"],
    format: "iife",
    minify: true,
    outfile: file,
  });
}

/** Packages that a page of JupyterLab shares come from where `src/kernel/page/extension.ts` puts them. */
const shared: Plugin = {
  name: "shared",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@(jupyterlab|jupyterlite)\// }, ({ path }) => ({ path, namespace: "shared" }));
    onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({
      contents: `module.exports = globalThis.typescriptKernelPackages[${JSON.stringify(path)}];`,
    }));
  },
};

/** Bundles the kernel's part in the page: the entry of an extension of JupyterLab. */
export async function bundleExtension(file: string): Promise<void> {
  await build({
    bundle: true,
    absWorkingDir: projectRoot,
    logLevel: "warning",
    platform: "browser",
    target: "es2022",
    format: "iife",
    minify: true,
    plugins: [shared],
    entryPoints: ["src/kernel/page/extension.ts"],
    outfile: file,
  });
}
