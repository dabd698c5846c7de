import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareHere, planComparison } from "../../compare/compare";
import { steadyTrace } from "../../run/testing/any-trace";
import { compileWorker } from "../testing/compile-worker";
import { measureShard, mergeShards, parseShard, type ShardJson } from "./shard";

const traces = [steadyTrace(1, 300), steadyTrace(2, 300), steadyTrace(3, 300)];
const policies = ["first", "best", "worst"];
const plan = planComparison(traces, policies, { arenaRuns: 3 });
const whole = JSON.stringify(compareHere(traces, policies, { arenaRuns: 3 }));

let worker: Awaited<ReturnType<typeof compileWorker>>;
let quarters: { name: string; json: ShardJson }[];
const measure = (text: string, of = plan) =>
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
      expect(() => mergeShards([{ name: "x.json", json }])).toThrow(/x.json is no shard/);
    }
    const short = { name: "short.json", json: { ...quarters[0]!.json, cells: [] } };
    expect(() => mergeShards([short])).toThrow(/short.json has 0 cells instead of 3/);
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
