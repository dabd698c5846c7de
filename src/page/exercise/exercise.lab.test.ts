import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type Answer, sameAnswer, writeAnswer } from "../../exercise/answer";
import { type Exercise, makeExercise } from "../../exercise/exercise";
import { EXERCISE_NAMES } from "../../exercise/exercises";
import type { Level } from "../../exercise/question";
import { solve } from "../../exercise/testing/solve";
import type { Extent } from "../../heap/block";
import { saveExercises } from "../../notebook/exercise";
import { openFile } from "../../notebook/testing/pages";
import { writeNotebook } from "../../notebook/testing/write-notebook";
import {
  expectAccessible,
  openNotebook,
  sharedBrowser,
  sharedFolder,
  sharedLab,
} from "../../tools/testing/index";
import { giveAnswer, type Hand } from "./testing/give-answer";

const scratch = sharedFolder();
const browser = sharedBrowser();

/** Every kind, each at one of the levels. */
const optionsOf = (seed: string, shift: number) =>
  EXERCISE_NAMES.map((kind, i) => ({ kind, level: (((i + shift) % 3) + 1) as Level, seed }));

/** An answer that is not the right one. */
function wrong({ question: { answer: form } }: Exercise, right: Answer): Answer {
  if (form.form === "choice") return form.choices.find((choice) => choice !== right)!;
  if (form.form === "number" || form.form === "address") return right === null ? 4 : (right as number) + 4;
  return (right as readonly Extent[]).map(({ address, size }, i) => ({
    address,
    size: i > 0 ? size : size + 4,
  }));
}

/** Plays an exercise to its end: no answer, a wrong one, the right one. */
async function playThrough(place: Locator, made: Exercise, hand: Hand): Promise<void> {
  const form = made.question.answer;
  const right = solve(made.question) as Answer;
  const verdict = place.locator(".fl-verdict");
  const { explanation, answer } = made.grade(right);
  await place.getByRole("button", { name: "Check" }).click();
  await expect.poll(() => place.getByRole("status").first().textContent()).toBe("Give an answer first.");
  expect(await place.getByRole("button", { name: "Show the answer" }).count()).toBe(0);
  expect(await place.locator(".fl-why-steps").count()).toBe(0);
  const other = wrong(made, right);
  expect(sameAnswer(other, right)).toBe(false);
  await giveAnswer(place, form, other, hand);
  await expect.poll(() => verdict.getAttribute("data-right")).toBe("false");
  expect(await verdict.textContent()).toBe(
    `${writeAnswer(form, other)} is not right. ${made.grade(other).hint} Try again.`,
  );
  expect(await place.locator(".fl-why-steps").count()).toBe(0);
  await giveAnswer(place, form, right, hand);
  await expect.poll(() => verdict.getAttribute("data-right")).toBe("true");
  expect(await verdict.textContent()).toBe(`Right: ${answer}. After 2 tries.`);
  expect(await place.locator(".fl-why-steps li").allTextContents()).toEqual(explanation);
}

/** Waits for the player of an exercise, with the decision open at its last call. */
async function showsRun(place: Locator): Promise<void> {
  await place.locator(".fl-player .heatmaplayer image").first().waitFor({ timeout: 20_000 });
  expect(await place.locator("details[data-panel=why]").getAttribute("open")).not.toBe(null);
}

describe.each(["mouse", "keyboard"] as const)("a saved page, played by %s", (hand) => {
  test("asks every kind of exercise, tells no answer before a try, and why after it", async () => {
    const options = optionsOf("Ada", hand === "mouse" ? 0 : 1);
    const path = saveExercises(join(scratch, `${hand}.html`), options, { title: "Week 3" });
    const { page, errors, asked } = await openFile(browser(), path);
    await page.locator(".fl-exercise").first().waitFor();
    expect(await page.locator(".fl-exercise").count()).toBe(EXERCISE_NAMES.length);
    const before = await page.locator(".fl-page").textContent();
    for (const [i, which] of options.entries()) {
      const made = makeExercise(which);
      for (const sentence of made.grade(solve(made.question)).explanation)
        expect(before).not.toContain(sentence);
      const place = page.locator(".fl-exercise").nth(i);
      await playThrough(place, made, hand);
      if (made.grade(solve(made.question)).run) await showsRun(place);
      // So that the page does not hold a player for every kind at a time.
      await place.getByRole("button", { name: "Another like this" }).click();
      await expect.poll(() => place.locator(".fl-verdict").getAttribute("data-right")).toBe(null);
      const next = makeExercise({ ...which, seed: "Ada 2" });
      expect(await place.locator(".fl-prompt").textContent()).toBe(next.question.prompt);
      expect(await place.evaluate((form) => form.contains(document.activeElement))).toBe(true);
    }
    expect(errors).toEqual([]);
    expect(asked).toEqual([]);
    await page.close();
  });
});

