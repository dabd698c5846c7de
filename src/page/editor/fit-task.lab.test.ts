import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { saveFitTask } from "../../notebook/fit-task";
import { openFile } from "../../notebook/testing/pages";
import { writeNotebook } from "../../notebook/testing/write-notebook";
import { makeFitTask } from "../../playground/own-policy/fit-task";
import { POLICY_EXAMPLES } from "../../playground/own-policy/policy-examples";
import { runCode } from "../../playground/own-policy/testing/run-code";
import {
  expectAccessible,
  openNotebook,
  sharedBrowser,
  sharedFolder,
  sharedLab,
} from "../../tools/testing/index";

const scratch = sharedFolder();
const browser = sharedBrowser();

test("a saved page: first fit does not do, a better fit passes, another stream asks anew", async () => {
  const task = makeFitTask({ level: 1, seed: "Ada" });
  const { page, errors, asked } = await openFile(
    browser(),
    saveFitTask(join(scratch, "fit.html"), { level: 1, seed: "Ada" }),
  );
  await page.getByText(task.text).waitFor();
  const grade = page.locator(".fl-grade");
  await expect
    .poll(() => grade.textContent(), { timeout: 20_000 })
    .toMatch(/^Not yet: \d+ requests are denied, and \d+ may be\.$/);
  const better = (["best fit", "worst fit"] as const).find((name) => {
    const { run } = runCode(POLICY_EXAMPLES[name], task.requests);
    return (
      Array.from({ length: run.length }, (_, i) => run.operationAt(i + 1)).filter(
        ({ kind, address }) => kind === "malloc" && address === null,
      ).length <= task.most
    );
  })!;
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(POLICY_EXAMPLES[better]);
  await expect.poll(() => grade.textContent(), { timeout: 20_000 }).toMatch(/^Passed: /);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/fit-task.png` });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Another stream" }).click();
  await page.getByText(makeFitTask({ level: 1, seed: "Ada 2" }).text).waitFor();
  expect(errors).toEqual([]);
  expect(asked).toEqual([]);
});

describe("in JupyterLab", () => {
  const lab = sharedLab();
  test.each(["light", "dark"] as const)(
    "a cell, %s: the keys are the editor's, and it is accessible",
    async (theme) => {
      writeNotebook(join(lab().folder, "fit.ipynb"), [
        `import { fitTask } from "freelist-lab";`,
        `fitTask({ level: 2, seed: "Ada" })`,
      ]);
      const notebook = await openNotebook(browser(), lab(), lab().path("fit.ipynb"), { theme });
      await notebook.runAll();
      const area = await notebook.output(1);
      const grade = area.locator(".fl-grade");
      await expect.poll(() => grade.textContent(), { timeout: 20_000 }).toMatch(/^Not yet: /);
      const code = area.locator(".cm-content");
      await code.click();
      await notebook.page.keyboard.press("Control+a");
      await notebook.page.keyboard.type("(holes, size) => {\ndd throw null;\n}");
      await expect
        .poll(() => area.locator(".fl-verdict").textContent(), { timeout: 20_000 })
        .toMatch(/^Line 2: Syntax error/);
      await notebook.page.keyboard.press("Control+a");
      await notebook.page.keyboard.insertText("(holes, size) => {\n  throw null;\n}");
      await expect
        .poll(() => area.locator(".fl-verdict").textContent(), { timeout: 20_000 })
        .toMatch(/line 2: The policy throws null\.$/);
      expect(await notebook.page.locator(".jp-Notebook-cell").count()).toBe(2);
      if (process.env.SHOTS) await area.screenshot({ path: `${process.env.SHOTS}/fit-cell-${theme}.png` });
      await expectAccessible(area);
      expect(notebook.consoleErrors).toEqual([]);
      await notebook.close();
    },
  );
});
