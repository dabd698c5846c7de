// The second half of `npm run build`: what runs in a page becomes one file an entry, small enough to lie in an output.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const common = {
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
};

// The player proper is packed into the file that unpacks it: see player/player.ts.
const core = await build({ ...common, entryPoints: [here("../../player/core.ts")], write: false });
const script = core.outputFiles[0].contents;
const packed = gzipSync(script, { level: 9 }).toString("base64");

await build({
  ...common,
  entryPoints: {
    player: here("../../player/player.ts"),
    "page/output": here("../../player/page/start-output.ts"),
    "compare/page": here("../../player/compare/start-page.ts"),
  },
  outdir: here("../../../dist/player"),
  define: {
    PACKED_CORE: JSON.stringify(packed),
    PACKED_HASH: JSON.stringify(createHash("sha256").update(script).digest("hex").slice(0, 12)),
  },
});
