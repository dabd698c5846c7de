import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerIn, type GivenAnswer } from "../../notebook/answer";
import { projectRoot } from "../paths";

/** What a notebook may take. */
export interface RunLimits {
  readonly cellSeconds: number;
  readonly notebookSeconds: number;
  /** Resident bytes of the kernel and everything that it starts. */
  readonly memoryBytes: number;
  /** Bytes of all outputs. */
  readonly outputBytes: number;
  /** Bytes of a file that it writes. */
  readonly fileBytes: number;
}

/** A cell that did not succeed. */
export interface FailedCell {
  /** Its number among the code cells, from 1. */
  readonly cell: number;
  readonly status: "error" | "abort" | "time";
  /** What it has written to stderr; its beginning. */
  readonly text: string;
}

/** What came of a notebook. */
export interface NotebookRun {
  /** The last answer to each question, as it was given. */
  readonly answers: ReadonlyMap<string, GivenAnswer>;
  readonly failed: readonly FailedCell[];
  /** Why it was not run to its end, in a sentence; "" when it was. */
  readonly ended: string;
}

const ENDS: Readonly<Record<string, (limits: RunLimits) => string>> = {
  finished: () => "",
  time: ({ cellSeconds, notebookSeconds }) =>
    `A cell took longer than ${cellSeconds} s and could not be interrupted, or the notebook longer than ${notebookSeconds} s; the cells behind were not run.`,
  memory: ({ memoryBytes }) =>
    `It took more than ${Math.round(memoryBytes / 1e6)} MB of memory; the cells behind were not run.`,
  output: ({ outputBytes }) =>
    `It printed more than ${Math.round(outputBytes / 1e6)} MB; the cells behind were not run.`,
  died: () => "A cell ended the kernel; the cells behind were not run.",
  unstarted: () => "The kernel did not start.",
};

/** Characters that are read of what the runner prints. */
const MOST_PRINTED = 50e6;

/**
 * Runs the code cells of a notebook in a fresh kernel, in an empty folder, and collects its answers. The kernel gets nothing of this
 * process's environment; it ends with all that it has started. It is no sandbox: the cells may do whatever this user may.
 * @param python an interpreter that has JupyterLab, from `ensureJupyterLab`
 * @param env Jupyter's environment, from `prepareJupyter`
 */
export async function runNotebook(
  cells: readonly string[],
  limits: RunLimits,
  python: string,
  env: NodeJS.ProcessEnv,
): Promise<NotebookRun> {
  const home = mkdtempSync(join(tmpdir(), "freelist-lab-grade-"));
  try {
    const folder = join(home, "work");
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(projectRoot, join(folder, "node_modules", "freelist-lab"), "junction");
    return await run(
      { cells, folder, limits, argv: kernelCommand(), env: kernelEnvironment(folder, limits) },
      python,
      env,
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function kernelCommand(): string[] {
  const tslab = join(projectRoot, "node_modules", "tslab", "bin", "tslab");
  return [...ownProcesses(), process.execPath, tslab, "kernel", "--config-path", "{connection_file}"];
}

let prefix: readonly string[] | undefined;

/**
 * What is put before the kernel's command so that it sees no processes but its own, and all of them end with it: `unshare`, where this
 * system has it and lets users use it. Else empty.
 */
export function ownProcesses(): readonly string[] {
  const command = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"];
  prefix ??=
    spawnSync(command[0]!, [...command.slice(1), "true"], { stdio: "ignore" }).status === 0 ? command : [];
  return prefix;
}

function kernelEnvironment(folder: string, { memoryBytes }: RunLimits): NodeJS.ProcessEnv {
  const { PATH, LANG } = process.env;
  return {
    PATH,
    ...(LANG === undefined ? {} : { LANG }),
    HOME: folder,
    TMPDIR: folder,
    NODE_OPTIONS: `--max-old-space-size=${Math.ceil((0.7 * memoryBytes) / 1e6)}`,
  };
}

interface RunnerTask {
  readonly cells: readonly string[];
  readonly folder: string;
  readonly limits: RunLimits;
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

async function run(task: RunnerTask, python: string, env: NodeJS.ProcessEnv): Promise<NotebookRun> {
  const script = join(projectRoot, "src", "tools", "grade", "run_notebook.py");
  const child = spawn(python, [script], {
    env,
    cwd: task.folder,
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const answers = new Map<string, GivenAnswer>();
  const failed: FailedCell[] = [];
  let ended: string | undefined;
  let [printed, text, errors] = [0, "", ""];
  const end = () => {
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // It has ended.
    }
  };
  const take = (line: string) => {
    const said = readLine(line);
    if (typeof said.answer === "string") {
      const given = answerIn(said.answer);
      if (given) answers.set(given.name, given);
    }
    if (typeof said.cell === "number" && said.status !== "ok")
      failed.push({
        cell: said.cell,
        status: said.status as FailedCell["status"],
        text: String(said.text ?? ""),
      });
    if (typeof said.end === "string") ended = ENDS[said.end]?.(task.limits);
  };
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(task));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    errors = (errors + piece).slice(-2000);
  });
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    printed += piece.length;
    if (printed > MOST_PRINTED) return end();
    const lines = (text + piece).split("\n");
    text = lines.pop()!;
    for (const line of lines) take(line);
  });
  // Above what the runner allows itself: it ends the kernel and tells so.
  const clock = setTimeout(end, 1000 * (task.limits.notebookSeconds + 180));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearTimeout(clock);
  if (status === 1 && answers.size === 0 && failed.length === 0)
    throw new Error(`A notebook could not be run: ${errors}`);
  return {
    answers,
    failed,
    ended: ended ?? "It ended the program that ran it; the cells behind were not run.",
  };
}

function readLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
