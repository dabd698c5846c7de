import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { courseEntry, courseNotebooks } from "../commands/course-index";
import { labFolder } from "../paths";
import { expectAccessible, sharedBrowser, sharedSite, watchConsole } from "../testing";
import { articleName } from "./pages/article";
import { PLAYGROUND } from "./pages/playground-page";
import { keptFiles } from "./write-offline";

// The site as its readers meet it, below a path of a host.

const site = sharedSite();
const browser = sharedBrowser();

/** Opens a page of the site, and notes which requests leave its origin. */
async function open(
  place: string,
  context: BrowserContext,
): Promise<{ page: Page; errors: readonly string[]; left: string[] }> {
  const page = await context.newPage();
  const errors = watchConsole(page);
  const left: string[] = [];
  page.on("request", (request) => {
    if (
      !/^(data|blob):/.test(request.url()) &&
      new URL(request.url()).origin !== new URL(site().served.url).origin
    )
      left.push(request.url());
  });
  await page.goto(site().served.url + place);
  return { page, errors, left };
}

const kinds = [
  { width: 1280, colorScheme: "light" },
  { width: 400, colorScheme: "dark" },
] as const;

describe.each(kinds)("at $width pixels, $colorScheme", ({ width, colorScheme }) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser().newContext({
      viewport: { width, height: 900 },
      colorScheme,
      serviceWorkers: "block",
    });
  });
  afterAll(() => context.close());

  test("the index leads to every page of the course", async () => {
    const { page, errors, left } = await open("index.html", context);
    for (const notebook of courseNotebooks()) {
      const link = page.getByRole("link", { name: courseEntry(notebook).title, exact: true });
      expect(await link.getAttribute("href")).toBe(articleName(notebook));
    }
    await expectAccessible(page);
    expect([errors, left]).toEqual([[], []]);
    await page.close();
  });

  test.each(courseNotebooks().map((path) => basename(path)))("%s as an article", async (name) => {
    const { page, errors, left } = await open(name.replace(".ipynb", ".html"), context);
    const players = await page.locator(".freelist-lab").count();
    if (players > 0)
      await page.locator(".js-plotly-plot").first().waitFor({ state: "attached", timeout: 60_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await page.locator("main h1").count()).toBe(1);
    expect([errors, left]).toEqual([[], []]);
    await page.screenshot({ path: join(labFolder, `screenshots/site-${name}-${width}.png`) });
    await expectAccessible(page, { except: { "landmark-unique": "outputs of one kind have one name" } });
    await page.close();
  });

  test("the playground, as an address of its own", async () => {
    const { page, errors, left } = await open(PLAYGROUND, context);
    await page.locator(".js-plotly-plot").first().waitFor({ state: "attached", timeout: 60_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await page.locator("main h1").count()).toBe(1);
    await page.screenshot({ path: join(labFolder, `screenshots/site-playground-${width}.png`) });
    await expectAccessible(page);
    expect([errors, left]).toEqual([[], []]);
    await page.close();
  });
});

test("links of the pages lead to files of the site", () => {
  const pages = keptFiles(site().folder).filter((file) => /^[^/]*\.html$/.test(file));
  const links = pages.flatMap((file) => {
    const text = readFileSync(join(site().folder, file), "utf8");
    const hrefs = [...text.matchAll(/<a [^>]*href="([^"#]+)/g)].map(([, href]) =>
      href!.replaceAll("&amp;", "&"),
    );
    return hrefs.filter((href) => !/^[a-z]+:/.test(href)).map((href) => [file, href] as const);
  });
  const dead = links.filter(([, href]) => {
    const { pathname, searchParams } = new URL(href, "http://site/");
    const opened = searchParams.get("path");
    const places = [pathname, ...(opened === null ? [] : [`/lite/files/${opened}`])];
    return places.some((place) => !existsSync(join(site().folder, place)));
  });
  expect(links.length).toBeGreaterThan(20);
  expect(dead).toEqual([]);
});

test("a page leads into JupyterLite with its notebook, which runs on request", async () => {
  const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
  const { page, errors, left } = await open("01-first-fit-free-list.html", context);
  await page.getByRole("link", { name: "Open and run" }).click();
  await page.waitForFunction(
    () =>
      window.jupyterapp?.shell.currentWidget?.content.widgets
        .filter(({ model }) => model.type === "code")
        .every(({ model }) => model.trusted && model.executionCount),
    undefined,
    { timeout: 120_000 },
  );
  expect([errors, left]).toEqual([[], []]);
  await context.close();
});

test("on a phone a notebook has the screen, not the file browser", async () => {
  const context = await browser().newContext({ viewport: { width: 400, height: 800 } });
  const { page, errors } = await open("lite/lab/index.html?path=notebooks%2F04-policies.ipynb", context);
  const cell = page.locator(".jp-Notebook .jp-Cell").first();
  await cell.waitFor();
  await expect.poll(async () => (await cell.boundingBox())?.width, { timeout: 30_000 }).toBeGreaterThan(250);
  await page.screenshot({ path: join(labFolder, "screenshots/site-notebook-400.png") });
  expect(errors).toEqual([]);
  await context.close();
});

test("all of it works offline after the first visit", async () => {
  const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
  const first = await open("index.html", context);
  const files = keptFiles(site().folder);
  expect(files.length).toBeGreaterThan(100);
  const kept = () =>
    first.page.evaluate(async () => {
      const [name] = await caches.keys();
      return name === undefined ? 0 : (await (await caches.open(name)).keys()).length;
    });
  await expect.poll(kept, { timeout: 120_000, interval: 1000 }).toBe(files.length);
  await first.page.close();
  await context.setOffline(true);
  const article = await open("04-policies.html", context);
  await article.page.locator(".js-plotly-plot").first().waitFor({ state: "attached", timeout: 60_000 });
  await article.page.getByRole("link", { name: "Open and run" }).click();
  await article.page.waitForFunction(
    () =>
      window.jupyterapp?.shell.currentWidget?.content.widgets
        .filter(({ model }) => model.type === "code")
        .every(({ model }) => model.executionCount),
    undefined,
    { timeout: 120_000 },
  );
  await context.close();
});
