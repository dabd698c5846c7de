import { describe, expect, it } from "vitest";
import { FITS, type FitName } from "../../heap/fits";
import { FreeList } from "../../heap/free-list";
import type { FreeListOptions } from "../../heap/options";
import { COALESCINGS, type CoalesceName, ORDERS, type OrderName } from "../../heap/orders";
import { SegregatedFits } from "../../heap/segregated-fits";
import { TextbookHeap } from "../../heap/textbook-heap";
import { History } from "../../run/history";
import { callsText } from "../call";
import { type FindBugOptions, findBug, type MakeHeap } from "./find-bug";
import type { Bug } from "./finding";
import { RULES } from "./rules";
import { StudentHeap } from "./student-heap";
import { fewestCalls } from "./testing/fewest-calls";
import type { TestedHeap } from "./trial";
import { WRONG_HEAPS, type WrongHeap, type WrongHeapName } from "./wrong-heaps";

const names = Object.keys(WRONG_HEAPS) as WrongHeapName[];
const wrongHeap = (name: WrongHeapName): WrongHeap => WRONG_HEAPS[name];

/** Finds a fault that must be there. */
function found(make: MakeHeap, options?: FindBugOptions): Bug {
  const bug = findBug(make, options);
  if (!bug.found) throw new Error(String(bug));
  return bug;
}

describe.each(names)("the wrong heap %s", (name) => {
  const { Heap, options, rule, fault, shortest } = wrongHeap(name);

  it("is found out, with the rule that it breaks and as few calls as possible", () => {
    const bug = found(Heap, options);
    expect(bug).toMatchObject({ rule, shortest: true });
    expect(bug.calls.length).toBe(shortest);
    expect(fewestCalls(Heap, options, bug.heap, bug.calls.length)).toBe(bug.calls.length);
    expect(String(bug)).toContain(RULES[rule]);
    expect(fault).toMatch(/^([A-Z]|free|malloc).+\.$/);
  });

  it("has a run to be played, of a right heap up to the fault", () => {
    const bug = found(Heap, options);
    // A history has no step for free(null), which does nothing.
    if (callsText(bug.calls) === "free(null)") return expect(bug.run).toBe(null);
    const run = History.decode(bug.run!);
    expect(run.length).toBe(bug.calls.length);
    expect(String(run.cursor().seek(run.length - 1).heap)).toBe(bug.before);
    const plain = JSON.parse(JSON.stringify(bug));
    expect(plain.calls).toEqual(bug.calls);
  });
});

it("there are at least 25 wrong heaps, of different faults", () => {
  expect(names.length).toBeGreaterThanOrEqual(25);
  expect(new Set(names.map((name) => wrongHeap(name).fault)).size).toBe(names.length);
});

it("finds the faults that answers alone can show, when a heap shows neither its list nor its memory", () => {
  const blind = (name: WrongHeapName) => {
    const { Heap, options } = wrongHeap(name);
    return findBug(
      (heapSize, pageSize) => {
        const heap = new Heap(heapSize, pageSize, options);
        const shown: TestedHeap = {
          malloc: (request) => heap.malloc(request),
          free: (address) => heap.free(address),
          realloc: (address, request) => heap.realloc(address, request),
        };
        return shown;
      },
      { ...options, most: 20_000 },
    );
  };
  const unseen = names.filter((name) => !blind(name).found);
  // What is in the memory, and holes of nothing, no answer shows.
  expect(unseen).toEqual(["remainder-of-nothing", "realloc-copies-too-little", "realloc-copies-nothing"]);
});

describe("accuses no right heap", () => {
  const right = (Heap: MakeHeap, options: FindBugOptions, most = 250) => {
    const finding = findBug(Heap, { most, ...options });
    expect(String(finding)).toMatch(/^No fault found in /);
  };
  const policies = (Object.keys(FITS) as FitName[]).flatMap((fit) =>
    (Object.keys(ORDERS) as OrderName[]).flatMap((order) =>
      (Object.keys(COALESCINGS) as CoalesceName[]).map((coalesce) => ({ fit, order, coalesce })),
    ),
  );
  const shapes: FreeListOptions[] = [
    {},
    { header: 8, align: 16, base: 1024 },
    { growable: true },
    { place: "high", leastRemainder: 8 },
  ];

  it("FreeList and TextbookHeap under every policy", () => {
    for (const [i, policy] of policies.entries()) {
      const options = { ...policy, ...shapes[i % shapes.length] };
      right(FreeList, options);
      if (i % 7 === 0) right(TextbookHeap, options);
    }
  });
  it("FreeList, more thoroughly", () => right(FreeList, { fit: "next", header: 4 }, 5000));
  it("the student's heap under every policy that it knows", () => {
    for (const [i, { fit, order, coalesce }] of policies.entries()) {
      const known = ["first", "next", "best", "worst"].includes(fit) && coalesce === "immediate";
      if (known) right(StudentHeap, { fit, order, ...shapes[i % 3], base: 0 }, 1000);
    }
  });
  it("a fit of one's own", () =>
    right(FreeList, {
      fit: (holes, size) => [...holes].reverse().find((hole) => hole.size >= size) ?? null,
    }));
});

