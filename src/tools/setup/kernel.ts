import { existsSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { makeFolder, writeWhole } from "../../notebook/write-whole";
import type { Command, Given } from "../command";
import { projectRoot } from "../paths";
import { Obstacle } from "../step";

/** The name by which the notebooks ask for their kernel: the one that tslab itself registers under. */
const kernelName = "tslab";

/** Marks a registration as ours; its value is the project's root. */
const mark = "freelist-lab";

interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The kernel's specification: this Node and this project's tslab, whatever the PATH holds. */
function kernelSpec(): KernelSpec {
  const tslab = join(projectRoot, "node_modules", "tslab", "bin", "tslab");
  return {
    argv: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    metadata: { [mark]: projectRoot },
  };
}

/** The folder in which Jupyter looks for kernels below its data folder. */
function kernelFolder(dataFolder: string): string {
  return join(dataFolder, "kernels", kernelName);
}

/** The data folder of the user's own Jupyter, as Jupyter itself determines it; of `prefix` when one is given. */
export function userDataFolder(prefix?: string): string {
  const { env, platform } = process;
  if (prefix) return join(prefix, "share", "jupyter");
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

/** Whose tslab kernel is registered in `dataFolder`. */
function registered(dataFolder: string): "nobody's" | "ours" | "foreign" {
  const file = join(kernelFolder(dataFolder), "kernel.json");
  if (!existsSync(file)) return existsSync(kernelFolder(dataFolder)) ? "foreign" : "nobody's";
  try {
    const spec = JSON.parse(readFileSync(file, "utf8")) as KernelSpec;
    return spec.metadata && mark in spec.metadata ? "ours" : "foreign";
  } catch {
    return "foreign";
  }
}

/**
 * Registers the kernel in a Jupyter's data folder, as `tslab`. One that is ours is renewed.
 * @returns the folder of the kernel's specification
 * @throws {Obstacle} a tslab kernel is there that is not ours: it is left alone
 */
export function register(dataFolder: string): string {
  const folder = kernelFolder(dataFolder);
  if (registered(dataFolder) === "foreign") {
    throw new Obstacle(
      `A tslab kernel that is not of this project is registered in ${folder}: it was left alone, and it runs the notebooks as well.`,
    );
  }
  makeFolder(folder);
  writeWhole(join(folder, "kernel.json"), `${JSON.stringify(kernelSpec(), null, 2)}\n`);
  return folder;
}

/**
 * Takes the kernel out of a Jupyter's data folder again, and touches nothing else there.
 * @returns the folder that was removed; null when no tslab kernel is registered there
 * @throws {Obstacle} the tslab kernel there is not ours
 */
export function unregister(dataFolder: string): string | null {
  const folder = kernelFolder(dataFolder);
  const whose = registered(dataFolder);
  if (whose === "nobody's") return null;
  if (whose === "foreign") {
    throw new Obstacle(`The tslab kernel in ${folder} is not of this project: it was left alone.`);
  }
  rmSync(folder, { recursive: true });
  return folder;
}

const prefix = { value: "FOLDER", purpose: "a virtual environment's; default: your user's Jupyter" };

/** `npm run kernel:install`. */
export const installKernel: Command = {
  purpose: "Registers the kernel, as tslab, in a Jupyter of your own.",
  flags: { prefix },
  async run(given) {
    console.log(`Registered the tslab kernel: ${register(dataFolderOf(given))}`);
    return 0;
  },
};

/** `npm run kernel:remove`. */
export const removeKernel: Command = {
  purpose: "Takes the kernel out of a Jupyter of your own again.",
  flags: { prefix },
  async run(given) {
    const data = dataFolderOf(given);
    const folder = unregister(data);
    console.log(folder ? `Removed the tslab kernel: ${folder}` : `No tslab kernel is registered in ${data}.`);
    return 0;
  },
};

function dataFolderOf({ flags, cwd }: Given): string {
  return userDataFolder(flags.prefix && resolve(cwd, flags.prefix));
}
