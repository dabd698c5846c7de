#!/usr/bin/env node
// The command of the package: `npx freelist-lab ostep -n 10 -c`.

import { runOstep } from "../exercise/ostep/ostep";

/** What can be done, by the word behind `freelist-lab`. */
const COMMANDS: Readonly<
  Record<string, { readonly purpose: string; run(words: readonly string[]): number }>
> = {
  ostep: {
    purpose: "print what malloc.py of OSTEP's homework prints for these flags (ostep --help lists them)",
    run(words) {
      const { stderr, status } = runOstep(words, (text) => process.stdout.write(text));
      process.stderr.write(stderr);
      return status;
    },
  },
};

/** Does what the words say. @returns the exit status: 2 for a command that there is not */
function main([name = "--help", ...words]: readonly string[]): number {
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name]!.run(words);
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
process.exitCode = main(process.argv.slice(2));
