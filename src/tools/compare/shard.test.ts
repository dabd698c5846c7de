import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { damaged } from "../../base/testing/damage";
import { numbers } from "../../base/testing/numbers";
import { compareHere, planComparison } from "../../compare/compare";
import { openTrace } from "../../notebook/trace/trace-file";
import { steadyTrace } from "../../run/testing/any-trace";
import { writeCompact } from "../../trace/compact";
import { parseTrace } from "../../trace/trace-parser";
import { compileWorker } from "../testing/compile-worker";
import { measureShard, mergeShards, parseShard, type ShardJson } from "./shard";

/** Another start of the random numbers, and how many documents are damaged. */
const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
const DAMAGED = Number(process.env.FREELIST_DAMAGED ?? 10_000);

const traces = [steadyTrace(1, 300), steadyTrace(2, 300), steadyTrace(3, 300)];
const policies = ["first", "best", "worst"];
const plan = planComparison(traces, policies, { arenaRuns: 3 });
const whole = JSON.stringify(compareHere(traces, policies, { arenaRuns: 3 }));

let worker: Awaited<ReturnType<typeof compileWorker>>;
let quarters: { name: string; json: ShardJson }[];
const measure = (text: string, of: Parameters<typeof measureShard>[0] = plan) =>
  measureShard(of, parseShard(text), { workers: 2, workerFile: worker.file });

beforeAll(async () => {
  worker = await compileWorker();
  const jsons = await Promise.all(["1/4", "2/4", "3/4", "4/4"].map((text) => measure(text)));
  quarters = jsons.map((json, i) => ({ name: `part${i + 1}.json`, json: JSON.parse(JSON.stringify(json)) }));
});
afterAll(() => worker.remove());

describe("mergeShards", () => {
  test("gives the table of one piece, byte for byte, in any order", () => {
    expect(JSON.stringify(mergeShards(quarters))).toBe(whole);
    expect(JSON.stringify(mergeShards([...quarters].reverse()))).toBe(whole);
  });

  test("takes shards without a cell: more shards than cells", async () => {
    const names = Array.from({ length: 11 }, (_, i) => `${i + 1}/11`);
    const shards = await Promise.all(names.map(async (name) => ({ name, json: await measure(name) })));
    expect(JSON.stringify(mergeShards(shards))).toBe(whole);
  });

  test("takes traces that stay in their files, and in one shard may hold them", async () => {
    const files = await Promise.all(
      traces.map(async (trace) => {
        const path = join(worker.folder, `${trace.name}.trace`);
        writeFileSync(path, writeCompact(trace));
        return openTrace(path, { name: trace.name, source: trace.source, mostHeld: 100 });
      }),
    );
    const stored = planComparison(files, policies, { arenaRuns: 3 });
    const held = planComparison(
      traces.map((trace) => parseTrace(writeCompact(trace))),
      policies,
      { arenaRuns: 3 },
    );
    const shards = [await measure("1/2", stored), await measure("2/2", held)];
    const named = shards.map((json, i) => ({ name: `part${i}`, json: JSON.parse(JSON.stringify(json)) }));
    expect(JSON.stringify(mergeShards(named))).toBe(whole);
  });

  test("names the shards that are missing", () => {
    expect(() => mergeShards([quarters[0]!, quarters[2]!])).toThrow("Missing: shard 2/4, 4/4");
    expect(() => mergeShards([])).toThrow(/no shards/);
  });

  test("names the shard that stands twice", () => {
    const twice = [...quarters, { ...quarters[1]!, name: "copy.json" }];
    expect(() => mergeShards(twice)).toThrow("copy.json and part2.json are both shard 2/4");
  });

  test("names the shard of another sweep, whatever differs", async () => {
    const others = [
      planComparison(traces, policies, { arenaRuns: 4 }),
      planComparison(traces, ["first", "best", "next"], { arenaRuns: 3 }),
      planComparison([traces[0]!, traces[1]!, steadyTrace(4, 300)], policies, { arenaRuns: 3 }),
    ];
    for (const other of others) {
      const foreign = { name: "foreign.json", json: await measure("2/4", other) };
      expect(() => mergeShards([quarters[0]!, foreign])).toThrow(
        /foreign.json \(2\/4\) belongs to another sweep/,
      );
    }
    const third = { name: "third.json", json: await measure("3/3") };
    expect(() => mergeShards([quarters[0]!, third])).toThrow(/another sweep/);
  });

  test("names what is no shard, or a damaged one", () => {
    const wrong = [{}, null, [], { ...quarters[0]!.json, version: 2 }] as ShardJson[];
    for (const json of wrong) {
      expect(() => mergeShards([{ name: "x.json", json }])).toThrow(
        /This is no shard of a comparison \(x.json\): its? /,
      );
    }
    const short = { name: "short.json", json: { ...quarters[0]!.json, cells: [] } };
    expect(() => mergeShards([short])).toThrow(/short.json\): it must have 3 cells, not 0/);
  });
});

