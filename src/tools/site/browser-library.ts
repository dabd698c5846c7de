import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import type { PackageIndex } from "../../kernel/packages";
import { plotlySource } from "../../notebook/plotly-package";
import { projectRoot } from "../paths";

const notebook = join(projectRoot, "src/notebook");

/** A module of src/notebook that has a twin of the same name in src/notebook/browser is taken from there. */
const browserTwins: Plugin = {
  name: "browser-twins",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const place = relative(notebook, join(resolveDir, path));
      const twin = join(notebook, "browser", `${place}.ts`);
      return place.startsWith("..") || !existsSync(twin) ? undefined : { path: twin };
    });
  },
};

/** The program of a comparison's workers, by its path in the package: the one that the browser's `MeasuringThread` starts. */
const COMPARE_WORKER = "dist/notebook/compare/worker.js";

/**
 * Builds the library as a package of the browser's kernel: its code, its declarations, and the files that it reads. What
 * `npm run build` made is there already.
 * @param folder is made anew
 */
export async function buildBrowserLibrary(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { name, version } = readJson(join(projectRoot, "package.json"));
  await bundle("src/index.ts", join(folder, "freelist-lab.js"));
  await bundle("src/notebook/browser/compare/worker.ts", join(folder, name, COMPARE_WORKER));
  const own = { "package.json": JSON.stringify({ name, version, main: "index.js", types: "index.d.ts" }) };
  const declarations = readFileSync(join(projectRoot, "dist/index.d.ts"), "utf8");
  const types = { ...own, "index.d.ts": declarations };
  writeFileSync(join(folder, "freelist-lab.types.json"), JSON.stringify(types));
  const read = [
    ...below("dist/player", /\.js$/),
    ...below("dist/page", /\.js$/),
    ...below("notebooks/traces", /^[^/]*\.trace(\.gz)?$/),
  ];
  for (const file of read) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    cpSync(join(projectRoot, file), join(folder, name, file));
  }
  writeFileSync(join(folder, name, "package.json"), own["package.json"]);
  const index: PackageIndex = {
    packages: {
      [name]: {
        version,
        types: "freelist-lab.types.json",
        files: Object.keys(types),
        script: "freelist-lab.js",
        assets: ["package.json", COMPARE_WORKER, ...read],
      },
    },
  };
  writeFileSync(join(folder, "packages.json"), JSON.stringify(index));
}

async function bundle(entryPoint: string, outfile: string): Promise<void> {
  const { version, integrity } = plotlySource();
  await build({
    bundle: true,
    absWorkingDir: projectRoot,
    logLevel: "warning",
    minify: true,
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    format: "cjs",
    charset: "utf8",
    legalComments: "none",
    // What the kernel has: tslab's displays, and its twins of Node's modules. seedrandom asks for crypto where it finds it.
    external: ["node:*", "tslab", "crypto"],
    define: { PLOTLY_VERSION: JSON.stringify(version), PLOTLY_INTEGRITY: JSON.stringify(integrity) },
    plugins: [browserTwins],
    entryPoints: [entryPoint],
    outfile,
  });
}

/** The files below a folder of the project whose path in it is like `pattern`. */
function below(folder: string, pattern: RegExp): string[] {
  const paths = readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" });
  return paths
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => pattern.test(path))
    .sort()
    .map((path) => `${folder}/${path}`);
}

function readJson(file: string): { name: string; version: string } {
  return JSON.parse(readFileSync(file, "utf8"));
}
