import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { html } from "../../base/markup";
import { compareHere } from "../../compare/compare";
import { steadyTrace } from "../../run/testing/any-trace";
import { projectRoot } from "../../tools/paths";
import { expectAccessible, sharedBrowser, sharedFolder } from "../../tools/testing/index";
import { plotlySource } from "../plotly-package";
import { openFile, plotlyNear } from "../testing/pages";
import { writeWhole } from "../write-whole";
import { comparisonHtml } from "./comparison-html";
import { saveComparison } from "./show-comparison";

const browser = sharedBrowser();
const folder = sharedFolder();
const insideTheProject = sharedFolder(join(projectRoot, ".lab"));

const traces = [1, 2, 3].map((seed) => steadyTrace(seed, 300));
const comparison = compareHere(traces, ["first", "best", "worst"], { arenaRuns: 2 });

async function open(near: string | null) {
  const file = join(folder, "page.html");
  const output = comparisonHtml(comparison, { ...plotlySource(), near, url: "about:invalid" });
  writeWhole(file, String(html`<!doctype html>${output}`));
  return (await openFile(browser(), file)).page;
}

describe("a comparison in a page", () => {
  test("carries a program of at most 18 KB: it draws, and has no heaps", () => {
    expect(statSync(join(projectRoot, "dist/player/compare/page.js")).size).toBeLessThanOrEqual(18_000);
  });

  test("sorts by a column on a click, and the other way on a second one", async () => {
    const page = await open(null);
    const column = () =>
      page.$$eval("tbody tr", (rows) => rows.map((row) => Number(row.children[3]!.textContent)));
    await page.getByRole("button", { name: "extent/live" }).click();
    const falling = await column();
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    await page.getByRole("button", { name: "extent/live" }).press("Enter");
    expect(await column()).toEqual([...falling].sort((a, b) => a - b));
    expect(await page.getAttribute("th[aria-sort]", "aria-sort")).toBe("ascending");
    const heads = await page.$$eval("thead tr:last-child th", (all) => all.map((head) => head.textContent));
    expect(heads.filter((head) => head!.endsWith("▲"))).toEqual(["extent/live▲"]);
    expect(heads.filter((head) => head!.endsWith("↕"))).toHaveLength(heads.length - 1);
    await page.close();
  });

  test("draws a chart of the figure that is chosen", async () => {
    const page = await open(plotlyNear(folder));
    await page.waitForSelector(".bars .point");
    expect(await page.$$eval(".bars .point", (bars) => bars.length)).toBe(9);
    await page.getByLabel("Figure of the chart").selectOption("holes");
    await page.waitForFunction(() => document.querySelector(".ytitle")?.textContent === "holes");
    await page
      .getByText("Holes after an operation, mean of all operations. Heap: starts empty")
      .first()
      .waitFor();
    await page.close();
  });

  test("has a chart in view above the table, of which nothing is cut at 600 pixels", async () => {
    const page = await open(plotlyNear(folder));
    await page.setViewportSize({ width: 600, height: 720 });
    await page.waitForSelector(".bars .point");
    const box = (await page.locator(".js-plotly-plot").boundingBox())!;
    expect(box.y + box.height).toBeLessThan(720);
    const widths = await page.$eval(".table", (node) => [node.scrollWidth, node.clientWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
    // Plotly follows the new width a moment later.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(600);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "is accessible in the %s theme, with its chart and its notes",
    async (theme) => {
      const file = join(insideTheProject, "saved.html");
      saveComparison(comparison, file);
      const { page } = await openFile(browser(), file, { dark: theme === "dark" });
      await page.waitForSelector(".bars .point");
      await expectAccessible(page);
      await page.locator("summary").click();
      await page.setViewportSize({ width: 600, height: 720 });
      await expectAccessible(page);
      await page.close();
    },
  );

  test("says in a line why there is no chart without Plotly, and keeps the table", async () => {
    const page = await open(null);
    await page.getByText(/Plotly .* could not be loaded/).waitFor();
    expect(await page.$$eval("tbody tr", (rows) => rows.length)).toBe(9);
    await page.close();
  });
});
