import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { executeNotebook } from "../commands/notebooks";
import { projectRoot } from "../paths";
import { ensureJupyterLab } from "./python";

// The kernel in a Jupyter of the user's own: here one whose home is empty.

const home = mkdtempSync(join(tmpdir(), "freelist-lab-home-"));
const scratch = mkdtempSync(join(projectRoot, "lab-test-"));
const kernels = join(home, "data", "kernels");
const env = { ...process.env, HOME: home, JUPYTER_DATA_DIR: join(home, "data") };
afterAll(() => {
  for (const folder of [home, scratch]) rmSync(folder, { recursive: true, force: true });
});

/** Runs one of package.json's scripts as npm does; returns what it printed. */
function script(name: string, ...args: string[]): string {
  const bootstrap = join(projectRoot, "src/tools/bootstrap.js");
  const run = spawnSync(process.execPath, [bootstrap, name, ...args], { env, encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
  return run.stdout;
}

test("kernel:install registers a kernel that runs a notebook, and kernel:remove takes it out again", async () => {
  expect(script("kernel:install")).toContain(join(kernels, "tslab"));
  const notebook = join(scratch, "succeeds.ipynb");
  copyFileSync(join(__dirname, "../commands/fixtures", "succeeds.ipynb"), notebook);
  const execution = executeNotebook(notebook, notebook, await ensureJupyterLab(), env);
  expect(execution).toEqual({ succeeded: true, problem: "" });
  expect(script("kernel:remove")).toContain(join(kernels, "tslab"));
  expect(readdirSync(kernels)).toEqual([]);
  expect(script("kernel:remove")).toContain("No tslab kernel is registered");
});

test("kernel:install and kernel:remove reach the environment behind --prefix", () => {
  const registered = join(home, "venv", "share", "jupyter", "kernels", "tslab", "kernel.json");
  script("kernel:install", "--prefix", join(home, "venv"));
  expect(existsSync(registered)).toBe(true);
  script("kernel:remove", `--prefix=${join(home, "venv")}`);
  expect(existsSync(registered)).toBe(false);
});