test("the answer is shown for the asking, after a try, and two runs where there is something to compare", async () => {
  const which = { kind: "which-fit", level: 2, seed: 5 } as const;
  const { page, errors } = await openFile(browser(), saveExercises(join(scratch, "show.html"), which));
  const made = makeExercise(which);
  const right = solve(made.question) as Answer;
  const place = page.locator(".fl-exercise");
  const other = wrong(made, right);
  await giveAnswer(place, made.question.answer, other, "mouse");
  await place.getByRole("button", { name: "Show the answer" }).click();
  expect(await place.locator(".fl-verdict").textContent()).toContain(
    `The answer is ${writeAnswer(made.question.answer, right)}.`,
  );
  await showsRun(place);
  expect([...new Set(await place.locator("figure .fl-name").allTextContents())]).toEqual([
    `${right} fit`,
    `${other} fit`,
  ]);
  // What is done is not checked again.
  await page.getByRole("button", { name: "Check" }).click({ force: true });
  expect(await place.getByRole("button", { name: "Show the answer" }).count()).toBe(0);
  expect(errors).toEqual([]);
  await page.close();
});

const themes = ["light", "dark"] as const;

test.each(themes)(
  "nothing is inaccessible in the %s theme, and nothing is cut at 400 pixels",
  async (theme) => {
    for (const level of [1, 2, 3] as const) {
      const all = EXERCISE_NAMES.map((kind) => ({ kind, level, seed: "Grace" }));
      const { page } = await openFile(browser(), saveExercises(join(scratch, "look.html"), all, { theme }));
      await page.locator(".fl-exercise").last().waitFor();
      await expectAccessible(page);
      for (const width of [600, 400]) {
        await page.setViewportSize({ width, height: 800 });
        await page.waitForTimeout(200);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth),
          `${width}, level ${level}`,
        ).toBeLessThanOrEqual(width);
      }
      if (level === 3) await checkSolved(page);
      await page.close();
    }
  },
);

/** Solves the first exercise wrongly and shows its answer: that is accessible, too. */
async function checkSolved(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1000, height: 900 });
  const place = page.locator(".fl-exercise").first();
  await giveAnswer(place, { form: "address" }, 3, "mouse");
  await place.getByRole("button", { name: "Show the answer" }).click();
  await showsRun(place);
  await expectAccessible(page);
}

describe("in JupyterLab", () => {
  const lab = sharedLab();
  test.each(themes)("cells ask, %s, and the returned exercise grades", async (theme) => {
    const all = [
      { kind: "address", level: 2, seed: "Ada" },
      { kind: "realloc", level: 1, seed: "Ada" },
      { kind: "order", level: 1, seed: "Ada" },
    ] as const;
    writeNotebook(join(lab().folder, `ask-${theme}.ipynb`), [
      `import { exercise } from "freelist-lab";`,
      ...all.map((options) => `exercise(${JSON.stringify(options)})`),
      `const q = exercise({ kind: "address", level: 2, seed: "Ada" });
q.grade(${JSON.stringify(solve(makeExercise(all[0]).question))}).message`,
    ]);
    const notebook = await openNotebook(browser(), lab(), lab().path(`ask-${theme}.ipynb`), { theme });
    await notebook.runAll();
    for (const [i, options] of all.entries()) {
      const area = await notebook.output(i + 1);
      const place = area.locator(".fl-exercise");
      await place.waitFor();
      const printed = await area.locator(".jp-OutputArea-output").last().textContent();
      expect(printed).toMatch(/^grade\(answer\) takes .+\.\n?$/);
      await playThrough(place, makeExercise(options), i % 2 === 0 ? "keyboard" : "mouse");
      await showsRun(place);
      await expectAccessible(area.locator(".fl-page"));
    }
    const graded = await notebook.output(4);
    expect(await graded.locator(".jp-OutputArea-output").last().textContent()).toMatch(/^Right: /);
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  });
});
