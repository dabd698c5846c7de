import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Command } from "../command";
import { firstNotebook, labFolder, notebookFolder, projectRoot } from "../paths";
import { jupyterLabArguments, prepareJupyter } from "../setup/jupyter";
import { ensureJupyterLab } from "../setup/python";
import { Obstacle } from "../step";

/** `npm start`: its exit code is JupyterLab's. */
export const start: Command = {
  purpose:
    "Opens JupyterLab on the first notebook, or the one that is named, and stays until it ends. What stands behind -- goes to jupyter lab; --help-all lists what it takes.",
  operands: { usage: "[--no-browser] [--port N] [NOTEBOOK] …", least: 0, most: Infinity },
  handsOn: true,
  run: ({ operands }) => startJupyterLab(operands),
};

async function startJupyterLab(flags: readonly string[]): Promise<number> {
  const port = askedPort(flags);
  if (port !== undefined) await checkPort(port);
  const python = await ensureJupyterLab(true);
  const env = prepareJupyter(join(labFolder, "jupyter"));
  const args = jupyterLabArguments();
  if (!flags.some((flag) => flag.endsWith(".ipynb"))) args.push(`--LabApp.default_url=${startPage()}`);
  if (port !== undefined) args.push("--ServerApp.port_retries=0");
  console.log("Starting JupyterLab. Its address follows; Ctrl-C ends it.");
  const child = spawn(python, [...args, ...flags], { cwd: projectRoot, env, stdio: "inherit" });
  // Ctrl-C reaches JupyterLab by itself, which asks back; this process only waits for its answer.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 0));
  });
}

/** The address below the server's on which JupyterLab opens the first notebook, or its files when there is none. */
function startPage(): string {
  const present = existsSync(notebookFolder) ? readdirSync(notebookFolder) : [];
  const notebooks = present.filter((name) => name.endsWith(".ipynb")).sort();
  const notebook = notebooks.includes(firstNotebook) ? firstNotebook : notebooks[0];
  return notebook ? `/lab/tree/notebooks/${encodeURIComponent(notebook)}` : "/lab";
}

/** The port that the flags ask for; undefined when they ask for none. */
export function askedPort(flags: readonly string[]): number | undefined {
  const at = flags.findIndex((flag) => /^--(ServerApp\.)?port(=|$)/.test(flag));
  const flag = flags[at];
  if (flag === undefined) return undefined;
  const text = flag.includes("=") ? flag.slice(flag.indexOf("=") + 1) : (flags[at + 1] ?? "");
  const port = Number(text);
  if (text === "" || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Obstacle(
      `A port is a number from 0 to 65535, and this is "${text}": for example npm start -- --port 9999.`,
    );
  }
  return port;
}

/** Throws when no server can be started on that port of this machine. */
export async function checkPort(port: number): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  const why = code === "EADDRINUSE" ? "is in use by another program" : `cannot be used (${code})`;
  throw new Obstacle(
    `Port ${port} ${why}: choose another one, or leave --port out and JupyterLab finds a free one.`,
  );
}
