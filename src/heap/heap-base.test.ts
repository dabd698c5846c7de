import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import type { HeapEvent, MallocEvent, OperationRecorder } from "./event";
import { FreeList } from "./free-list";
import type { FreeListOptions } from "./options";
import { OriginalHeap } from "./original-heap";
import { heapOf, listOf } from "./testing/heap-of";
import { TextbookHeap } from "./textbook-heap";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

function logger(log: unknown[]): OperationRecorder {
  return {
    malloc: (request, address) => log.push(["malloc", request, address]),
    free: (address, freed) => log.push(["free", address, freed]),
    realloc: (from, request, address) => log.push(["realloc", from, request, address]),
    coalesce: () => log.push(["coalesce"]),
  };
}

/** Frees and allocates at random; the live addresses go on in `live`. */
function churn(heap: FreeList, random: (below: number) => number, operations: number, live: number[]): void {
  for (let i = 0; i < operations; i++) {
    if (random(2) === 0) {
      const address = heap.malloc(random(60));
      if (address !== null) live.push(address);
    } else if (live.length > 0) heap.free(live.splice(random(live.length), 1)[0]!);
  }
}

describe("listen", () => {
  it("passes each event on to every listener until its end", () => {
    const heap = new FreeList(64, 4);
    const [one, two]: HeapEvent[][] = [[], []];
    const endOne = heap.listen((event) => one!.push(event));
    const endTwo = heap.listen((event) => two!.push(event));
    heap.malloc(4);
    endOne();
    heap.malloc(4);
    endOne();
    endTwo();
    heap.malloc(4);
    expect([one!.length, two!.length]).toEqual([1, 2]);
  });

  it("lets one function listen twice, each ended alone", () => {
    const heap = new FreeList(64, 4);
    let calls = 0;
    const count = () => void calls++;
    const [end] = [heap.listen(count), heap.listen(count)];
    heap.malloc(4);
    end();
    heap.malloc(4);
    expect(calls).toBe(3);
  });

  it("gives a fresh event each time", () => {
    const heap = new FreeList(64, 4);
    const events = new Set<HeapEvent>();
    heap.listen((event) => events.add(event));
    for (let i = 0; i < 5; i++) heap.malloc(4);
    expect(events.size).toBe(5);
  });

  it("passes a listener's error on after the operation is done and recorded", () => {
    const heap = new FreeList(64, 4);
    const log: unknown[] = [];
    heap.record(logger(log));
    const end = heap.listen(() => {
      throw new Error("I do not listen");
    });
    expect(() => heap.malloc(8)).toThrow("I do not listen");
    expect(() => heap.realloc(0, 16)).toThrow("I do not listen");
    expect(() => heap.free(0)).toThrow("I do not listen");
    end();
    heap.check();
    expect(log).toEqual([
      ["malloc", 8, 0],
      ["realloc", 0, 16, 0],
      ["free", 0, true],
    ]);
    expect(heap.malloc(64)).toBe(0);
  });

  it("lets a listener use the heap", () => {
    const heap = new FreeList(64, 4);
    const sizes: number[] = [];
    heap.listen((event) => {
      sizes.push((event as MallocEvent).size);
      if (sizes.length < 3) heap.malloc(4 * (sizes.length + 1));
    });
    expect(heap.malloc(4)).toBe(0);
    expect(sizes).toEqual([4, 8, 12]);
    expect(String(heap)).toBe("A4 A8 A12 f40");
    heap.check();
  });

  it("hears of no operation that threw", () => {
    const heap = new FreeList(64, 4);
    const events: HeapEvent[] = [];
    heap.listen((event) => events.push(event));
    expect(() => heap.malloc(-1)).toThrow(RangeError);
    heap.malloc(4);
    expect(events).toHaveLength(1);
  });

  it("refuses what is no function", () => {
    expect(() => new FreeList(64, 4).listen("me" as never)).toThrow(TypeError);
  });

  const POLICIES: FreeListOptions[] = (["first", "next"] as const).flatMap((fit) =>
    (["address", "lifo", "fifo", "size-ascending", "size-descending"] as const).map((order) => ({
      fit,
      order,
    })),
  );
  it.each(POLICIES)(
    `counts records rightly from the middle of a run and after restore: %o (seed ${SEED})`,
    (options) => {
      const [early, late] = [new FreeList(4000, 4, options), new FreeList(4000, 4, options)];
      const examined: [number[], number[]] = [[], []];
      early.listen((event) => event.kind === "malloc" && examined[0].push(event.examined));
      const lives: [number[], number[]] = [[], []];
      const randoms = [numbers(SEED), numbers(SEED)] as const;
      churn(early, randoms[0], 400, lives[0]);
      churn(late, randoms[1], 400, lives[1]);
      examined[0].length = 0;
      late.listen((event) => event.kind === "malloc" && examined[1].push(event.examined));
      churn(early, randoms[0], 200, lives[0]);
      churn(late, randoms[1], 200, lives[1]);
      expect(examined[1]).toEqual(examined[0]);
      const [saved, live] = [late.snapshot(), [...lives[1]]];
      churn(late, numbers(1), 300, lives[1]);
      late.restore(JSON.parse(JSON.stringify(saved)));
      examined[0].length = examined[1].length = 0;
      churn(early, randoms[0], 200, lives[0]);
      churn(late, randoms[1], 200, live);
      expect(examined[1]).toEqual(examined[0]);
      expect(listOf(late)).toEqual(listOf(early));
    },
  );
});

