import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { planComparison } from "../../compare/compare";
import type { Comparison } from "../../compare/comparison";
import { FITS } from "../../heap/fits";
import { compare } from "../../notebook/compare/compare";
import type { MeasureOptions } from "../../notebook/compare/measure-cells";
import { comparisonPage } from "../../notebook/compare/show-comparison";
import { progressBar } from "../../notebook/progress-bar";
import { traceFolder } from "../../notebook/trace/shipped-traces";
import { checkWritable, writeWhole } from "../../notebook/write-whole";
import { Obstacle } from "../step";
import { measureShard, mergeShards, parseShard } from "./shard";
import { readShardFile } from "./shard-file";
import { readTraces, traceFiles } from "./trace-files";

const USAGE = `Compare allocation policies on recorded traces.

  npm run compare -- [--traces FILE|NAME…] [--policies NAME…] [--arena-runs N] [--workers N] [--out FILE.json] [--html FILE.html]
  npm run compare -- … --shard 2/4 --out FILE.json        one part of the same table
  npm run compare -- --merge FILE.json… [--out FILE.json] [--html FILE.html]

  --traces      files in any format that parseTrace reads, folders of them,      (default: all in notebooks/traces)
                or names of those in notebooks/traces, such as ls and git; a file of that name wins
                NAME=FILE calls a trace NAME; else it is called after its file, up to the first dot that tells files apart
                one of more than 10,000,000 operations is not held in memory but read again for each policy, and for each arena
                that is tried: give --arena-runs 0 for it
  --policies    such as first best/lifo next/deferred/align=8/header=8 buddy     (default: every fit)
  --arena-runs  arenas to try for the smallest that completes; 0 for none        (default: 250)
  --workers     threads                                                          (default: one a core)
  --shard K/N   measure only the K-th of N parts, K from 1; give each part the same traces, policies and --arena-runs
  --merge       put the parts together: the same table, byte for byte, as in one piece

In batch systems, after one npm run build:
  Slurm            sbatch --array=1-8 --requeue --wrap \\
                     'npm run compare -- --workers 1 --shard $SLURM_ARRAY_TASK_ID/8 --out part$SLURM_ARRAY_TASK_ID.json'
  Kubernetes       an indexed job: --shard $((JOB_COMPLETION_INDEX + 1))/8
  GNU parallel     parallel npm run compare -- --shard {}/8 --out part{}.json ::: 1 2 3 4 5 6 7 8
A part appears when it is whole: one that was stopped leaves nothing behind and is started again.

The exit status is 0 when everything was compared, 2 when a trace that cannot be read or a cell that could not be measured was left
out (each is named), and 1 when nothing was done.`;

/** The flags, all of which take values. */
const FLAGS = ["traces", "policies", "arena-runs", "workers", "shard", "out", "html", "merge"] as const;
type Flag = (typeof FLAGS)[number];
type Flags = ReadonlyMap<string, readonly string[]>;

/**
 * `npm run compare`. Sets the process's exit code where something was left out.
 * @param args what the user wrote behind `--`
 * @throws {Obstacle} what keeps it from being done, in one sentence
 */
export async function compareCommand(args: readonly string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(USAGE);
    return;
  }
  try {
    await run(readFlags(args));
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new Obstacle(error.message);
    throw error;
  }
}

async function run(flags: Flags): Promise<void> {
  const out = only(flags, "out");
  const html = only(flags, "html");
  const shard = only(flags, "shard");
  const part = shard === undefined ? undefined : parseShard(shard);
  if (part && out === undefined) {
    throw new Obstacle("A shard is written to a file: give --out FILE.json with --shard.");
  }
  checkPlaces([out, html]);
  const merge = flags.get("merge");
  if (merge) {
    finish(mergeShards(merge.map((name) => ({ name, json: readShardFile(name) }))), out, html);
    return;
  }
  const options = {
    arenaRuns: wholeNumber(flags, "arena-runs"),
    workers: wholeNumber(flags, "workers"),
    ...cellsBar(),
  };
  const policies = flags.get("policies") ?? Object.keys(FITS);
  const files = await traceFiles(flags.get("traces") ?? [traceFolder]);
  const traces = await readTraces(files, leaveOut);
  if (traces.length === 0) throw new Obstacle("There is no trace to compare.");
  if (!part) {
    finish(await compare(traces, policies, defined(options)), out, html);
    return;
  }
  const plan = planComparison(traces, policies, defined(options));
  const json = await measureShard(plan, part, defined(options));
  for (const cell of json.cells)
    if (cell && "failed" in cell) leaveOut(`A cell could not be measured: ${cell.failed}`);
  writeOrElsewhere(out!, `${JSON.stringify(json)}\n`);
}

