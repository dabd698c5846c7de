import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../paths";

// What `npm pack` makes, unpacked into an empty folder, with the packages that it depends on and no others.

const folder = mkdtempSync(join(tmpdir(), "freelist lab package "));
const installed = join(folder, "node_modules/freelist-lab");
let files: string[];
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  // The tests have built dist/; npm would build it again.
  const pack = "npm pack --ignore-scripts --silent --pack-destination";
  const [archive = ""] = execFileSync(`${pack} "${folder}"`, {
    cwd: projectRoot,
    shell: true,
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .slice(-1);
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", archive, "-C", installed, "--strip-components=1"], { cwd: folder });
  const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules", name), join(folder, "node_modules", name));
  }
  files = readdirSync(installed, { recursive: true, encoding: "utf8" });
});

/** Runs a program in the folder; returns what it printed. */
function run(program: string): string {
  writeFileSync(join(folder, "program.cjs"), program);
  return execFileSync(process.execPath, ["program.cjs"], { cwd: folder, encoding: "utf8" });
}

test("has the library, the player, notebooks and traces, and nothing that cannot work in it", () => {
  const places = new Set(files.map((file) => file.split("/").slice(0, 2).join("/")));
  expect([...places].filter((place) => place.startsWith("dist/")).sort()).toEqual([
    "dist/LICENSES.txt",
    "dist/command",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/notebook",
    "dist/page",
    "dist/player",
  ]);
  expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "notebooks/traces/README.md"]));
  expect(files.filter((file) => /^src|tools|bench|\.test\.|recorded|checkpoints/.test(file))).toEqual([]);
  for (const file of files.filter((name) => /\.(js|ts)$/.test(name))) {
    expect(readFileSync(join(installed, file), "utf8"), file).not.toMatch(/dist\/tools|\/tools\//);
  }
});

test("every name that it exports can be used, by require and by import", () => {
  const names = JSON.parse(
    run(`const lab = require("freelist-lab");
for (const [name, value] of Object.entries(lab)) if (value === undefined) throw new Error(name);
import("freelist-lab").then(({ FreeList }) => {
  if (new FreeList(64, 4).malloc(8) !== 0) throw new Error("malloc");
  console.log(JSON.stringify(Object.keys(lab)));
});`),
  );
  expect(names).toEqual(expect.arrayContaining(["FreeList", "loadTrace", "compare", "saveHtml"]));
});

test("traces, comparisons on threads, and saved pages and pictures work", () => {
  const printed = run(`const lab = require("freelist-lab");
(async () => {
  const trace = lab.loadTrace(lab.traceNames()[0]);
  const comparison = await lab.compare([trace], ["first", "best"], { arenaRuns: 0, workers: 2 });
  lab.saveComparison(comparison, "table.html");
  const heap = new lab.FreeList(256, 4);
  const history = lab.History.of(heap);
  heap.free(heap.malloc(64));
  lab.saveHtml(history, "run.html");
  lab.savePng(history, "run.png");
  lab.saveGif(history, "run.gif");
  console.log(comparison.rows.length);
})();`);
  expect(printed).toBe("2\n");
  expect(readFileSync(join(folder, "run.png")).subarray(1, 4).toString()).toBe("PNG");
  expect(readFileSync(join(folder, "run.gif")).subarray(0, 3).toString()).toBe("GIF");
  for (const page of ["run.html", "table.html"]) {
    expect(readFileSync(join(folder, page), "utf8")).toMatch(/^<!doctype html>/);
  }
});

test("its command prints what OSTEP's malloc.py prints: to stdout, to stderr, with its exit status", () => {
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const command = (...words: string[]) => {
    const args = [join(installed, bin["freelist-lab"]), ...words];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return { stdout, stderr, status };
  };
  const library = (flags: string[]) =>
    JSON.parse(
      run(`console.log(JSON.stringify(require("freelist-lab").ostepResult(${JSON.stringify(flags)})));`),
    );
  const calls = [["-n", "10", "-c"], ["-n", "400", "-S", "100000", "-c"], ["--help"], ["-x"], ["-P", "0"]];
  for (const flags of calls) expect(command("ostep", ...flags)).toEqual(library(flags));
  expect(calls.map((flags) => command("ostep", ...flags).status)).toEqual([0, 0, 0, 2, 1]);
  expect(command().stdout).toMatch(/^Usage: freelist-lab/);
  expect(command("malloc")).toMatchObject({ stdout: "", status: 2 });
});

test("its command saves the same run in the player, and prints the same", () => {
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const command = (...words: string[]) =>
    spawnSync(process.execPath, [join(installed, bin["freelist-lab"]), "ostep", ...words], {
      cwd: folder,
      encoding: "utf8",
    });
  const flags = ["-n", "10", "-p", "BEST", "-s", "0"];
  const saved = command(...flags, "--html", "ostep.html");
  expect(saved.stdout).toBe(command(...flags).stdout);
  expect(saved).toMatchObject({ status: 0, stderr: expect.stringContaining("ostep.html") });
  const page = readFileSync(join(folder, "ostep.html"), "utf8");
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain("ptr[0]");
  expect(command("-A", "+-5", "--html=never.html")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("request must be"),
  });
  expect(command("-n", "1", "--html")).toMatchObject({
    status: 1,
    stderr: "--html needs a file, such as run.html.\n",
  });
});
