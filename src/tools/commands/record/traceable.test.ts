import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { traceable } from "./traceable";

const folder = mkdtempSync(join(tmpdir(), "trace able-"));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, content: string | Uint8Array, mode = 0o755): string {
  writeFileSync(join(folder, name), content);
  chmodSync(join(folder, name), mode);
  return `./${name}`;
}

/** The beginning of a 64-bit ELF file with one program header; `linker` null: without a dynamic linker. */
function elf({ machine = 0x3e, linker = "/lib64/ld-linux-x86-64.so.2" as string | null } = {}): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.write("\x7fELF\x02\x01\x01", "latin1");
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(linker === null ? 1 : 3, 64);
  bytes.writeBigUInt64LE(128n, 72);
  bytes.write(linker ?? "", 128);
  return bytes;
}

const why = (name: string) => traceable(name, folder).reason;
const onX64Linux = process.platform === "linux" && process.arch === "x64";

describe.skipIf(process.platform !== "linux")("traceable(name, cwd)", () => {
  it("finds a program by its path or on the PATH", () => {
    expect(traceable("sh", folder)).toMatchObject({ path: expect.stringMatching(/\/sh$/), reason: null });
    const script = program("a script", "#!/bin/sh\n");
    expect(traceable(script, folder)).toEqual({ path: join(folder, "a script"), reason: null });
  });

  it("says that a program is not found", () => {
    expect(why("no-such-program")).toMatch(
      /^no-such-program is not found: a command of the shell is traced with sh -c/,
    );
    expect(why("./no-such-program")).toBe("./no-such-program is not found: check its path.");
  });

  it("says that something is no program", () => {
    mkdirSync(join(folder, "directory"));
    expect(why("./directory")).toMatch(/can't be executed/);
    expect(why(program("data", "hello", 0o644))).toMatch(/can't be executed/);
    expect(why(program("text", "hello"))).toBe("./text is neither a Linux program nor a script.");
    expect(why(program("empty", ""))).toMatch(/neither/);
    expect(why(program("lost", "#!/no/such/interpreter\n"))).toMatch(
      /interpreter \/no\/such\/interpreter is not found/,
    );
  });

  it("says that a program is setuid or setgid for who runs it", () => {
    const name = program("privileged", "#!/bin/sh\n", 0o4755);
    const { uid, gid } = statSync(join(folder, "privileged"));
    expect(traceable(name, folder, { uid: uid + 1, gid }).reason).toMatch(/^\.\/privileged is setuid: /);
    expect(traceable(name, folder, { uid, gid }).reason).toBe(null);
    chmodSync(join(folder, "privileged"), 0o2755);
    expect(traceable(name, folder, { uid, gid: gid + 1 }).reason).toMatch(/^\.\/privileged is setgid: /);
  });

  it.runIf(onX64Linux)("says that a program is static, of another kind, or of another C library", () => {
    expect(why(program("dynamic", elf()))).toBe(null);
    expect(why(program("static", elf({ linker: null })))).toMatch(
      /^\.\/static is statically linked.*link it dynamically/,
    );
    expect(why(program("musl", elf({ linker: "/lib/ld-musl-x86_64.so.1" })))).toMatch(
      /linked with musl.*valgrind/,
    );
    expect(why(program("arm", elf({ machine: 0xb7 })))).toMatch(/another kind of processor/);
    expect(why(program("cut", elf().subarray(0, 64)))).toMatch(/statically linked/);
  });

  it.runIf(onX64Linux)("takes a damaged program for what it is", () => {
    for (let length = 0; length < 64; length++) {
      expect(why(program("damaged", elf().subarray(0, length)))).toMatch(/neither|statically|another kind/);
    }
  });
});
