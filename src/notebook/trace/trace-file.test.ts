import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { measurePolicy } from "../../compare/compare-cell";
import { comparedPolicy } from "../../compare/compared-policy";
import { passOver, passOverAny } from "../../compare/passes";
import { anyTrace, steadyTrace } from "../../run/testing/any-trace";
import { FORMATS, type TraceFormat } from "../../trace/formats";
import { TEXT_OF } from "../../trace/testing/text-of";
import { Trace, TraceBuilder } from "../../trace/trace";
import { readTrace } from "./read-trace";
import { openTrace, TraceFile } from "./trace-file";

const folder = mkdtempSync(join(tmpdir(), "trace-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("openTrace(path)", () => {
  const trace = steadyTrace(1, 500);
  const path = file("steady.rep", `${TEXT_OF.rep(trace)}x\n`);

  it("holds a trace of up to mostHeld operations, and leaves a longer one in its file", async () => {
    const options = { skipBadLines: true, name: "mine" };
    const held = await openTrace(path, { ...options, mostHeld: 500 });
    expect(held).toBeInstanceOf(Trace);
    const left = (await openTrace(path, { ...options, mostHeld: 499 })) as TraceFile;
    expect(left).toBeInstanceOf(TraceFile);
    expect(`${left}`).toBe(`mine: 500 operations in ${path}`);
    for (const each of [held, left])
      expect(each).toMatchObject({ name: "mine", source: "CS:APP .rep", length: 500 });
    const builder = new TraceBuilder();
    await left.tell(builder);
    expect(builder.build().equals(held as Trace)).toBe(true);
  });

  it("tells no more than the sink wants", async () => {
    const left = (await openTrace(path, { mostHeld: 0, skipBadLines: true })) as TraceFile;
    let told = 0;
    const count = () => told++;
    await left.tell({ done: true, malloc: count, realloc: count, free: count });
    expect(told).toBe(0);
  });

  it("refuses what readTrace refuses", async () => {
    await expect(openTrace(path, { mostHeld: 1 })).rejects.toThrow(/^Line 505 \(rep\): "x" is none of/);
  });
});

it("a trace in a file of any format is measured as the same trace in memory", async () => {
  const policies = ["first", "best/lifo", "next", "worst/deferred", "buddy", "segregated-fits"];
  const formats = fc.constantFrom(...(Object.keys(FORMATS) as TraceFormat[]));
  await fc.assert(
    fc.asyncProperty(anyTrace(), formats, fc.constantFrom(...policies), async (trace, format, name) => {
      const path = file("any.txt", TEXT_OF[format](trace));
      const passes = () => measurePolicy(comparedPolicy(name), { arenaRuns: 20 });
      const left = (await openTrace(path, { mostHeld: 0 })) as TraceFile;
      expect(await passOverAny(left, passes())).toEqual(passOver(await readTrace(path), passes()));
    }),
    { numRuns: 150 },
  );
});
