import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../tools/paths";
import {
  type CellOutput,
  executeIn,
  type NotebookPage,
  openNotebook,
  shared,
  sharedBrowser,
  startPlainLite,
} from "../tools/testing";

// The kernel in a JupyterLite that has nothing else of this project.

const planets = join(projectRoot, "src/kernel/fixtures/planets.ipynb");
const lite = shared(
  () => startPlainLite([planets]),
  (one) => one.stop(),
);
const browser = sharedBrowser();
let notebook: NotebookPage;
beforeAll(async () => {
  notebook = await openNotebook(browser(), lite(), lite().path("planets.ipynb"));
});

/** Has the opened notebook's kernel execute code. */
const execute = (code: string, options?: { interruptAfter: number }) =>
  executeIn(notebook.page, code, options);

test("runs a notebook that is not about allocation as tslab does", async () => {
  const cells = await notebook.runAll();
  const committed = JSON.parse(readFileSync(planets, "utf8")).cells as { outputs?: CellOutput[] }[];
  const printed = (outputs: readonly CellOutput[] = []) =>
    outputs.map(({ text, data }) => [text ?? Object.keys(data ?? {})].flat().join("")).join("");
  expect(cells.map(({ outputs }) => printed(outputs))).toEqual(
    committed.map(({ outputs }) => printed(outputs)),
  );
  await notebook.screenshot("kernel-planets");
});

describe("errors", () => {
  test("of type are shown with the line and a caret, and nothing has run", async () => {
    const answer = await execute("console.log('ran');\nconst n: number = 'one';");
    expect(answer).toMatchObject({ status: "error", stdout: "" });
    expect(answer.traceback).toBe(
      "2:7 - Type 'string' is not assignable to type 'number'.\n    const n: number = 'one';\n          ^",
    );
  });

  test("that are thrown name the cell and its line", async () => {
    const answer = await execute(
      "type T = 1;\nconst fail = () => {\n  throw new RangeError('too large');\n};\nfail();",
    );
    expect(answer.traceback).toMatch(
      /^RangeError: too large\n {4}at (\w+ )?\(?cell \d+, line 3\)?\n {4}at cell \d+, line 5$/,
    );
  });

  test("that nobody catches are printed, and the kernel goes on", async () => {
    const answer = await execute(
      "setTimeout(() => { throw new Error('later') }, 1);\nvoid Promise.reject(new Error('nobody'));\nawait new Promise((r) => setTimeout(r, 100));",
    );
    expect(answer).toMatchObject({ status: "ok" });
    expect(answer.stderr).toContain("UncaughtException: Error: later");
    expect(answer.stderr).toContain("UnhandledPromiseRejection: Error: nobody");
  });
});

test("an interrupt ends a loop that waits, and keeps the variables", async () => {
  await execute("let kept = 41;");
  const code = "for (;;) { kept++; await new Promise((r) => setTimeout(r, 5)); if (kept > 1e9) break; }";
  const answer = await execute(code, { interruptAfter: 200 });
  expect(answer).toMatchObject({ status: "error", traceback: "Interrupted asynchronously" });
  expect((await execute("kept > 41")).stdout).toBe("true\n");
});

test("an interrupt ends the worker of a loop that computes, and says that variables are gone", async () => {
  const answer = await execute("for (;;) {}", { interruptAfter: 200 });
  expect(answer.status).toBe("error");
  expect(answer.traceback).toContain("all variables are gone. Run the cells above again.");
  const after = await execute("kept");
  expect(after.traceback).toContain("Cannot find name 'kept'.");
  expect((await execute("1 + 1")).stdout).toBe("2\n");
});

test("asks the reader for a line", async () => {
  const answer = await execute(
    "import { createInterface } from 'readline/promises';\nconst lines = createInterface({ input: process.stdin });\n'Hello, ' + await lines.question('Name? ')",
  );
  expect(answer.stdout).toBe("Hello, Ada\n");
});

test("completes with kinds, and says types and docs", async () => {
  await execute(
    "/** Twice a number. */\nfunction double(n: number) { return 2 * n }\nconst point = { across: 1, down: 2 };",
  );
  const said = await notebook.page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: JupyterLab's kernel connection, of which the tests declare little
    const kernel = window.jupyterapp.shell.currentWidget?.sessionContext.session?.kernel as any;
    const completed = await kernel.requestComplete({ code: "point.ac", cursor_pos: 8 });
    const inspected = await kernel.requestInspect({ code: "double(2)", cursor_pos: 3, detail_level: 0 });
    const incomplete = await kernel.requestIsComplete({ code: "for (const a of [1]) {" });
    return { completed: completed.content, inspected: inspected.content, incomplete: incomplete.content };
  });
  expect(said.completed).toMatchObject({ matches: ["across"], cursor_start: 6, cursor_end: 8 });
  expect(said.completed.metadata._jupyter_types_experimental).toEqual([
    { text: "across", start: 6, end: 8, type: "property" },
  ]);
  expect(said.inspected.data["text/plain"]).toBe("function double(n: number): number\n\nTwice a number.");
  expect(said.incomplete).toMatchObject({ status: "incomplete", indent: "  " });
});

test("a restart begins anew", async () => {
  await execute("let before = 1");
  await notebook.page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: a part of JupyterLab that other tests do not touch
    const session = window.jupyterapp.shell.currentWidget?.sessionContext as any;
    await session.restartKernel();
  });
  expect((await execute("before")).traceback).toContain("Cannot find name 'before'.");
});

test("two notebooks have a worker each", async () => {
  const { page } = await openNotebook(browser(), lite(), lite().path("planets.ipynb"));
  await execute("let mine = 1");
  const other = await executeIn(page, "mine");
  expect(other.traceback).toContain("Cannot find name 'mine'.");
  // While the one computes, the other answers.
  const computing = execute("const until = Date.now() + 3000; while (Date.now() < until);");
  expect((await executeIn(page, "'at once'")).stdout).toBe("at once\n");
  expect((await computing).status).toBe("ok");
  await page.close();
});

test("saves files into the file browser, and reads files beside the notebook", async () => {
  const answer = await execute(
    "import { readFileSync, writeFileSync } from 'fs';\nwriteFileSync('made.txt', 'by a cell');\nJSON.parse(readFileSync('planets.ipynb', 'utf8')).nbformat",
  );
  expect(answer.stdout).toBe("4\n");
  await expect.poll(() => savedText(notebook.page)).toBe("by a cell");
});

test("reads a file that the reader has uploaded", async () => {
  await notebook.page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: JupyterLab's contents, of which the tests declare nothing
    const { contents } = (window.jupyterapp as any).serviceManager;
    const file = { type: "file", format: "text", name: "mine.txt", path: "mine.txt", content: "uploaded" };
    await contents.save("mine.txt", file);
  });
  const answer = await execute("import { readFile } from 'fs/promises';\nawait readFile('mine.txt', 'utf8')");
  expect(answer).toMatchObject({ stdout: "uploaded\n", traceback: "" });
});

async function savedText(page: Page): Promise<unknown> {
  return await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: JupyterLab's contents, of which the tests declare nothing
    const { contents } = (window.jupyterapp as any).serviceManager;
    return await contents.get("made.txt", { content: true }).then(
      (model: { content: unknown }) => model.content,
      () => undefined,
    );
  });
}

test("there was no error on the console", () => {
  expect(notebook.consoleErrors).toEqual([]);
});
