import { ensureJupyterLab, install, installedVersion, type PythonPackage } from "./python";

/** The JupyterLite that sites are made of. */
const jupyterLite: PythonPackage = {
  name: "JupyterLite",
  onPyPI: "jupyterlite-core",
  version: "0.8.6",
  megabytes: 20,
};

/**
 * The Python of the laboratory, with JupyterLite; both are installed if need be.
 * @returns the path of a Python interpreter
 * @throws {Obstacle} no suitable Python, or no network
 */
export async function ensureJupyterLite(): Promise<string> {
  const python = await ensureJupyterLab();
  if (installedVersion(jupyterLite, python) !== jupyterLite.version) await install(jupyterLite, python);
  return python;
}
