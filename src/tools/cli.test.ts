import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "./paths";

// The commands as npm runs them: in the project's folder, with the user's own in INIT_CWD.

const folder = mkdtempSync(join(tmpdir(), "freelist-lab-cli-"));
const cli = join(projectRoot, ".lab", `test-cli-${process.pid}.js`);

beforeAll(async () => {
  const { build } = await import("esbuild");
  const contents = `import { main } from "./cli"; main(process.argv[2], process.argv.slice(3));`;
  await build({
    stdin: { contents, resolveDir: __dirname },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    outfile: cli,
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(cli, { force: true });
});

function run(...args: string[]) {
  const env = { ...process.env, INIT_CWD: folder };
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    cwd: projectRoot,
    env,
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

test("compare reads and writes where the user stands", () => {
  writeFileSync(join(folder, "part.json"), "{");
  expect(run("compare", "--merge", "part.json").stderr).toContain("part.json is no shard of a comparison");
  expect(run("compare", "--merge", "other.json").stderr).toContain('There is no file "other.json" to merge');
});

test("assignment writes where the user stands, and grade reads there", () => {
  writeFileSync(join(folder, "students.txt"), "Ada\nGrace\n\n");
  const made = run(
    "assignment",
    "list",
    "fit:3",
    "--students",
    "students.txt",
    "--out",
    "handouts",
    "--key",
    "key.json",
  );
  expect(made).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("2 notebooks in ") });
  expect(run("assignment", "list", "--out", "more", "--key", "key.json")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("There is a key already"),
  });
  expect(run("assignment", "list", "--out", "more", "--key", "more/key.json").stderr).toContain(
    "handed out with them",
  );
  expect(run("assignment", "adress", "--out", "more", "--key", "k.json").stderr).toContain(
    'There is no task "adress"',
  );
  expect(
    run("assignment", "list", "--students", "none", "--out", "more", "--key", "k.json").stderr,
  ).toContain("There is no file");
  expect(run("grade", "handouts", "--key", "none.json").stderr).toContain("There is no key");
  expect(run("grade", "nothing", "--key", "key.json").stderr).toContain("There is no folder");
  expect(run("grade", "handouts", "--key", "students.txt").stderr).toContain(
    "This is no key of an assignment: it is not JSON",
  );
  expect(run("grade", "handouts", "--key", "key.json", "--out", "grades.xlsx").stderr).toContain(
    "such as grades.csv",
  );
  expect(run("grade", "handouts", "--key", "key.json", "--jobs", "0").stderr).toContain(
    "--jobs is a whole number from 1 on",
  );
});
