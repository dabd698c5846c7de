import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { makeFolder } from "../../notebook/write-whole";
import type { Command } from "../command";
import { labFolder, projectRoot } from "../paths";
import { ensureChromium } from "../setup/chromium";
import { ensureJupyterLab } from "../setup/python";

/** How many tests of a stage ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** The full names of tests that were not run. */
  readonly skipped: readonly string[];
}

/** What is read of a report of vitest's JSON reporter. */
export interface VitestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly testResults?: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

interface Stage {
  readonly name: string;
  /** As npm's shell runs it. */
  readonly command: string;
  /** True for a run of vitest, which counts tests. */
  readonly counts?: boolean;
}

const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
const vitest: string = scripts["test:unit"];
const notebookTests = "src/tools/commands/notebooks.lab.test.ts";

/** `npm test` in its order: what is quick comes first. */
const stages: readonly Stage[] = [
  { name: "types", command: scripts.types },
  { name: "lint and format", command: scripts.lint },
  { name: "unit tests", command: vitest, counts: true },
  { name: "notebooks", command: `${vitest} --project lab ${notebookTests}`, counts: true },
  { name: "browser tests", command: `${vitest} --project lab --exclude ${notebookTests}`, counts: true },
];

/** `npm test`. */
export const suite: Command = {
  purpose: "Installs what is missing and runs every check and test; the first stage that fails is the last.",
  run: runSuite,
};

/** `npm run test:lab`: what stands behind -- goes to vitest. */
export const testLab: Command = {
  purpose: "Runs the tests that need a kernel, JupyterLab or a browser.",
  operands: { usage: "[FILE…] [-t NAME] …", least: 0, most: Infinity },
  handsOn: true,
  run: ({ operands }) => runLabTests(operands),
};

async function runSuite(): Promise<number> {
  const started = Date.now();
  await ensureJupyterLab();
  await ensureChromium();
  const lines: string[] = [];
  let total: Counts = { passed: 0, failed: 0, skipped: [] };
  for (const stage of stages) {
    console.log(`\n=== ${stage.name} ===`);
    const stageStarted = Date.now();
    const { code, counts } = run(stage);
    total = add(total, counts);
    lines.push(`${stage.name.padEnd(20)}${secondsSince(stageStarted)}  ${code === 0 ? "ok" : "FAILED"}`);
    if (code !== 0) break;
  }
  console.log(`\n${lines.join("\n")}\n${"all".padEnd(20)}${secondsSince(started)}\n`);
  for (const name of total.skipped) console.log(`skipped: ${name}`);
  console.log(summary(total));
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runLabTests(args: readonly string[]): Promise<number> {
  await ensureJupyterLab();
  await ensureChromium();
  const program = [join(projectRoot, "node_modules/vitest/vitest.mjs"), ...vitest.split(" ").slice(1)];
  const all = [...program, "--project", "lab", ...args];
  return spawnSync(process.execPath, all, { cwd: projectRoot, stdio: "inherit" }).status ?? 1;
}

function run(stage: Stage): { code: number; counts: Counts } {
  const report = join(labFolder, "report.json");
  makeFolder(labFolder);
  rmSync(report, { force: true });
  const reporting = stage.counts
    ? ` --reporter=default --reporter=json --outputFile=${relative(projectRoot, report)}`
    : "";
  const PATH = [join(projectRoot, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const options = { cwd: projectRoot, env: { ...process.env, PATH }, stdio: "inherit", shell: true } as const;
  const { status } = spawnSync(stage.command + reporting, options);
  const counts = countsOf(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {});
  // A stage can fail without a failing test: a type error, or a test file that cannot be loaded.
  const code = status ?? 1;
  return { code, counts: code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts };
}

/** The counts in a report of vitest's JSON reporter; zeros where it has none. */
export function countsOf(report: VitestReport): Counts {
  const tests = (report.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter(({ status }) => ["skipped", "pending", "todo"].includes(status));
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: skipped.map(({ fullName }) => fullName),
  };
}

function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
  };
}

/** The closing line: `12 passed, 0 failed`, and how many were skipped if any were. */
export function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`;
}

function secondsSince(time: number): string {
  return `${((Date.now() - time) / 1000).toFixed(1)} s`.padStart(8);
}
