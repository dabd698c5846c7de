import { describe, expect, test } from "vitest";
import type { Extent } from "../../heap/block";
import { ORDERS, type Order } from "../../heap/orders";
import { NOTATIONS } from "./notation";
import { sentence } from "./sentence";
import type { Fact, Pointers } from "./step";
import type { Arranger } from "./terms";

/** Bytes at an address. */
const of = (size: number, address = 4096): Extent => ({ address, size });

const say = (fact: Fact & Partial<Pointers>) => sentence(fact, NOTATIONS.decimal);

type Told = readonly [sentence: string, fact: Fact & Partial<Pointers>];

const size = (given: Partial<Extract<Fact, { kind: "size" }>>): Fact => ({
  kind: "size",
  request: 1000,
  header: 0,
  rounding: 0,
  size: 1000,
  rule: "multiple",
  unit: 2000,
  ...given,
});
const SIZES: readonly Told[] = [
  ["1,000 bytes, without header or rounding.", size({})],
  ["1 byte, without header or rounding.", size({ request: 1, size: 1 })],
  ["1,000 bytes, rounded up by 1,000 to 2,000, a multiple of 2,000.", size({ rounding: 1000, size: 2000 })],
  [
    "1,000 bytes + 24 of header = 1,024 bytes, a power of two times 1,024 as it is.",
    size({ header: 24, size: 1024, rule: "power", unit: 1024 }),
  ],
  [
    "1,000 bytes + 1,000 of header = 2,000 bytes, rounded up by 2,000 to 4,000, the least that a block has.",
    size({ header: 1000, rounding: 2000, size: 4000, rule: "least", unit: 4000 }),
  ],
];

const exact = (hole: Extent, unsplit: number, payload: number): Fact => ({
  kind: "exact",
  hole,
  block: hole,
  payload,
  unsplit,
});
const denied = (given: Partial<Extract<Fact, { kind: "denied" }>>): Fact => ({
  kind: "denied",
  reason: "short",
  size: 2000,
  freeBytes: 1500,
  largestHole: 1000,
  ...given,
});
const PLACEMENTS: readonly Told[] = [
  [
    "The hole of 1,100 bytes is split: its first 1,000 bytes become the block at 4,096, and 100 bytes stay free at 5,096.",
    { kind: "split", hole: of(1100), block: of(1000), payload: 4096, remainder: of(100, 5096) },
  ],
  [
    "The hole of 1,001 bytes is split: its last 1,000 bytes become the block at 4,097, its payload at 4,101, and 1 byte stays free at 4,096.",
    { kind: "split", hole: of(1001), block: of(1000, 4097), payload: 4101, remainder: of(1) },
  ],
  ["The hole of 1,000 bytes fits exactly: all of it becomes the block at 4,096.", exact(of(1000), 0, 4096)],
  [
    "Of the hole of 1,000 bytes, 1 byte would be left and is not split off: all of it becomes the block at 4,096.",
    exact(of(1000), 1, 4096),
  ],
  [
    "Of the hole of 1,000 bytes, 8 bytes would be left and are not split off: all of it becomes the block at 4,096, its payload at 4,100.",
    exact(of(1000), 8, 4100),
  ],
  [
    "2,048 bytes at 4,096 are cut in halves of 1,024 bytes: the lower one at 4,096, and its buddy at 5,120, which is free.",
    { kind: "halve", range: of(2048), lower: of(1024), upper: of(1024, 5120) },
  ],
  [
    "The heap grows by 1,000 bytes, from 4,096 to 5,096.",
    { kind: "grow", bytes: 1000, from: 4096, to: 5096, hole: null, range: of(1000) },
  ],
  [
    "The heap grows by 1,000 bytes, from 4,096 to 5,096; the hole at its top, 8 bytes at 4,088, counts towards what is needed.",
    { kind: "grow", bytes: 1000, from: 4096, to: 5096, hole: of(8, 4088), range: of(1000) },
  ],
  [
    "Denied, because memory is short: 2,000 bytes are needed, 1,500 bytes are free in all, and the largest hole has 1,000.",
    denied({}),
  ],
  [
    "Denied, because free memory is scattered: 2 bytes are needed, 2 bytes are free in all, and the largest hole has 1.",
    denied({ reason: "scattered", size: 2, freeBytes: 2, largestHole: 1 }),
  ],
  [
    "Denied, because the policy chose none: 1 byte is needed, 1 byte is free in all, and the largest hole has 1.",
    denied({ reason: "declined", size: 1, freeBytes: 1, largestHole: 1 }),
  ],
  ["malloc answers 4,096.", { kind: "answer", of: "malloc", value: 4096 }],
  ["realloc answers null.", { kind: "answer", of: "realloc", value: null }],
  ["free answers true.", { kind: "answer", of: "free", value: true }],
  ["free answers false.", { kind: "answer", of: "free", value: false }],
  [
    "The original program answers -1 to a request of nothing, and nothing changes.",
    { kind: "nothing", answer: -1 },
  ],
];

