import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { Block } from "./block";
import type { HeapEvent, MallocEvent } from "./event";
import type { FreeList } from "./free-list";
import type { CustomFit } from "./options";
import { OwnFitError } from "./own-fit";
import { heapOf } from "./testing/heap-of";

const HOLES = "f20 A1 f12 A1 f40 A1 f12";

function eventOf(heap: FreeList, size: number): MallocEvent {
  const events: HeapEvent[] = [];
  const end = heap.listen((event) => events.push(event));
  heap.malloc(size);
  end();
  return events[0] as MallocEvent;
}

/** A heap with these blocks, whose fit is honest until it is made. */
function heapWith(fit: CustomFit, text = HOLES, options = {}): FreeList {
  let made = false;
  const heap = heapOf(text, {
    ...options,
    fit: (holes, size) => (made ? fit(holes, size) : holes.find((hole) => hole.size >= size)),
  });
  made = true;
  return heap;
}

describe("an honest fit of one's own", () => {
  it("gets the holes in list order and the block's size in bytes", () => {
    const heap = heapWith((holes, size) => {
      expect(holes.map((hole) => [hole.address, hole.size, hole.free])).toEqual([
        [0, 20, true],
        [21, 12, true],
        [34, 40, true],
        [75, 12, true],
      ]);
      expect(size).toBe(7);
      return holes[2];
    });
    expect(heap.malloc(7)).toBe(34);
    heap.check();
  });

  it("sees header and rounding in the size that it is asked for", () => {
    const sizes: number[] = [];
    const fit: CustomFit = (holes, size) => {
      sizes.push(size);
      return holes[0];
    };
    heapWith(fit, "f64 A16", { align: 16, header: 8 }).malloc(9);
    expect(sizes).toEqual([32]);
  });

  it.each([
    ["first", (holes, size) => holes.find((hole) => hole.size >= size), 1],
    ["last", (holes, size) => holes.filter((hole) => hole.size >= size).at(-1), 4],
    ["largest", (holes) => [...holes].sort((a, b) => b.size - a.size)[0], 4],
    ["blind", (holes) => holes[0], 0],
  ] as [string, CustomFit, number][])(
    "examined counts the holes that it looked at: %s",
    (_, fit, examined) => {
      expect(eventOf(heapWith(fit), 12).examined).toBe(examined);
    },
  );

  it("may print the holes, which is not looking at them", () => {
    const texts: string[] = [];
    const fit: CustomFit = ([hole]) => {
      texts.push(`${hole}`, inspect(hole));
      return hole;
    };
    expect(eventOf(heapWith(fit), 12).examined).toBe(0);
    expect(texts).toEqual(["f20 at 0", "f20 at 0"]);
  });

  it.each([null, undefined])("may answer %s: denied, and the event says declined", (answer) => {
    const heap = heapWith(() => answer);
    const event = eventOf(heap, 12);
    expect(event).toMatchObject({ address: null, failure: "declined", hole: null });
    expect(eventOf(heap, 41).failure).toBe("fragmented");
    expect(eventOf(heap, 85).failure).toBe("full");
    expect(String(heap)).toBe(HOLES);
  });

  it("does not make a growable heap grow by declining", () => {
    const heap = heapWith(() => null, "f8 A8", { growable: true });
    expect(heap.malloc(4)).toBeNull();
    expect(heap.malloc(9)).toBe(16);
    heap.check();
  });

  it("is asked once more after deferred coalescing", () => {
    const heap = heapWith((holes, size) => holes.find((hole) => hole.size >= size), "f8 f8 A1", {
      coalesce: "deferred",
    });
    expect(eventOf(heap, 12)).toMatchObject({ address: 0, examined: 3, merges: 1 });
  });
});

