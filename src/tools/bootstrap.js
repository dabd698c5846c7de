// @ts-check
// The entry of `npm start`, `npm test` and the other commands. On a fresh clone nothing is installed or compiled, so this
// is plain JavaScript without dependencies: it installs the npm packages, compiles src/, and hands over to dist/tools/cli.js.
"use strict";

if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(
    `freelist-lab needs Node 20 or newer, and this is ${process.version}: install a current one from nodejs.org.`,
  );
  process.exit(1);
}

const fs = require("node:fs");
const path = require("node:path");
const { Obstacle, StepFailure, step, blamesNetwork, giveUp } = require("./step.js");

const root = path.resolve(__dirname, "../..");
/** What a build leaves when it has succeeded: its time tells whether src/ has changed since. */
const buildStamp = path.join(root, ".lab/built");

/** @param {string} file relative to the project's root */
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), "utf8"));
  } catch {
    return { packages: {} };
  }
}

/** True when npm's own record of node_modules has every package of package-lock.json in its version. */
function packagesAreInstalled() {
  const installed = readJson("node_modules/.package-lock.json").packages;
  return Object.entries(readJson("package-lock.json").packages).every(
    ([place, entry]) =>
      place === "" || entry.optional || (place in installed && installed[place].version === entry.version),
  );
}

/** The newest modification time below a file or folder, in milliseconds; 0 when there is none. @param {string} place @returns {number} */
function newest(place) {
  const status = fs.statSync(place, { throwIfNoEntry: false });
  if (!status) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...fs.readdirSync(place).map((name) => newest(path.join(place, name))));
}

function isBuilt() {
  const inputs = ["src", "package.json", "tsconfig.json"].map((name) => newest(path.join(root, name)));
  return fs.existsSync(path.join(root, "dist/index.js")) && newest(buildStamp) > Math.max(...inputs);
}

/**
 * Runs npm: the one that started this process, else the one on the PATH.
 * @param {string} title
 * @param {string[]} args
 */
async function npm(title, args) {
  const script = process.env.npm_execpath || "";
  const options = { cwd: root };
  if (path.basename(script) === "npm-cli.js")
    return await step(title, process.execPath, [script, ...args], options);
  return await step(title, process.platform === "win32" ? "npm.cmd" : "npm", args, options);
}

async function installPackages() {
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  try {
    await npm("Installing the npm packages", [...args, "--fetch-retries=2", "--fetch-retry-mintimeout=2000"]);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    if (blamesNetwork(error.output)) {
      throw new Obstacle(
        "The npm packages could not be downloaded: connect to the network (or set npm's proxy or registry) and run the command again.",
      );
    }
    console.error(error.output);
    throw new Obstacle("The npm packages could not be installed: npm says why above.");
  }
}

async function build() {
  try {
    await npm("Compiling", ["run", "--silent", "build"]);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    console.error(error.output);
    throw new Obstacle("The sources in src/ do not compile: correct what the compiler reports above.");
  }
}

/** The commands alone, compiled in a moment, for who only asks what they do. @returns {Promise<string>} the file */
async function buildHelp() {
  const outfile = path.join(root, ".lab/help/cli.js");
  await require("esbuild").build({
    entryPoints: [path.join(root, "src/tools/cli.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "silent",
    outfile,
  });
  return outfile;
}

async function main() {
  const [name, ...args] = process.argv.slice(2);
  if (!packagesAreInstalled()) await installPackages();
  const asksForHelp = ["--help", "-h"].includes(args[0] ?? "");
  let file = path.join(root, "dist/tools/cli.js");
  if (!isBuilt()) {
    if (asksForHelp) file = await buildHelp();
    else await build();
  }
  await require(file).main(name, args);
}

main().catch(giveUp);
