import type { System } from "@tslab/typescript-for-tslab";
import type { FileTree } from "./file-tree";

/** The folder in which the cells are compiled, as tslab compiles them in the notebook's. */
export const WORK_FOLDER = "/notebook";

/** Where the compiler finds the declarations of the language, lib.*.d.ts. */
export const LIB_FOLDER = "/typescript";

/** What TypeScript's compiler asks of an operating system, answered from files in memory. Nothing is ever written. */
export function virtualSystem(files: FileTree): System {
  const noWatcher = { close() {} };
  return {
    args: [],
    newLine: "\n",
    useCaseSensitiveFileNames: true,
    write: () => {},
    readFile: (path) => files.read(path),
    writeFile: () => {},
    fileExists: (path) => files.hasFile(path),
    directoryExists: (path) => files.hasFolder(path),
    getDirectories: (path) => files.foldersIn(path),
    readDirectory: () => [],
    createDirectory: () => {},
    resolvePath: (path) => path,
    realpath: (path) => path,
    getCurrentDirectory: () => WORK_FOLDER,
    getExecutingFilePath: () => `${LIB_FOLDER}/typescript.js`,
    watchFile: () => noWatcher,
    watchDirectory: () => noWatcher,
    getModifiedTime: () => undefined,
    exit: () => {
      throw new Error("The compiler gave up.");
    },
  };
}
