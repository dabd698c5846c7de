import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notebookFolder, projectRoot } from "../paths";
import { prepareJupyter } from "../setup/jupyter";
import { ensureJupyterLab } from "../setup/python";
import { findNotebooks } from "./find-notebooks";
import { executeNotebook } from "./notebooks";

const fixtures = join(__dirname, "fixtures");
// In the project, so that notebooks find its packages; outside notebooks/, so that what is committed stays as it is.
const scratch = mkdtempSync(join(projectRoot, "lab-test-"));
const output = join(scratch, "output.ipynb");
let python: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  python = await ensureJupyterLab();
  env = prepareJupyter(join(scratch, "jupyter"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Executes a fixture in the scratch folder. */
function executeFixture(name: string) {
  copyFileSync(join(fixtures, name), join(scratch, name));
  rmSync(output, { force: true });
  return executeNotebook(join(scratch, name), output, python, env);
}

describe("executeNotebook", () => {
  test("runs every cell with the library imported by name, and writes the outputs", () => {
    expect(executeFixture("succeeds.ipynb")).toEqual({ succeeded: true, problem: "" });
    const { cells } = JSON.parse(readFileSync(output, "utf8"));
    expect(cells[2].outputs).toMatchObject([{ name: "stdout", text: ["0\n"] }]);
    expect(cells[3].outputs[0].data).toHaveProperty("text/html");
  });

  test("fails on a cell that throws, shows its message, and writes nothing", () => {
    const { succeeded, problem } = executeFixture("fails.ipynb");
    expect(succeeded).toBe(false);
    expect(problem).toContain("cell 2 failed");
    expect(problem).toContain("on purpose");
    expect(existsSync(output)).toBe(false);
  });

  test("fails on a cell that the kernel's type checker refuses", () => {
    const { succeeded, problem } = executeFixture("fails-types.ipynb");
    expect(succeeded).toBe(false);
    expect(problem).toContain("Type 'string' is not assignable to type 'number'");
  });
});

for (const notebook of findNotebooks()) {
  test(`${relative(projectRoot, notebook)} executes from top to bottom`, () => {
    const before = readFileSync(notebook, "utf8");
    const { succeeded, problem } = executeNotebook(notebook, output, python, env);
    expect(problem).toBe("");
    expect(succeeded).toBe(true);
    expect(readFileSync(notebook, "utf8"), "the committed notebook stays as it is").toBe(before);
  });
}

test("findNotebooks finds notebooks at any depth, without checkpoints, in order", () => {
  writeFileSync(join(scratch, "b.ipynb"), "");
  copyFileSync(join(fixtures, "succeeds.ipynb"), join(scratch, "a.ipynb"));
  const names = findNotebooks(scratch).map((path) => relative(scratch, path));
  expect(names).toEqual(expect.arrayContaining(["a.ipynb", "b.ipynb"]));
  expect(names).toEqual([...names].sort());
  expect(findNotebooks(join(scratch, "no such folder"))).toEqual([]);
  expect(findNotebooks().every((path) => path.startsWith(notebookFolder))).toBe(true);
});
