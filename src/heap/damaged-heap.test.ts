import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { damaged } from "../base/testing/damage";
import { numbers } from "../base/testing/numbers";
import { BuddySystem } from "./buddy-system";
import { createHeap } from "./create-heap";
import { FreeList } from "./free-list";
import type { Heap, HeapDescription, HeapSnapshot } from "./heap";
import { OriginalHeap } from "./original-heap";
import { SegregatedFits } from "./segregated-fits";
import { TextbookHeap } from "./textbook-heap";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
/** Damaged documents over all kinds; `FREELIST_DAMAGED=1000000 npm run test:unit` tries more. */
const DAMAGED = Number(process.env.FREELIST_DAMAGED ?? 20_000);

const HEAPS: Record<string, () => Heap> = {
  "a free list": () => new FreeList(256, 4),
  "a free list, next fit, deferred, header, base": () =>
    new FreeList(256, 4, { fit: "next", order: "fifo", coalesce: "deferred", header: 4, base: 64 }),
  "a free list by size, last in first out, growable": () =>
    new FreeList(128, 4, {
      fit: "worst",
      order: "lifo",
      coalesce: "never",
      align: 16,
      growable: true,
      place: "high",
    }),
  "a free list in the order of sizes": () =>
    new FreeList(256, 4, { fit: "best", order: "size-descending", leastRemainder: 9 }),
  "a textbook heap": () => new TextbookHeap(256, 4, { fit: "next", growable: true }),
  "segregated fits": () => new SegregatedFits(256, 4, { classes: [8, 32, 64], coalesce: "deferred" }),
  "a buddy system": () => new BuddySystem(256, 4, { header: 4 }),
  "a buddy system, growable": () => new BuddySystem(64, 4, { growable: true }),
  "the original program": () => new OriginalHeap(256, 4),
};