describe("mergeShards of what was damaged", () => {
  const with1 = (change: object) => [
    { ...quarters[0]!, json: { ...quarters[0]!.json, ...change } },
    ...quarters.slice(1),
  ];

  test("refuses a number of shards that nobody measured, at once", () => {
    const shard = { number: 1, of: 999_999_999 };
    const cells = quarters[0]!.json.cells.slice(0, 1);
    expect(() => mergeShards([{ name: "many.json", json: { ...quarters[0]!.json, shard, cells } }])).toThrow(
      /^Missing: shard 2\/999999999, .* 11\/999999999 and 999999988 more; run what is missing/,
    );
    expect(() => mergeShards(with1({ shard: { number: 5, of: 4 } }))).toThrow(
      /shard.number must be at most its shard.of 4/,
    );
    expect(() => mergeShards(with1({ shard: { number: 1, of: 1e12 } }))).toThrow(
      /shard.of must be a whole number/,
    );
    expect(() => mergeShards(with1({ shard: { number: 0, of: 4 } }))).toThrow(
      /shard.number must be a whole number/,
    );
  });

  test("names the file and the field", () => {
    const [first, ...others] = quarters[0]!.json.cells;
    expect(() => mergeShards(with1({ cells: [{ ...first, peakLive: -1 }, ...others] }))).toThrow(
      "This is no shard of a comparison (part1.json): its cells[0].peakLive must be a whole number from 0, not -1. Give",
    );
    expect(() => mergeShards(with1({ cells: [null, ...others] }))).toThrow(
      /part1.json.*cells must all be there/,
    );
    expect(() => mergeShards(with1({ traces: [] }))).toThrow(/part1.json.*traces must be at least one/);
  });

  test("takes a cell that could not be measured", () => {
    const [, ...others] = quarters[0]!.json.cells;
    const merged = mergeShards(with1({ cells: [{ failed: "no memory." }, ...others] }));
    expect(merged.rows[0]).toMatchObject({ cell: null, failed: "no memory." });
    expect(merged.rows.filter(({ cell }) => cell === null)).toHaveLength(1);
  });

  test(`refuses a damaged shard or merges it: ${DAMAGED / 2} of seed ${SEED}`, () => {
    const random = numbers(SEED);
    let taken = 0;
    for (let i = 0; i < DAMAGED / 2; i++) {
      const shards = [...quarters];
      const at = random(shards.length);
      shards[at] = { ...quarters[at]!, json: damaged(quarters[at]!.json, random) as ShardJson };
      try {
        expect(String(mergeShards(shards))).not.toMatch(/NaN|undefined|Infinity/);
        taken++;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect((error as Error).message).toMatch(
          /^This is no shard of a comparison \(part|^Missing: shard|part\d.json/,
        );
      }
    }
    console.log(`${DAMAGED / 2} damaged shards of seed ${SEED}: ${taken} were taken and merged.`);
    expect(taken).toBeGreaterThan(DAMAGED / 200);
  });
});

describe("measureShard", () => {
  test("refuses a fit of one's own", async () => {
    const custom = planComparison(traces, [{ name: "mine", fit: () => null }]);
    await expect(measure("1/2", custom)).rejects.toThrow(/"mine" is a function/);
  });
});

describe("parseShard", () => {
  test("reads NUMBER/OF", () => expect(parseShard("2/4")).toEqual({ number: 2, of: 4 }));
  for (const text of ["0/4", "5/4", "2", "a/b", "1/0", "-1/4", ""]) {
    test(`refuses ${JSON.stringify(text)}`, () => expect(() => parseShard(text)).toThrow(RangeError));
  }
});