/** The records of `gone` leave the list, and one joins it. */
const list = (
  order: Arranger,
  inPlace: boolean,
  gone: readonly number[],
  joins: number | null,
  length = 3,
): Fact => {
  const removed = gone.map((one) => ({ record: one, hole: of(8, one) }));
  const added = joins === null ? null : { record: joins, hole: of(16) };
  return { kind: "list", removed, added, length, inPlace, order, ...(added ?? removed[0]!) };
};
const merge = (sizes: readonly number[]): Fact => ({
  kind: "merge",
  parts: sizes.map((each) => of(each)),
  hole: of(sizes.reduce((sum, each) => sum + each, 0)),
});
const LISTS: readonly Told[] = [
  ["Record 3 leaves the list. The list has 3 records now.", list("lifo", false, [2], null)],
  ["Record 2 leaves the list. The list has 1 record now.", list("lifo", false, [1], null, 1)],
  ...(
    [
      ["address", "in the order of addresses"],
      ["lifo", "at the front"],
      ["fifo", "at the back"],
      ["size-ascending", "in the order of sizes"],
      ["size-descending", "in the order of sizes"],
      ["segregated", "at the front of its size class"],
      ["buddy", "among those of its size"],
      ["original", "at the front"],
    ] as const
  ).map(
    ([order, where]): Told => [
      `The hole at 4,096 joins the list as record 2, ${where}. The list has 3 records now.`,
      list(order, false, [], 1),
    ],
  ),
  [
    "The hole at 4,096 takes the old one's place in the list, record 2. The list has 3 records now.",
    list("lifo", true, [1], 1),
  ],
  [
    "Record 3 leaves the list, and the hole at 4,096 joins it as record 1, at the front. The list has 3 records now.",
    list("lifo", false, [2], 0),
  ],
  [
    "Records 3 and 11 leave the list, and the hole at 4,096 takes the foremost place, record 3. The list has 3 records now.",
    list("fifo", true, [10, 2], 2),
  ],
  [
    "Records 1 and 3 leave the list, and the hole at 4,096 joins it as record 2, in the order of sizes. The list has 3 records now.",
    list("size-ascending", false, [0, 2], 1),
  ],
  ["The original program sorts its list by address: 1 record.", { kind: "sort", length: 1 }],
  ["The original program sorts its list by address: 3 records.", { kind: "sort", length: 3 }],
  [
    "The rover goes back to the head of the list, where the next search begins.",
    { kind: "rover", hole: null, record: null },
  ],
  [
    "The rover stands on the hole at 4,096, record 2: the next search begins there.",
    { kind: "rover", hole: of(8), record: 1 },
  ],
  ["coalesce() was called: no two holes are neighbours.", { kind: "coalesce", merges: 0, cause: "call" }],
  [
    "Coalescing was deferred until now: no two holes are neighbours.",
    { kind: "coalesce", merges: 0, cause: "failed search" },
  ],
  [
    "coalesce() was called: 1 pair of neighbouring holes merges.",
    { kind: "coalesce", merges: 1, cause: "call" },
  ],
  [
    "coalesce() was called: 2 pairs of neighbouring holes merge.",
    { kind: "coalesce", merges: 2, cause: "call" },
  ],
  [
    "Coalescing was deferred until now: 1 pair of neighbouring holes merges, and then it is tried again.",
    { kind: "coalesce", merges: 1, cause: "failed search" },
  ],
  ["1,000 + 24 = 1,024: the two become one hole of 1,024 bytes at 4,096.", merge([1000, 24])],
  ["8 + 16 + 24 = 48: the three become one hole of 48 bytes at 4,096.", merge([8, 16, 24])],
];

