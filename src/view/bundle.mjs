// The second half of `npm run build`: what runs in a page becomes one file an entry, small enough to lie in an output.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const entries = {
  "browser/player": here("./browser/player.ts"),
  "page/output": here("./page/start-output.ts"),
};
const present = Object.entries(entries).filter(([, file]) => existsSync(file));

await build({
  entryPoints: Object.fromEntries(present),
  outdir: here("../../dist/view"),
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
});
