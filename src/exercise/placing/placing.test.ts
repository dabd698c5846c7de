import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { FreeList } from "../../heap/free-list";
import { type Call, Caller } from "../call";
import { bestPlacement } from "./best-placement";
import { placingFrames } from "./placing-frames";
import { beTheAllocator, type PlacingGame } from "./placing-game";

const LEVELS = [1, 2, 3] as const;

/** Places every request where a fit of a free list does. */
function playAs(game: PlacingGame, fit: "first" | "best"): void {
  const { heapSize, unit, calls } = game.task;
  const caller = new Caller(new FreeList(heapSize, unit, { fit }));
  for (const call of calls) {
    const answer = caller.make(call);
    if (call.op === "malloc") expect(game.place(answer as number | null).placed).toBe(true);
  }
}

describe("beTheAllocator", () => {
  it("scores a hand that does as a fit does as that fit", () => {
    for (const level of LEVELS) {
      for (const fit of ["first", "best"] as const) {
        const game = beTheAllocator({ level, seed: 5 });
        playAs(game, fit);
        const { granted, policies, requests, best } = game.score()!;
        expect(granted).toBe(policies.find((policy) => policy.fit === fit)!.granted);
        expect(requests).toBe(game.task.calls.filter(({ op }) => op === "malloc").length);
        expect(best.granted).toBeGreaterThanOrEqual(granted);
        expect(game.runUnder(fit).length).toBeGreaterThan(0);
      }
    }
  });

  it("sets tasks whose best placement can be made by hand, and beats fits", () => {
    for (const level of LEVELS) {
      for (let seed = 0; seed < 10; seed++) {
        const game = beTheAllocator({ level, seed });
        const optimum = bestPlacement(game.task.heapSize, game.task.unit, game.task.calls);
        for (const address of optimum.placements) expect(game.place(address)).toMatchObject({ placed: true });
        const score = game.score()!;
        expect(score.granted).toBe(score.best.granted);
        expect(score.best.atMost).toBe(score.best.granted);
        const others = score.policies.map(({ granted }) => granted);
        const beaten = level === 1 ? Math.min(...others) : level === 2 ? others[0]! : Math.max(...others);
        expect(score.granted).toBeGreaterThan(beaten);
        expect(score.message).toContain("No placement does better.");
      }
    }
  });

  it("says what is wrong with a placement, and changes nothing", () => {
    const game = beTheAllocator({ level: 2, seed: 1 });
    const { request } = game.next!;
    const start = String(game);
    expect(game.place(2).message).toBe(
      "An address is a multiple of 4, such as 12, or null to turn the request down; 2 is neither. Nothing has changed.",
    );
    expect(game.place(-4).message).toBe(
      "The heap goes from 0 to 56, and -4 is not in it. Nothing has changed.",
    );
    expect(game.place(56).message).toContain("56 is not in it");
    expect(game.place("0" as never).placed).toBe(false);
    expect(game.place(Number.NaN).placed).toBe(false);
    expect(String(game)).toBe(start);
    expect(game.place(0)).toMatchObject({ placed: true });
    expect(game.place(0).message).toBe(
      `At 0 is a block, of ${request} bytes from 0 on. Nothing has changed.`,
    );
    expect(game.place(52).message).toMatch(/bytes are needed, and from 52 on 4 are free/);
  });

  it("knows where the next block can lie, and shows a stream request by request", () => {
    for (const level of LEVELS) {
      const game = beTheAllocator({ level, seed: "Ada" });
      while (game.next) {
        const possible = game.possible();
        for (let address = 0; address < game.task.heapSize; address += game.task.unit) {
          const other = beTheAllocator({ level, seed: "Ada", placements: game.placements });
          expect(other.place(address).placed).toBe(possible.includes(address));
        }
        game.place(possible.at(game.placements.length % 2) ?? null);
        const frames = placingFrames(game.task, game.placements);
        expect(frames.length).toBe(game.placements.length);
        expect(frames.map(({ address }) => address)).toEqual(game.placements);
      }
      const { calls, heapSize } = game.task;
      const last = placingFrames(game.task, game.placements).at(-1)!;
      expect(last.blocks.reduce((sum, { size }) => sum + size, 0)).toBe(heapSize);
      // Without the frees that come behind the last request the heap is the game's.
      if (calls.at(-1)!.op === "malloc") expect(last.blocks).toEqual(game.blocks());
    }
  });

  it("takes placements back, and can be put down as JSON and taken up again", () => {
    const game = beTheAllocator({ level: 3, seed: "Ada" });
    expect(game.undo()).toBe(false);
    const start = String(game);
    game.place(0);
    const one = String(game);
    game.place(null);
    const again = beTheAllocator(JSON.parse(JSON.stringify(game)));
    expect(String(again)).toBe(String(game));
    expect(again.undo()).toBe(true);
    expect(String(again)).toBe(one);
    expect(again.undo()).toBe(true);
    expect(String(again)).toBe(start);
    expect(again.placements).toEqual([]);
  });

  it("does not tell the best before the stream has ended", () => {
    const game = beTheAllocator({ seed: 2 });
    expect(game.score()).toBe(null);
    expect(inspect(game, { customInspect: false, depth: 9, showHidden: true })).not.toContain("atMost");
    expect(inspect(game)).toBe(String(game));
    while (game.next) game.place(null);
    expect(game.score()).toMatchObject({ granted: 0 });
    expect(game.place(0)).toEqual({
      placed: false,
      message: "The stream has ended: there is nothing to place.",
    });
    expect(String(game)).toContain("You have granted 0 of 6 requests; first fit");
  });

  it("refuses options that there are not", () => {
    expect(() => beTheAllocator({ level: 0 as never })).toThrow("options.level must be 1, 2 or 3");
    expect(() => beTheAllocator({ placements: [3] })).toThrow(
      /^options.placements\[0\] cannot be made: An address is a multiple of 4/,
    );
    expect(() => beTheAllocator({ placements: 3 as never })).toThrow("options.placements must be an array");
  });
});

