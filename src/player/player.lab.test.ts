import { statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { sharedBrowser } from "../tools/testing/index";
import {
  bundleFile,
  mount,
  openPage,
  payloadOf,
  publishedRun,
  seek,
  shows,
  stepOf,
  type TestWindow,
} from "./testing/player-page";

const browser = sharedBrowser();

describe("the bundle", () => {
  test("is at most 94 KB", () => {
    expect(statSync(bundleFile).size).toBeLessThanOrEqual(94_000);
  });
});

describe("several players", () => {
  test("stand on one page, and one is mounted again in its root, also by a second evaluation of the bundle", async () => {
    const at = await openPage(browser());
    const payload = payloadOf({ "": publishedRun() });
    await mount(at, payload, "one");
    await mount(at, payload, "two");
    await seek(at, 7, "one");
    await seek(at, 9, "two");
    expect([await stepOf(at, "one"), await stepOf(at, "two")]).toEqual([7, 9]);
    await at.page.addScriptTag({ path: bundleFile });
    await mount(at, payload, "one");
    expect(await at.page.locator("#one .fl-player").count()).toBe(1);
    expect(await stepOf(at, "two")).toBe(9);
    await seek(at, 10, "two");
    expect(at.errors).toEqual([]);
    await at.page.close();
  });

  test("one that left the document stops, and goes on when it is put back", async () => {
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": publishedRun() }, { speed: 30, rest: false }));
    await at.page.evaluate(async () => {
      const scope = globalThis as unknown as TestWindow & { kept: HTMLElement };
      scope.players.root!.play();
      scope.kept = document.getElementById("root")!;
      scope.kept.remove();
      await new Promise((done) => setTimeout(done, 300));
    });
    const away = await stepOf(at);
    expect(away).toBeLessThan(5);
    expect(await at.page.evaluate(() => (globalThis as unknown as TestWindow).players.root!.playing)).toBe(
      false,
    );
    await at.page.evaluate(() => document.body.append((globalThis as unknown as { kept: HTMLElement }).kept));
    await at.page.getByRole("button", { name: "Step forward" }).click();
    await shows(at, away + 1);
    await at.page.close();
  });
});

describe("what cannot be shown", () => {
  test("leaves the static picture and says why in one line", async () => {
    const at = await openPage(browser());
    const payload = { ...payloadOf({ "": publishedRun() }), version: 99 };
    await expect(mount(at, payload)).rejects.toThrow("version 99");
    expect(await at.page.locator("#root").innerText()).toMatch(
      /^the static picture\s+The player cannot be shown: it reads/,
    );
    await at.page.close();
  });

  test("text from labels, marks and titles stays text", async () => {
    const evil = "<img src=x onerror=alert(1)><b>&amp;</b><script>alert(2)</script>";
    const heap = new FreeList(1024, 16);
    const history = History.of(heap);
    history.label(evil);
    heap.malloc(100);
    history.mark(evil);
    const at = await openPage(browser());
    at.page.on("dialog", (dialog) => {
      throw new Error(dialog.message());
    });
    const runs = { [evil]: history.stop(), other: history };
    await mount(at, payloadOf(runs, { step: "end", panels: ["strip", "metrics", "space-time"] }, evil));
    const box = (await at.page.locator(".fl-square").first().boundingBox())!;
    await at.page.mouse.move(box.x + 5, box.y + 5);
    expect(await at.page.locator(".fl-tip").first().innerText()).toContain(`by ${evil}`);
    expect(await at.page.locator(".fl-says").first().innerText()).toContain(`[${evil}] ${evil}: malloc(100)`);
    expect(await at.page.locator(".fl-title").innerText()).toBe(evil);
    expect(await at.page.locator(".fl-player img, .fl-player b, .fl-player script").count()).toBe(0);
    expect(at.errors).toEqual([]);
    await at.page.close();
  });
});
