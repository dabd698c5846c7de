import { createHash, type Hash } from "node:crypto";
import * as v from "valibot";
import { type DocumentKind, readDocument, refused, text, wholeNumber } from "../../base/document";
import type { ComparisonPlan } from "../../compare/compare";
import { Comparison } from "../../compare/comparison";
import type { CellJson, ComparedJson } from "../../compare/comparison-json";
import { CELLS, COMPARED, checkCells } from "../../compare/read-comparison";
import { type MeasureOptions, measureCells } from "../../notebook/compare/measure-cells";
import type { TraceFile } from "../../notebook/trace/trace-file";
import { FREE, MALLOC, REALLOC } from "../../trace/operation";
import type { Trace } from "../../trace/trace";
import type { TraceSink } from "../../trace/trace-reader";

/** Which part of a sweep: the `number`-th of `of`, from 1. */
export interface ShardNumber {
  readonly number: number;
  readonly of: number;
}

/** The cells that one shard measured, as plain JSON. */
export interface ShardJson extends ComparedJson {
  readonly format: "freelist-lab comparison shard";
  readonly version: 1;
  /** Hash of everything that the figures depend on: only shards of the same sweep can be merged. */
  readonly sweep: string;
  readonly shard: ShardNumber;
  /** The cells of this shard, ascending: those with the numbers i of which `i % of` is `number - 1`. None is null. */
  readonly cells: readonly CellJson[];
}

/** Shards of one sweep at most. */
const MOST_SHARDS = 999_999_999;

/** Cells of one shard at most, so that its file is one that `--merge` reads. */
const MOST_CELLS = 30_000;

/**
 * The shard that `given`, such as `2/4`, names.
 * @throws RangeError when it names none.
 */
export function parseShard(given: string): ShardNumber {
  const [number, of] = (/^(\d{1,9})\/(\d{1,9})$/.exec(given) ?? []).slice(1).map(Number);
  if (number !== undefined && of !== undefined && number >= 1 && number <= of) return { number, of };
  throw new RangeError(
    `A shard is given as NUMBER/OF from 1/OF to OF/OF, such as 2/4, not ${JSON.stringify(given)}.`,
  );
}

/**
 * Measures one shard of a sweep. The signal of `options` ends it with an error: a shard is whole or not there.
 * @throws RangeError for a fit of one's own, and for a shard of more than 30,000 cells
 */
export async function measureShard(
  plan: ComparisonPlan<Trace | TraceFile>,
  shard: ShardNumber,
  options: MeasureOptions = {},
): Promise<ShardJson> {
  const sweep = await sweepOf(plan);
  const indices = cellsOf(shard, plan.traces.length * plan.policies.length);
  if (indices.length > MOST_CELLS) {
    throw new RangeError(
      `A shard has at most ${MOST_CELLS} cells, and ${shard.number}/${shard.of} has ${indices.length}; make more shards.`,
    );
  }
  const cells = await measureCells(plan, indices, options);
  if (cells.includes(null)) {
    throw new Error(`Shard ${shard.number}/${shard.of} was interrupted; run it again.`);
  }
  const { version, arenaRuns, traces, policies } = Comparison.of(
    plan.traces,
    plan.policies,
    plan.arenaRuns,
    [],
  ).json;
  return {
    format: "freelist-lab comparison shard",
    sweep,
    shard,
    version,
    arenaRuns,
    traces,
    policies,
    cells,
  };
}

/**
 * The comparison whose shards these are: the same, byte for byte, as if it had been measured in one piece.
 * @param shards what `measureShard` gave, each with a name for messages, such as its file's, in any order.
 * @throws RangeError that names the shard that is damaged, foreign, stands twice or is missing.
 */
export function mergeShards(
  shards: readonly { readonly name: string; readonly json: unknown }[],
): Comparison {
  const read = shards.map(({ name, json }) => ({ name, json: readShard(name, json) }));
  const [first] = read;
  if (!first) throw new RangeError("There are no shards to merge; give the files that --shard wrote.");
  const sweep = headOf(first.json);
  const { of } = first.json.shard;
  const byNumber = new Map<number, { readonly name: string; readonly json: ShardJson }>();
  for (const each of read) {
    const { number } = each.json.shard;
    if (headOf(each.json) !== sweep) {
      throw new RangeError(
        `${each.name} (${number}/${each.json.shard.of}) belongs to another sweep than ${first.name}: its traces, policies, options or number of shards differ; leave one out.`,
      );
    }
    const twin = byNumber.get(number);
    if (twin) {
      throw new RangeError(`${each.name} and ${twin.name} are both shard ${number}/${of}; leave one out.`);
    }
    byNumber.set(number, each);
  }
  checkComplete(byNumber, of);
  const { arenaRuns, traces, policies } = first.json;
  const cells: CellJson[] = [];
  for (const { json } of byNumber.values()) {
    for (const [at, cell] of json.cells.entries()) cells[at * of + json.shard.number - 1] = cell;
  }
  return Comparison.from({
    format: "freelist-lab comparison",
    version: 1,
    arenaRuns,
    traces,
    policies,
    cells,
  });
}

