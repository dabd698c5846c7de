import { createHash } from "node:crypto";
import type { ComparisonPlan } from "../../compare/compare";
import type { ComparedCell } from "../../compare/compare-cell";
import { Comparison, type ComparisonJson } from "../../compare/comparison";
import { type MeasureOptions, measureCells } from "../../notebook/compare/measure-cells";
import { packTrace } from "../../notebook/compare/packed-trace";

/** Which part of a sweep: the `number`-th of `of`, from 1. */
export interface ShardNumber {
  readonly number: number;
  readonly of: number;
}

/** The cells that one shard measured, as plain JSON. */
export interface ShardJson extends Omit<ComparisonJson, "format" | "cells"> {
  readonly format: "freelist-lab comparison shard";
  /** Hash of everything that the figures depend on: only shards of the same sweep can be merged. */
  readonly sweep: string;
  readonly shard: ShardNumber;
  /** The cells of this shard, ascending: cell i belongs to shard `i % of + 1`. */
  readonly cells: readonly ComparedCell[];
}

/**
 * The shard that `text`, such as `2/4`, names.
 * @throws RangeError when it names none.
 */
export function parseShard(text: string): ShardNumber {
  const [number, of] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).slice(1).map(Number);
  if (number !== undefined && of !== undefined && number >= 1 && number <= of) return { number, of };
  throw new RangeError(
    `A shard is given as NUMBER/OF from 1/OF to OF/OF, such as 2/4, not ${JSON.stringify(text)}.`,
  );
}

/** Measures one shard of a sweep. The signal of `options` ends it with an error: a shard is whole or not there. */
export async function measureShard(
  plan: ComparisonPlan,
  shard: ShardNumber,
  options: MeasureOptions = {},
): Promise<ShardJson> {
  const cells = await measureCells(plan, cellsOf(shard, plan.traces.length * plan.policies.length), options);
  if (cells.includes(null))
    throw new Error(`Shard ${shard.number}/${shard.of} was interrupted; run it again.`);
  const {
    format: _,
    cells: __,
    ...head
  } = Comparison.of(plan.traces, plan.policies, plan.arenaRuns, []).json;
  return {
    format: "freelist-lab comparison shard",
    sweep: sweepOf(plan),
    shard,
    ...head,
    cells: cells as ComparedCell[],
  };
}

/**
 * The comparison whose shards these are: the same, byte for byte, as if it had been measured in one piece.
 * @param shards what `measureShard` gave, each with a name for messages, such as its file's, in any order.
 * @throws RangeError that names the shard that is foreign, stands twice or is missing.
 */
export function mergeShards(
  shards: readonly { readonly name: string; readonly json: ShardJson }[],
): Comparison {
  const [first] = shards;
  if (!first) throw new RangeError("There are no shards to merge; give the files that --shard wrote.");
  const { of } = checkedShard(first.name, first.json).shard;
  const { traces, policies, arenaRuns } = first.json;
  const names = new Map<number, string>();
  const cells: (ComparedCell | null)[] = Array.from({ length: traces.length * policies.length }, () => null);
  for (const { name, json } of shards) {
    const { shard, sweep } = checkedShard(name, json);
    if (sweep !== first.json.sweep || shard.of !== of) {
      throw new RangeError(
        `${name} (${shard.number}/${shard.of}) belongs to another sweep than ${first.name}: its traces, policies, options or number of shards differ; leave one out.`,
      );
    }
    const twin = names.get(shard.number);
    if (twin !== undefined) {
      throw new RangeError(`${name} and ${twin} are both shard ${shard.number}/${of}; leave one out.`);
    }
    names.set(shard.number, name);
    for (const [at, index] of cellsOf(shard, cells.length).entries()) cells[index] = json.cells[at]!;
  }
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((number) => !names.has(number));
  if (missing.length > 0) {
    const list = missing.map((number) => `${number}/${of}`).join(", ");
    throw new RangeError(`Missing: shard ${list}; run it with --shard and merge again.`);
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

/** The numbers of a shard's cells, ascending. */
function cellsOf({ number, of }: ShardNumber, total: number): number[] {
  return Array.from({ length: total }, (_, index) => index).filter((index) => index % of === number - 1);
}

function checkedShard(name: string, json: ShardJson): ShardJson {
  if (json?.format !== "freelist-lab comparison shard" || json.version !== 1) {
    throw new RangeError(`${name} is no shard of a comparison; give the files that --shard wrote.`);
  }
  const cells = cellsOf(json.shard, json.traces.length * json.policies.length);
  if (json.cells.length !== cells.length) {
    throw new RangeError(
      `${name} has ${json.cells.length} cells instead of ${cells.length}; run that shard again.`,
    );
  }
  return json;
}

/** @throws RangeError for a fit of one's own: a function has no text that other machines could compare. */
function sweepOf({ traces, policies, arenaRuns }: ComparisonPlan): string {
  const custom = policies.find(({ fit }) => typeof fit === "function");
  if (custom) {
    throw new RangeError(
      `The fit of ${JSON.stringify(custom.name)} is a function, which cannot go into shards; use compare.`,
    );
  }
  const hash = createHash("sha256").update(JSON.stringify({ policies, arenaRuns }));
  for (const trace of traces) {
    const { name, source, kinds, ids, sizes } = packTrace(trace);
    hash.update(JSON.stringify({ name, source, length: kinds.length }));
    for (const column of [kinds, ids, sizes]) {
      hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    }
  }
  return hash.digest("hex");
}
