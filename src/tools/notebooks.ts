import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { prepareJupyter } from "./jupyter";
import { labFolder, notebookFolder, projectRoot } from "./paths";
import { ensureJupyterLab } from "./python";

/** Every notebook of the project, in order of their names: the `.ipynb` files at any depth below notebooks/. */
export function findNotebooks(folder: string = notebookFolder): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ipynb") && !name.includes(".ipynb_checkpoints"))
    .sort()
    .map((name) => join(folder, name));
}

/** How the execution of a notebook ended. */
export interface Execution {
  /** True when every cell succeeded. */
  readonly succeeded: boolean;
  /** The cell that failed and what it printed; empty when none did. */
  readonly problem: string;
}

/**
 * Executes a notebook top to bottom with the real kernel, in the notebook's folder.
 * @param notebook its path
 * @param output where the executed notebook is written; may be `notebook` itself. Nothing is written when a cell fails.
 * @param python an interpreter that has JupyterLab, from `ensureJupyterLab`
 * @param env Jupyter's environment, from `prepareJupyter`
 */
export function executeNotebook(
  notebook: string,
  output: string,
  python: string,
  env: NodeJS.ProcessEnv,
): Execution {
  const script = join(projectRoot, "src", "tools", "execute.py");
  const run = spawnSync(python, [script, notebook, output], { env, encoding: "utf8" });
  return { succeeded: run.status === 0, problem: run.status === 0 ? "" : run.stderr };
}

/**
 * `npm run notebooks`: executes notebooks in place, so that they can be committed with their outputs.
 * @param paths the notebooks; every one of the project when there are none
 * @returns 0, or 1 when a cell failed; that notebook is left as it was, and the others are still executed
 */
export async function executeNotebooks(paths: readonly string[]): Promise<number> {
  const python = await ensureJupyterLab();
  const env = prepareJupyter(join(labFolder, "jupyter"));
  let code = 0;
  for (const notebook of paths.length > 0 ? paths.map((path) => resolve(path)) : findNotebooks()) {
    const started = Date.now();
    const { succeeded, problem } = executeNotebook(notebook, notebook, python, env);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `${relative(projectRoot, notebook)}: ${succeeded ? "executed" : "failed"} in ${seconds} s ${problem}`,
    );
    if (!succeeded) code = 1;
  }
  return code;
}