const neighbour = (
  side: "before" | "behind",
  answer: "free" | "allocated" | "edge",
  points: Partial<Pick<Pointers, "hole" | "block">> = {},
): Told[1] => ({ kind: "neighbour", side, answer, range: of(1000), ...points });
const buddy = (given: Partial<Extract<Fact, { kind: "buddy" }>>): Fact => ({
  kind: "buddy",
  hole: of(1024, 5120),
  offset: 1024,
  buddy: 4096,
  unit: 16,
  answer: "free",
  range: null,
  ...given,
});
const FREES: readonly Told[] = [
  [
    "4,096 names the block of 1,000 bytes there.",
    { kind: "lookup", address: 4096, header: 0, block: of(1000), failure: null },
  ],
  [
    "The payload at 4,104 starts behind the header of 8 bytes: its block has 1,000 bytes at 4,096.",
    { kind: "lookup", address: 4104, header: 8, block: of(1000), failure: null },
  ],
  [
    "4,096 is not in the heap, so no block is named.",
    { kind: "lookup", address: 4096, header: 0, block: null, failure: "outside" },
  ],
  [
    "4,096 lies in free memory, freed before or never allocated, so no block is named.",
    { kind: "lookup", address: 4096, header: 0, block: null, failure: "hole" },
  ],
  [
    "4,096 lies in a block, but is not the payload address that malloc returned for it.",
    { kind: "lookup", address: 4096, header: 0, block: null, failure: "inside" },
  ],
  ["The block of 1,000 bytes at 4,096 becomes a hole.", { kind: "freed", block: of(1000), again: false }],
  [
    "The record of 1,000 bytes at 4,096 is free already, and the original program frees it once more.",
    { kind: "freed", block: of(1000), again: true },
  ],
  ["Before it is nothing: the heap starts at 4,096.", neighbour("before", "edge")],
  ["Behind it is nothing: the heap ends at 5,096.", neighbour("behind", "edge")],
  ["Before it is a hole, 8 bytes at 4,088: they merge.", neighbour("before", "free", { hole: of(8, 4088) })],
  [
    "Behind it is an allocated block, 8 bytes at 5,096: nothing merges there.",
    neighbour("behind", "allocated", { block: of(8, 5096) }),
  ],
  [
    "Coalescing is deferred until a search fails: the neighbours are not asked.",
    { kind: "unasked", coalesce: "deferred" },
  ],
  [
    "Holes never merge under this policy: the neighbours are not asked.",
    { kind: "unasked", coalesce: "never" },
  ],
  [
    "1,024 XOR 1,024 = 0: the buddy of the 1,024 bytes at 5,120 is at 4,096, and it is a hole of the same size, so they merge.",
    buddy({}),
  ],
  [
    "2,048 XOR 1,024 = 3,072: the buddy of the 1,024 bytes at 6,144 is at 7,168, and it is allocated, so nothing merges.",
    buddy({ hole: of(1024, 6144), offset: 2048, buddy: 7168, answer: "allocated" }),
  ],
  [
    "In blocks of 12 bytes, 3 XOR 1 = 2: the buddy of the 12 bytes at 4,132 is at 4,120, and it is split, and a part of it is no hole of that size, so nothing merges.",
    buddy({ hole: of(12, 4132), offset: 36, buddy: 4120, unit: 12, answer: "split" }),
  ],
  [
    "In blocks of 12 bytes, 4 XOR 2 = 6: the buddy of the 24 bytes at 4,144 is at 4,168, and it is allocated, so nothing merges.",
    buddy({ hole: of(24, 4144), offset: 48, buddy: 4168, unit: 12, answer: "allocated" }),
  ],
  ["The hole of 1,024 bytes is the whole heap: it has no buddy.", buddy({ answer: "none" })],
];