/** A bar of the cells, with how far the one that was heard of last has come. */
function cellsBar(): Pick<MeasureOptions, "onProgress" | "onCellProgress"> {
  if (!process.stderr.isTTY) return {};
  const { update } = progressBar("cells");
  return {
    onProgress: update,
    onCellProgress: ({ done, total, trace, policy, pass, share }) =>
      update(done, total, `${trace} under ${policy}: pass ${pass}, ${Math.round(100 * share)} %`),
  };
}

/** Prints a comparison and writes it where it is asked for. */
function finish(comparison: Comparison, out: string | undefined, html: string | undefined): void {
  console.log(String(comparison));
  if (!comparison.finished) process.exitCode = 2;
  const troubles: string[] = [];
  const write = (path: string, data: string) => {
    try {
      writeOrElsewhere(path, data);
    } catch (error) {
      troubles.push((error as Error).message);
    }
  };
  if (out !== undefined) write(out, `${JSON.stringify(comparison)}\n`);
  if (html !== undefined) {
    const folder = dirname(resolve(html));
    write(html, String(comparisonPage(comparison, existsSync(folder) ? folder : tmpdir())));
  }
  if (troubles.length > 0) throw new Obstacle(troubles.join("\n"));
}

/** Says what is left out; the others are compared. */
function leaveOut(sentence: string): void {
  console.error(sentence);
  process.exitCode = 2;
}

/** Finds out before the work whether its result can be written. */
function checkPlaces(places: readonly (string | undefined)[]): void {
  for (const place of places) {
    if (place === undefined) continue;
    try {
      checkWritable(place);
    } catch (error) {
      throw new Obstacle((error as Error).message);
    }
  }
}

/**
 * Writes a file; where that fails after all, as on a full disk, into the folder of temporary files, since what took hours is not to be
 * lost.
 * @throws {Obstacle} that says where it was put instead, or that it was printed
 */
export function writeOrElsewhere(path: string, data: string, elsewhere = tmpdir()): void {
  try {
    writeWhole(path, data);
  } catch (error) {
    const place = join(elsewhere, `${randomBytes(4).toString("hex")}-${basename(path)}`);
    try {
      writeWhole(place, data);
    } catch {
      console.log(data);
      throw new Obstacle(`${(error as Error).message} It is printed above instead.`);
    }
    throw new Obstacle(`${(error as Error).message} It is in ${place} instead.`);
  }
}

/** The values behind each flag; a flag may have several, as `--traces a b`. */
function readFlags(args: readonly string[]): Flags {
  const options = Object.fromEntries(FLAGS.map((flag) => [flag, { type: "string" as const }]));
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === "positional" && values) values.push(token.value);
    else if (token.kind === "option" && token.name in options) {
      const { name, value, rawName } = token;
      if (flags.has(name)) throw new Obstacle(`${rawName} stands twice; give its values behind one.`);
      if (!value || (!token.inlineValue && value.startsWith("-"))) {
        throw new Obstacle(`${rawName} needs a value: see npm run compare -- --help.`);
      }
      values = [value];
      flags.set(name, values);
    } else if (token.kind !== "option-terminator") {
      const found = token.kind === "option" ? token.rawName : token.value;
      throw new Obstacle(`There is no option ${JSON.stringify(found)}: see npm run compare -- --help.`);
    }
  }
  return flags;
}

function only(flags: Flags, flag: Flag): string | undefined {
  const values = flags.get(flag);
  if (values === undefined || values.length === 1) return values?.[0];
  throw new Obstacle(`--${flag} takes one value, not ${values.length}: ${values.join(" ")}.`);
}

function wholeNumber(flags: Flags, flag: Flag): number | undefined {
  const text = only(flags, flag);
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new Obstacle(`--${flag} is a whole number, not ${JSON.stringify(text)}.`);
}

/** The options that were given: an absent one takes its default, an undefined one would not. */
function defined<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