describe("a fit that cheats is refused and the heap is as it was", () => {
  const stolen: Block[] = [];
  it.each([
    ["a hole that is too small", (holes) => holes[1], "of at least 15 bytes; the one at 21 has 12"],
    ["a copy of a hole", (holes) => ({ ...holes[0]!, address: 0, size: 20, free: true }), "one of the holes"],
    ["a block of its own", () => ({ address: 3, size: 100, free: true }), "one of the holes"],
    ["an address", (() => 0) as unknown as CustomFit, "not 0"],
    ["a promise", (async () => null) as unknown as CustomFit, "one of the holes"],
    ["what has no text", () => Object.create(null), "not object"],
    [
      "a hole of an earlier call",
      (holes) => {
        stolen.push(holes[0]!);
        return stolen.length > 1 ? stolen[0]! : null;
      },
      "one of the holes",
    ],
    [
      "an enlarged hole",
      (holes) => {
        (holes[1] as { size: number }).size = 100;
        return holes[1];
      },
      "must not change a hole, and it sets the size",
    ],
    [
      "a redefined hole",
      (holes) => {
        Object.defineProperty(holes[1], "size", { value: 100 });
        return holes[1];
      },
      /extensible/,
    ],
    [
      "a longer list",
      (holes) => {
        (holes as Block[]).push({ address: 3, size: 100, free: true });
        return holes.at(-1);
      },
      "must not change the list of holes, as push does; change a copy: [...holes].push",
    ],
    [
      "a sorted list",
      (holes) => (holes as Block[]).sort((a, b) => a.size - b.size)[0],
      "change a copy: [...holes].sort",
    ],
    [
      "an entry of the list",
      (holes) => {
        (holes as Block[])[0] = holes[1]!;
        return holes[0];
      },
      /read only/,
    ],
    [
      "an error of its own",
      () => {
        throw new Error("no idea");
      },
      "no idea",
    ],
  ] as [string, CustomFit, string | RegExp][])("%s", (name, fit, message) => {
    const heap = heapWith(fit);
    if (name === "a hole of an earlier call") heap.malloc(4096);
    const before = [String(heap), [...heap.holes()], heap.usedBytes, heap.liveBlocks];
    expect(() => heap.malloc(15)).toThrow(message);
    expect(() => heap.realloc(20, 15)).toThrow(message);
    heap.listen(() => {});
    expect(() => heap.malloc(15)).toThrow(message);
    expect([String(heap), [...heap.holes()], heap.usedBytes, heap.liveBlocks]).toEqual(before);
    heap.check();
  });

  /** What the heap says of the fit, asked for 15 bytes. */
  function refusalOf(fit: CustomFit, text = HOLES): unknown {
    const heap = heapWith(fit, text);
    try {
      heap.malloc(15);
    } catch (error) {
      heap.check();
      return error;
    }
    return null;
  }

  it.each(["address", "size", "free"])("setting the %s of a hole breaks the rule of the list", (field) => {
    const refusal = refusalOf((holes) => Object.assign(holes[0]!, { [field]: 100 }));
    expect(refusal).toBeInstanceOf(OwnFitError);
    expect(refusal).toMatchObject({
      rule: "list",
      message: `The fit must not change a hole, and it sets the ${field} of one.`,
    });
  });

  it.each(["copyWithin", "fill", "pop", "push", "reverse", "shift", "sort", "splice", "unshift"])(
    "changing the list by %s breaks its rule",
    (name) => {
      const refusal = refusalOf((holes) => (holes as unknown as Record<string, () => Block>)[name]!());
      expect(refusal).toBeInstanceOf(OwnFitError);
      expect(refusal).toMatchObject({
        rule: "list",
        message: `The fit must not change the list of holes, as ${name} does; change a copy: [...holes].${name}(…).`,
      });
    },
  );

  it("a hole of its own, and one that is too small, break a rule each", () => {
    expect(refusalOf(() => ({ address: 0, size: 20, free: true }))).toMatchObject({
      rule: "hole",
      message: "The fit must return one of the holes it was given or null, not [object Object].",
    });
    expect(refusalOf((holes) => holes[1])).toMatchObject({
      rule: "size",
      message: "The fit must return a hole of at least 15 bytes; the one at 21 has 12.",
    });
  });

  it.each([
    ["frees a block between two holes", HOLES, (heap) => heap.free(20), "f33 A1 f40 A1 f12"],
    ["makes a hole larger", "f12 A1 f20 A1 A1", (heap) => heap.free(33), "f12 A1 f21 A1"],
    ["makes one hole more", "f20 A1 A4 A1", (heap) => heap.free(21), "f20 A1 f4 A1"],
    ["moves a hole", "A20 f20", (heap) => heap.malloc(20) === 20 && heap.free(0), "f20 A20"],
  ] as [string, string, (heap: FreeList) => void, string][])(
    "one that %s meanwhile: only that is done",
    (_, text, meddle, after) => {
      let asked = 0;
      const heap: FreeList = heapWith((holes) => {
        if (asked++ === 0) meddle(heap);
        return holes[0];
      }, text);
      const refused = {
        rule: "heap",
        message: "The fit must not change the heap; let it only choose one of the holes.",
      };
      expect(() => heap.malloc(15)).toThrow(expect.objectContaining(refused));
      expect(String(heap)).toBe(after);
      heap.check();
    },
  );
});
