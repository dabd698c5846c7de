import { describe, expect, test } from "vitest";
import { StudentHeap, type StudentHeapOptions } from "../../exercise/bugs/student-heap";
import { WRONG_HEAPS, type WrongHeap } from "../../exercise/bugs/wrong-heaps";
import { type Checked, checkEveryCall, type HeapUnderTest } from "../../exhaust/check-every-call";
import { differenceText } from "../../exhaust/difference-text";
import { NONE } from "../../exhaust/model";
import { SmallHeap, type SmallHeapRules } from "../../exhaust/small-heap";
import { StateSpace } from "../../exhaust/state-space";
import { FreeList } from "../../heap/free-list";
import { TextbookHeap } from "../../heap/textbook-heap";
import { exhaust, exhaustedTable } from "./command";
import { exhaustPolicy } from "./exhaust-policy";
import { libraryHeap } from "./library-heap";
import { WALKED_POLICIES } from "./policies";

describe("every call in every state of a small heap does what its definition says", () => {
  test.each(WALKED_POLICIES.map((policy) => [policy.name, policy] as const))("%s", (name, policy) => {
    // All eight units where that is no matter of minutes; the variants of a policy differ from it in little.
    const most = /high|rest-2|header/.test(name) ? 4_000 : 200_000;
    const done = exhaustPolicy(policy, { units: 8, most });
    expect(done.difference && differenceText(done.difference)).toBeNull();
    expect(done.units).toBeGreaterThanOrEqual(3);
  });

  test("the walk is of the largest heap that does not take too many calls", () => {
    const policy = WALKED_POLICIES.find(({ name }) => name === "first/address/immediate")!;
    expect(exhaustPolicy(policy, { units: 6, most: 1e6 })).toMatchObject({
      units: 6,
      states: 233,
      difference: null,
    });
    expect(exhaustPolicy(policy, { units: 6, most: 1000 })).toMatchObject({ units: 4, states: 34 });
  });

  test.each(["first", "next", "best", "worst"] as const)("TextbookHeap, %s fit", (fit) => {
    for (const merging of ["immediate", "deferred", "never"] as const) {
      const model = new SmallHeap({ units: 5, fit, order: "lifo", merging, misses: true });
      const heaps = libraryHeap(() => new TextbookHeap(5, 1, { fit, order: "lifo", coalesce: merging }));
      const { difference } = checkEveryCall(model, StateSpace.of(model)!, heaps);
      expect(difference && differenceText(difference)).toBeNull();
    }
  });
});

describe("a heap that is wrong is found out, by a shortest sequence of calls", () => {
  const fewest: Partial<Record<keyof typeof WRONG_HEAPS, number>> = {
    "zero-is-failure": 1,
    "free-says-nothing": 1,
    "larger-not-equal": 1,
    "remainder-lost": 1,
    "remainder-of-nothing": 1,
    "remainder-too-long": 1,
    "no-merge-right": 2,
    "merged-hole-stays": 2,
    "double-free": 2,
    "free-inside": 2,
    "realloc-always-moves": 2,
    "realloc-never-shrinks": 2,
    "realloc-loses-the-tail": 2,
    "lifo-at-the-back": 3,
    "realloc-leaks": 3,
    "realloc-frees-first": 3,
    "undefined-for-null": 2,
    "last-record-unseen": 4,
    "last-of-equals": 4,
    "best-stops-early": 4,
    "worst-stops-early": 4,
    "no-wrap": 4,
    "rover-forgotten": 4,
    "not-sorted-after-split": 4,
    "no-merge-left": 4,
    "list-neighbours-only": 4,
    "merge-adds-wrongly": 4,
    "merge-at-wrong-address": 4,
    "rover-on-merged-hole": 6,
    "rover-back-to-head": 7,
  };
  test.each(Object.entries(fewest))("%s", (name, calls) => {
    const { Heap, options } = WRONG_HEAPS[name as keyof typeof WRONG_HEAPS] as WrongHeap;
    const { difference } = check(studentHeap(Heap, options, 6), options);
    expect(difference).toMatchObject({ shortest: true });
    expect(difference!.calls).toHaveLength(calls);
  });

  test.each([
    [{ header: 1, align: 1 }, "size"],
    [{ header: 0, align: 2 }, "answer"],
    [{ header: 2, align: 2 }, "answer"],
  ])("with %j, where a header of 1 and sizes of a multiple of 2 are right", (options, field) => {
    const policy = WALKED_POLICIES.find(({ name }) => name === "first/address/immediate/header-1/align-2")!;
    const model = policy.model(7);
    const heaps = libraryHeap(() => new FreeList(7, 1, options));
    const { difference } = checkEveryCall(model, StateSpace.of(model)!, heaps);
    expect(difference).toMatchObject({ field, shortest: true });
    expect(difference!.calls).toHaveLength(1);
  });

  test("one that is right is not", () => {
    for (const fit of ["first", "next", "best", "worst"] as const) {
      const { difference } = check(studentHeap(StudentHeap, { fit, order: "fifo" }, 6), {
        fit,
        order: "fifo",
      });
      expect(difference && differenceText(difference)).toBeNull();
    }
  });

  test("what is wrong is told in words", () => {
    const { Heap, options } = WRONG_HEAPS["no-merge-left"] as WrongHeap;
    const { difference } = check(studentHeap(Heap, options, 6), options);
    expect(differenceText(difference!)).toBe(
      [
        "Shown by 4 calls, and by no fewer:",
        "  malloc(1)",
        "  malloc(1)",
        "  free(0)",
        "  free(1)",
        "Before the last one: f1 A1 f4, the free list [0, 2].",
        "Wrong: blocks. Expected [-6], got [-1, -5].",
      ].join("\n"),
    );
  });

  test("what comes of more than a state and a call is shown by a run", () => {
    /** Forgets every 40th free, whatever the state. */
    class Forgetful extends TextbookHeap {
      #frees = 0;
      override free(address: number | null): boolean {
        return ++this.#frees % 40 === 0 || super.free(address);
      }
    }
    const heaps = libraryHeap(() => new Forgetful(4, 1));
    const { difference } = check(heaps, {}, 4);
    expect(difference).toMatchObject({ shortest: false });
    expect(difference!.calls.filter(({ kind }) => kind === "free").length).toBe(40);
  });
});

