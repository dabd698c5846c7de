import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../notebook/write-whole";
import { labFolder, projectRoot } from "../paths";
import { blamesNetwork, Obstacle, StepFailure, step } from "../step";

/** The version that is installed: the last one for Node 20. */
const VERSION = "9.6.1";
const PACKAGES = ["@stryker-mutator/core", "@stryker-mutator/vitest-runner"];

/** Where it lies: inside the project, so that it finds the project's vitest, but none of its packages. */
const folder = join(labFolder, "stryker");

/** What is read of Stryker's report: https://github.com/stryker-mutator/mutation-testing-elements has its schema. */
export interface MutationReport {
  /** By the file's path below the project's root. */
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>
  >;
}

/** A change of the source, and what became of it. */
export interface ReportedMutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status:
    | "Killed"
    | "Timeout"
    | "Survived"
    | "NoCoverage"
    | "RuntimeError"
    | "CompileError"
    | "Ignored"
    | "Pending";
  /** Lines and columns count from 1; `end` is behind the last character. */
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is to be changed, and which tests are to notice. */
export interface MutationTask {
  /** The file that is changed, below the project's root. */
  readonly source: string;
  /** Tests by glob patterns, and those of them that are left out. */
  readonly tests: readonly string[];
  readonly withoutTests: readonly string[];
  /** Environment variables that make random tests short, where the user has not set them. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs Stryker, after installing it where it is missing: it changes the sources in one place at a time, and runs the tests
 * that come by that place until one fails.
 * @throws {Obstacle} it could not be installed, or a test fails before anything is changed
 */
export async function mutate(task: MutationTask): Promise<MutationReport> {
  await ensureStryker();
  const own = join(folder, "known", task.source);
  makeFolder(own);
  const report = join(own, "report.json");
  const tests = join(own, "vitest.config.mjs");
  // One process for all files: what an import costs is paid once a change, not once a file.
  const testOptions = {
    include: task.tests,
    exclude: task.withoutTests,
    setupFiles: ["src/tools/testing/fixed-seed.ts"],
    testTimeout: 60_000,
    isolate: false,
    fileParallelism: false,
  };
  const ownTest = task.source.replace(/\.ts$/, ".test.ts");
  writeFileSync(tests, testConfig(testOptions, ownTest));
  const options = {
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: tests, related: false },
    mutate: [task.source],
    ignorePatterns: [".lab", "dist", "site", "notebooks/**", "**/tsconfig*.json"],
    tempDirName: join(folder, "tmp"),
    reporters: ["json", process.stdout.isTTY ? "progress" : "progress-append-only"],
    jsonReporter: { fileName: report },
    incremental: true,
    incrementalFile: join(own, "known.json"),
    timeoutMS: 5000,
    timeoutFactor: 1.5,
    allowEmpty: true,
  };
  const file = join(own, "stryker.config.json");
  writeFileSync(file, JSON.stringify(options, null, 2));
  const program = join(folder, "node_modules/@stryker-mutator/core/bin/stryker.js");
  const { status } = spawnSync(process.execPath, [program, "run", file], {
    cwd: projectRoot,
    env: { ...task.environment, ...process.env },
    stdio: "inherit",
  });
  if (status !== 0) throw new Obstacle("Stryker did not come to an end: what it printed says why.");
  return JSON.parse(readFileSync(report, "utf8"));
}

/**
 * A configuration of vitest: the source's own test comes first, the others by length, the shortest first. What is noticed, is mostly
 * noticed there.
 */
function testConfig(options: object, ownTest: string): string {
  return `import { BaseSequencer } from "vitest/node";

class NearestFirst extends BaseSequencer {
  async sort(files) {
    const sorted = (await super.sort(files)).reverse();
    const isOwn = ({ moduleId }) => moduleId.endsWith(${JSON.stringify(`/${ownTest}`)});
    return [...sorted.filter(isOwn), ...sorted.filter((file) => !isOwn(file))];
  }
}

export default { test: { ...${JSON.stringify(options)}, sequence: { sequencer: NearestFirst } } };
`;
}

async function ensureStryker(): Promise<void> {
  const installed = PACKAGES.every((name) => versionOf(name) === VERSION);
  if (installed) return;
  makeFolder(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const versions = PACKAGES.map((name) => `${name}@${VERSION}`);
  // Without its peers, of which vitest is one: there must be one vitest alone.
  const args = [
    "install",
    "--prefix",
    folder,
    "--save-exact",
    "--legacy-peer-deps",
    "--no-audit",
    "--no-fund",
    ...versions,
  ];
  try {
    await step("Installing Stryker", "npm", args);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const reason = blamesNetwork(error.output) ? "the network could not be reached" : error.lastLine;
    throw new Obstacle(`Stryker could not be installed (${reason}).`);
  }
}

function versionOf(name: string): string | null {
  const file = join(folder, "node_modules", name, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : null;
}
