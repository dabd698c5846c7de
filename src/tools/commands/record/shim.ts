import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { Obstacle } from "../../step";

/** The environment variable that tells the shim the folder and thus where each process puts its file. */
export const FOLDER_VARIABLE = "FREELIST_LAB_TRACES";

/**
 * What is loaded into the program: its constructor starts glibc's mtrace, in a file of the process's own. The program does
 * not see the variable MALLOC_TRACE that names it to mtrace. A forked child leaves its parent's file alone: what the parent had
 * buffered when it forked goes nowhere from the child, which then begins a file of its own.
 */
const SOURCE = `#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mcheck.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static char folder[3072];
static int stream = -1; /* mtrace's own file */
static struct stat file;

static int is_file(int descriptor) {
  struct stat other;
  return fstat(descriptor, &other) == 0 && other.st_dev == file.st_dev && other.st_ino == file.st_ino;
}

static void start(void) {
  static const char variable[] = "MALLOC_TRACE=";
  char setting[4096];
  char *path = setting + sizeof variable - 1;
  size_t room = sizeof setting - sizeof variable;
  strcpy(setting, variable);
  stream = -1;
  for (int n = 1; n < 1000; n++) {
    char again[16] = "";
    if (n > 1) snprintf(again, sizeof again, "-%d", n); /* an exec keeps the process's number */
    int length = snprintf(path, room, "%s/%s.%ld%s.mtrace", folder, program_invocation_short_name, (long)getpid(), again);
    if (length < 0 || length >= (int)room) return;
    int made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (made < 0 && errno == EEXIST) continue;
    if (made < 0) return;
    fstat(made, &file);
    close(made);
    /* Not by setenv: a program may have one of its own, as bash does. */
    char *only[] = {setting, NULL}, **whole = environ;
    environ = only;
    mtrace();
    environ = whole;
    for (int descriptor = 0; descriptor < 1024 && stream < 0; descriptor++)
      if (is_file(descriptor)) stream = descriptor;
    return;
  }
}

static void forked(void) {
  if (stream >= 0 && is_file(stream)) {
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    dup3(nowhere, stream, O_CLOEXEC);
    close(nowhere);
  }
  muntrace();
  start();
}

__attribute__((constructor)) static void begin(void) {
  static const char variable[] = "${FOLDER_VARIABLE}=";
  size_t length = sizeof variable - 1;
  for (char **setting = environ; *setting != NULL; setting++)
    if (strncmp(*setting, variable, length) == 0) snprintf(folder, sizeof folder, "%s", *setting + length);
  if (folder[0] == 0) return;
  start();
  pthread_atfork(NULL, NULL, forked);
}
`;

/** What LD_PRELOAD is to say, and how to get rid of what was built for it. */
export interface Shim {
  readonly preload: string;
  remove(): void;
}

/**
 * Builds the shim with the C compiler that is there.
 * @throws {Obstacle} no glibc, no C compiler, no libc_malloc_debug, or a compiler that fails
 */
export function buildShim(): Shim {
  const glibc = glibcVersion();
  if (glibc === null) {
    throw new Obstacle(
      "Recording needs Linux with glibc, and this is none: record on such a machine and read the file here.",
    );
  }
  const compiler = findCompiler();
  const folder = mkdtempSync("/tmp/freelist-lab-trace-");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const source = join(folder, "shim.c");
    const library = join(folder, "shim.so");
    writeFileSync(source, SOURCE);
    const args = ["-shared", "-fPIC", "-O1", "-w", "-o", library, source, "-pthread"];
    const { status, stderr } = spawnSync(compiler, args, { encoding: "utf8" });
    if (status !== 0) {
      const why = stderr.trim().split("\n")[0] ?? "";
      throw new Obstacle(
        `${compiler} can't build a library (${why}): install libc6-dev or your system's like.`,
      );
    }
    // Until glibc 2.33 mtrace was part of libc itself.
    const preload = glibc < 2.34 ? library : `${findMallocDebug(compiler)} ${library}`;
    return { preload, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** glibc's version as a number, such as 2.36; null where there is no glibc. */
function glibcVersion(): number | null {
  if (process.platform !== "linux") return null;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const version = report.header?.glibcVersionRuntime;
  return version === undefined ? null : Number(version.split(".").slice(0, 2).join("."));
}

function findCompiler(): string {
  const candidates = [process.env.CC, "cc", "gcc", "clang"].filter((name) => name);
  for (const candidate of candidates) {
    if (spawnSync(candidate!, ["--version"], { stdio: "ignore" }).status === 0) return candidate!;
  }
  throw new Obstacle(
    "Recording needs a C compiler, and there is none: install gcc (on Debian and Ubuntu: sudo apt-get install gcc libc6-dev), or record with valgrind --trace-malloc=yes --log-file=trace.%p.txt.",
  );
}

function findMallocDebug(compiler: string): string {
  const name = "libc_malloc_debug.so.0";
  const { stdout } = spawnSync(compiler, [`-print-file-name=${name}`], { encoding: "utf8" });
  const path = (stdout ?? "").trim();
  if (isAbsolute(path)) return path;
  throw new Obstacle(
    `glibc's ${name}, which holds mtrace, is missing: install your system's full libc6, or record with valgrind --trace-malloc=yes --log-file=trace.%p.txt.`,
  );
}
