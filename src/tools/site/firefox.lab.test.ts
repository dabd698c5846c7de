import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { saveHtml } from "../../notebook/save-html";
import { digits, openFile, randomRun } from "../../notebook/testing/pages";
import { ShownPlayer } from "../../notebook/testing/shown-player";
import { labFolder, notebookFolder } from "../paths";
import {
  type CellOutput,
  firefoxObstacle,
  openNotebook,
  shared,
  sharedFolder,
  sharedSite,
  shownBy,
  startFirefox,
  watchConsole,
} from "../testing";

// What readers do on the site, in another browser than all other tests have.

const obstacle = firefoxObstacle();
const skipped = obstacle === null ? "" : ` (skipped: ${obstacle})`;

describe.skipIf(obstacle !== null)(`in Firefox${skipped}`, () => {
  const site = sharedSite();
  const folder = sharedFolder();
  const browser = shared(startFirefox, (started) => started.close());

  async function open(address: string) {
    const page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    const errors = watchConsole(page);
    await page.goto(address);
    const done = async (name: string) => {
      expect(errors).toEqual([]); // before the screenshot, whose style the frame for policies refuses
      await page.screenshot({ path: join(labFolder, `screenshots/firefox-${name}.png`) });
      await page.close();
    };
    return { page, done };
  }

  test("a player in an article plays", async () => {
    const { page, done } = await open(`${site().served.url}02-build-an-allocator.html`);
    const step = page.getByLabel("Timeline").first();
    await page.getByRole("button", { name: "First step" }).first().click();
    expect(await step.inputValue()).toBe("0");
    await page.getByRole("button", { name: "Play" }).first().click();
    await expect.poll(() => step.inputValue(), { timeout: 10_000 }).toBe(await step.getAttribute("max"));
    await done("article");
  });

  test("the playground runs what is typed, and a policy of one's own", async () => {
    const { page, done } = await open(`${site().served.url}playground.html`);
    await page.getByRole("textbox", { name: "Operations" }).fill("a = malloc(100)\nb = malloc(50)");
    await page.getByRole("button", { name: /^Block b: 64 bytes at 112/ }).waitFor();
    await page.getByRole("combobox", { name: "Fit", exact: true }).selectOption("your own");
    await page.getByText(/^Serves all of 2 requests\./).waitFor();
    await done("playground");
  });

  test("an exercise answers", async () => {
    const { page, done } = await open(`${site().served.url}09-exercises.html`);
    await page.getByRole("textbox", { name: "Address" }).first().fill("1000000");
    await page.getByRole("button", { name: "Check" }).first().click();
    await page.locator('.fl-verdict[data-right="false"]').first().waitFor();
    await done("exercise");
  });

  test("a saved page plays from disk", async () => {
    const { history } = randomRun(200);
    const path = join(folder, "run.html");
    saveHtml(history, path, { colour: "original" });
    const { page, errors, asked } = await openFile(browser(), path);
    const player = await new ShownPlayer(page.locator("body")).ready();
    await player.go(123);
    expect(await player.squares(46)).toBe(digits(history, 123));
    await player.slider.press("End");
    await player.shows(200);
    expect([errors, asked]).toEqual([[], []]);
    await page.close();
  });

  test("JupyterLite runs a notebook to the committed outputs", async () => {
    const name = "01-first-fit-free-list.ipynb";
    const notebook = await openNotebook(browser(), site(), site().path(name));
    const cells = await notebook.runAll();
    const { cells: committed }: { cells: { outputs?: CellOutput[] }[] } = JSON.parse(
      readFileSync(join(notebookFolder, name), "utf8"),
    );
    expect(cells.map(({ outputs }) => shownBy(outputs))).toEqual(
      committed.map(({ outputs = [] }) => shownBy(outputs)),
    );
    await notebook.screenshot("firefox-lite");
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  });
});
