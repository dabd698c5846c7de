import { describe, expect, test } from "vitest";
import { BuddySystem } from "../../heap/buddy-system";
import { FreeList } from "../../heap/free-list";
import { seededRandom } from "../../random/seeded-random";
import { exponentialSizes } from "../../workload/sizes";
import type { StudiedHeap } from "../population";
import { BuddyFamilyHeap, binaryBuddies, fibonacciBuddies, weightedBuddies } from "./buddy-family";
import { CartesianHeap } from "./cartesian-heap";
import { RandomEndHeap } from "./random-end-heap";
import { TwoLevelHeap } from "./two-level-heap";

const SEED = "models";

/** The addresses that heaps give to the same random requests; null where denied. At the end everything is freed. */
function addressesOf(heap: StudiedHeap, steps = 4000): (number | null)[] {
  const random = seededRandom(SEED);
  const size = exponentialSizes(20).sampler(random);
  const live: (number | null)[] = [];
  const addresses: (number | null)[] = [];
  for (let step = 0; step < steps; step++) {
    if (random.random() < 0.51 || live.length === 0) {
      const address = heap.malloc(size());
      addresses.push(address);
      live.push(address);
    } else {
      const at = random.randint(0, live.length);
      const address = live.splice(at, 1)[0]!;
      if (address !== null) heap.free(address);
    }
  }
  for (const address of live) if (address !== null) heap.free(address);
  return addresses;
}

describe("a model places each block where the heap of the library does", () => {
  test("first fit with one end: FreeList", () => {
    for (const place of ["low", "high"] as const) {
      const model = addressesOf(new RandomEndHeap(() => place));
      expect(model).toEqual(addressesOf(new FreeList(0, 1, { growable: true, place })));
    }
  });
  test("the Cartesian tree: FreeList", () => {
    const heap = new CartesianHeap(2000);
    const addresses = addressesOf(heap);
    expect(addresses).toEqual(addressesOf(new FreeList(2000, 1)));
    expect(addresses).toContain(null);
    expect(heap.malloc(2000)).toBe(0);
  });
  test("binary buddies: BuddySystem", () => {
    const addresses = addressesOf(new BuddyFamilyHeap(binaryBuddies(2048)));
    expect(addresses).toEqual(addressesOf(new BuddySystem(2048, 1)));
    expect(addresses).toContain(null);
  });
});

describe.each([
  ["Fibonacci", new BuddyFamilyHeap(fibonacciBuddies(1597))],
  ["weighted", new BuddyFamilyHeap(weightedBuddies(2048))],
  ["two levels", new TwoLevelHeap(2048)],
])("blocks never overlap, and free memory becomes whole again: %s", (_, heap) => {
  test(`seed ${SEED}`, () => {
    const owners = new Map<number, number>();
    const sizes = new Map<number, number>();
    let last = 0;
    let overlaps = 0;
    const watched: StudiedHeap = {
      malloc(request) {
        const address = heap.malloc(request);
        last++;
        if (address === null) return null;
        expect(address + request).toBeLessThanOrEqual(heap.capacity);
        sizes.set(address, request);
        for (let word = address; word < address + request; word++) {
          if (owners.has(word)) overlaps++;
          owners.set(word, last);
        }
        return address;
      },
      free(address) {
        for (let word = address; word < address + sizes.get(address)!; word++) owners.delete(word);
        heap.free(address);
      },
    };
    addressesOf(watched);
    expect(overlaps).toBe(0);
    expect(heap.malloc(heap.capacity)).toBe(0);
  });
});

describe("families of buddies", () => {
  test("have these sizes", () => {
    expect(binaryBuddies(20).sizes).toEqual([1, 2, 4, 8, 16]);
    expect(fibonacciBuddies(20).sizes).toEqual([1, 2, 3, 5, 8, 13]);
    expect(weightedBuddies(20).sizes).toEqual([1, 2, 3, 4, 6, 8, 12, 16]);
  });
  test.each([binaryBuddies(4096), fibonacciBuddies(4181), weightedBuddies(4096)])(
    "cut each block into parts that make it up: $name",
    ({ sizes, parts }) => {
      for (const [index, size] of sizes.entries()) {
        const cut = parts(index);
        if (cut === null) expect(size).toBe(1);
        else expect(sizes[cut[0]]! + sizes[cut[1]]!).toBe(size);
      }
    },
  );
  test("cut 2^(k+2) into 3 · 2^k and 2^k, 3 · 2^k into 2^(k+1) and 2^k", () => {
    const { sizes, parts } = weightedBuddies(4096);
    const partsOf = (size: number) => parts(sizes.indexOf(size))!.map((index) => sizes[index]);
    expect([partsOf(16), partsOf(12), partsOf(4), partsOf(1024)]).toEqual([
      [12, 4],
      [8, 4],
      [3, 1],
      [768, 256],
    ]);
  });
});

test("two levels take a hole of at least the request's class, with three looks at most", () => {
  const heap = new TwoLevelHeap(1 << 20);
  addressesOf(heap);
  expect(heap.mostLooks).toBeLessThanOrEqual(3);
  expect(heap.looks).toBeGreaterThanOrEqual(heap.searches);
});

test("a search of one hole visits one node", () => {
  const heap = new CartesianHeap(100);
  heap.malloc(10);
  expect([heap.visits, heap.searches]).toEqual([1, 1]);
});
