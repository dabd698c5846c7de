import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { html } from "../../base/markup";
import { runStudy } from "../../study/run-study";
import { projectRoot } from "../../tools/paths";
import { expectAccessible, startBrowser } from "../../tools/testing/index";
import { plotlySource } from "../plotly-package";
import { writeWhole } from "../write-whole";
import { studyHtml } from "./study-html";

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), "freelist-lab-study-"));
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const study = runStudy("worstOfFirst", { parameters: { live: 128 } });

async function open(near: string | null, colorScheme: "light" | "dark" = "light") {
  const file = join(folder, "page.html");
  const output = studyHtml(study, { ...plotlySource(), near, url: "about:invalid" });
  const head = html`<html lang="en"><meta name="color-scheme" content="light dark"><title>A study</title>`;
  writeWhole(
    file,
    String(html`<!doctype html>${head}<main><h1>A study</h1><h2>Result</h2><h3>Here</h3>${output}</main>`),
  );
  const page = await browser.newPage({ colorScheme });
  await page.goto(pathToFileURL(file).href);
  return page;
}

/** The installed Plotly's path from the page's folder, as in an output of a notebook there. */
function plotlyBesideTheProject(): string {
  return relative(folder, join(projectRoot, "node_modules/plotly.js-dist/plotly.js")).split(sep).join("/");
}

describe("a study in a page", () => {
  test.each(["light", "dark"] as const)(
    "draws its panels with Plotly, and is accessible: %s",
    async (scheme) => {
      const page = await open(plotlyBesideTheProject(), scheme);
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
