// `npm run build`: makes dist/ anew.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zlibAsync } from "@gfx/zopfli";
import { build } from "esbuild";
import { toBase85 } from "./base85.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { licenses } from "./licenses.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const source = join(root, "src");
const dist = join(root, "dist");
const started = new Date();

rmSync(dist, { recursive: true, force: true });
await writeDeclarations(join(dist, "index.d.ts"));

const common = { bundle: true, metafile: true, absWorkingDir: root, logLevel: "warning" };
const node = { ...common, platform: "node", target: "node20", format: "cjs", outbase: source, outdir: dist };

// The library: one file is read faster than a hundred, and what it takes of small packages faster than the packages.
const library = await build({
  ...node,
  entryPoints: ["src/index.ts", "src/notebook/compare/worker.ts"],
  external: ["gifenc", "plotly.js-dist", "pngjs", "tslab"],
});

// The package's own command. It takes of the library what it needs, and begins with that alone: so it starts at once.
const command = await build({
  ...node,
  entryPoints: ["src/command/freelist-lab.ts"],
  external: ["gifenc", "plotly.js-dist", "pngjs", "tslab"],
});
chmodSync(join(dist, "command/freelist-lab.js"), 0o755);

// The commands, and what benchmarks run in processes of their own.
await build({
  ...node,
  entryPoints: [
    "src/tools/cli.ts",
    "src/tools/bench/allocator/run-peer.ts",
    "src/tools/bench/cells/run-cells.ts",
    "src/tools/bench/trace/fresh-process.ts",
    "src/tools/exhaust/worker.ts",
  ],
  packages: "external",
});

// What the grader runs as it was when it began, whatever becomes of the files meanwhile: each is one text.
await build({
  ...node,
  entryPoints: ["src/tools/grade/own-code/judge-code.ts", "src/tools/grade/own-code/serve-code.ts"],
});

// What runs in a page: a file an entry, small enough to lie in an output. The player proper is packed into the file that
// unpacks it: see player/player.ts.
const page = {
  ...common,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
  jsx: "automatic",
  jsxImportSource: "preact",
  // Of the package, the one generator that is used, and not all.
  alias: { seedrandom: "seedrandom/seedrandom.js" },
};

/** Bundles an entry, with `more` of esbuild's options, and packs it: the constants by which another file carries it, under `name`, and a hash. */
async function packed(entry, name, more = {}) {
  const result = await build({ ...page, ...more, entryPoints: [entry], outdir: dist, write: false });
  const script = result.outputFiles[0].contents;
  // Every output carries it: three per cent smaller than by zlib is worth a second here. More iterations gain a hundred bytes.
  const bytes = await zlibAsync(script, { numiterations: 1 });
  const define = {
    [name]: JSON.stringify(toBase85(bytes)),
    PACKED_HASH: JSON.stringify(createHash("sha256").update(script).digest("hex").slice(0, 12)),
  };
  return { result, define };
}

// What shows an output's own data need not check it again, nor the heaps that it runs.
const standIn = join(source, "player/unchecked.ts");
const unchecked = {
  alias: { valibot: standIn },
  plugins: [
    {
      name: "unchecked heaps",
      setup: ({ onResolve }) => onResolve({ filter: /\/check-heap$/ }, () => ({ path: standIn })),
    },
  ],
  logOverride: { "import-is-undefined": "error" },
};
const core = await packed("src/player/core.ts", "PACKED_CORE", unchecked);
const player = await build({
  ...page,
  ...unchecked,
  entryPoints: {
    player: "src/player/player.ts",
    "page/output": "src/player/page/start-output.ts",
    "compare/page": "src/player/compare/start-page.ts",
    "chart/page": "src/player/chart/start-page.ts",
    "study/study": "src/player/study/start-study.ts",
  },
  outdir: join(dist, "player"),
  define: core.define,
});

// The program of the worker in which a reader's policy runs: a text in the programs that have the editor.
const worker = await build({
  ...page,
  entryPoints: ["src/page/editor/policy-worker.ts"],
  outdir: dist,
  write: false,
});
const define = { POLICY_WORKER: JSON.stringify(worker.outputFiles[0].text) };

// What a reader does in a page: NAME of the table is dist/page/NAME.js.
const programs = {
  bug: "src/page/exercise/start-bug.tsx",
  exercise: "src/page/exercise/start.tsx",
  "fit-task": "src/page/editor/start-fit-task.tsx",
  placing: "src/page/exercise/start-placing.tsx",
  playground: "src/page/playground/start.tsx",
};
const packedPrograms = await Promise.all(
  Object.entries(programs).map(async ([name, entry]) => {
    const { result, define: constants } = await packed(entry, "PACKED_PROGRAM", { define });
    await build({
      ...page,
      entryPoints: { [name]: "src/page/start-program.ts" },
      outdir: join(dist, "page"),
      define: constants,
    });
    return result;
  }),
);

writeFileSync(
  join(dist, "LICENSES.txt"),
  licenses(root, [library, command, core.result, player, worker, ...packedPrograms]),
);

// Its time tells bootstrap.js whether src/ has changed since this began.
const stamp = join(root, ".lab/built");
mkdirSync(join(root, ".lab"), { recursive: true });
writeFileSync(stamp, "");
utimesSync(stamp, started, started);
