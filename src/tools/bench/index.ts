/**
 * `npm run bench` runs every benchmark in turn; `npm run bench -- allocator cells` those that are named. A figure holds for
 * the machine and the moment that the first line names.
 */
import { benchmarks } from "./benchmarks";
import { machine } from "./machine";

async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) {
    console.error(
      `There is no benchmark ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}.`,
    );
    process.exitCode = 2;
    return;
  }
  console.log(machine());
  for (const [name, load] of Object.entries(benchmarks)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n== ${name}`);
    await (await load()).run();
  }
}

void main(process.argv.slice(2));
