import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { checkPath } from "./checked-path";

/**
 * Writes a file as a whole or not at all: beside its place first, then renamed. A file that was there is replaced, and keeps
 * its mode and, where the system permits it, its owner; when writing fails it is left as it was. A symbolic link is followed:
 * what it leads to is replaced. What is no file (a device, a pipe, `/dev/stdout`) is written into.
 *
 * The package write-file-atomic does most of this, but takes a write that a full disk cut short for a whole one.
 * @throws TypeError for a path that is no text or empty; Error, with the system's error as its cause, when the file cannot be
 * written.
 */
export function writeWhole(path: string, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  const place = writablePlace(path);
  orSay(path, () => (place.isFile ? replace(place, bytes) : writeInto(place, bytes)));
}

/**
 * Finds out whether `writeWhole` can write a file, without a change to what is there; for work that takes long before it writes.
 * The disk may still be full when it does.
 * @throws as `writeWhole` does
 */
export function checkWritable(path: string): void {
  const place = writablePlace(path);
  orSay(path, () => {
    if (!place.isFile) return;
    const { descriptor, remove } = openBeside(place);
    closeSync(descriptor);
    remove();
  });
}

/**
 * Makes a folder and those above it that are missing; one that is there is left as it is.
 * @throws TypeError for a path that is no text or empty; Error, with the system's error as its cause, when it cannot be made
 */
export function makeFolder(path: string): void {
  checkPath(path);
  // One by one: Node's own `recursive` never ends where the system answers ENOENT, as in /proc.
  const missing: string[] = [];
  let folder = resolve(path);
  for (; !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) missing.unshift(folder);
  if (missing.length === 0 && !statSync(folder).isDirectory()) orSay(path, () => mkdirSync(folder), "made");
  for (const each of missing) orSay(each, () => mkdirSync(each), "made");
}

/** Where something is to be written. */
interface Place {
  /** A whole path, behind all links if it is a file's. */
  readonly path: string;
  /** True for a file, there or to be made; false for what is written into. */
  readonly isFile: boolean;
  /** Of what is there; undefined when nothing is. */
  readonly status: Stats | undefined;
}

function writablePlace(path: string): Place {
  checkPath(path);
  return orSay(path, () => {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) throw systemError("EISDIR");
    if (status) accessSync(path, constants.W_OK);
    // Standard output may be a file that more is written to: it is not replaced either.
    const isFile = !status || (status.isFile() && standardStream(status) === undefined);
    return { path: isFile ? behindLinks(path) : resolve(path), isFile, status };
  });
}

/** The path behind symbolic links, which may lead to nothing yet. */
function behindLinks(path: string): string {
  let place = resolve(path);
  for (let links = 0; links < 40; links++) {
    if (!lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) return place;
    place = resolve(realpathSync(dirname(place)), readlinkSync(place));
  }
  throw systemError("ELOOP");
}

function replace(place: Place, bytes: Uint8Array): void {
  const { path: beside, descriptor, remove } = openBeside(place);
  try {
    try {
      writeAll(descriptor, bytes);
      if (place.status) keepOwnerAndMode(descriptor, place.status);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, place.path);
  } catch (error) {
    remove();
    throw error;
  }
}

/** A new file in the folder of `place`, readable by its maker alone until it has the mode of the one that it replaces. */
function openBeside(place: Place) {
  const path = join(dirname(place.path), `.${randomBytes(6).toString("hex")}.part`);
  const descriptor = openSync(path, "wx", place.status ? 0o600 : 0o666);
  return { path, descriptor, remove: () => rmSync(path, { force: true }) };
}

function keepOwnerAndMode(descriptor: number, { uid, gid, mode }: Stats): void {
  const own = fstatSync(descriptor);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      fchownSync(descriptor, uid, gid);
    } catch {
      // Only root may give files away; who writes a file of somebody else's becomes its owner.
    }
  }
  fchmodSync(descriptor, mode & 0o777);
}

function writeInto({ path, status }: Place, bytes: Uint8Array): void {
  const standard = status && standardStream(status);
  const descriptor = standard ?? openSync(path, constants.O_WRONLY);
  try {
    writeAll(descriptor, bytes);
  } finally {
    if (descriptor !== standard) closeSync(descriptor);
  }
}

/** The standard output or error of this process, when that is what `status` tells of; a socket there cannot be opened anew. */
function standardStream({ dev, ino }: Stats): 1 | 2 | undefined {
  return ([1, 2] as const).find((descriptor) => {
    try {
      const own = fstatSync(descriptor);
      return own.dev === dev && own.ino === ino;
    } catch {
      return false; // closed
    }
  });
}

/** A system may take less at a time than it is given, or, of a pipe, nothing until its reader has read. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Does `action`; what the system has against it is said in a sentence. */
function orSay<T>(path: string, action: () => T, what = "written"): T {
  try {
    return action();
  } catch (cause) {
    throw new Error(`${JSON.stringify(path)} cannot be ${what}: ${reason(path, cause)}`, { cause });
  }
}

const remedies: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist; make the folder first.",
  ENOTDIR: "a part of the path is a file, not a folder; choose another path.",
  EEXIST: "there is a file of that name; choose another name.",
  EACCES: "you have no permission to write there; choose another folder.",
  EPERM: "the system does not permit it; choose another folder.",
  EROFS: "the disk is read-only; choose another folder.",
  EISDIR: "it is a folder; name a file in it.",
  ENOTEMPTY: "it is a folder; name a file in it.",
  ENOSPC: "the disk is full; make room or choose another disk.",
  EDQUOT: "your share of the disk is used up; make room or choose another disk.",
  EFBIG: "it is larger than a file may be there; choose another disk.",
  EBUSY: "the system holds that file in its place; choose another name.",
  EPIPE: "nobody reads what is written there any more.",
  ELOOP: "its symbolic links lead in a circle; choose another path.",
  ENAMETOOLONG: "the name is too long; shorten it.",
};

function reason(path: string, cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT" && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    return "it is a symbolic link into a folder that does not exist; make the folder first.";
  }
  if (code === "ENOENT" && existsSync(dirname(resolve(path)))) {
    return "the system makes no new files or folders there; choose another folder.";
  }
  return remedies[code ?? ""] ?? `${message ?? cause}.`;
}

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code, syscall: "write" });
}
