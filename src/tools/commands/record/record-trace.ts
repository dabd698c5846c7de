import { spawn } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { counted } from "../../../base/readable";
import { readTrace } from "../../../notebook/trace/read-trace";
import { traceFolder } from "../../../notebook/trace/shipped-traces";
import { checkWritable, makeFolder } from "../../../notebook/write-whole";
import { TraceError } from "../../../trace/trace-error";
import type { Command } from "../../command";
import { notebookFolder } from "../../paths";
import { Obstacle } from "../../step";
import { buildShim, FOLDER_VARIABLE } from "./shim";
import { traceable } from "./traceable";

/** What a recording left behind. */
export interface Recording {
  /** Exit code of the program; null when a signal ended it. */
  readonly code: number | null;
  /** The files that were written, one a process, oldest first: whole paths. */
  readonly files: readonly string[];
}

/** `npm run trace`: says what was recorded and where. */
export const recordTrace: Command = {
  purpose:
    "Runs a program and records its calls of malloc, realloc and free, each process in a file of its own.",
  flags: { out: { value: "FOLDER", purpose: "where the files go; default: notebooks/traces/recorded" } },
  operands: { usage: "PROGRAM [ARGUMENT…]", least: 1, most: Infinity },
  endsWithProgram: true,
  run: ({ flags, operands, cwd }) =>
    recordAndTell(operands, flags.out ? resolve(cwd, flags.out) : join(traceFolder, "recorded"), cwd),
};

async function recordAndTell(command: readonly string[], folder: string, cwd: string): Promise<number> {
  const { code, files } = await record(command, folder, cwd);
  const ended = code === null ? "was ended by a signal" : `ended with code ${code}`;
  if (files.length === 0) {
    throw new Obstacle(
      `${command[0]} ${ended}, and recorded nothing: it has file capabilities (getcap tells), or clears its environment; use valgrind --trace-malloc=yes --log-file=trace.%p.txt.`,
    );
  }
  console.log(`\n${command[0]} ${ended}. Recorded in ${relative(cwd, folder) || "."}, a file a process:`);
  for (const file of files) console.log(`  ${basename(file)}  ${await summary(file)}`);
  const largest = files.reduce((a, b) => (statSync(b).size > statSync(a).size ? b : a));
  const inside = relative(notebookFolder, largest);
  const shown = inside.startsWith("..") ? largest : inside;
  console.log(`In a cell of a notebook: await readTrace(${JSON.stringify(shown)})`);
  return 0;
}

/**
 * Runs `command` in `cwd` with its allocations recorded into `folder`, which is made if need be. Input and output of the
 * program are this process's own, or none with `quiet`.
 * @throws {Obstacle} why that can't be done
 */
export async function record(
  command: readonly string[],
  folder: string,
  cwd: string,
  quiet = false,
): Promise<Recording> {
  const { path, reason } = traceable(command[0]!, cwd);
  if (reason !== null) throw new Obstacle(reason);
  makeFolder(folder);
  checkWritable(join(folder, "program.mtrace"));
  const shim = buildShim();
  try {
    const before = new Set(recordings(folder));
    const preload = [shim.preload, process.env.LD_PRELOAD ?? ""].join(" ").trim();
    const env = { ...process.env, LD_PRELOAD: preload, [FOLDER_VARIABLE]: folder };
    const stdio = quiet ? "ignore" : "inherit";
    const code = await ending(spawn(path, command.slice(1), { cwd, env, stdio, argv0: command[0] }));
    const files = recordings(folder).filter((file) => !before.has(file));
    return { code, files: files.filter(hasContent) };
  } finally {
    shim.remove();
  }
}

/** Waits until a program has ended. An interrupt from the keyboard reaches the program as well, and is its own affair. */
async function ending(child: ReturnType<typeof spawn>): Promise<number | null> {
  const ignore = () => {};
  process.on("SIGINT", ignore);
  try {
    return await new Promise((done, fail) => {
      child.on("error", (error) => fail(new Obstacle(`${child.spawnfile} can't be run: ${error.message}.`)));
      child.on("close", done);
    });
  } finally {
    process.off("SIGINT", ignore);
  }
}

/** The recordings in a folder, oldest first. */
function recordings(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".mtrace"));
  const dated = files.map((file) => ({
    path: join(folder, file),
    born: statSync(join(folder, file)).birthtimeMs,
  }));
  return dated.sort((a, b) => a.born - b.born).map(({ path }) => path);
}

/** Whether a file has content. Removes it when not: a fork that ran another program at once, or ended, leaves an empty one. */
function hasContent(file: string): boolean {
  if (statSync(file).size > 0) return true;
  rmSync(file);
  return false;
}

/** What a recording holds, or why it can't be used. */
async function summary(file: string): Promise<string> {
  try {
    const trace = await readTrace(file);
    return `${counted(trace.length, "operation")}, at most ${counted(trace.peakLive, "byte")} at a time`;
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return error.message;
  }
}
