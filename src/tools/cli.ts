import { compareCommand } from "./compare/command";
import { installKernel, removeKernel, userDataFolder } from "./kernel";
import { executeNotebooks } from "./notebooks";
import { importTrace } from "./record/import-trace";
import { recordTrace } from "./record/record-trace";
import { start } from "./start";
import { giveUp, Obstacle } from "./step";
import { runLabTests, runSuite } from "./suite";

/**
 * Runs a task of package.json's scripts, after bootstrap.js has installed the packages and compiled the sources. Sets
 * the process's exit code; what keeps the task from being done is printed in one sentence.
 * @param task the script's name
 * @param args what the user wrote behind `--`
 */
export async function main(task: string | undefined, args: readonly string[]): Promise<void> {
  await run(task, args).catch(giveUp);
}

async function run(task: string | undefined, args: readonly string[]): Promise<void> {
  switch (task) {
    case "start":
      process.exitCode = await start(args);
      return;
    case "test":
      process.exitCode = await runSuite();
      return;
    case "test:lab":
      process.exitCode = await runLabTests(args);
      return;
    case "compare":
      await compareCommand(args);
      return;
    case "notebooks":
      process.exitCode = await executeNotebooks(args);
      return;
    case "trace":
      process.exitCode = await recordTrace(args, process.env.INIT_CWD ?? process.cwd());
      return;
    case "traces:import":
      console.log(await importTrace(args, process.env.INIT_CWD ?? process.cwd()));
      return;
    case "kernel:install":
      console.log(`Registered the tslab kernel: ${installKernel(userDataFolder(prefixAmong(args)))}`);
      return;
    case "kernel:remove": {
      const data = userDataFolder(prefixAmong(args));
      const folder = removeKernel(data);
      console.log(
        folder ? `Removed the tslab kernel: ${folder}` : `No tslab kernel is registered in ${data}.`,
      );
      return;
    }
    default:
      throw new Obstacle(`There is no task "${task}": see the scripts in package.json.`);
  }
}

/** The folder behind `--prefix`: that of a virtual environment, for example; undefined when there is none. */
function prefixAmong(args: readonly string[]): string | undefined {
  if (args.length === 0) return undefined;
  const [flag, folder] = args.flatMap((arg) => arg.split(/=(.*)/s, 2));
  if (flag !== "--prefix" || !folder) {
    throw new Obstacle(`The only option is --prefix FOLDER, and this is "${args.join(" ")}".`);
  }
  return folder;
}
