import { afterAll, beforeAll, expect, test } from "vitest";
import { comparedPolicy } from "../compare/compared-policy";
import { modelOf } from "../compare/policy-model";
import type { MallocEvent } from "../heap/event";
import { FITS, type Fit, type FitName } from "../heap/fits";
import { FreeList } from "../heap/free-list";
import { heapFrom } from "../heap/heap-from";
import { TextbookHeap } from "../heap/textbook-heap";
import { alternatives } from "../run/alternatives";
import { branch } from "../run/branch";
import { decisionAt } from "../run/decision/decision-at";
import { explain } from "../run/explain";
import { History } from "../run/history";
import { Film } from "./film";

const table = FITS as Record<string, Fit>;
/** The last hole in the list that is large enough: a fit as somebody may add it, with nothing but an entry in the table. */
const last = "last" as FitName;

beforeAll(() => {
  table.last = { better: () => true, superlative: "last" };
});
afterAll(() => {
  delete table.last;
});

/** A run with holes of 16, 32 and 32 bytes, in which a block of 16 is put into the last. */
function run(): History {
  const heap = heapFrom("f16 A8 f32 A8 f32 A8", { fit: last });
  const history = History.of(heap);
  heap.malloc(16);
  return history;
}

test("both free lists search by it", () => {
  for (const Heap of [FreeList, TextbookHeap]) {
    const heap = new Heap(64, 8, { fit: last, order: "lifo" });
    const a = heap.malloc(8)!;
    heap.malloc(8);
    heap.free(a);
    expect(heap.malloc(8)).toBe(16);
  }
});

test("it is among the alternatives of every run, and a run can be played on under it", () => {
  const own = alternatives(run(), 1).fits;
  expect(own.map(({ fit }) => fit)).toEqual(Object.keys(FITS));
  expect(own.at(-1)).toMatchObject({ fit: "last", own: true, hole: { address: 64, size: 32 }, examined: 3 });
  const heap = new FreeList(64, 8);
  const history = History.of(heap);
  heap.free(heap.malloc(8)!);
  heap.malloc(16);
  expect(alternatives(history, 3).fits.at(-1)).toMatchObject({ fit: "last", own: false });
  expect(branch(history, 0, { fit: last }).length).toBe(3);
});

test("its decisions are told, and it is explained by its name", () => {
  const texts = decisionAt(run(), 1).map(({ text }) => text);
  expect(texts).toContain(
    "Last fit looks at all 3 records of the list for the last hole of at least 16 bytes.",
  );
  expect(texts).toContain(
    "The choice is the hole of 32 bytes at 64, record 3: the last of those that are large enough.",
  );
  const heap = new FreeList(64, 8, { fit: last });
  const events: MallocEvent[] = [];
  heap.listen((event) => events.push(event as MallocEvent));
  heap.malloc(8);
  expect(explain(events[0]!, heap.describe())).toContain("Last fit examined 1 hole");
});

test("it is a word of a policy to compare", () => {
  expect(comparedPolicy("last/lifo")).toMatchObject({ name: "last/lifo", fit: "last" });
  expect(modelOf(comparedPolicy("last"))).toContain("last fit");
  expect(() => comparedPolicy("lst")).toThrow("first, next, best, worst, last,");
});

test("a run under it reaches the player as text and is played there", () => {
  const history = History.decode(run().encode());
  expect(history.description.options.fit).toBe("last");
  const film = new Film("last fit", history);
  film.read(Number.POSITIVE_INFINITY);
  expect(film.history.length).toBe(1);
});
