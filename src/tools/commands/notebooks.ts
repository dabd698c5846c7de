import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { checkWritable, writeWhole } from "../../notebook/write-whole";
import type { Command } from "../command";
import { labFolder, projectRoot } from "../paths";
import { prepareJupyter } from "../setup/jupyter";
import { ensureJupyterLab } from "../setup/python";
import { Obstacle } from "../step";
import { updateParts } from "./course-index";
import { findNotebooks } from "./find-notebooks";

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
  const script = join(projectRoot, "src", "tools", "commands", "execute.py");
  const run = spawnSync(python, [script, notebook], { env, encoding: "utf8", maxBuffer: Infinity });
  if (run.status !== 0) return { succeeded: false, problem: run.stderr };
  writeWhole(output, run.stdout);
  return { succeeded: true, problem: "" };
}

/** `npm run notebooks`: a notebook with a cell that fails is left as it was, and the others are still executed. */
export const notebooks: Command = {
  purpose:
    "Executes notebooks in place, every one of the project or those that are named, to commit them with their outputs, and writes the README's index of them.",
  operands: { usage: "[NOTEBOOK…]", least: 0, most: Infinity },
  run: ({ operands, cwd }) => executeInPlace(operands.map((path) => resolve(cwd, path))),
};

async function executeInPlace(paths: readonly string[]): Promise<number> {
  for (const path of paths) {
    if (!existsSync(path))
      throw new Obstacle(`There is no notebook ${JSON.stringify(path)}: check the path.`);
    checkWritable(path);
  }
  const python = await ensureJupyterLab();
  const env = prepareJupyter(join(labFolder, "jupyter"));
  let code = 0;
  for (const notebook of paths.length > 0 ? paths : findNotebooks()) {
    const started = Date.now();
    const { succeeded, problem } = executeNotebook(notebook, notebook, python, env);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `${relative(projectRoot, notebook)}: ${succeeded ? "executed" : "failed"} in ${seconds} s ${problem}`,
    );
    if (!succeeded) code = 1;
  }
  for (const name of updateParts())
    console.log(`${name}: what is made from the notebooks was brought up to date`);
  return code;
}
