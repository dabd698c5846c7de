import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writeNotebook } from "../../notebook/testing/write-notebook";
import { writeLink } from "../../playground/link";
import { parseCalls } from "../../playground/parse-calls";
import { FIRST_STATE, withCalls } from "../../playground/state";
import { expectAccessible, openNotebook, sharedBrowser, sharedLab } from "../../tools/testing/index";
import { ShownPlayground } from "./testing/shown-playground";

const browser = sharedBrowser();
const lab = sharedLab();

beforeAll(async () => {
  const cells = ["playground();", `playground(${JSON.stringify(writeLink(FIRST_STATE))});`];
  writeNotebook(join(lab().folder, "play.ipynb"), [
    `import { playground } from "freelist-lab";`,
    ...cells,
    "1 + 1",
  ]);
});

describe.each(["light", "dark"] as const)("in a cell, %s", (theme) => {
  test("is played to its end by mouse and by keyboard, and no key reaches the notebook", async () => {
    const notebook = await openNotebook(browser(), lab(), lab().path("play.ipynb"), { theme });
    await notebook.runAll();
    const { keyboard } = notebook.page;
    const example = await new ShownPlayground(await notebook.output(1)).ready();
    expect(await example.blocks()).not.toEqual([]);
    const play = await new ShownPlayground(await notebook.output(2)).ready();
    expect(await play.blocks()).toEqual([]);

    await play.area.getByLabel("Request").fill("100");
    await play.button("Allocate").click();
    await play.button("Allocate").click();
    await expect.poll(() => play.blocks()).toEqual(["a: 112 bytes at 0", "b: 112 bytes at 112"]);
    await play.block("a").click();
    await expect.poll(() => play.blocks()).toEqual(["b: 112 bytes at 112"]);
    await play.block("b").focus();
    await keyboard.press("ArrowUp");
    await keyboard.press("Enter");
    await expect.poll(() => play.blocks()).toEqual(["b: 128 bytes at 112"]);
    await play.area.getByRole("combobox", { name: "Fit", exact: true }).selectOption("worst");
    await play.operations.click();
    await keyboard.press("ControlOrMeta+End");
    await keyboard.type("\nfree(b), a = malloc(60)\nx");
    await expect
      .poll(() => play.errors())
      .toEqual([expect.stringMatching(/^Line 6, column 1: "x" is no operation/)]);
    await keyboard.press("Backspace");
    await expect.poll(() => play.blocks()).toEqual(["a: 64 bytes at 0"]);
    await expect.poll(() => play.shown()).toBe(6);

    // Keys of JupyterLab's command mode, which would make, cut or change a cell.
    await play.block("a").focus();
    for (const key of ["a", "b", "x", "m", "d", "d"]) await keyboard.press(key);
    expect(await notebook.cells()).toHaveLength(4);

    const call = await play.share("Copy link");
    const { heap } = FIRST_STATE;
    const calls = parseCalls(
      "a = malloc(100); b = malloc(100); free(a); b = realloc(b, 116); free(b); a = malloc(60)",
    );
    const state = withCalls({ ...FIRST_STATE, heap: { ...heap, options: { fit: "worst" } } }, calls);
    expect(call).toBe(`playground("${writeLink(state)}")`);

    for (const one of [example, play]) {
      await one.area.scrollIntoViewIfNeeded();
      await expectAccessible(one.area);
    }
    const ids = await notebook.page
      .locator(".fl-page [id]")
      .evaluateAll((nodes) => nodes.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    if (process.env.SHOTS) await notebook.page.screenshot({ path: `${process.env.SHOTS}/cell-${theme}.png` });
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  });
});

test("follows JupyterLab's theme while it is open", async () => {
  const notebook = await openNotebook(browser(), lab(), lab().path("play.ipynb"));
  await notebook.runAll();
  const play = await new ShownPlayground(await notebook.output(2)).ready();
  const dark = () => play.area.locator(".fl-page").getAttribute("data-dark");
  expect(await dark()).toBeNull();
  await notebook.setTheme("dark");
  await expect.poll(dark).not.toBeNull();
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});
