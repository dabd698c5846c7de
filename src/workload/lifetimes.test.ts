import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random/seeded-random";
import type { Operation } from "../trace/operation";
import { Trace } from "../trace/trace";
import {
  fifoLifetimes,
  type Lifetimes,
  lifetimesFrom,
  lifetimesOf,
  lifoLifetimes,
  randomLifetimes,
} from "./lifetimes";

/** A program whose blocks live for 0, 2, 2 and 1 allocations, and one block that is never freed. */
const PROGRAM: readonly Operation[] = [
  { kind: "malloc", id: 0, size: 8 },
  { kind: "free", id: 0 },
  { kind: "malloc", id: 0, size: 8 },
  { kind: "malloc", id: 1, size: 8 },
  { kind: "realloc", id: 0, size: 80 },
  { kind: "malloc", id: 2, size: 8 },
  { kind: "free", id: 0 },
  { kind: "malloc", id: 0, size: 8 },
  { kind: "free", id: 1 },
  { kind: "free", id: 2 },
];
const program = Trace.from(PROGRAM, { name: "program" });

const RULES: [string, Lifetimes][] = [
  ["randomLifetimes", randomLifetimes],
  ["fifoLifetimes", fifoLifetimes],
  ["lifoLifetimes", lifoLifetimes],
  ["lifetimesFrom", lifetimesFrom(program)],
];

describe.each(RULES)("%s", (_, lifetimes) => {
  it("takes out every block once, and counts what is left", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.boolean(), { maxLength: 300 }), (seed, adds) => {
        const blocks = lifetimes.start(seededRandom(seed));
        const live = new Set<number>();
        adds.forEach((add, id) => {
          if (add || live.size === 0) {
            blocks.add(id);
            live.add(id);
          } else expect(live.delete(blocks.take())).toBe(true);
          expect(blocks.count).toBe(live.size);
        });
      }),
    );
  });
});

/** Takes all of 0, 1, …, count − 1, added in this order. */
function takeAll(lifetimes: Lifetimes, count: number, seed = ""): number[] {
  const blocks = lifetimes.start(seededRandom(seed));
  for (let id = 0; id < count; id++) blocks.add(id);
  return Array.from({ length: count }, () => blocks.take());
}

describe("the order of", () => {
  it("fifoLifetimes is that of allocation, lifoLifetimes the reverse", () => {
    const ids = Array.from({ length: 5000 }, (_, id) => id);
    expect(takeAll(fifoLifetimes, 5000)).toEqual(ids);
    expect(takeAll(lifoLifetimes, 5000)).toEqual(ids.reverse());
  });

  it("fifoLifetimes survives long runs of adding and taking", () => {
    const blocks = fifoLifetimes.start(seededRandom(""));
    for (let id = 0; id < 10_000; id++) {
      blocks.add(id);
      if (id >= 10) expect(blocks.take()).toBe(id - 10);
    }
    expect(blocks.count).toBe(10);
  });

  it("randomLifetimes takes the oldest of four first as often as any other", () => {
    const first = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) first[takeAll(randomLifetimes, 4, `order ${i}`)[0]!]!++;
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it("lifetimesFrom follows the lifetimes drawn, the older of two first, the endless last", () => {
    const born = (lifetime: number, id: number): Operation[] => [
      { kind: "malloc", id, size: 1 },
      ...(lifetime === 0 ? [{ kind: "free", id } as const] : []),
    ];
    const same = lifetimesFrom(Trace.from([0, 0, 0].flatMap(born)));
    expect(takeAll(same, 50)).toEqual(Array.from({ length: 50 }, (_, id) => id));
    const endless = lifetimesFrom(Trace.from([0, 1].flatMap(born))); // half of the blocks live for ever
    const order = takeAll(endless, 100, "endless");
    const turn = order.findIndex((id, i) => i > 0 && id < order[i - 1]!);
    expect(turn).toBeGreaterThan(30);
    expect(order.slice(turn)).toEqual([...order.slice(turn)].sort((a, b) => a - b));
  });
});

describe("lifetimesOf", () => {
  it("counts the allocations between a block's own and its free", () => {
    expect(lifetimesOf(program)).toEqual([0, 2, 2, 1, Number.POSITIVE_INFINITY]);
    expect(lifetimesOf(Trace.from([]))).toEqual([]);
  });

  it("must find one to draw from", () => {
    expect(() => lifetimesFrom(Trace.from([]))).toThrow(RangeError);
  });
});
