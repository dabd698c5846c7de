// @ts-check
// Plain JavaScript, since it also runs on a fresh clone, before anything is installed or compiled.
"use strict";

const { spawn } = require("node:child_process");

/** What keeps the laboratory from going on. The message is one sentence with the remedy; no stack trace is shown. */
class Obstacle extends Error {}

/** A command of a step that failed: `output` is everything that it printed. */
class StepFailure extends Error {
  /**
   * @param {string} title
   * @param {string} output
   */
  constructor(title, output) {
    super(`${title}: failed`);
    /** @readonly */
    this.output = output;
    const lines = output.split(/[\r\n]+/).filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
    /** The last line that was printed, stack traces aside: mostly the one that says why. @readonly */
    this.lastLine = (lines.pop() || "it printed nothing").trim();
  }
}

/**
 * Runs a command of the set-up. Meanwhile a line on the terminal tells what is going on and for how long; where the
 * output is no terminal, a line every 15 seconds does.
 * @param {string} title what is going on, for example "Installing the npm packages"
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} what the command printed, on either stream
 * @throws {StepFailure} when it ends with another code than 0 or cannot be started
 */
async function step(title, command, args, options) {
  const started = Date.now();
  const terminal = process.stdout.isTTY;
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  let output = "";
  if (!terminal) console.log(`${title} ...`);
  const show = () => {
    const news =
      output
        .trim()
        .split(/[\r\n]+/)
        .pop() || "";
    const line = terminal ? `${title} ... ${seconds()} s  ${news}` : `  ... ${seconds()} s  ${news}`;
    if (terminal) process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
    else console.log(line.slice(0, 110));
  };
  const clock = setInterval(show, terminal ? 200 : 15_000);
  try {
    const code = await new Promise((resolve) => {
      const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
      child.stdout.on("data", (text) => {
        output += text;
      });
      child.stderr.on("data", (text) => {
        output += text;
      });
      child.on("error", (error) => {
        output += error.message;
        resolve(-1);
      });
      child.on("close", resolve);
    });
    if (code !== 0) throw new StepFailure(title, output);
  } finally {
    clearInterval(clock);
    if (terminal) process.stdout.write("\r\x1b[K");
  }
  console.log(terminal ? `${title} ... done in ${seconds()} s` : `  done in ${seconds()} s`);
  return output;
}

/**
 * Says whether a program's output tells that the network could not be reached.
 * @param {string} output
 * @returns {boolean}
 */
function blamesNetwork(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|ConnectTimeout|ProxyError|name resolution|Network is unreachable|Could not resolve/i.test(
    output,
  );
}

/**
 * Prints why the laboratory cannot go on, and ends the process with code 1. An `Obstacle` is one sentence, and so is what the
 * system refused, a file that cannot be written for instance; anything else is a defect and keeps its stack trace.
 * @param {unknown} error
 * @returns {never}
 */
function giveUp(error) {
  const isSentence = error instanceof Obstacle || refusedBySystem(error);
  console.error(isSentence ? `\n${/** @type {Error} */ (error).message}` : error);
  process.exit(1);
}

/**
 * @param {unknown} error
 * @returns {boolean} true for an error of the system, or one that has it as its cause
 */
function refusedBySystem(error) {
  return error instanceof Error && ("syscall" in error || refusedBySystem(error.cause));
}

module.exports = { Obstacle, StepFailure, step, blamesNetwork, giveUp };
