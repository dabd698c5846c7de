import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectAccessible, sharedBrowser } from "./index";

const browser = sharedBrowser();

async function pageWith(body: string): Promise<Page> {
  const page = await browser().newPage();
  await page.setContent(
    `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${body}</main>`,
  );
  return page;
}

test("what is broken is told with its rule, its impact, its place and what mends it", async () => {
  const page = await pageWith(`<p style="color:#999;background:#fff">pale</p><button class="mute"></button>`);
  const told = await expectAccessible(page).catch((error: Error) => error.message);
  expect(told).toMatch(/^2 rules of accessibility are broken:/);
  expect(told).toMatch(
    /color-contrast \(serious\): .*\n {2}at p\n[\s\S]*insufficient color contrast of 2\.84/,
  );
  expect(told).toMatch(/button-name \(critical\): .*\n {2}at button\n[\s\S]*Fix any of the following/);
  await page.close();
});

test("an element, a frame and a shadow root are examined, and only what is asked for", async () => {
  const page = await pageWith(
    `<section>right</section><iframe title="inner" srcdoc="<html lang=en><title>x</title><main><img src='data:,'></main>"></iframe>`,
  );
  await expectAccessible(page.locator("section"));
  await expect(expectAccessible(page)).rejects.toThrow(/image-alt[\s\S]*at iframe › img/);
  await expect(expectAccessible(page.frames()[1]!)).rejects.toThrow("image-alt");
  const except = { "image-alt": "the test's own image" };
  await expectAccessible(page.frames()[1]!, { except: { ...except, "page-has-heading-one": "a frame" } });
  await page.evaluate(() => {
    document.querySelector("section")!.attachShadow({ mode: "open" }).innerHTML = "<button></button>";
  });
  await expect(expectAccessible(page.locator("section"))).rejects.toThrow("button-name");
  await page.close();
});
