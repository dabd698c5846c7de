import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstNotebook, notebookFolder, projectRoot } from "../paths";

// What `npm start -- --no-browser --port 0` does, in a home that is empty.

const home = mkdtempSync(join(tmpdir(), "freelist-lab-home-"));
let command: ChildProcess;
let printed = "";
let address: URL;

beforeAll(async () => {
  const args = [join(projectRoot, "src/tools/bootstrap.js"), "start", "--no-browser", "--port", "0"];
  const env = { ...process.env, HOME: home };
  command = spawn(process.execPath, args, { cwd: tmpdir(), env, stdio: ["ignore", "pipe", "pipe"] });
  const found = new Promise<string>((resolve, reject) => {
    const read = (text: Buffer) => {
      printed += text;
      const match = /http:\/\/127\.0\.0\.1:\d+\/\S*token=\w+/.exec(printed);
      if (match) resolve(match[0]);
    };
    command.stdout?.on("data", read);
    command.stderr?.on("data", read);
    command.once("close", (code) => reject(new Error(`npm start ended with code ${code}:\n${printed}`)));
  });
  address = new URL(await found);
});
afterAll(async () => {
  const ended = new Promise((resolve) => command.once("close", resolve));
  if (command.kill("SIGTERM")) await ended;
  rmSync(home, { recursive: true, force: true });
});

/** Asks the server for a page; without the token unless it is given. */
function get(path: string, token = ""): Promise<Response> {
  return fetch(new URL(path, address), { headers: token ? { Authorization: `token ${token}` } : {} });
}
const token = () => address.searchParams.get("token") ?? "";

test("the address that it prints leads to the first notebook", () => {
  if (existsSync(join(notebookFolder, firstNotebook))) {
    expect(decodeURIComponent(address.pathname)).toBe(`/lab/tree/notebooks/${firstNotebook}`);
  } else {
    expect(address.pathname).toMatch(/^\/lab/);
  }
});

test("the token and the loopback address are asked for as JupyterLab sets them", async () => {
  expect(token()).toMatch(/^[0-9a-f]{48}$/);
  expect((await get("/api/contents")).status).toBe(403);
  expect((await get("/api/contents", token())).status).toBe(200);
  expect(printed).toContain(`http://localhost:${address.port}/`);
});

test("the project is its root, so that Plotly is served from the installed package", async () => {
  const answer = await get("/files/node_modules/plotly.js-dist/plotly.js", token());
  expect(answer.status).toBe(200);
  expect((await answer.text()).length).toBeGreaterThan(1_000_000);
});

test("the tslab kernel of the project is offered", async () => {
  const { kernelspecs } = (await (await get("/api/kernelspecs", token())).json()) as {
    kernelspecs: Record<string, { spec: { argv: string[] } }>;
  };
  expect(kernelspecs.tslab?.spec.argv[1]).toBe(join(projectRoot, "node_modules/tslab/bin/tslab"));
});

test("nothing is written to the user's home", () => {
  expect(readdirSync(home)).toEqual([]);
});
