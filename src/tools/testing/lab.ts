import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, sep } from "node:path";
import { notebookFolder, projectRoot } from "../paths";
import { jupyterLabArguments, prepareJupyter } from "../setup/jupyter";
import { ensureJupyterLab } from "../setup/python";
import type { NotebookHost } from "./notebook-page";

/** A JupyterLab of a test's own, on a free port of the loopback address, with its own state and its own token. */
export interface Lab extends NotebookHost {
  /** The server's address, ending in a slash: `http://localhost:PORT/`. */
  readonly url: string;
  /** The token that JupyterLab chose. */
  readonly token: string;
  /** The server's root folder. */
  readonly root: string;
  /**
   * A folder below the project's root with a fresh copy of notebooks/. What a test saves goes there; the committed files
   * stay as they are. Since it lies in the project, `freelist-lab` and Plotly are found as from notebooks/.
   */
  readonly folder: string;
  /** The path by which the server knows a file of `folder`: what `openNotebook` takes. */
  path(name: string): string;
  /** Copies a notebook from anywhere into `folder`; returns the path by which the server knows it. */
  add(notebook: string): string;
  /** Ends the server and its kernels and removes the folder. Call it in `afterAll`. */
  stop(): Promise<void>;
}

/** Where the server's root lies. */
export interface LabOptions {
  /** The server's root folder: the project's (the default, as in `npm start`) or one above it. */
  readonly root?: string;
}

/** The last three end a server that a killed test run left behind: at once on Ctrl-C, else after ten idle minutes. */
const flags = [
  "--no-browser",
  "--port=0",
  "--expose-app-in-browser",
  "--ServerApp.answer_yes=True",
  "--MappingKernelManager.cull_idle_timeout=600",
  "--ServerApp.shutdown_no_activity_timeout=600",
];

/** Starts a JupyterLab for tests, configured as `npm start` does it. Takes about two seconds. */
export async function startLab({ root = projectRoot }: LabOptions = {}): Promise<Lab> {
  const state = mkdtempSync(join(tmpdir(), "freelist-lab-"));
  const folder = mkdtempSync(join(projectRoot, "lab-test-"));
  if (existsSync(notebookFolder)) cpSync(notebookFolder, folder, { recursive: true });
  const env = prepareJupyter(state);
  const args = [...jupyterLabArguments(root), ...flags];
  const server = spawn(await ensureJupyterLab(), args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const collect = (text: Buffer) => {
    log += text;
  };
  server.stdout.on("data", collect);
  server.stderr.on("data", collect);
  // A test run that is cut short must not leave a server behind; asked to end, the server ends its kernels.
  const endWithUs = () => server.kill("SIGTERM");
  process.once("exit", endWithUs);
  const cleanUp = () => {
    process.off("exit", endWithUs);
    for (const place of [state, folder]) rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { url, token } = await serverInformation(server, join(state, "runtime"));
    const path = (name: string) => relative(root, join(folder, name)).split(sep).join("/");
    const add = (notebook: string) => {
      copyFileSync(notebook, join(folder, basename(notebook)));
      return path(basename(notebook));
    };
    const stop = async () => {
      await endKernels(url, token).catch(() => {}); // a server that is gone needs no asking
      await end(server);
      cleanUp();
    };
    const address = (notebook: string | null) => {
      const tree = notebook === null ? "" : `/tree/${notebook.split("/").map(encodeURIComponent).join("/")}`;
      return `${url}lab${tree}?reset&token=${token}`;
    };
    return {
      url,
      token,
      address,
      root,
      folder,
      path,
      add,
      endKernels: () => endKernels(url, token),
      log: () => log.slice(-4000),
      stop,
    };
  } catch (error) {
    await end(server);
    cleanUp();
    throw new Error(`JupyterLab did not start: ${error}\n${log}`);
  }
}

/** Waits for the file in which a running server tells its address and token. */
async function serverInformation(
  server: ChildProcess,
  runtime: string,
): Promise<{ url: string; token: string }> {
  const file = join(runtime, `jpserver-${server.pid}.json`);
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(50)) {
    if (server.exitCode !== null) throw new Error(`it ended with code ${server.exitCode}`);
    if (!existsSync(file)) continue;
    const information = JSON.parse(readFileSync(file, "utf8"));
    const answer = await fetch(`${information.url}api?token=${information.token}`).catch(() => undefined);
    if (answer?.ok) return information;
  }
  throw new Error("it did not answer within a minute");
}

/** Ends every kernel of a server. */
async function endKernels(url: string, token: string): Promise<void> {
  const headers = { Authorization: `token ${token}` };
  const kernels = (await (await fetch(`${url}api/kernels`, { headers })).json()) as { id: string }[];
  for (const { id } of kernels) await fetch(`${url}api/kernels/${id}`, { method: "DELETE", headers });
}

/** Asks a process to end, and ends it after two seconds: the server waits for browsers that keep their connections. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 2_000);
  await ended;
  clearTimeout(force);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