/** What the shards of one sweep have in common. */
function headOf({ sweep, shard, arenaRuns, traces, policies }: ShardJson): string {
  return JSON.stringify([sweep, shard.of, arenaRuns, traces, policies]);
}

/** @throws RangeError that names the first shards of `of` that are missing. */
function checkComplete(byNumber: ReadonlyMap<number, unknown>, of: number): void {
  const missing = of - byNumber.size;
  if (missing === 0) return;
  const named: string[] = [];
  for (let number = 1; named.length < Math.min(missing, 10); number++) {
    if (!byNumber.has(number)) named.push(`${number}/${of}`);
  }
  const more = missing > named.length ? ` and ${missing - named.length} more` : "";
  throw new RangeError(
    `Missing: shard ${named.join(", ")}${more}; run what is missing with --shard and merge again.`,
  );
}

/** How many cells of `total` a shard has. */
function countOf({ number, of }: ShardNumber, total: number): number {
  return Math.max(0, Math.ceil((total - number + 1) / of));
}

/** The numbers of a shard's cells, ascending. */
function cellsOf(shard: ShardNumber, total: number): number[] {
  return Array.from({ length: countOf(shard, total) }, (_, i) => i * shard.of + shard.number - 1);
}

/** A shard from outside, checked in every field. @throws RangeError that names the shard and the field that is wrong */
function readShard(name: string, json: unknown): ShardJson {
  const kind = { ...SHARD, name: `shard of a comparison (${name})` };
  const shard = readDocument(kind, json);
  const { number, of } = shard.shard;
  if (number > of) throw refused(kind, `its shard.number must be at most its shard.of ${of}, not ${number}`);
  if (shard.cells.includes(null)) throw refused(kind, "its cells must all be there");
  checkCells(kind, shard, countOf(shard.shard, shard.traces.length * shard.policies.length));
  return shard;
}

const SHARD: DocumentKind<ShardJson> = {
  name: "shard of a comparison",
  format: "freelist-lab comparison shard",
  version: 1,
  remedy: "Give the files that --shard wrote, or run that shard again.",
  schema: v.object({
    format: v.literal("freelist-lab comparison shard"),
    version: v.literal(1),
    sweep: text(64),
    shard: v.object({ number: wholeNumber(1, MOST_SHARDS), of: wholeNumber(1, MOST_SHARDS) }),
    ...COMPARED,
    cells: CELLS,
  }),
};

/** @throws RangeError for a fit of one's own: a function has no text that other machines could compare. */
async function sweepOf({ traces, policies, arenaRuns }: ComparisonPlan): Promise<string> {
  const custom = policies.find(({ fit }) => typeof fit === "function");
  if (custom) {
    throw new RangeError(
      `The fit of ${JSON.stringify(custom.name)} is a function, which cannot go into shards; use compare.`,
    );
  }
  const hash = createHash("sha256").update(JSON.stringify({ policies, arenaRuns }));
  for (const trace of traces) {
    const { name, source, length } = trace;
    hash.update(JSON.stringify({ name, source, length }));
    const operations = new HashedOperations(hash);
    await trace.tell(operations);
    operations.end();
  }
  return hash.digest("hex");
}

/** Operations that are hashed at a time. */
const HASHED_AT_ONCE = 4096;

/** Adds operations to a hash, wherever they come from. */
class HashedOperations implements TraceSink {
  readonly #hash: Hash;
  readonly #entries = new Float64Array(3 * HASHED_AT_ONCE);
  #length = 0;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  malloc(id: number, size: number): void {
    this.#add(MALLOC, id, size);
  }

  realloc(id: number, size: number): void {
    this.#add(REALLOC, id, size);
  }

  free(id: number): void {
    this.#add(FREE, id, 0);
  }

  /** Adds those that are still kept: no operations follow. */
  end(): void {
    this.#hash.update(new Uint8Array(this.#entries.buffer, 0, 8 * this.#length));
    this.#length = 0;
  }

  #add(kind: number, id: number, size: number): void {
    if (this.#length === this.#entries.length) this.end();
    this.#entries[this.#length++] = kind;
    this.#entries[this.#length++] = id;
    this.#entries[this.#length++] = size;
  }
}
