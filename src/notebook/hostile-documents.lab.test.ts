import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { html, type Markup } from "../base/markup";
import { compareHere } from "../compare/compare";
import { Comparison } from "../compare/comparison";
import { BuddySystem } from "../heap/buddy-system";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { SegregatedFits } from "../heap/segregated-fits";
import { History } from "../run/history";
import { steadyTrace } from "../run/testing/any-trace";
import { randomRun } from "../run/testing/random-run";
import { sharedBrowser, sharedFolder } from "../tools/testing/index";
import { comparisonHtml } from "./compare/comparison-html";
import { comparisonPage } from "./compare/show-comparison";
import { heapHtml, heapStrip, heapText } from "./heap-html";
import { outputHtml } from "./output";
import { plotlySource } from "./plotly-package";
import { progressBar } from "./progress-bar";
import { saveHtml } from "./save-html";
import { plotlyNear } from "./testing/pages";

// Markup stands in every field of every document that can be read, numbers included. What is taken is shown, in outputs as
// notebooks have them and in saved pages, and every control is worked: nothing may run, become an element or be asked for.

const EVIL = `"'></script></style><script>window.hurt=1</script><img class=hurt src="https://hurt.invalid/i" onerror="window.hurt=2"><a class=hurt href="https://hurt.invalid/a">a</a><b class=hurt>b</b><br>$\\href{https://hurt.invalid/t}{x}$<!--`;

const browser = sharedBrowser();
const folder = sharedFolder();
const tried = { documents: 0, refused: 0, pages: 0, outputs: 0 };
afterAll(async () => {
  console.log(
    `${tried.documents} documents with markup in a field: ${tried.refused} refused; ${tried.outputs} outputs of the others on ${tried.pages} pages.`,
  );
});

/** The document with markup in place of each of its values in turn: texts, numbers, lists, objects. */
function* hostile(document: unknown): Generator<unknown> {
  const places: [string | number, unknown][][] = [];
  const visit = (value: unknown, path: [string | number, unknown][]) => {
    if (path.length > 0) places.push(path);
    if (typeof value !== "object" || value === null) return;
    for (const [key, field] of Object.entries(value)) visit(field, [...path, [key, field]]);
  };
  visit(document, []);
  for (const path of places) {
    const copy = structuredClone({ document }) as Record<string, unknown>;
    let owner = copy.document as Record<string, unknown>;
    for (const [key] of path.slice(0, -1)) owner = owner[key] as Record<string, unknown>;
    owner[path.at(-1)![0]] = EVIL;
    yield copy.document;
  }
}

/** What `read` makes of each hostile document that it takes. */
function taken<T>(document: unknown, read: (hostile: unknown) => T): T[] {
  const all: T[] = [];
  for (const given of hostile(document)) {
    tried.documents++;
    try {
      all.push(read(given));
    } catch (error) {
      tried.refused++;
      expect(error).toBeInstanceOf(Error);
    }
  }
  return all;
}

const plotly = () => ({
  ...plotlySource(),
  near: plotlyNear(folder),
  url: "about:invalid",
});