describe("findBug", () => {
  it("tells the calls, the state, what was expected, what came, and the rule", () => {
    const { Heap, options } = WRONG_HEAPS["no-wrap"];
    expect(String(found(Heap, options))).toBe(`A fault of a heap of 16 bytes in pages of 4, {"fit":"next"}:
  1. a = malloc(5)
  2. b = malloc(4)
  3. free(a)
  4. c = malloc(5)
Before the last call the blocks are f8 A4 f4.
Expected: the answer 0.
Came:     null.
The rule: A request is denied only when no hole is large enough for its block.
Right:    malloc(5): 5 bytes, rounded up by 3 to 8 bytes. The search examined 2 holes and took the one at 0 (8 bytes); the block is at 0. It fits exactly: nothing is left over.
No fault shows with fewer calls.`);
  });

  it("tests a student's class, however little it has", () => {
    class Bump {
      #top = 0;
      constructor(private readonly size: number) {}
      malloc(request: number) {
        const address = this.#top;
        const next = address + Math.ceil(request / 4) * 4;
        if (next > this.size) return null;
        this.#top = next;
        return address;
      }
      free(_address: number) {
        return true;
      }
    }
    expect(found(Bump)).toMatchObject({ rule: "refused", calls: [{ op: "free", block: null }] });
    class Checked extends Bump {
      #live = new Set<number>();
      override malloc(request: number) {
        const address = super.malloc(request);
        if (address !== null) this.#live.add(address);
        return address;
      }
      override free(address: number) {
        return this.#live.delete(address);
      }
    }
    const bug = found(Checked);
    expect(callsText(bug.calls)).toBe("a = malloc(4), free(a), b = malloc(4)");
    expect(bug).toMatchObject({
      rule: "place",
      expected: "the answer 0",
      got: "4",
      before: "f16",
      shortest: true,
    });
  });

  it("takes -1 for no answer, as it takes undefined for none", () => {
    for (const failure of [-1, undefined, Number.NaN, "null"]) {
      const make: MakeHeap = (heapSize, pageSize) => {
        const heap = new FreeList(heapSize, pageSize);
        return {
          malloc: (request) => heap.malloc(request) ?? (failure as never),
          free: (address) => heap.free(address),
        };
      };
      expect(found(make)).toMatchObject({ rule: "answer", expected: "the answer null" });
    }
  });

  it("tests heaps that a function makes, and says what calls it is about to make", () => {
    const tried: string[] = [];
    const finding = findBug((heapSize, pageSize) => new FreeList(heapSize, pageSize, { fit: "worst" }), {
      onTry: (calls) => tried.push(callsText(calls)),
    });
    expect(finding).toMatchObject({ found: true, rule: "place" });
    expect(tried.at(-1)).toBe(callsText((finding as Bug).calls));
    expect(tried[0]).toBe("a = malloc(4)");
  });

  it("finds what only longer sequences show, and cuts them down", () => {
    class Tiring extends FreeList {
      #calls = 0;
      override malloc(request: number) {
        return ++this.#calls > 7 ? null : super.malloc(request);
      }
    }
    const bug = found(Tiring, { most: 300 });
    expect(bug).toMatchObject({ rule: "granted", shortest: false });
    expect(bug.calls.filter(({ op }) => op === "malloc").length).toBeGreaterThanOrEqual(8);
    expect(bug.calls.length).toBeLessThan(14);
    expect(String(bug)).toContain("The calls were cut down from a longer sequence.");
  });

  it("says so when a heap cannot be made", () => {
    class Broken {
      constructor() {
        throw new Error("no memory");
      }
      malloc = () => null;
      free = () => false;
    }
    expect(found(Broken)).toMatchObject({
      rule: "quiet",
      calls: [],
      got: "making it threw Error: no memory",
    });
  });

  it("does not look at a list or a memory that cannot be looked at", () => {
    const shown = [
      { holes: () => ["f8"], memory: "bytes" },
      { holes: "none", memory: Object.freeze([]) },
      Object.defineProperties({}, { holes: { get: throws }, memory: { get: throws } }),
    ];
    function throws(): never {
      throw new Error("hidden");
    }
    for (const more of shown) {
      const make: MakeHeap = (heapSize, pageSize) => {
        const heap = new FreeList(heapSize, pageSize);
        const bare = {
          malloc: (request: number) => heap.malloc(request),
          free: (address: number | null) => heap.free(address),
        };
        return Object.defineProperties(bare, Object.getOwnPropertyDescriptors(more)) as TestedHeap;
      };
      expect(findBug(make, { most: 300 }).found).toBe(false);
    }
  });

  it("comes to the same each time", () => {
    const { Heap, options } = WRONG_HEAPS["rover-on-merged-hole"];
    expect(String(found(Heap, options))).toBe(String(found(Heap, options)));
  });

  it("accuses segregated fits of not being first fit by address", () => {
    expect(found((heapSize, pageSize) => new SegregatedFits(heapSize, pageSize)).rule).not.toBe("quiet");
  });

  it("refuses what makes no heap", () => {
    expect(() => findBug(new FreeList(16, 4) as never)).toThrow(
      "findBug takes a class, or a function that makes a fresh heap",
    );
    expect(() => findBug((() => ({ malloc: () => null })) as never)).toThrow("this one has no free");
    expect(() => findBug(FreeList, { fits: "best" } as never)).toThrow('There is no option "fits"');
    expect(() => findBug(FreeList, { fit: "middle" as never })).toThrow("options.fit must be one of");
    expect(() => findBug(FreeList, { most: 0 })).toThrow("options.most must be an integer from 1");
  });
});