describe("npm run exhaust", () => {
  test.each([
    [{ units: "0" }, '--units is a whole number from 1 to 16, not "0".'],
    [{ units: "17" }, '--units is a whole number from 1 to 16, not "17".'],
    [{ most: "1e6" }, '--most is a whole number from 1 to 2147483648, not "1e6".'],
    [{ policy: "third" }, 'There is no policy "third"'],
  ])("says what is wrong with %j", async (flags, message) => {
    await expect(exhaust.run({ flags, operands: [], cwd: "." })).rejects.toThrow(message);
  });

  test("ends with a table of states and calls", () => {
    const one = { policy: "buddies", units: 8, states: 677, transitions: 10_000, difference: null };
    expect(exhaustedTable([one, { ...one, policy: "first/address/immediate" }])).toBe(
      [
        "policy                   units  states   calls  differs",
        "-----------------------  -----  ------  ------  -------",
        "buddies                      8     677  10,000",
        "first/address/immediate      8     677  10,000",
        "all                              1,354  20,000",
      ].join("\n"),
    );
  });
});

/** Compares a heap of so many units with its model. */
function check(heaps: HeapUnderTest, options: StudentHeapOptions, units = 6): Checked {
  const { fit = "first", order = "address" } = options;
  const rules = { units, fit, order, merging: "immediate", misses: true } as SmallHeapRules;
  const model = new SmallHeap(rules);
  return checkEveryCall(model, StateSpace.of(model)!, heaps);
}

/** A student's heap of pages of one byte under test: it shows its answers and its blocks. */
function studentHeap(Heap: WrongHeap["Heap"], options: StudentHeapOptions, units: number): HeapUnderTest {
  return {
    told: ["answer"],
    make() {
      const heap = new Heap(units, 1, options);
      return {
        make({ kind, unit, size }, did) {
          const answer =
            kind === "malloc"
              ? heap.malloc(size)
              : kind === "free"
                ? heap.free(unit)
                : heap.realloc(unit, size);
          if (did !== null) did.answer = answer === null || answer === false ? NONE : Number(answer);
        },
        see() {
          const holes = Array.from(heap.holes());
          const allocated = Array.from(heap.allocated(), ({ address, size }) => ({ address, units: size }));
          const free = holes.map(({ address, size }) => ({ address, units: -size }));
          const blocks = [...allocated, ...free].sort((a, b) => a.address - b.address);
          return { blocks: blocks.map((block) => block.units), list: holes.map(({ address }) => address) };
        },
      };
    },
  };
}
