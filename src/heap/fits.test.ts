import { afterEach, describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { turns } from "../base/testing/turns";
import { FITS, type Fit, fitNames } from "./fits";
import { FreeList } from "./free-list";
import { heapFrom } from "./heap-from";
import type { FreeListOptions } from "./options";
import { ORDERS, type OrderName } from "./orders";
import { eventOf } from "./testing/event-of";
import { TextbookHeap } from "./textbook-heap";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
const table = FITS as Record<string, Fit>;

describe("the table of fits", () => {
  it.each(["first", "next", "best", "worst"])(
    "finds %s fit by an index: the classic four are fast",
    (name) => {
      expect(table[name]!.index ?? table[name]!.indexBySize).toBeDefined();
    },
  );
});

describe(`a fit that was added to the table (seed ${SEED})`, () => {
  afterEach(() => {
    delete table.own;
  });
  const ADDED: Record<string, Fit> = {
    "the first, roving": { roves: true },
    "the last": { better: () => true },
    "the second smallest size, roving": { roves: true, better: (hole, best) => hole.size < best.size },
  };
  const runs = Object.keys(ADDED).flatMap((name) =>
    (Object.keys(ORDERS) as OrderName[]).map((order) => [name, order] as const),
  );

  it.each(runs)("needs its entry alone, and FreeList walks as TextbookHeap does: %s, %s", (name, order) => {
    table.own = ADDED[name]!;
    const options = { fit: "own", order, growable: order === "fifo" } as unknown as FreeListOptions;
    const heaps = [new FreeList(1024, 8, options), new TextbookHeap(1024, 8, options)] as const;
    const random = numbers(SEED);
    const live: number[] = [];
    for (let i = 0; i < turns(600); i++) {
      const [dice, size, at] = [random(10), random(90), random(live.length || 1)];
      if (dice < 5 || live.length === 0) {
        const [fast, slow] = heaps.map((heap) => eventOf(heap, () => heap.malloc(size)));
        expect(fast).toEqual(slow);
        if (fast!.kind === "malloc" && fast!.address !== null) live.push(fast!.address);
      } else {
        const address = live.splice(at, 1)[0]!;
        const [fast, slow] = heaps.map((heap) => eventOf(heap, () => heap.free(address)));
        expect(fast).toEqual(slow);
      }
      expect([...heaps[0].holes()]).toEqual([...heaps[1].holes()]);
    }
  });

  it("is an option like the others", () => {
    expect(() => new FreeList(64, 4, { fit: "own" as never })).toThrow("options.fit must be one of");
    table.own = { better: () => true };
    expect(fitNames()).toEqual(["first", "next", "best", "worst", "own"]);
    expect(heapFrom("f8 A1 f8", { fit: "own" as never }).malloc(4)).toBe(9);
  });
});
