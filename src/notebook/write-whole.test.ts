import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkWritable, makeFolder, writeWhole } from "./write-whole";

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";
const isWindows = process.platform === "win32";

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const textOf = (name: string) => readFileSync(at(name), "utf8");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "freelist lab "));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("writeWhole", () => {
  it("writes text and bytes, replaces what was there, and leaves nothing beside it", () => {
    writeWhole(at("a.txt"), "one");
    writeWhole(at("a.txt"), Uint8Array.of(116, 119, 111));
    expect(textOf("a.txt")).toBe("two");
    writeWhole(at("a.txt"), "größer");
    expect(textOf("a.txt")).toBe("größer");
    writeWhole(at("a.txt"), "");
    expect(textOf("a.txt")).toBe("");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("gives a new file the mode that any new file has", () => {
    writeFileSync(at("plain"), "");
    writeWhole(at("ours"), "");
    expect(statSync(at("ours")).mode).toBe(statSync(at("plain")).mode);
  });

  it.skipIf(isWindows)("keeps the mode of a file that was there, and its owner as root", () => {
    for (const mode of [0o600, 0o640, 0o755]) {
      writeFileSync(at("a"), "old");
      chmodSync(at("a"), mode);
      if (isRoot) chownSync(at("a"), 1234, 2345);
      writeWhole(at("a"), "new");
      expect(textOf("a")).toBe("new");
      const { mode: kept, uid, gid } = statSync(at("a"));
      expect(kept & 0o7777).toBe(mode);
      if (isRoot) expect([uid, gid]).toEqual([1234, 2345]);
    }
  });

  it.skipIf(isWindows)(
    "follows a link, and a link to a link from another folder, and replaces what it leads to",
    () => {
      mkdirSync(at("there", "deep"), { recursive: true });
      mkdirSync(at("here"));
      writeFileSync(at("there", "file"), "old");
      symlinkSync("../file", at("there", "deep", "inner"));
      symlinkSync("../there/deep", at("here", "folder"));
      symlinkSync("folder/inner", at("here", "outer"));
      writeWhole(at("here", "outer"), "new");
      expect(textOf("there/file")).toBe("new");
      expect(readlinkSync(at("here", "outer"))).toBe("folder/inner");
      expect(readlinkSync(at("there", "deep", "inner"))).toBe("../file");
      expect(readdirSync(at("here")).sort()).toEqual(["folder", "outer"]);
    },
  );

  it.skipIf(isWindows)(
    "makes what a link leads to when it is missing, and says when links go in a circle",
    () => {
      symlinkSync("later", at("link"));
      writeWhole(at("link"), "new");
      expect(textOf("later")).toBe("new");
      expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
      symlinkSync("no/where", at("lost"));
      expect(() => writeWhole(at("lost"), "x")).toThrow(
        /lost" cannot be written: it is a symbolic link into a folder that does not exist/,
      );
      symlinkSync("circle", at("circle"));
      expect(() => writeWhole(at("circle"), "x")).toThrow(/links lead in a circle/);
    },
  );

  it.skipIf(isWindows)("writes all of it into a pipe, however slow its reader", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    const script = 'sleep 0.2; wc -c < "$1" > "$2"';
    const reader = spawn("sh", ["-c", script, "sh", at("pipe"), at("read")]);
    const ended = new Promise((resolve) => reader.on("close", resolve));
    writeWhole(at("pipe"), "x".repeat(300_000));
    await ended;
    expect(textOf("read").trim()).toBe("300000");
    expect(statSync(at("pipe")).isFIFO()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["pipe", "read"]);
  });

  // A device of one's own takes root and a system that lets root make one; the pipe above is the same branch for everybody.
  it.runIf(canMakeDevices())("writes into a device and leaves it there, also through a link", () => {
    execFileSync("mknod", [at("null"), "c", "1", "3"]);
    symlinkSync("null", at("link"));
    for (const name of ["null", "link"]) writeWhole(at(name), "gone");
    expect(statSync(at("null")).isCharacterDevice()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["link", "null"]);
  });

  it.skipIf(!isLinux)("says that a disk is full, and leaves the old file, not a part of the new one", () => {
    expect(() => writeWhole("/dev/full", "x")).toThrow(/"\/dev\/full" cannot be written: the disk is full/);
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  });

  it.runIf(canMount())("leaves the old file, not a part of the new one, on a small disk", () => {
    mkdirSync(at("disk"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", at("disk")]);
    try {
      writeWhole(at("disk", "a"), "old");
      expect(() => writeWhole(at("disk", "a"), "x".repeat(200_000))).toThrow(/the disk is full/);
      expect(textOf("disk/a")).toBe("old");
      expect(readdirSync(at("disk"))).toEqual(["a"]);
    } finally {
      execFileSync("umount", [at("disk")]);
    }
  });

  it.skipIf(!isLinux)("writes into its own standard output, be it a socket, a pipe or a file", () => {
    const program = built(`console.log("first");
writeWhole("/dev/stdout", "x".repeat(200_000) + "\\n");
writeWhole("/dev/stdout", "last\\n");`);
    const expected = `first\n${"x".repeat(200_000)}\nlast\n`;
    const socket = spawnSync(process.execPath, [program], { encoding: "utf8" });
    expect(socket.stderr).toBe("");
    expect(socket.stdout).toBe(expected);
    const shell = (redirection: string) =>
      spawnSync("sh", ["-c", `"$1" "$2" ${redirection}`, "sh", process.execPath, program], {
        cwd: folder,
        encoding: "utf8",
      });
    expect(shell("| (sleep 0.2; cat)").stdout).toBe(expected);
    expect(shell("> out").stderr).toBe("");
    expect(textOf("out")).toBe(expected);
    shell(">> out");
    expect(textOf("out")).toBe(expected + expected);
  });
});

describe("writeWhole and checkWritable", () => {
  for (const [name, write] of [
    ["writeWhole", (path: string) => writeWhole(path, "x")],
    ["checkWritable", checkWritable],
  ] as const) {
    const refuse = (path: string, reason: RegExp) => expect(() => write(path), name).toThrow(reason);

    it(`${name} says that the folder does not exist`, () => {
      refuse(
        at("no", "a.txt"),
        /no\/a.txt" cannot be written: its folder does not exist; make the folder first/,
      );
    });

    it(`${name} leaves a folder of that name as it was`, () => {
      mkdirSync(at("a"));
      writeFileSync(at("a", "kept"), "");
      refuse(at("a"), /it is a folder; name a file in it/);
      expect(readdirSync(folder)).toEqual(["a"]);
      expect(readdirSync(at("a"))).toEqual(["kept"]);
    });

    it(`${name} says that a part of the path is a file`, () => {
      writeFileSync(at("a"), "");
      refuse(at("a", "b"), /a part of the path is a file/);
      refuse(`${at("a")}/`, /a part of the path is a file/);
    });

    it(`${name} says that a name is too long, and takes the longest`, () => {
      refuse(at("x".repeat(300)), /the name is too long/);
      write(at("x".repeat(255)));
    });

    it.skipIf(!isLinux)(`${name} says that the system makes no files there`, () => {
      refuse(
        "/proc/x",
        /"\/proc\/x" cannot be written: (the system makes no new files|you have no permission)/,
      );
    });

    it.skipIf(isWindows)(`${name} refuses a file that is not to be written, and a folder`, () => {
      writeFileSync(at("a"), "kept");
      chmodSync(at("a"), 0o444);
      mkdirSync(at("closed"));
      chmodSync(at("closed"), 0o555);
      const paths = [at("a"), at("closed", "b")];
      const program = built(`for (const path of ${JSON.stringify(paths)}) {
  try { ${name}(path, "x"); console.log("no error"); } catch (error) { console.log(error.message); }
}`);
      // Root may write everywhere; whoever else runs this, runs it as themselves.
      chmodSync(folder, 0o777);
      const user = isRoot ? { uid: 65534, gid: 65534 } : {};
      const { stdout } = spawnSync(process.execPath, [program], { encoding: "utf8", ...user });
      expect(stdout.trim().split("\n")).toEqual(
        paths.map((path) => expect.stringContaining(`${path}" cannot be written: you have no permission`)),
      );
      expect(textOf("a")).toBe("kept");
      expect(readdirSync(at("closed"))).toEqual([]);
    });

    it(`${name} refuses what is no path`, () => {
      for (const path of ["", undefined, null, 7, "a\0b"]) {
        expect(() => write(path as string)).toThrow(TypeError);
      }
      expect(() => write(undefined as unknown as string)).toThrow(/not undefined/);
    });
  }
});

describe("checkWritable", () => {
  it("leaves nothing where nothing was, and what was there untouched", () => {
    checkWritable(at("a"));
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(at("a"), "old");
    const before = statSync(at("a"));
    checkWritable(at("a"));
    expect(textOf("a")).toBe("old");
    expect(statSync(at("a"))).toMatchObject({
      ino: before.ino,
      mtimeMs: before.mtimeMs,
      ctimeMs: before.ctimeMs,
    });
  });

  it.skipIf(isWindows)("does not wait for the reader of a pipe", () => {
    execFileSync("mkfifo", [at("pipe")]);
    checkWritable(at("pipe"));
  });
});

describe("makeFolder", () => {
  it("makes a folder and those above it, and leaves one that is there", () => {
    makeFolder(at("a", "b", "c"));
    writeFileSync(at("a", "b", "kept"), "");
    makeFolder(at("a", "b"));
    expect(readdirSync(at("a", "b")).sort()).toEqual(["c", "kept"]);
  });

  it.skipIf(!isLinux)("ends where the system makes no folders", () => {
    expect(() => makeFolder("/proc/x")).toThrow(
      /"\/proc\/x" cannot be made: (the system makes|you have no perm)/,
    );
    expect(() => makeFolder("/proc/x/y")).toThrow(/"\/proc\/x" cannot be made: /);
  });

  it("says that a file is in the way", () => {
    writeFileSync(at("a"), "");
    expect(() => makeFolder(at("a"))).toThrow(/cannot be made: there is a file of that name/);
    expect(() => makeFolder(at("a", "b"))).toThrow(/cannot be made: a part of the path is a file/);
    expect(() => makeFolder("")).toThrow(TypeError);
  });
});

function canMakeDevices(): boolean {
  return isRoot && succeeds("mknod", "c 1 3");
}

function canMount(): boolean {
  return isRoot && succeeds("mount", "");
}

/** Whether root may do that here: in some containers it may not. */
function succeeds(what: "mknod" | "mount", args: string): boolean {
  const place = mkdtempSync(join(tmpdir(), "freelist-lab-may-"));
  const script =
    what === "mknod"
      ? `mknod "$1/null" ${args} && echo x > "$1/null"`
      : 'mount -t tmpfs -o size=64k tmpfs "$1" && umount "$1"';
  const { status } = spawnSync("sh", ["-c", script, "sh", place]);
  if (existsSync(place)) rmSync(place, { recursive: true });
  return status === 0;
}

/** A program that can be run in a process of its own; returns its path. */
function built(code: string): string {
  const outfile = at("program.js");
  const contents = `import { checkWritable, writeWhole } from "./write-whole";\n${code}`;
  buildSync({ stdin: { contents, resolveDir: __dirname }, bundle: true, platform: "node", outfile });
  return outfile;
}