/** What a refusal may say: a sentence of ours, and none of the engine's. */
const REFUSAL = /^[A-Za-z].*[.]$/s;
const ENGINE =
  /undefined \(|Cannot (read|destructure)|is not (a function|iterable|defined)|Invalid (array|typed)|call stack/;

/** Allocates, frees and resizes, with all checks after each. */
function use(heap: Heap, random: (below: number) => number, operations: number): void {
  heap.check();
  const live = [...heap.blocks()].filter(({ free }) => !free).map(({ address }) => address + heap.header);
  for (let i = 0; i < operations; i++) {
    const at = random(live.length || 1);
    if (random(2) === 0 || live.length === 0) {
      const address = heap.malloc(1 + random(40));
      if (address !== null) live.push(address);
    } else if (random(3) > 0) {
      if (!heap.free(live.splice(at, 1)[0]!)) throw new Error("A live block cannot be freed.");
    } else {
      live[at] = heap.realloc(live[at]!, 1 + random(60)) ?? live[at]!;
    }
    heap.check();
  }
  if (heap.capacity < 2 ** 20) heap.asMatrix();
}

/** The error that `act` throws, which must be a sentence; null when it throws none. */
function refusal(act: () => unknown): Error | null {
  try {
    act();
    return null;
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    if (!REFUSAL.test(message) || ENGINE.test(message)) throw error;
    return error;
  }
}

describe.each(Object.entries(HEAPS))(`documents of %s, damaged in one place (seed ${SEED})`, (_, make) => {
  const each = Math.ceil(DAMAGED / 2 / Object.keys(HEAPS).length);

  it("snapshot: refused with the heap untouched, or taken whole", { timeout: 10 ** 7 }, () => {
    let taken = 0;
    for (let i = 0; i < each; i++) {
      const random = numbers(SEED + i);
      const [source, heap] = [make(), make()];
      use(source, random, random(30));
      use(heap, random, 6);
      const state = () => [String(heap), [...heap.holes()], heap.snapshot(), heap.usedBytes];
      const before = state();
      const document = damaged(JSON.parse(JSON.stringify(source.snapshot())), random);
      try {
        const error = refusal(() => heap.restore(document as HeapSnapshot));
        if (error !== null) expect(state()).toEqual(before);
        else {
          taken++;
          const { growable } = heap.describe().options;
          if (growable !== true) expect(heap.capacity).toBe(source.capacity);
          use(heap, random, 8);
        }
      } catch (error) {
        throw new Error(`${(error as Error).message} (seed ${SEED + i}) ${JSON.stringify(document)}`);
      }
    }
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(each);
  });

  it("description: refused in a sentence, or a heap that works", { timeout: 10 ** 7 }, () => {
    for (let i = 0; i < each; i++) {
      const random = numbers(SEED + i);
      const document = damaged(JSON.parse(JSON.stringify(make().describe())), random);
      try {
        let heap: Heap | null = null;
        refusal(() => {
          heap = createHeap(document as HeapDescription);
        });
        if (heap === null) continue;
        const made = heap as Heap;
        expect(createHeap(made.describe()).describe()).toEqual(made.describe());
        made.check();
        if (made.capacity < 2 ** 20) use(made, random, 5);
      } catch (error) {
        throw new Error(`${(error as Error).message} (seed ${SEED + i}) ${JSON.stringify(document)}`);
      }
    }
  });
});

describe("restore refuses, and says what is wrong", () => {
  const CASES: { why: string; snapshot: HeapSnapshot }[] = JSON.parse(
    readFileSync(join(__dirname, "fixtures/snapshots-damaged.json"), "utf8"),
  );
  const SENTENCES: Record<string, string> = {
    "state is null": "its state must be Object, not null",
    "blocks is no list": "its state.blocks must be a list of numbers, not [object Object]",
    "fewer units than the heap has": "its state.blocks must have 256 bytes in all, not 160",
    "a block of 6 units in a buddy system":
      "its state[0] must be a power of two units, at a multiple of its size, not 58 units at 0",
    "a buddy heap of another size": "its state must have 64 units in all, not 16",
    "a size that is a text": 'its state[0].size must be a number of bytes above 0, not "x"',
    "no blocks at all": "its state must have 256 bytes in all, not 0",
  };

  it.each(CASES)("$why", ({ why, snapshot }) => {
    const heap = createHeap(snapshot.description);
    heap.malloc(20);
    const before = String(heap);
    expect(() => heap.restore(snapshot)).toThrow(
      `This is no snapshot of a heap: ${SENTENCES[why]}. Give what snapshot() of a heap like this one returned.`,
    );
    expect(String(heap)).toBe(before);
    heap.check();
  });

  it.each([
    [{ version: 2 }, "its version must be 1, not 2: it was written by a later freelist-lab"],
    [{ version: undefined }, "its version must be 1, not undefined"],
    [{ description: null }, "its description must be Object, not null"],
    [{ state: { blocks: [-64], list: [0], rover: 0 } }, "its state.rover must be -1, not 0"],
    [
      { state: { blocks: [-32, -32], list: [0, 32], rover: -1 } },
      "its state.blocks[1] must not be a hole behind a hole",
    ],
    [
      { state: { blocks: [-8, 48, -8], list: [56, 0], rover: -1 } },
      "its state.list[1] must stand where the order",
    ],
    [
      { state: { blocks: [-8, 48, -8], list: [0], rover: -1 } },
      "its state.list must have all 2 holes, not 1",
    ],
    [
      { state: { blocks: [-64], list: [1], rover: -1 } },
      "its state.list[0] must be the first unit of a hole",
    ],
  ])("%j", (change, sentence) => {
    const heap = new FreeList(256, 4);
    expect(() => heap.restore({ ...heap.snapshot(), ...change } as HeapSnapshot)).toThrow(sentence);
  });
});

describe("createHeap refuses what is no description", () => {
  const sound = { kind: "free-list", heapSize: 64, pageSize: 4, options: {} };
  it.each([
    [null, "createHeap takes what describe() of a heap returned, not null."],
    [undefined, "not undefined."],
    [[], "not []."],
    ["free-list", 'not "free-list".'],
    [{}, "There is no heap of kind undefined; the kinds are"],
    [{ ...sound, kind: "toString" }, 'There is no heap of kind "toString"'],
    [{ ...sound, kind: ["buddy"] }, "There is no heap of kind [buddy]"],
    [{ ...sound, options: undefined }, "A description's options must be an object, not undefined"],
    [{ ...sound, options: null }, "options must be an object, not null"],
    [{ ...sound, options: [] }, "options must be an object, not []"],
    [{ ...sound, options: 7 }, "options must be an object, not 7"],
    [{ ...sound, heapSize: "64" }, 'heapSize must be a number, not "64"'],
    [{ ...sound, heapSize: undefined }, "heapSize must be a number, not undefined"],
    [{ ...sound, options: { order: "as-published" } }, 'it is a heap of its own now, of kind "original".'],
    [{ ...sound, kind: "original", options: { fit: "best" } }, 'There is no option "fit"'],
  ])("%j", (description, sentence) => {
    expect(() => createHeap(description as HeapDescription)).toThrow(sentence);
  });
});

describe("options are read once, as the object's own", () => {
  /** An option whose getter answers otherwise the second time. */
  const fickle = (name: string, ...answers: unknown[]) =>
    Object.defineProperty({}, name, { enumerable: true, get: () => answers.shift() }) as object;

  it("of a getter the first answer counts, for the heap and for its description", () => {
    const heap = new FreeList(64, 4, fickle("header", 4, 8, 12));
    expect([heap.header, heap.describe().options.header, heap.malloc(4)]).toEqual([4, 4, 4]);
    const fits = new SegregatedFits(64, 4, fickle("classes", [8, 16], [4]));
    expect(fits.describe().options.classes).toEqual([8, 16]);
    expect(new BuddySystem(64, 4, fickle("align", 8, 16)).describe().options.align).toBe(8);
  });

  it("what stands behind a prototype does not count", () => {
    const heap = new FreeList(64, 4, Object.create({ header: 8, fit: "best" }));
    expect([heap.header, heap.describe().options]).toEqual([0, {}]);
  });

  it.each([[[]], [() => 0], ["best"], [7]])("%s is no object of options", (options) => {
    for (const Kind of [FreeList, TextbookHeap, SegregatedFits, BuddySystem]) {
      expect(() => new Kind(64, 4, options as object)).toThrow("Options must be an object");
    }
  });

  it("what describe() returns cannot be changed, nor through what was given", () => {
    const classes = [8, 16];
    for (const heap of [
      new SegregatedFits(64, 4, { classes }),
      ...Object.values(HEAPS).map((make) => make()),
    ]) {
      const description = heap.describe();
      expect([description, description.options].every(Object.isFrozen)).toBe(true);
      expect(Object.values(description.options).every(Object.isFrozen)).toBe(true);
    }
    expect(Object.isFrozen(classes)).toBe(false);
  });
});

describe("an address is an integer, or nothing is freed", () => {
  it.each(Object.entries(HEAPS))("%s", (_, make) => {
    const heap = make();
    const address = heap.malloc(8)!;
    const before = String(heap);
    for (const near of [5e-324, address + 1e-9, address + 0.5, address - 1e-7, Number.MIN_VALUE, -5e-324]) {
      if (near === address) continue;
      expect(heap.free(near)).toBe(false);
      expect(heap.realloc(near, 4)).toBeNull();
      expect(heap.realloc(near, 0)).toBeNull();
    }
    expect(String(heap)).toBe(before);
  });
});