const room = (given: Partial<Extract<Fact, { kind: "room" }>>): Fact => ({
  kind: "room",
  block: of(1000),
  missing: 24,
  behind: "hole",
  enough: false,
  hole: null,
  ...given,
});
const stretched = (hole: Extent, taken: number, remainder: Extent | null, unsplit: number): Fact => ({
  kind: "stretched",
  was: of(1000),
  block: of(1000 + taken),
  hole,
  remainder,
  unsplit,
});
const REALLOCS: readonly Told[] = [
  ["Without a block, realloc is malloc.", { kind: "instead", of: "malloc" }],
  ["To no bytes at all, realloc is free.", { kind: "instead", of: "free" }],
  [
    "The block of 1,000 bytes at 4,096 has that size already and stays as it is.",
    { kind: "kept", block: of(1000), unsplit: 0 },
  ],
  [
    "The block of 1,000 bytes at 4,096 has 1 byte more, which is not split off, and stays as it is.",
    { kind: "kept", block: of(1000), unsplit: 1 },
  ],
  [
    "The block of 1,000 bytes at 4,096 has 8 bytes more, which are not split off, and stays as it is.",
    { kind: "kept", block: of(1000), unsplit: 8 },
  ],
  [
    "The block shrinks where it is: it keeps 1,000 of its 2,000 bytes, and 1,000 bytes become free at 5,096.",
    { kind: "shrunk", block: of(2000), kept: of(1000), hole: of(1000, 5096) },
  ],
  [
    "The block of 1,000 bytes at 4,096 is 24 bytes short, and such a heap grows no block where it is.",
    room({ behind: "never" }),
  ],
  [
    "The block of 1,000 bytes at 4,096 is 24 bytes short; behind it is a hole of 24 bytes, enough to grow where it is.",
    room({ hole: of(24, 5096), enough: true }),
  ],
  [
    "The block of 1,000 bytes at 4,096 is 24 bytes short; behind it is a hole of 23 bytes, and the heap can grow there.",
    room({ hole: of(23, 5096), enough: true }),
  ],
  [
    "The block of 1,000 bytes at 4,096 is 24 bytes short; behind it is a hole of 23 bytes, which is not enough: it must move.",
    room({ hole: of(23, 5096) }),
  ],
  [
    "The block of 1,000 bytes at 4,096 is 1 byte short; behind it is an allocated block, so it must move.",
    room({ missing: 1, behind: "block" }),
  ],
  [
    "The block of 1,000 bytes at 4,096 is 24 bytes short; behind it the heap ends, and the heap can grow there.",
    room({ behind: "top", enough: true }),
  ],
  [
    "The block of 1,000 bytes at 4,096 is 24 bytes short; behind it the heap ends, so it must move.",
    room({ behind: "top" }),
  ],
  [
    "1,000 + 24 = 1,024: the block grows where it is, by 24 bytes of the hole at 5,096.",
    stretched(of(24, 5096), 24, null, 0),
  ],
  [
    "1,000 + 24 = 1,024: the block grows where it is, by 24 bytes of the hole at 5,096, and 1 byte at 5,120 stays free.",
    stretched(of(25, 5096), 24, of(1, 5120), 0),
  ],
  [
    "1,000 + 24 = 1,024: the block grows where it is, by 24 bytes of the hole at 5,096, and 8 bytes at 5,120 stay free.",
    stretched(of(32, 5096), 24, of(8, 5120), 0),
  ],
  [
    "1,000 + 24 = 1,024: the block grows where it is, by 24 bytes of the hole at 5,096, of which the last 1 byte is too little to be split off.",
    stretched(of(24, 5096), 24, null, 1),
  ],
  [
    "1,000 + 24 = 1,024: the block grows where it is, by 24 bytes of the hole at 5,096, of which the last 8 bytes are too few to be split off.",
    stretched(of(24, 5096), 24, null, 8),
  ],
  [
    "1,000 bytes of payload are copied from 4,096 to 8,192.",
    { kind: "copied", from: 4096, to: 8192, bytes: 1000, block: of(1000) },
  ],
  [
    "1 byte of payload is copied from 4,096 to 8,192.",
    { kind: "copied", from: 4096, to: 8192, bytes: 1, block: of(1) },
  ],
];

describe("the sentence", () => {
  test.each([
    ["a size", SIZES],
    ["a block's place", PLACEMENTS],
    ["the list", LISTS],
    ["a free", FREES],
    ["a realloc", REALLOCS],
  ])("of each step of %s", (_what, told) => {
    expect(told.map(([, fact]) => say(fact))).toEqual(told.map(([text]) => text));
  });

  test("of a buddy beyond 32 bits has the whole XOR", () => {
    const hole = of(2 ** 40, 2 ** 41 + 2 ** 40);
    expect(say(buddy({ offset: hole.address, hole, buddy: 2 ** 41 }))).toMatch(
      /^3,298,534,883,328 XOR 1,099,511,627,776 = 2,199,023,255,552: the buddy of/,
    );
  });

  test("of an order that gives itself no words: sorted by keys, or newest at the back", () => {
    const orders = ORDERS as Record<string, Order>;
    const { index } = ORDERS.fifo;
    orders.keyed = { compare: () => 0, index };
    orders.queue = { index };
    try {
      expect(["keyed", "queue"].map((order) => say(list(order as Arranger, false, [], 1)))).toEqual([
        "The hole at 4,096 joins the list as record 2, in the order of keys. The list has 3 records now.",
        "The hole at 4,096 joins the list as record 2, at the back. The list has 3 records now.",
      ]);
    } finally {
      delete orders.keyed;
      delete orders.queue;
    }
  });

  test("writes sizes and addresses in the notation, and counts in decimal", () => {
    const told = [
      size({ header: 24, size: 1024 }),
      list("address", false, [10, 14], 10),
      merge([1000, 24]),
      buddy({}),
    ].map((fact) => sentence(fact, NOTATIONS.hexadecimal));
    expect(told).toEqual([
      "0x3e8 bytes + 0x18 of header = 0x400 bytes, a multiple of 0x7d0 as it is.",
      "Records 11 and 15 leave the list, and the hole at 0x1000 joins it as record 11, in the order of addresses. The list has 3 records now.",
      "0x3e8 + 0x18 = 0x400: the two become one hole of 0x400 bytes at 0x1000.",
      "0x400 XOR 0x400 = 0x0: the buddy of the 0x400 bytes at 0x1400 is at 0x1000, and it is a hole of the same size, so they merge.",
    ]);
  });
});
