import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { writeWhole } from "../../notebook/write-whole";
import { labFolder } from "../paths";
import { blamesNetwork, Obstacle, StepFailure, step } from "../step";
import { ensureJupyterLab } from "./python";

/** The JupyterLite that sites are made of. */
const jupyterLiteVersion = "0.8.6";

/**
 * The Python of the laboratory, with JupyterLite; both are installed if need be.
 * @returns the path of a Python interpreter
 * @throws {Obstacle} no suitable Python, or no network
 */
export async function ensureJupyterLite(): Promise<string> {
  const python = await ensureJupyterLab();
  const asked = "from importlib.metadata import version; print(version('jupyterlite-core'))";
  const { status, stdout } = spawnSync(python, ["-c", asked], { encoding: "utf8" });
  if (status === 0 && stdout.trim() === jupyterLiteVersion) return python;
  const args = [
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    `jupyterlite-core==${jupyterLiteVersion}`,
  ];
  try {
    await step(`Installing JupyterLite ${jupyterLiteVersion} (20 MB)`, python, args);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const log = join(labFolder, "pip.log");
    writeWhole(log, error.output);
    throw new Obstacle(
      blamesNetwork(error.output)
        ? "JupyterLite could not be downloaded: connect to the network (or set pip's proxy or index) and run the command again."
        : `JupyterLite could not be installed (${error.lastLine}): pip's messages are in ${log}.`,
    );
  }
  return python;
}
