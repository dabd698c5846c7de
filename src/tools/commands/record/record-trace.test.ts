import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { readTrace } from "../../../notebook/trace/read-trace";
import { Obstacle } from "../../step";
import { record, recordTrace } from "./record-trace";

const cwd = mkdtempSync(join(tmpdir(), "record trace-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const isThere = (program: string) => spawnSync(program, ["--version"]).status === 0;
const canRecord = process.platform === "linux" && isThere("cc") && isThere("ldd");

let number = 0;

/** Records a command: its exit code, and by the program's name how many operations its processes did. */
async function recorded(...command: string[]) {
  const folder = join(cwd, `recording ${number++}`);
  const { code, files } = await record(command, folder, cwd, true);
  expect(files.map((file) => basename(file)).sort()).toEqual(readdirSync(folder).sort());
  const operations: Record<string, number> = {};
  for (const file of files) {
    const trace = await readTrace(file);
    operations[trace.name] = Math.max(operations[trace.name] ?? 0, trace.length);
  }
  return { code, processes: files.length, operations };
}

describe.skipIf(!canRecord)("npm run trace", () => {
  for (const [program, ...args] of [
    ["ls", "-lR", "/usr/include/linux"],
    ["python3", "-c", "import json"],
    ["perl", "-e", "my %count; $count{$_ % 100}++ for 1 .. 1000"],
    ["bash", "-c", "for i in 1 2 3 4 5 6; do x=$x$i; done"],
  ] as const) {
    it.skipIf(!isThere(program))(`records ${program}`, async () => {
      const { code, operations } = await recorded(program, ...args);
      expect(code).toBe(0);
      const own = Object.keys(operations).filter((name) => name.startsWith(program));
      expect(Math.max(...own.map((name) => operations[name]!))).toBeGreaterThan(300);
    });
  }

  it.skipIf(!isThere("gcc"))("records gcc and each program that it runs, a file a process", async () => {
    writeFileSync(join(cwd, "x.c"), '#include <stdio.h>\nint main(void) { return puts("x"); }\n');
    const { code, processes, operations } = await recorded("gcc", "-O1", "-c", "x.c");
    expect(code).toBe(0);
    expect(processes).toBeGreaterThanOrEqual(3);
    expect(Object.keys(operations)).toEqual(expect.arrayContaining(["gcc", "cc1", "as"]));
    expect(operations.cc1).toBeGreaterThan(5_000);
  });

  it.skipIf(!isThere("perl"))(
    "records both sides of a fork, whatever was not yet written when it came",
    async () => {
      const script =
        'my @a = map { "a$_" } 1 .. 5000; my $child = fork; my @b = map { "b$_" } 1 .. ($child ? 3000 : 9000); wait; exit !@b';
      const { code, processes, operations } = await recorded("perl", "-e", script);
      expect([code, processes]).toEqual([0, 2]);
      expect(operations.perl).toBeGreaterThan(16_000);
    },
  );

  it("leaves no variable of mtrace's in the program's environment", async () => {
    const { code, processes } = await recorded("sh", "-c", 'test -z "$MALLOC_TRACE"; exit $((3 + $?))');
    expect([code, processes]).toEqual([3, 1]);
  });

  it("says in one sentence why a program can't be recorded", async () => {
    await expect(recorded("no-such-program")).rejects.toThrow(Obstacle);
    vi.stubEnv("PATH", "/no/such/folder").stubEnv("CC", "");
    try {
      await expect(recorded("/bin/sh", "-c", "")).rejects.toThrow(
        /needs a C compiler, and there is none: install/,
      );
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("ends, with a sentence, where no folder or file can be made", async () => {
    const into = (folder: string) => record(["true"], folder, cwd, true);
    await expect(into("/proc/x")).rejects.toThrow(/^"\/proc\/x" cannot be made: /);
    await expect(into("/proc")).rejects.toThrow(/^"\/proc\/program.mtrace" cannot be written: /);
    writeFileSync(join(cwd, "file"), "");
    await expect(into(join(cwd, "file"))).rejects.toThrow(/there is a file of that name/);
  });

  it("says what it recorded and where", async () => {
    const said: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line) => said.push(line));
    expect(await recordTrace.run({ flags: { out: "mine" }, operands: ["sh", "-c", "exit 7"], cwd })).toBe(0);
    log.mockRestore();
    expect(said[0]).toBe("\nsh ended with code 7. Recorded in mine, a file a process:");
    expect(said[1]).toMatch(/^ {2}sh\.\d+\.mtrace {2}[\d,]+ operations, at most [\d,]+ bytes at a time$/);
    expect(said[2]).toMatch(/^In a cell of a notebook: await readTrace\(".*\/mine\/sh\.\d+\.mtrace"\)$/);
  });
});
