import { writeFileSync } from "node:fs";
import { checkPath } from "../checked-path";

// In the browser: `../write-whole.ts`, where files go into the file browser.

/**
 * Saves a file into the file browser. One that is there is replaced.
 * @throws TypeError for a path that is no text or empty
 */
export function writeWhole(path: string, data: string | Uint8Array): void {
  checkPath(path);
  writeFileSync(path, data);
}
