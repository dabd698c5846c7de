/**
 * Throws for what cannot be the path of a file.
 * @throws TypeError that says what one is
 */
export function checkPath(path: unknown): void {
  if (typeof path !== "string" || path === "" || path.includes("\0")) {
    throw new TypeError(`A path is a text like "run.png", not ${JSON.stringify(path) ?? String(path)}.`);
  }
}