describe("record", () => {
  it("tells the bare operations, before any listener", () => {
    const heap = new FreeList(64, 4);
    const log: unknown[] = [];
    heap.listen((event) => log.push(event.kind));
    const end = heap.record(logger(log));
    heap.malloc(8);
    heap.free(99);
    heap.realloc(null, 4);
    end();
    heap.free(0);
    expect(log).toEqual([
      ["malloc", 8, 0],
      "malloc",
      ["free", 99, false],
      "free",
      ["realloc", null, 4, 8],
      "realloc",
      "free",
    ]);
  });

  it("does not need a method for coalesce()", () => {
    const heap = heapOf("f8 f8", { coalesce: "never" });
    const { malloc, free, realloc } = logger([]);
    heap.record({ malloc, free, realloc });
    expect(heap.coalesce()).toBe(1);
  });

  it.each([null, undefined, {}, { malloc() {}, free() {} }])(
    "refuses %o, which is no recorder",
    (recorder) => {
      const heap = new FreeList(64, 4);
      expect(() => heap.record(recorder as never)).toThrow(TypeError);
      expect(heap.malloc(4)).toBe(0);
    },
  );
});

describe("restore", () => {
  it("brings back the free list's order and the rover, also out of JSON", () => {
    const heap = heapOf("f8 A4 f8 A4 f8", { fit: "next", order: "fifo" }, [24, 0, 12]);
    heap.malloc(4); // At 24; the rover stands on the rest, at 28.
    const saved = JSON.parse(JSON.stringify(heap.snapshot()));
    const list = listOf(heap);
    heap.malloc(8);
    heap.malloc(8);
    heap.restore(saved);
    heap.check();
    expect(listOf(heap)).toEqual(list);
    expect(heap.malloc(2)).toBe(28);
  });

  it("brings back a heap that has grown, and one of 0 bytes", () => {
    const heap = new FreeList(0, 8, { growable: true });
    const empty = heap.snapshot();
    for (let i = 0; i < 2000; i++) heap.malloc(8);
    const grown = heap.snapshot();
    heap.restore(empty);
    expect([heap.capacity, heap.malloc(8)]).toEqual([0, 0]);
    heap.restore(grown);
    expect([heap.capacity, heap.malloc(8)]).toEqual([16000, 16000]);
    heap.check();
  });

  it("leaves the snapshot as it is, to be restored again", () => {
    for (const heap of [new FreeList(64, 4), new OriginalHeap(64, 4), new TextbookHeap(64, 4)]) {
      heap.malloc(8);
      const [saved, text] = [heap.snapshot(), String(heap)];
      for (let i = 0; i < 2; i++) {
        heap.malloc(8);
        heap.free(0);
        heap.restore(saved);
        expect(String(heap)).toBe(text);
      }
    }
  });

  it.each([null, undefined, 3, "f8"])("refuses %s, which is no snapshot", (snapshot) => {
    expect(() => new FreeList(64, 4).restore(snapshot as never)).toThrow("This is no snapshot of a heap");
  });

  it("refuses the snapshot of another heap and says both", () => {
    const other = new FreeList(128, 4).snapshot();
    expect(() => new FreeList(64, 4).restore(other)).toThrow(/"heapSize":128.*"heapSize":64/);
  });
});

describe("toString", () => {
  it("is what a notebook prints", () => {
    const heap = heapOf("A8 f8");
    const print = (heap as unknown as Record<symbol, () => string>)[
      Symbol.for("nodejs.util.inspect.custom")
    ]!;
    expect(print.call(heap)).toBe("A8 f8");
    expect(`${heap}`).toBe("A8 f8");
  });
});
