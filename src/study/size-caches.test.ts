import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { replay } from "../run/replay";
import { Trace } from "../trace/trace";
import { steadyState } from "../workload/shapes";
import { uniformSizes } from "../workload/sizes";
import { replayWithCaches } from "./size-caches";

test("a block that was freed serves the next request of its size", () => {
  const trace = Trace.from([
    { kind: "malloc", id: 0, size: 20 },
    { kind: "free", id: 0 },
    { kind: "malloc", id: 0, size: 32 }, // the same multiple of 16
    { kind: "realloc", id: 0, size: 25 }, // and again: it stays
    { kind: "realloc", id: 0, size: 33 }, // elsewhere
    { kind: "malloc", id: 1, size: 30 }, // what the realloc freed
  ]);
  expect(replayWithCaches(trace)).toEqual({ requests: 4, hits: 2, records: 0, memory: 80 });
});

test("a stack that is full gives back to the heap", () => {
  const operations = [0, 1, 2].flatMap((id) => [{ kind: "malloc", id, size: 16 } as const]);
  const frees = [0, 1, 2].map((id) => ({ kind: "free", id }) as const);
  const again = [0, 1, 2].map((id) => ({ kind: "malloc", id, size: 16 }) as const);
  const trace = Trace.from([...operations, ...frees, ...again]);
  expect(replayWithCaches(trace, { depth: 2 })).toMatchObject({ requests: 6, hits: 2, memory: 48 });
  expect(replayWithCaches(trace, { largest: 0 })).toMatchObject({ hits: 3 });
});

test("without caches it is first fit", () => {
  const sizes = uniformSizes(1, 500);
  const trace = steadyState(seededRandom("caches"), { sizes, live: 200, steps: 2000 });
  const { examined, highWater } = replay(trace, new FreeList(0, 16, { growable: true }), {
    statistics: true,
  });
  const cached = replayWithCaches(trace, { depth: 0 });
  expect([cached.records, cached.memory, cached.hits]).toEqual([examined, highWater, 0]);
});

test("refuses a depth below nothing", () => {
  expect(() => replayWithCaches(Trace.from([]), { depth: -1 })).toThrow(
    "options.depth must be an integer from 0",
  );
});
