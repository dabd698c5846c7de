import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { labFolder, projectRoot } from "../../tools/paths";
import { bundleSession } from "../../tools/site/kernel-bundle";
import { writeKernelPackages } from "../../tools/site/kernel-packages";

/** What a cell gave: how it ended, and all that it put out, in its order. */
export interface CellResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** What ended it, in the kernel's words; tslab has these in `stderr`. */
  readonly traceback: readonly string[];
  readonly displays: readonly { readonly data: object; readonly update: boolean }[];
}

/**
 * Runs cells one after the other in a process of its own, under the real tslab or under the browser's kernel.
 * @param folder what `buildRunner` made
 */
export function runCells(
  folder: string,
  kernel: "tslab" | "browser",
  cells: readonly string[],
): CellResult[] {
  const given = join(folder, `${kernel}-cells.json`);
  const results = join(folder, `${kernel}-results.json`);
  writeFileSync(given, JSON.stringify(cells));
  const args = [join(folder, `run-in-${kernel}.js`), given, results, folder];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  if (status !== 0) throw new Error(`The ${kernel}'s process ended with ${status}:\n${stderr}`);
  return JSON.parse(readFileSync(results, "utf8"));
}

/** Compiles what `runCells` starts. Call `remove` at the end. */
export async function buildRunner(): Promise<{ folder: string; remove(): void }> {
  mkdirSync(labFolder, { recursive: true });
  const folder = mkdtempSync(join(labFolder, "test-kernel-"));
  const here = join(projectRoot, "src/kernel/testing");
  await Promise.all([
    bundleSession(join(folder, "session.js")),
    build({
      entryPoints: [join(here, "run-in-tslab.ts"), join(here, "run-in-browser.ts")],
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      outdir: folder,
      external: ["./session.js"],
    }),
  ]);
  writeKernelPackages(join(folder, "packages"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
