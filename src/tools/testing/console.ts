import type { Page } from "playwright-core";

/** Errors on the console that are not ours, each with its reason. */
const ignored: readonly RegExp[] = [];

/**
 * Collects the errors of a page's console and its uncaught exceptions, from now on.
 * @returns a list that grows; a test asserts at its end that it is empty
 */
export function watchConsole(page: Page): readonly string[] {
  const errors: string[] = [];
  const note = (text: string) => {
    if (!ignored.some((pattern) => pattern.test(text))) errors.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => note(String(error.stack ?? error)));
  return errors;
}
