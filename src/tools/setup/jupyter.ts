import { join } from "node:path";
import { makeFolder, writeWhole } from "../../notebook/write-whole";
import { projectRoot } from "../paths";
import { register } from "./kernel";

/** Settings of JupyterLab that the laboratory begins with; the user's own choices in its menus come before them. */
const settings = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
};

/**
 * Makes a folder ready for Jupyter: the kernel's registration, and settings without news or questions.
 * @param state holds what Jupyter otherwise keeps in the user's home: configuration, kernels, trust, run time files
 * @returns the environment in which Jupyter keeps its state there
 */
export function prepareJupyter(state: string): NodeJS.ProcessEnv {
  const config = join(state, "config");
  const labconfig = join(config, "labconfig");
  makeFolder(labconfig);
  writeWhole(join(labconfig, "default_setting_overrides.json"), `${JSON.stringify(settings, null, 2)}\n`);
  register(join(state, "data"));
  return {
    ...process.env,
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: join(state, "data"),
    JUPYTER_RUNTIME_DIR: join(state, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(config, "lab", "user-settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(config, "lab", "workspaces"),
    IPYTHONDIR: join(state, "ipython"),
  };
}

/**
 * Arguments of Python that start JupyterLab with the project as its root, so that `files/node_modules/...` is served.
 * Token and address are JupyterLab's defaults. Root must say that it means it, or JupyterLab refuses to start.
 * @param root the server's root folder
 */
export function jupyterLabArguments(root: string = projectRoot): string[] {
  const args = ["-m", "jupyterlab", `--ServerApp.root_dir=${root}`, "--LabApp.news_url="];
  return process.getuid?.() === 0 ? [...args, "--allow-root"] : args;
}
