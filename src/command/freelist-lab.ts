#!/usr/bin/env node
// The command of the package: `npx freelist-lab ostep -n 10 -c`.

import { runOstep } from "../exercise/ostep/ostep";
import { ostepRun } from "../exercise/ostep/ostep-run";
import { takeFlag } from "./take-flag";

/** What can be done, by the word behind `freelist-lab`. */
const COMMANDS: Readonly<
  Record<string, { readonly purpose: string; run(words: readonly string[]): number | Promise<number> }>
> = {
  ostep: {
    purpose: `print what malloc.py of OSTEP's homework prints for these flags (ostep --help lists them);
                with --html FILE also save the run in the player, as a page`,
    async run(words) {
      const { value: file, rest } = takeFlag(words, "--html");
      const { stderr, status } = runOstep(rest, (text) => process.stdout.write(text));
      process.stderr.write(stderr);
      if (file === undefined || status === 2) return status;
      const { history, difference } = ostepRun(rest);
      const { saveHtml } = await import("../notebook/save-html.js");
      const part = difference
        ? `; from step ${difference.step} on it is not malloc.py's: ${difference.quirk}`
        : "";
      process.stderr.write(`The run in the player is in ${saveHtml(history, file)}${part}\n`);
      return status;
    },
  },
};

/** Does what the words say. @returns the exit status: 2 for a command that there is not */
async function main([name = "--help", ...words]: readonly string[]): Promise<number> {
  if (Object.hasOwn(COMMANDS, name)) return await COMMANDS[name]!.run(words);
  const list = Object.entries(COMMANDS).map(([command, { purpose }]) => `  ${command} FLAGS   ${purpose}\n`);
  const usage = `Usage: freelist-lab COMMAND\n\n${list.join("")}`;
  if (name === "--help" || name === "-h") {
    process.stdout.write(usage);
    return 0;
  }
  process.stderr.write(`There is no command ${JSON.stringify(name)}.\n\n${usage}`);
  return 2;
}

// Who reads the output may stop before its end (`| head`): that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    process.stderr.write(
      `${error instanceof RangeError || error.cause !== undefined ? error.message : error.stack}\n`,
    );
    process.exitCode = 1;
  },
);
