import { bench } from "./bench/bench";
import { type Command, readArguments, usage } from "./command";
import { notebooks } from "./commands/notebooks";
import { importTrace } from "./commands/record/import-trace";
import { recordTrace } from "./commands/record/record-trace";
import { kernelLite, site } from "./commands/site";
import { start } from "./commands/start";
import { suite, testLab } from "./commands/suite";
import { compareCommand } from "./compare/command";
import { exhaust } from "./exhaust/command";
import { worstCases } from "./exhaust/worst-cases";
import { assignment } from "./grade/assignment";
import { grade } from "./grade/grade";
import { mutants } from "./mutants/command";
import { installKernel, removeKernel } from "./setup/kernel";
import { giveUp, Obstacle } from "./step";

/** Every command, by the name of its script in package.json. */
export const commands: Readonly<Record<string, Command>> = {
  start,
  test: suite,
  "test:lab": testLab,
  notebooks,
  trace: recordTrace,
  "traces:import": importTrace,
  "kernel:install": installKernel,
  "kernel:remove": removeKernel,
  "kernel:lite": kernelLite,
  site,
  assignment,
  grade,
  exhaust,
  "worst-cases": worstCases,
  mutants,
  bench,
};

/**
 * Runs a command, after bootstrap.js has installed the packages and compiled the sources. Sets the process's exit code; what
 * keeps the command from being done is printed in one sentence.
 * @param name the script's name
 * @param args what the user wrote behind `--`
 */
export async function main(name: string | undefined, args: readonly string[]): Promise<void> {
  await run(name ?? "", args).catch(giveUp);
}

async function run(name: string, args: readonly string[]): Promise<void> {
  const cwd = process.env.INIT_CWD ?? process.cwd();
  if (name === "compare") {
    // Its paths are those of the folder in which the user stands.
    process.chdir(cwd);
    return await compareCommand(args);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Obstacle(`There is no command "${name}": see the scripts in package.json.`);
  const given = readArguments(name, command, args);
  if (!given) console.log(usage(name, command));
  else process.exitCode = await command.run({ ...given, cwd });
}
