import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { turns } from "../base/testing/turns";
import { BuddySystem } from "./buddy-system";
import type { ReallocEvent } from "./event";
import { FITS, type FitName } from "./fits";
import { FreeList } from "./free-list";
import type { Heap } from "./heap";
import { heapFrom } from "./heap-from";
import { COALESCINGS, type CoalesceName, ORDERS, type OrderName } from "./orders";
import { SegregatedFits } from "./segregated-fits";
import { eventOf } from "./testing/event-of";
import { TextbookHeap } from "./textbook-heap";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
const modes = Object.keys(COALESCINGS) as CoalesceName[];

const HEAPS: [string, () => Heap][] = [
  ...(Object.keys(FITS) as FitName[]).flatMap((fit) =>
    (Object.keys(ORDERS) as OrderName[]).flatMap((order) =>
      modes.flatMap((coalesce) =>
        [true, false].map((growable): [string, () => Heap] => {
          const options = { fit, order, coalesce, growable, header: 4 };
          return [JSON.stringify(options), () => new FreeList(512, 4, options)];
        }),
      ),
    ),
  ),
  ...modes.map((coalesce): [string, () => Heap] => [
    `segregated fits ${coalesce}`,
    () => new SegregatedFits(512, 4, { coalesce }),
  ]),
  ...modes.map((coalesce): [string, () => Heap] => [
    `TextbookHeap ${coalesce}`,
    () => new TextbookHeap(512, 4, { coalesce }),
  ]),
  ["buddy system", () => new BuddySystem(512, 4)],
];

describe(`nothing is denied that succeeds when it is asked for again (seed ${SEED})`, () => {
  it.each(HEAPS)("%s", (_, make) => {
    const random = numbers(SEED);
    for (let run = 0; run < 20; run++) {
      const heap = make();
      const live: number[] = [];
      for (let i = 0; i < turns(120); i++) {
        const [dice, at, request] = [
          random(10),
          random(live.length || 1),
          random(random(3) === 0 ? 300 : 50),
        ];
        if (dice < 4) {
          const address = twice(() => heap.malloc(request));
          if (address !== null) live.push(address);
        } else if (dice < 7) {
          if (live.length > 0) heap.free(live.splice(at, 1)[0]!);
        } else if (live.length > 0 && request > 0) {
          live[at] = twice(() => heap.realloc(live[at]!, request)) ?? live[at]!;
        }
      }
      heap.check();
    }
  });
});

/** The answer of an operation; a denial is asked for once more. */
function twice(operation: () => number | null): number | null {
  const answer = operation();
  if (answer === null) expect(operation()).toBeNull();
  return answer;
}

describe("realloc with deferred coalescing", () => {
  const heap = () => heapFrom("A8 f8 f8 A8", { coalesce: "deferred" });

  it("grows in place out of the holes that have merged behind the block", () => {
    for (const made of [heap(), heapFrom("A8 f8 f8 A8", { coalesce: "deferred" }, TextbookHeap)]) {
      const event = eventOf<ReallocEvent>(made, () => expect(made.realloc(0, 20)).toBe(0));
      expect(event).toMatchObject({ how: "grown", grown: 0, block: { address: 0, size: 8 }, free: null });
      expect(event.malloc).toMatchObject({
        address: null,
        hole: null,
        examined: 2,
        merges: 1,
        failure: null,
      });
      expect(String(made)).toBe("A20 f4 A8");
    }
  });

  it("answers likewise without a listener", () => {
    const quiet = heap();
    expect(quiet.realloc(0, 20)).toBe(0);
    expect(String(quiet)).toBe("A20 f4 A8");
  });

  it("grows at the top of a growable heap once the holes there have merged", () => {
    const growing = heapFrom("A8 f8 f8", { coalesce: "deferred", growable: true });
    const event = eventOf<ReallocEvent>(growing, () => expect(growing.realloc(0, 40)).toBe(0));
    expect(event).toMatchObject({ how: "grown", grown: 16 });
    expect(String(growing)).toBe("A40");
  });

  it("moves where the merged holes are elsewhere, and is denied when they are too small", () => {
    const moving = heapFrom("A8 A8 f8 f8", { coalesce: "deferred" });
    expect(moving.realloc(0, 12)).toBe(16);
    expect(String(moving)).toBe("f8 A8 A12 f4");
    const full = heapFrom("A8 f8 f8 A8", { coalesce: "deferred" });
    const event = eventOf<ReallocEvent>(full, () => expect(full.realloc(24, 20)).toBeNull());
    expect(event).toMatchObject({ how: "denied", malloc: { merges: 1, failure: "full" } });
  });
});