describe("bestPlacement", () => {
  const malloc = (as: string, request: number): Call => ({ op: "malloc", as, request });
  const free = (block: string): Call => ({ op: "free", block });

  it("leaves room where first fit does not", () => {
    // First fit puts b beside a, and a hole of 2 on either side of it stays.
    const calls = [malloc("a", 2), malloc("b", 2), free("a"), malloc("c", 4)];
    expect(bestPlacement(6, 1, calls)).toEqual({ granted: 3, atMost: 3, placements: expect.any(Array) });
  });
  it("turns a large request down for the sake of several small ones", () => {
    const calls = [malloc("a", 6), malloc("b", 2), malloc("c", 2), malloc("d", 2)];
    expect(bestPlacement(6, 1, calls)).toEqual({ granted: 3, atMost: 3, placements: [null, 0, 2, 4] });
  });
  it("says what is certain when it must stop", () => {
    const calls = "abcdefgh"
      .split("")
      .flatMap((name, i) => [malloc(name, 3), ...(i % 2 ? [free(name)] : [])]);
    const stopped = bestPlacement(8, 1, calls, 2);
    expect(stopped.granted).toBeLessThanOrEqual(stopped.atMost);
  });

  it("comes to what trying everything without bounds comes to", () => {
    const everything = (
      heapSize: number,
      calls: readonly Call[],
      live: Map<string, [number, number]>,
    ): number => {
      const [call, ...rest] = calls;
      if (call === undefined) return 0;
      if (call.op === "free") {
        const left = new Map(live);
        left.delete(String(call.block));
        return everything(heapSize, rest, left);
      }
      if (call.op !== "malloc") return 0;
      let most = everything(heapSize, rest, live);
      for (let at = 0; at + call.request <= heapSize; at++) {
        if ([...live.values()].some(([start, end]) => start < at + call.request && at < end)) continue;
        most = Math.max(
          most,
          1 + everything(heapSize, rest, new Map(live).set(call.as!, [at, at + call.request])),
        );
      }
      return most;
    };
    for (let seed = 1; seed <= 60; seed++) {
      const random = numbers(seed);
      const names = "abcde".split("");
      const calls = names.flatMap((name, i) => [
        ...(i > 1 && random(2) ? [free(names[random(i)]!)] : []),
        malloc(name, 1 + random(4)),
      ]);
      const { granted, atMost } = bestPlacement(6, 1, calls);
      expect([granted, atMost], `seed ${seed}`).toEqual(Array(2).fill(everything(6, calls, new Map())));
    }
  });
});
