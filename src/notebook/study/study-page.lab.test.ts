import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { html } from "../../base/markup";
import { runStudy } from "../../study/run-study";
import { expectAccessible, sharedBrowser, sharedFolder } from "../../tools/testing/index";
import { plotlySource } from "../plotly-package";
import { openFile, plotlyNear } from "../testing/pages";
import { writeWhole } from "../write-whole";
import { studyHtml } from "./study-html";

const browser = sharedBrowser();
const folder = sharedFolder();

const study = runStudy("worstOfFirst", { parameters: { live: 128 } });

async function open(near: string | null, dark = false) {
  const file = join(folder, "page.html");
  const output = studyHtml(study, { ...plotlySource(), near, url: "about:invalid" });
  const head = html`<html lang="en"><meta name="color-scheme" content="light dark"><title>A study</title>`;
  writeWhole(
    file,
    String(html`<!doctype html>${head}<main><h1>A study</h1><h2>Result</h2><h3>Here</h3>${output}</main>`),
  );
  return (await openFile(browser(), file, { dark })).page;
}

describe("a study in a page", () => {
  test.each(["light", "dark"] as const)(
    "draws its panels with Plotly, and is accessible: %s",
    async (theme) => {
      const page = await open(plotlyNear(folder), theme === "dark");
      await page.waitForSelector(".scatterlayer .point");
      expect(await page.$$eval(".scatterlayer .point", (points) => points.length)).toBe(7);
      expect(await page.$$eval(".shapelayer path", (bands) => bands.length)).toBe(7);
      await expectAccessible(page);
      await page.close();
    },
  );

  test("without Plotly it keeps its pictures, which say in words what they show", async () => {
    const page = await open(null);
    const picture = page.getByRole("img", {
      name: "share of the bound. worst / bound, n = 4, m = 2: 69.3 %",
    });
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(400);
    await expectAccessible(page);
    await page.close();
  });
});
