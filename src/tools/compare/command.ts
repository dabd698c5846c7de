import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { planComparison } from "../../compare/compare";
import type { Comparison } from "../../compare/comparison";
import { compare } from "../../notebook/compare/compare";
import { saveComparison } from "../../notebook/compare/show-comparison";
import { progressBar } from "../../notebook/progress-bar";
import { readTrace } from "../../notebook/trace/read-trace";
import { traceFolder } from "../../notebook/trace/shipped-traces";
import { writeWhole } from "../../notebook/write-whole";
import type { Trace } from "../../trace/trace";
import { Obstacle } from "../step";
import { measureShard, mergeShards, parseShard, type ShardJson } from "./shard";

const USAGE = `Compare allocation policies on recorded traces.

  npm run compare -- [--traces FILE…] [--policies NAME…] [--arena-runs N] [--workers N] [--out FILE.json] [--html FILE.html]
  npm run compare -- … --shard 2/4 --out FILE.json        one part of the same table
  npm run compare -- --merge FILE.json… [--out FILE.json] [--html FILE.html]

  --traces      files in any format that parseTrace reads, or folders of them   (default: notebooks/traces)
  --policies    such as first best/lifo next/deferred/align=8/header=8 buddy     (default: first best next worst)
  --arena-runs  arenas to try for the smallest that completes; 0 for none        (default: 250)
  --workers     threads                                                          (default: one a core)
  --shard K/N   measure only the K-th of N parts, K from 1; give each part the same traces, policies and --arena-runs
  --merge       put the parts together: the same table, byte for byte, as in one piece

In batch systems, after one npm run build:
  Slurm            sbatch --array=1-8 --wrap 'npm run compare -- --shard $SLURM_ARRAY_TASK_ID/8 --out part$SLURM_ARRAY_TASK_ID.json'
  Kubernetes       an indexed job: --shard $((JOB_COMPLETION_INDEX + 1))/8
  GNU parallel     parallel npm run compare -- --shard {}/8 --out part{}.json ::: 1 2 3 4 5 6 7 8
A part appears when it is whole: one that was stopped leaves nothing behind and is started again.`;

const FLAGS = [
  "--traces",
  "--policies",
  "--arena-runs",
  "--workers",
  "--shard",
  "--out",
  "--html",
  "--merge",
];

/**
 * `npm run compare`.
 * @param args what the user wrote behind `--`
 * @throws {Obstacle} what keeps it from being done, in one sentence
 */
export async function compareCommand(args: readonly string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(USAGE);
    return;
  }
  try {
    await run(parseFlags(args));
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new Obstacle(error.message);
    throw error;
  }
}

async function run(flags: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const one = (flag: string) => only(flag, flags.get(flag));
  const out = one("--out");
  if (flags.has("--merge")) {
    const shards = flags.get("--merge")!.map((name) => ({ name, json: readShard(name) }));
    finish(mergeShards(shards), out, one("--html"));
    return;
  }
  const traces = await tracesOf(flags.get("--traces") ?? [traceFolder]);
  const policies = flags.get("--policies") ?? ["first", "best", "next", "worst"];
  const options = {
    arenaRuns: wholeNumber("--arena-runs", one("--arena-runs")),
    workers: wholeNumber("--workers", one("--workers")),
    onProgress: progressBar("cells").update,
  };
  const shard = one("--shard");
  if (shard === undefined) {
    finish(await compare(traces, policies, defined(options)), out, one("--html"));
    return;
  }
  if (out === undefined)
    throw new Obstacle("A shard is written to a file: give --out FILE.json with --shard.");
  const plan = planComparison(traces, policies, defined(options));
  writeWhole(out, `${JSON.stringify(await measureShard(plan, parseShard(shard), defined(options)))}\n`);
}

function finish(comparison: Comparison, out: string | undefined, html: string | undefined): void {
  console.log(String(comparison));
  if (out !== undefined) writeWhole(out, `${JSON.stringify(comparison)}\n`);
  if (html !== undefined) saveComparison(comparison, html);
}

function parseFlags(args: readonly string[]): Map<string, string[]> {
  const flags = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const arg of args.flatMap((each) => (each.startsWith("--") ? each.split(/=(.*)/s, 2) : [each]))) {
    if (FLAGS.includes(arg)) {
      if (flags.has(arg)) throw new Obstacle(`${arg} stands twice; give its values behind one.`);
      values = [];
      flags.set(arg, values);
    } else if (values && !arg.startsWith("--")) values.push(arg);
    else throw new Obstacle(`There is no option ${JSON.stringify(arg)}: see npm run compare -- --help.`);
  }
  for (const [flag, given] of flags) {
    if (given.length === 0) throw new Obstacle(`${flag} needs a value: see npm run compare -- --help.`);
  }
  return flags;
}

function only(flag: string, values: readonly string[] | undefined): string | undefined {
  if (values === undefined || values.length === 1) return values?.[0];
  throw new Obstacle(`${flag} takes one value, not ${values.length}: ${values.join(" ")}.`);
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Obstacle(`${flag} is a whole number, not ${JSON.stringify(text)}.`);
}

/** The options that were given: an absent one takes its default, an undefined one would not. */
function defined<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

async function tracesOf(places: readonly string[]): Promise<Trace[]> {
  const files: string[] = [];
  for (const place of places) {
    const status = await stat(place).catch(() => null);
    if (status === null) throw new Obstacle(`There is no file ${JSON.stringify(place)}: check the path.`);
    if (!status.isDirectory()) files.push(place);
    else {
      const entries = await readdir(place, { withFileTypes: true });
      const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.endsWith(".md"));
      files.push(...names.map(({ name }) => join(place, name)).sort());
    }
  }
  return Promise.all(
    files.map((file) => readTrace(file, { name: basename(file).replace(/(?<=.)\..*$/, "") })),
  );
}

function readShard(name: string): ShardJson {
  let text: string;
  try {
    text = readFileSync(name, "utf8");
  } catch {
    throw new Obstacle(`There is no file ${JSON.stringify(name)} to merge; run that shard.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Obstacle(`${name} is no shard of a comparison, or a damaged one; run that shard again.`);
  }
}
