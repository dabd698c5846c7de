import { Buffer } from "buffer/index.js";
import { Proxy as InspectedProxy } from "node-inspect-extracted";
import { CellStacks } from "./cell-stacks";
import { Cells } from "./cells";
import { compilerVersions, createCompiler } from "./compiler/compiler";
import { compilerFiles } from "./compiler/compiler-state";
import { WORK_FOLDER } from "./compiler/virtual-system";
import { Modules } from "./modules";
import { nodeConsole, type WriteText } from "./node/console";
import type { FilePlace } from "./node/files";
import { nodeModules } from "./node/modules";
import { nodeProcess } from "./node/process";
import { showPromises } from "./node/promises";
import type { AskReader } from "./node/readline";
import { clearImmediate, setImmediate } from "./node/timers";
import { addPackages, type PackageIndex } from "./packages";
import { tslabModule, type WriteDisplay } from "./tslab-display";

/** Where what a notebook's cells put out goes. */
export interface SessionOutput {
  readonly write: WriteText;
  readonly display: WriteDisplay;
}

/** What a notebook finds around it. */
export interface SessionSurroundings {
  /** The packages there are: each index, with what reads the files beside it. */
  readonly packages: readonly { readonly index: PackageIndex; readonly fetchText: FetchText }[];
  readonly files: FilePlace;
  readonly ask: AskReader;
}

/** What runs a notebook. */
export interface Session {
  readonly cells: Cells;
  /** Ends the cell that waits for something, and has what else waits hear of it as of Node's signal SIGINT. */
  interrupt(): void;
}

/** Reads a file of a folder at once. */
export type FetchText = (place: string) => string;

/**
 * Makes this program one that runs a notebook's cells: gives it Node's globals, and its modules as far as they have twins here. There
 * is one session in a program.
 */
export function startSession({ packages, files, ask }: SessionSurroundings, output: SessionOutput): Session {
  const stacks = new CellStacks();
  const write: WriteText = (stream, text) => output.write(stream, stacks.readable(text));
  const console = nodeConsole(write);
  const process = nodeProcess(write, () => files.folder);
  const modules = new Modules(WORK_FOLDER);
  for (const [name, value] of Object.entries(nodeModules(console, process, files, ask)))
    modules.add(name, { value });
  modules.add("tslab", { value: tslabModule(output.display, compilerVersions) });
  for (const { index, fetchText } of packages) addPackages(index, fetchText, compilerFiles, modules);
  showPromises();
  // The one that `inspect` knows: it shows what is behind a proxy, as Node does, and asks the proxy nothing.
  const globals = {
    Proxy: InspectedProxy,
    Buffer,
    console,
    global: globalThis,
    process,
    setImmediate,
    clearImmediate,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
  const cells = new Cells(createCompiler(), modules, console, stacks);
  return {
    cells,
    interrupt() {
      process.emit("SIGINT");
      cells.interrupt();
    },
  };
}
