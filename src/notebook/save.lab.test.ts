import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectAccessible, sharedBrowser, sharedFolder } from "../tools/testing/index";
import { outputHtml } from "./output";
import { plotlySource } from "./plotly-package";
import { saveGif } from "./save-gif";
import { saveHtml } from "./save-html";
import { digits, evil, openFile, randomRun } from "./testing/pages";
import { ShownPlayer } from "./testing/shown-player";

const scratch = sharedFolder();
const browser = sharedBrowser();

describe("saveHtml", () => {
  const { history } = randomRun(200);
  const path = join(scratch, "a page.html");

  test("saves one page that plays from disk without a network, by mouse and by keys", async () => {
    saveHtml(history, path, { title: "A lecture", colour: "original" });
    const { page, errors, asked } = await openFile(browser(), path);
    expect(await page.title()).toBe("A lecture");
    const player = await new ShownPlayer(page.locator("body")).ready();
    await player.go(123);
    expect(await player.squares(46)).toBe(digits(history, 123));
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("A lecture");
    await expectAccessible(page);
    await player.button("Step back").click();
    await player.shows(122);
    await player.slider.press("End");
    await player.shows(200);
    await player.slider.press("ArrowLeft");
    await player.shows(199);
    expect(await player.squares(46)).toBe(digits(history, 199));
    const box = (await player.slider.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const middle = await player.step();
    expect(Math.abs(middle - 100)).toBeLessThanOrEqual(2);
    await player.slider.press("Space");
    await player.shows(middle + 3, 20_000).catch(() => undefined);
    expect(await player.step()).toBeGreaterThan(middle);
    expect(errors).toEqual([]);
    expect(asked).toEqual([]);
    await page.close();
  });

  test("reads no text of a run as markup or script", async () => {
    saveHtml({ [evil]: history.label(evil).mark(evil), other: history }, path, { title: evil });
    const { page, errors } = await openFile(browser(), path);
    await new ShownPlayer(page.locator("body")).ready();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (window as { hurt?: number }).hurt)).toBeUndefined();
    expect(await page.title()).toBe(evil);
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });
});

test("saveGif saves an animation whose frames a browser shows as they are", async () => {
  const { history } = randomRun(12, 100);
  const path = join(scratch, "run.gif");
  saveGif(history, path, { width: 102, colour: "original" });
  const { page } = await openFile(browser(), join(scratch, "a page.html"));
  const shown = await page.evaluate(readGif, readFileSync(path).toString("base64"));
  expect(shown.length).toBe(13);
  for (const [step, squares] of shown.entries()) expect(squares, `frame ${step}`).toBe(digits(history, step));
  await page.close();
});

/** Runs in the page: the squares of each frame of a GIF with 10 × 10 squares of 10 pixels in a frame of one. */
async function readGif(base64: string): Promise<string[]> {
  const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const decoder = new ImageDecoder({ type: "image/gif", data });
  await decoder.tracks.ready;
  const frames: string[] = [];
  for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack!.frameCount; frameIndex++) {
    const { image } = await decoder.decode({ frameIndex });
    const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    let squares = "";
    for (let cell = 0; cell < 100; cell++) {
      const [x, y] = [6 + 10 * (cell % 10), 6 + 10 * Math.floor(cell / 10)];
      squares += context.getImageData(x, y, 1, 1).data[0]! < 128 ? "0" : "1";
    }
    frames.push(squares);
  }
  return frames;
}

test("an output stays within its bounds: 105 KB for 1,000 steps on 128 × 128, 360 KB for 100,000", () => {
  const size = (steps: number) => {
    const { history } = randomRun(steps, 128 * 128);
    const html = JSON.stringify(String(outputHtml(history, { title: "Size" }, plotlySource())));
    const data = history.encode().length;
    console.log(`${steps} steps on 128 × 128: output ${html.length} bytes in the notebook, data ${data}`);
    return { html: html.length, data };
  };
  const short = size(1000);
  expect(short.html).toBeLessThan(105_000);
  expect(short.data).toBeLessThan(3_000);
  expect(size(100_000).html).toBeLessThan(360_000);
});