/** Opens a page, works all its controls, and finds out whether anything ran, became an element or was asked for. */
async function open(page: Markup | string, ready: string): Promise<void> {
  tried.pages++;
  const file = join(folder, `page-${tried.pages}.html`);
  writeFileSync(file, String(page));
  const context = await browser().newContext({ viewport: { width: 1000, height: 900 } });
  const shown = await context.newPage();
  const asked: string[] = [];
  const own = pathToFileURL(file).href;
  context.on("request", (request) => asked.push(request.url()));
  shown.on("dialog", (dialog) => {
    asked.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await shown.goto(own);
  // Where it never comes, the reason is seen below.
  const came = await shown.waitForSelector(ready, { timeout: 30_000, state: "attached" }).catch(() => null);
  await work(shown);
  await shown.waitForTimeout(300);
  expect(await shown.evaluate(() => (window as { hurt?: number }).hurt)).toBeUndefined();
  expect(await shown.$$eval(ELEMENTS, (all) => all.map((each) => each.outerHTML.slice(0, 200)))).toEqual([]);
  expect(shown.url()).toBe(own);
  expect(context.pages()).toHaveLength(1);
  const foreign = (url: string) => url !== own && !/^(data|blob):/.test(url) && !url.endsWith("plotly.js");
  expect(asked.filter(foreign).filter((url) => url !== "about:invalid")).toEqual([]);
  expect(came, ready).not.toBeNull();
  await context.close();
}

/** What `EVIL` would become; Plotly makes a link of `<a>`, and of `<b>` a piece of text in bold. */
const ELEMENTS =
  '.hurt, img[src*="hurt"], a[*|href*="hurt"], script[src*="hurt"], svg tspan[style*="bold"], svg tspan.line ~ tspan.line';

/** Presses every button, opens every panel, chooses every option, and hovers over every picture. */
async function work(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const select of document.querySelectorAll("select")) {
      for (const { value } of select.options) {
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    for (const button of document.querySelectorAll("button")) button.click();
  });
  for (const slider of await page.getByRole("slider").all()) {
    for (const key of ["Home", "ArrowRight", "PageDown", "End"]) await slider.press(key);
  }
  const pictures = page.locator(".heatmaplayer image, .bars .point, canvas, th button");
  for (const picture of (await pictures.all()).slice(0, 16)) {
    const box = await picture.boundingBox();
    if (!box) continue;
    await picture.scrollIntoViewIfNeeded().catch(() => undefined);
    const seen = (await picture.boundingBox()) ?? box;
    await page.mouse.move(seen.x + seen.width / 2, seen.y + seen.height / 2);
    await page.waitForTimeout(30);
  }
}

const pageOf = (outputs: readonly Markup[]) => {
  tried.outputs += outputs.length;
  return html`<!doctype html><meta charset="utf-8"><body>${outputs}</body>`;
};

describe("markup in every field of", () => {
  test("a history", async () => {
    const heap = new FreeList(512, 4, { fit: "next", order: "lifo", coalesce: "deferred", header: 4 });
    randomRun(heap, 10, 1);
    const history = History.of(heap).label("before").mark("start");
    randomRun(heap, 20, 2);
    history.label("after").mark("end");
    const histories = taken(JSON.parse(history.encode()), (given) => History.decode(JSON.stringify(given)));
    expect(histories.length).toBeGreaterThanOrEqual(4);
    const outputs = histories.map((each) =>
      outputHtml({ [EVIL]: each, other: each }, { title: EVIL }, plotly()),
    );
    for (let i = 0; i < outputs.length; i += 4) {
      await open(pageOf(outputs.slice(i, i + 4)), ".fl-player .heatmaplayer image");
    }
    const file = join(folder, "saved.html");
    saveHtml({ [EVIL]: histories[0]! }, file, { title: EVIL });
    await open(readFileSync(file, "utf8"), ".fl-player .heatmaplayer image");
  });

  test("a comparison", async () => {
    const traces = [steadyTrace(1, 100), steadyTrace(2, 60)];
    const { json } = compareHere(traces, ["first", "best/lifo"], { arenaRuns: 2 });
    const document = { ...json, cells: [...json.cells.slice(0, 3), { failed: "no memory." }] };
    const comparisons = taken(document, (given) => Comparison.from(given));
    expect(comparisons.length).toBeGreaterThanOrEqual(9);
    // All at once, and past the check at the door: only what makes markup stands between these and the page.
    const past = [...hostile(document)].map(
      (given) => new (Comparison as never as { new (json: unknown): Comparison })(given),
    );
    const shown = [...comparisons, ...past].flatMap((comparison) => {
      try {
        return [comparisonHtml(comparison, plotly())];
      } catch {
        return []; // no list where one belongs: no table can be made
      }
    });
    expect(shown.length).toBeGreaterThan(comparisons.length + 40);
    for (let i = 0; i < shown.length; i += 12) await open(pageOf(shown.slice(i, i + 12)), "table th button");
    await open(pageOf(shown.slice(0, 3)), ".bars .point");
    await open(comparisonPage(comparisons[0]!, folder), "table th button");
  });

  test("a snapshot, a caption and a progress bar", async () => {
    const makers: (() => Heap)[] = [
      () => new FreeList(256, 4, { coalesce: "never" }),
      () => new SegregatedFits(256, 4),
      () => new BuddySystem(256, 4),
    ];
    const outputs = makers.flatMap((make) => {
      const heap = make();
      randomRun(heap, 20, 3);
      return taken(JSON.parse(JSON.stringify(heap.snapshot())), (given) => {
        const other = make();
        other.restore(given as never);
        return html`${heapStrip(other)}${heapHtml(other, heapText(other))}`;
      });
    });
    const shown: string[] = [];
    const scope = globalThis as { __tslab__?: unknown };
    const display = { html: (markup: string) => shown.push(markup) };
    scope.__tslab__ = { require: () => ({ display, newDisplay: () => display }) };
    progressBar(EVIL).update(EVIL as never, 3);
    delete scope.__tslab__;
    const page = pageOf([...outputs, heapHtml(makers[0]!(), EVIL)]);
    await open(`${page}${shown.join("")}`, "img");
  });
});
