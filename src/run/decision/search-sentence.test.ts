import { describe, expect, test } from "vitest";
import type { Extent } from "../../heap/block";
import { FITS, type Fit } from "../../heap/fits";
import { NOTATIONS } from "./notation";
import { sentence } from "./sentence";
import type { Fact, Pointers } from "./step";
import type { Searcher } from "./terms";

/** Bytes at an address. */
const of = (size: number, address = 4096): Extent => ({ address, size });

const say = (fact: Fact & Partial<Pointers>) => sentence(fact, NOTATIONS.decimal);

type Told = readonly [sentence: string, fact: Fact & Partial<Pointers>];

const search = (given: Partial<Extract<Fact, { kind: "search" }>>): Fact => ({
  kind: "search",
  fit: "first",
  size: 1000,
  records: 3,
  record: 0,
  again: false,
  ...given,
});
const record = (given: Partial<Extract<Fact, { kind: "record" }>> & Partial<Pointers>): Told[1] => ({
  kind: "record",
  record: 1,
  hole: of(1000),
  size: 900,
  missing: 0,
  best: null,
  better: false,
  ...given,
});
const choice = (fit: Searcher): Fact => ({ kind: "choice", fit, hole: of(1000), record: 1 });
const TOLD: readonly Told[] = [
  ["The free list is empty.", search({ records: 0, record: null })],
  ["Now the list is searched again: the free list is empty.", search({ records: 0, again: true })],
  [
    "First fit walks the one record of the list from its head to the first hole of at least 1,000 bytes.",
    search({ records: 1 }),
  ],
  [
    "Now the list is searched again: next fit walks the list of 3 records from its rover, record 3, to the first hole of at least 1,000 bytes.",
    search({ fit: "next", record: 2, again: true }),
  ],
  [
    "Best fit looks at all 3 records of the list for the smallest hole of at least 1 byte.",
    search({ fit: "best", size: 1 }),
  ],
  [
    "Worst fit looks at the one record of the list for the largest hole of at least 1,000 bytes.",
    search({ fit: "worst", records: 1 }),
  ],
  [
    "A fit of one's own gets the list of 3 records to choose a hole of at least 1,000 bytes.",
    search({ fit: "custom" }),
  ],
  ["Segregated fits begin in the size class of 1,000 bytes.", search({ fit: "segregated" })],
  [
    "The original program walks the list of 3 records, free and allocated, from its head to the first hole of at least 1,000 bytes.",
    search({ fit: "original" }),
  ],
  [
    "The class of the request is that of 1,001 to 2,000 bytes: its list has 1 hole.",
    { kind: "class", above: 1000, most: 2000, records: 1, record: 0, own: true },
  ],
  [
    "The class of the request is that of more than 1,000 bytes: its list has no hole.",
    { kind: "class", above: 1000, most: null, records: 0, record: null, own: true },
  ],
  [
    "The next class that has a hole is that of 1,001 to 2,000 bytes: its list has 2 holes, and any of them is large enough.",
    { kind: "class", above: 1000, most: 2000, records: 2, record: 4, own: false },
  ],
  [
    "There is no hole of 1,024 bytes.",
    { kind: "size-list", size: 1024, records: 0, hole: null, record: null },
  ],
  [
    "There is one hole of 1,024 bytes, at 4,096.",
    { kind: "size-list", size: 1024, records: 1, hole: of(1024), record: 0 },
  ],
  [
    "There are 2 holes of 1,024 bytes; the one at the lowest address, 4,096, is taken.",
    { kind: "size-list", size: 1024, records: 2, hole: of(1024), record: 0 },
  ],
  ["Record 2: the hole of 1,000 bytes at 4,096 is large enough for 900.", record({})],
  [
    "Record 2: the hole of 1,000 bytes at 4,096 is 1 byte too small for 1,001.",
    record({ size: 1001, missing: 1 }),
  ],
  [
    "Record 2: the hole of 1,000 bytes at 4,096 is large enough for 900, and the best so far.",
    record({ best: of(1000), better: true }),
  ],
  [
    "Record 2: the hole of 1,000 bytes at 4,096 is large enough, but no better than the 950 bytes at 0.",
    record({ best: of(950, 0) }),
  ],
  [
    "Record 2: the block of 1,000 bytes at 4,096 is allocated and passed over.",
    record({ hole: null, block: of(1000) }),
  ],
  [
    "1 record is left out here, and none changes the choice.",
    { kind: "skipped", what: "records", count: 1, turns: 0, record: 3 },
  ],
  [
    "4 records are left out here; 1 of them was the best so far for a while.",
    { kind: "skipped", what: "records", count: 4, turns: 1, record: 3 },
  ],
  [
    "4 records are left out here; 2 of them were the best so far for a while.",
    { kind: "skipped", what: "records", count: 4, turns: 2, record: 3 },
  ],
  [
    "1 merge of the same kind is left out here.",
    { kind: "skipped", what: "merges", count: 1, turns: 0, record: null },
  ],
  [
    "4 merges of the same kind are left out here.",
    { kind: "skipped", what: "merges", count: 4, turns: 0, record: null },
  ],
  ["Which holes it looked at, only it knows.", { kind: "custom", records: 3, examined: null, searches: 2 }],
  [
    "In both searches it looked at 5 holes; which, and why, only it knows.",
    { kind: "custom", records: 3, examined: 5, searches: 2 },
  ],
  [
    "In both searches it looked at 1 hole; which, and why, only it knows.",
    { kind: "custom", records: 1, examined: 1, searches: 2 },
  ],
  [
    "It looked at 2 of 3 holes; which, and why, only it knows.",
    { kind: "custom", records: 3, examined: 2, searches: 1 },
  ],
  [
    "It looked at 0 of 1 hole; which, and why, only it knows.",
    { kind: "custom", records: 1, examined: 0, searches: 1 },
  ],
  [
    "No hole has 1,000 bytes or more: the search has failed.",
    { kind: "no-choice", size: 1000, declined: false },
  ],
  [
    "The fit of one's own chooses none, although a hole of at least 1,000 bytes is there.",
    { kind: "no-choice", size: 1000, declined: true },
  ],
  ...(
    [
      ["first", "the first that is large enough"],
      ["next", "the first from there on that is large enough"],
      ["best", "the smallest of those that are large enough"],
      ["worst", "the largest of those that are large enough"],
      ["custom", "as the fit of one's own wishes"],
      ["segregated", "the first that is large enough"],
      ["original", "the first free one that is large enough"],
      ["buddy", "the smallest that is large enough"],
    ] as const
  ).map(
    ([fit, why]): Told => [`The choice is the hole of 1,000 bytes at 4,096, record 2: ${why}.`, choice(fit)],
  ),
];

