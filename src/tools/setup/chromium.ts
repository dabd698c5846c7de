import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../paths";
import { blamesNetwork, Obstacle, StepFailure, step } from "../step";

const commands = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Where browsers lie that are not on the PATH. */
const elsewhere = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The Chromium (or Chrome) for the browser tests: on the PATH, in its usual place, or Playwright's own; undefined when there is none. */
function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...elsewhere, playwrightsChromium()].find((file) => existsSync(file));
}

/** Where Playwright keeps the Chromium that it downloads, whether it has or not. */
function playwrightsChromium(): string {
  // Loaded only here: `npm start` has no need of it.
  const { chromium } = require("playwright-core") as typeof import("playwright-core");
  return chromium.executablePath();
}

/**
 * The Chromium for the browser tests, installed where there is none: Debian's package for root where apt is there, else
 * Playwright's download.
 * @returns its path
 * @throws {Obstacle} when neither way led to one
 */
export async function ensureChromium(): Promise<string> {
  const present = findChromium();
  if (present) return present;
  const remedy =
    "install one (on Debian: sudo apt-get install chromium; elsewhere: npx playwright-core install chromium) and run the command again.";
  try {
    if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) await installDebians();
    else await installPlaywrights();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const reason = blamesNetwork(error.output) ? "the network could not be reached" : error.lastLine;
    throw new Obstacle(`No Chromium was found, and it could not be installed (${reason}): ${remedy}`);
  }
  const installed = findChromium();
  if (!installed) throw new Obstacle(`No Chromium was found, even after installing it: ${remedy}`);
  return installed;
}

async function installDebians(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const packages = ["chromium", "fonts-dejavu-core", "fonts-liberation"];
  await step("Updating Debian's package lists", "apt-get", ["update"], { env });
  await step("Installing Debian's Chromium", "apt-get", ["install", "-y", ...packages], { env });
}

async function installPlaywrights(): Promise<void> {
  const cli = join(projectRoot, "node_modules", "playwright-core", "cli.js");
  await step("Downloading Playwright's Chromium", process.execPath, [cli, "install", "chromium"]);
}
