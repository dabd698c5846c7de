import { accessSync, closeSync, constants, openSync, readSync, type Stats, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const VALGRIND = "record it with valgrind --trace-malloc=yes --log-file=trace.%p.txt";

/** Who runs the program: what decides whether a setuid or setgid bit changes anything. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** Where a program is, and why its calls can't be recorded; `reason` is null when nothing speaks against it. */
export interface Traceable {
  readonly path: string;
  readonly reason: string | null;
}

/**
 * Finds the program as a shell would, and looks whether its allocations can be recorded by loading a library into it.
 * @param name a path, or a name to look for on the PATH
 * @param cwd the folder that a path is relative to
 * @param who whoever runs it; default: this process
 */
export function traceable(name: string, cwd: string, who: Identity = self()): Traceable {
  const path = name.includes("/") ? resolve(cwd, name) : onPath(name);
  const status = path === null ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path === null || status === undefined) {
    const remedy = name.includes("/")
      ? "check its path"
      : `a command of the shell is traced with sh -c "${name} …"`;
    return { path: name, reason: `${name} is not found: ${remedy}.` };
  }
  return { path, reason: reasonAgainst(name, path, status, who) };
}

function reasonAgainst(name: string, path: string, status: Stats, who: Identity): string | null {
  if (!status.isFile() || !isExecutable(path)) return `${name} is no program: ${path} can't be executed.`;
  const setuid = (status.mode & 0o4000) !== 0 && status.uid !== who.uid;
  const setgid = (status.mode & 0o2000) !== 0 && status.gid !== who.gid;
  if (setuid || setgid) {
    return `${name} is ${setuid ? "setuid" : "setgid"}: the system lets nobody look into it; trace a copy without that bit (cp ${path} .), as far as it runs.`;
  }
  const start = firstBytes(path, 64 * 1024);
  if (start.subarray(0, 2).toString() === "#!") return reasonAgainstScript(name, start, who);
  return reasonAgainstBinary(name, start);
}

/** A script is as traceable as its interpreter. */
function reasonAgainstScript(name: string, start: Buffer, who: Identity): string | null {
  const interpreter = /^#!\s*(\S+)/.exec(start.toString("latin1", 0, 256))?.[1] ?? "";
  const status = statSync(interpreter, { throwIfNoEntry: false });
  if (status === undefined) return `${name} can't be run: its interpreter ${interpreter} is not found.`;
  if (firstBytes(interpreter, 2).toString() === "#!") return null;
  return reasonAgainst(interpreter, interpreter, status, who);
}

/** Reads the ELF header and the program headers (System V ABI, chapters 4 and 5; little-endian files only). */
function reasonAgainstBinary(name: string, start: Buffer): string | null {
  if (start.length < 64 || start.subarray(0, 4).toString("latin1") !== "\x7fELF")
    return `${name} is neither a Linux program nor a script.`;
  const own = firstBytes(process.execPath, 20);
  if (start[4] !== own[4] || start.readUInt16LE(18) !== own.readUInt16LE(18)) {
    return `${name} is a program for another kind of processor (32 bits, for example): ${VALGRIND}.`;
  }
  const wide = start[4] === 2;
  const first = wide ? Number(start.readBigUInt64LE(32)) : start.readUInt32LE(28);
  const entrySize = start.readUInt16LE(wide ? 54 : 42);
  const entries = start.readUInt16LE(wide ? 56 : 44);
  for (let i = 0; i < entries; i++) {
    const entry = first + i * entrySize;
    if (entry + entrySize > start.length) break;
    if (start.readUInt32LE(entry) !== 3) continue; // PT_INTERP: the dynamic linker's path
    const offset = wide ? Number(start.readBigUInt64LE(entry + 8)) : start.readUInt32LE(entry + 4);
    const linker = start.toString("latin1", offset, offset + 64).split("\0", 1)[0]!;
    return linker.includes("musl") ? `${name} is linked with musl, which has no mtrace: ${VALGRIND}.` : null;
  }
  return `${name} is statically linked, so that no library can be loaded into it: link it dynamically.`;
}

function onPath(name: string): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = folders.map((folder) => join(folder, name));
  return (
    candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() && isExecutable(path)) ??
    null
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The beginning of a file; nothing where it can't be read. */
function firstBytes(path: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    const file = openSync(path, "r");
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}

function self(): Identity {
  return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}
