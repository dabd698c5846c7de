import type { Locator } from "playwright-core";
import { type Answer, type AnswerForm, writeAnswer } from "../../../exercise/answer";
import type { Extent } from "../../../heap/block";

/** How a reader works a page. */
export type Hand = "mouse" | "keyboard";

/** Gives an answer in an exercise's form, and has it checked: by mouse and a button, or by keys alone. */
export async function giveAnswer(
  exercise: Locator,
  form: AnswerForm,
  answer: Answer,
  hand: Hand,
): Promise<void> {
  if (form.form === "choice") await choose(exercise, String(answer), hand);
  else if (form.form === "list" || form.form === "record")
    await giveRecords(exercise, answer as readonly Extent[], form.form === "list", hand);
  else if (answer === null) await giveDenied(exercise, hand);
  else {
    const denied = exercise.getByLabel("it is denied");
    if ((await denied.count()) > 0 && (await denied.isChecked())) await denied.uncheck();
    await type(exercise.locator(".fl-answer"), writeAnswer(form, answer), hand);
  }
  if (hand === "mouse") await exercise.getByRole("button", { name: "Check" }).click();
  else await exercise.page().keyboard.press("Enter");
}

async function type(field: Locator, text: string, hand: Hand): Promise<void> {
  if (hand === "mouse") return await field.fill(text);
  await field.focus();
  await field.page().keyboard.press("ControlOrMeta+a");
  await field.page().keyboard.type(text);
}

async function choose(exercise: Locator, choice: string, hand: Hand): Promise<void> {
  const radio = exercise.getByRole("radio", { name: choice, exact: true });
  if (hand === "mouse") return await radio.check();
  const { keyboard } = exercise.page();
  const first = exercise.getByRole("radio").first();
  await first.focus();
  await keyboard.press("Space");
  const count = await exercise.getByRole("radio").count();
  for (let i = 0; i < count && !(await radio.isChecked()); i++) await keyboard.press("ArrowDown");
}

async function giveDenied(exercise: Locator, hand: Hand): Promise<void> {
  const box = exercise.getByLabel("it is denied");
  if (hand === "mouse") return await box.check();
  if (await box.isChecked()) return await box.focus();
  await box.focus();
  await exercise.page().keyboard.press("Space");
}

async function giveRecords(
  exercise: Locator,
  records: readonly Extent[],
  several: boolean,
  hand: Hand,
): Promise<void> {
  const { keyboard } = exercise.page();
  const act = async (name: string | RegExp) => {
    const button = exercise.getByRole("button", { name, exact: true });
    if (hand === "mouse") return await button.click();
    await button.focus();
    await keyboard.press("Enter");
  };
  const rows = exercise.locator(".fl-record");
  if (several) while ((await rows.count()) > Math.max(1, records.length)) await act("Remove record 1");
  for (const [i, { address, size }] of records.entries()) {
    if (i >= (await rows.count())) await act("Add a record");
    const fields = rows.nth(i).locator("input");
    await type(fields.nth(0), String(address), hand);
    if (hand === "keyboard") await keyboard.press("Tab");
    await type(fields.nth(1), String(size), hand);
  }
}
