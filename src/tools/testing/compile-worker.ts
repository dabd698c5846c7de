import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../paths";

const options = {
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
} as const;

/**
 * Compiles the comparison's worker as it is in src/ now, since threads run JavaScript and a test asks nothing of dist/; and
 * beside it `command.js`, which is `npm run compare` as a process of its own.
 * @returns the worker's path, within the project so that it finds its packages, its folder, and a function that removes both
 */
export async function compileWorker(): Promise<{ file: string; folder: string; remove: () => void }> {
  mkdirSync(join(projectRoot, ".lab"), { recursive: true });
  const folder = mkdtempSync(join(projectRoot, ".lab/test-worker-"));
  const compare = join(projectRoot, "src/notebook/compare");
  await build({ ...options, entryPoints: [join(compare, "worker.ts")], outdir: folder });
  const contents = `import { compareCommand } from "./command";
import { giveUp } from "../step";
compareCommand(process.argv.slice(2)).catch(giveUp);`;
  await build({
    ...options,
    stdin: { contents, resolveDir: join(projectRoot, "src/tools/compare") },
    outfile: join(folder, "command.js"),
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { file: join(folder, "worker.js"), folder, remove };
}
