import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Writes a file as a whole or not at all: beside its place first, then renamed. A file that was there is replaced; when
 * writing fails it is left as it was.
 * @throws TypeError for a path that is no text or empty; Error, with the system's error as its cause, when the file cannot be
 * written.
 */
export function writeWhole(path: string, data: string | Uint8Array): void {
  if (typeof path !== "string" || path === "") {
    throw new TypeError(`A path is a text like "run.png", not ${JSON.stringify(path) ?? String(path)}.`);
  }
  const beside = `${resolve(path)}.${randomBytes(4).toString("hex")}.part`;
  try {
    writeFileSync(beside, data, { flag: "wx" });
    renameSync(beside, resolve(path));
  } catch (cause) {
    removeQuietly(beside);
    throw new Error(`${JSON.stringify(path)} cannot be written: ${reason(cause)}`, { cause });
  }
}

const remedies: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist; make the folder first.",
  ENOTDIR: "a part of the path is a file, not a folder; choose another path.",
  EACCES: "you have no permission to write there; choose another folder.",
  EPERM: "the system does not permit it; choose another folder.",
  EROFS: "the disk is read-only; choose another folder.",
  EISDIR: "it is a folder; name a file in it.",
  ENOTEMPTY: "it is a folder; name a file in it.",
  ENOSPC: "the disk is full; make room or choose another disk.",
  ENAMETOOLONG: "the name is too long; shorten it.",
};

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return remedies[code ?? ""] ?? `${message ?? cause}.`;
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing was written there: the reason why is the one that the caller hears.
  }
}
