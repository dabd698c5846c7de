import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../paths";

/**
 * Compiles the comparison's worker as it is in src/ now, since threads run JavaScript and a test asks nothing of dist/.
 * @returns its path, within the project so that it finds its packages, and a function that removes it
 */
export async function compileWorker(): Promise<{ file: string; remove: () => void }> {
  mkdirSync(join(projectRoot, ".lab"), { recursive: true });
  const folder = mkdtempSync(join(projectRoot, ".lab/test-worker-"));
  const file = join(folder, "worker.js");
  await build({
    entryPoints: [join(projectRoot, "src/lab/compare/worker.ts")],
    outfile: file,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