describe("the sentence of a search", () => {
  test("of each of its steps", () => {
    expect(TOLD.map(([, fact]) => say(fact))).toEqual(TOLD.map(([text]) => text));
  });

  test("under a fit that gives itself no word: the best", () => {
    const fits = FITS as Record<string, Fit>;
    fits.any = { better: () => true };
    try {
      expect([search({ fit: "any" as "first" }), choice("any" as "first")].map(say)).toEqual([
        "Any fit looks at all 3 records of the list for the best hole of at least 1,000 bytes.",
        "The choice is the hole of 1,000 bytes at 4,096, record 2: the best of those that are large enough.",
      ]);
    } finally {
      delete fits.any;
    }
  });

  test("writes sizes and addresses in the notation, and counts in decimal", () => {
    const told = [search({ records: 16 }), record({ record: 9, size: 1024, missing: 24 }), choice("best")];
    expect(told.map((fact) => sentence(fact as Fact, NOTATIONS.hexadecimal))).toEqual([
      "First fit walks the list of 16 records from its head to the first hole of at least 0x3e8 bytes.",
      "Record 10: the hole of 0x3e8 bytes at 0x1000 is 0x18 bytes too small for 0x400.",
      "The choice is the hole of 0x3e8 bytes at 0x1000, record 2: the smallest of those that are large enough.",
    ]);
  });
});
