import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, writeWhole } from "../../notebook/write-whole";
import { labFolder } from "../paths";
import { blamesNetwork, Obstacle, StepFailure, step } from "../step";

/** A package that the laboratory installs, in the version that it is pinned to. */
export interface PythonPackage {
  readonly name: string;
  readonly onPyPI: string;
  readonly version: string;
  readonly megabytes: number;
}

/** The JupyterLab of the laboratory. */
const jupyterLab: PythonPackage = {
  name: "JupyterLab",
  onPyPI: "jupyterlab",
  version: "4.6.6",
  megabytes: 240,
};

/** The oldest Python on which that JupyterLab runs. */
const oldestPython = [3, 10] as const;

const remedyForPython =
  "install one (on Debian and Ubuntu: sudo apt-get install python3 python3-venv; elsewhere: python.org) and run the command again.";

/**
 * The Python that runs JupyterLab, set up if need be: that of an activated virtual environment if it has JupyterLab 4 and
 * `useActive` is set, else that of `.lab/venv`, which is made with the pinned JupyterLab when it is not there.
 * @returns the path of a Python interpreter
 * @throws {Obstacle} no suitable Python, no venv module, or no network
 */
export async function ensureJupyterLab(useActive = false): Promise<string> {
  const active = process.env.VIRTUAL_ENV;
  if (useActive && active && installedVersion(jupyterLab, interpreterOf(active))?.startsWith("4.")) {
    console.log(`Using the JupyterLab of the active virtual environment ${active}.`);
    return interpreterOf(active);
  }
  const environment = join(labFolder, "venv");
  const interpreter = interpreterOf(environment);
  if (installedVersion(jupyterLab, interpreter) === jupyterLab.version) return interpreter;
  rmSync(environment, { recursive: true, force: true });
  await createEnvironment(findPython(), environment);
  await install(jupyterLab, interpreter);
  return interpreter;
}

/** The interpreter of the virtual environment in `folder`. */
function interpreterOf(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

/** The version of a package that an interpreter has; undefined when it has none or does not run. */
export function installedVersion({ onPyPI }: PythonPackage, interpreter: string): string | undefined {
  if (!existsSync(interpreter)) return undefined;
  return printed(interpreter, `from importlib.metadata import version; print(version('${onPyPI}'))`);
}

/** A command that starts a Python which is new enough. */
function findPython(): string {
  const minors = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
  const seen: string[] = [];
  for (const command of ["python3", "python", ...minors, "py"]) {
    const version = printed(command, "import sys; print('%d.%d' % sys.version_info[:2])");
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major === oldestPython[0] && minor >= oldestPython[1]) return command;
    seen.push(version);
  }
  const found = seen.length > 0 ? `, only ${[...new Set(seen)].join(" and ")}` : "";
  throw new Obstacle(
    `JupyterLab needs Python ${oldestPython.join(".")} or newer and none was found${found}: ${remedyForPython}`,
  );
}

/** What a line of Python prints; undefined when it fails. */
function printed(command: string, code: string): string | undefined {
  const run = spawnSync(command, ["-c", code], { encoding: "utf8" });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

async function createEnvironment(python: string, folder: string): Promise<void> {
  makeFolder(labFolder);
  try {
    await step("Making a virtual environment in .lab/venv", python, ["-m", "venv", folder]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!(error instanceof StepFailure)) throw error;
    if (/ensurepip|No module named '?venv/.test(error.output)) {
      throw new Obstacle(
        "Python's venv module is missing: install it (on Debian and Ubuntu: sudo apt-get install python3-venv) and run the command again.",
      );
    }
    throw new Obstacle(
      `The virtual environment .lab/venv could not be made (${error.lastLine}): set that right and run the command again.`,
    );
  }
}

/**
 * Installs a package with pip.
 * @throws {Obstacle} when that does not succeed, as without a network
 */
export async function install(
  { name, onPyPI, version, megabytes }: PythonPackage,
  interpreter: string,
): Promise<void> {
  const args = ["-m", "pip", "install", "--disable-pip-version-check", `${onPyPI}==${version}`];
  try {
    await step(`Installing ${name} ${version} (${megabytes} MB)`, interpreter, args);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const log = join(labFolder, "pip.log");
    writeWhole(log, error.output);
    throw new Obstacle(
      blamesNetwork(error.output)
        ? `${name} could not be downloaded: connect to the network (or set pip's proxy or index) and run the command again.`
        : `${name} could not be installed (${error.lastLine}): pip's messages are in ${log}.`,
    );
  }
}
