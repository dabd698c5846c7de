import { deflateRaw } from "pako";
import { describe, expect, test } from "vitest";
import { HEAP_KINDS } from "../heap/create-heap";
import { numpyRandom } from "../random/numpy-random";
import { seededRandom } from "../random/seeded-random";
import { CalledRun } from "./called-run";
import { playgroundCallText } from "./calls";
import { withKind } from "./heap-choice";
import { readLink, writeLink } from "./link";
import { MOST_CALLS, parseCalls } from "./parse-calls";
import { drawn, FIRST_STATE, runOf, withCalls } from "./state";
import { anyCalls, anyState } from "./testing/any-state";

const SEED = 20261125;

/** A fit of one's own that fills a screen. */
const CODE = `// Best fit, but a hole that fits exactly is taken at once, and one that would
// leave a splinter too small to use is passed over while there is a better one.
(holes: readonly Hole[], size: number): Hole | null => {
  const least = 16;
  let best: Hole | null = null;
  let splinter: Hole | null = null;
  for (const hole of holes) {
    if (hole.size < size) continue;
    const rest = hole.size - size;
    if (rest === 0) return hole;
    if (rest < least) {
      if (splinter === null || hole.size < splinter.size) {
        splinter = hole;
      }
      continue;
    }
    if (best === null || hole.size < best.size) {
      best = hole;
    }
  }
  if (best !== null) return best;
  // Nothing but splinters: take the smallest of these.
  return splinter;
};
`;

describe("a link", () => {
  test("opens as the same state and the same run, bit for bit", () => {
    const random = seededRandom(SEED);
    for (let i = 0; i < 300; i++) {
      const state = anyState(random);
      const opened = readLink(`https://example.org/playground.html#${writeLink(state)}`);
      const place = `seed ${SEED}, state ${i}`;
      expect(opened, place).toEqual(state);
      expect(runOf(opened).encode(), place).toBe(runOf(state).encode());
    }
  });

  test("takes at most 2,000 characters for 100 operations with a screenful of code", () => {
    expect(CODE.split("\n").length).toBeGreaterThanOrEqual(25);
    const random = numpyRandom(SEED);
    const lengths = Array.from({ length: 50 }, () => {
      const heap = { ...FIRST_STATE.heap, options: { fit: "custom", coalesce: "deferred", header: 8 } };
      const state = { ...withCalls({ ...FIRST_STATE, heap }, anyCalls(random, 100)), code: CODE };
      const link = writeLink(state);
      expect(readLink(link)).toEqual(state);
      return link.length;
    });
    console.log(
      `100 operations with 25 lines of code: ${Math.min(...lengths)} to ${Math.max(...lengths)} characters`,
    );
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2000);
  });

  test("of a workload is short, however many operations it draws", () => {
    const state = drawn(FIRST_STATE, { kind: "workload", name: "ramp", seed: "1" });
    expect(state.calls.length).toBeGreaterThan(500);
    expect(writeLink(state).length).toBeLessThan(300);
  });
});

const packed = (document: unknown) =>
  `play1-${Buffer.from(deflateRaw(typeof document === "string" ? document : JSON.stringify(document))).toString("base64url")}`;
const heap = { kind: "free-list", heapSize: 1024, pageSize: 16, options: {} };
const good = { version: 1, heap, calls: "+10", step: 1 };

describe("a link that is not right is refused with the reason", () => {
  test.each([
    ["", /it does not begin with "play1-"/],
    ["play1-", /it is damaged or cut short/],
    ["play1-***", /it has letters that no such link has/],
    ["play1-AAAA", /it is damaged or cut short/],
    [`play1-${"A".repeat(100_001)}`, /it has 100007 letters/],
    [packed("no JSON"), /it is not JSON/],
    [packed({ ...good, version: 2 }), /its version must be 1, not 2: it was written by a later freelist-lab/],
    [packed({ ...good, calls: 5 }), /its calls must be a text/],
    [packed({ ...good, step: -1 }), /its step must be a whole number from 0/],
    [packed({ ...good, heap: { ...heap, kind: "slab" } }), /There is no heap of kind "slab"/],
    [packed({ ...good, heap: { ...heap, heapSize: 1000 } }), /no multiple of 16/],
    [packed({ ...good, heap: { ...heap, heapSize: 2 ** 40 } }), /at most 1,048,576 units/],
    [packed({ ...good, heap: { ...heap, options: { fit: "custom" } } }), /no text for its own fit/],
    [
      packed({ ...good, heap: { ...heap, options: { growable: true } }, calls: "+99999999999" }),
      /could grow to/,
    ],
    [packed({ ...good, heap: { ...heap, options: { colour: "red" } } }), /no option "colour"/],
    [packed({ ...good, calls: "fire!" }), /it cannot be played: Line 1, column 1: "fire!" is no operation/],
    [packed({ ...good, source: { kind: "workload", name: "none", seed: "" } }), /its source/],
    // A bomb: 48 MB in 50 KB.
    [
      packed(JSON.stringify({ ...good, calls: "+1 ".repeat(16_000_000) })),
      /it unpacks to more than 500000 bytes/,
    ],
  ])("%.60s", (link, reason) => {
    expect(() => readLink(link)).toThrow(reason);
    expect(() => readLink(link)).toThrow(RangeError);
  });

  test("10,000 mutated links are refused with a reason, or open and can be played", () => {
    const random = seededRandom(SEED);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_#%=";
    const states = Array.from({ length: 200 }, () => anyState(random));
    const links = states.map(writeLink);
    let opened = 0;
    let longest = 0;
    for (let i = 0; i < 10_000; i++) {
      // Half of them are damaged as text, half below the packing, where more gets through.
      const link = i % 2 === 0 ? damagedText() : packed(damagedDocument());
      const begun = performance.now();
      try {
        const state = readLink(link);
        const run = new CalledRun(state.calls, runOf(state));
        expect(run.stepOf(state.calls.length)).toBe(run.history.length);
        opened++;
      } catch (error) {
        expect(error, `seed ${SEED}, link ${i}: ${link}`).toBeInstanceOf(RangeError);
        expect((error as Error).message).toMatch(/^This is no playground's link: .+\.$|link/);
      }
      longest = Math.max(longest, performance.now() - begun);
    }
    console.log(`${opened} of 10,000 mutated links open; the longest took ${longest.toFixed(0)} ms`);
    expect(opened).toBeGreaterThan(300);
    expect(opened).toBeLessThan(9500);

    function damagedText(): string {
      let link = random.choice(links);
      for (let times = random.randint(1, 4); times > 0; times--) {
        const at = random.randint(0, link.length);
        const put = random.choice([...alphabet]);
        const [insert, remove] = random.choice([
          [put, 1],
          [put, 0],
          ["", 1],
          ["", random.randint(1, 40)],
        ] as const);
        link = link.slice(0, at) + insert + link.slice(at + remove);
      }
      return link;
    }

    function damagedDocument(): unknown {
      const { heap, calls, source, step, code } = random.choice(states);
      const text = JSON.stringify({
        version: 1,
        heap,
        ...(source ? { source } : { calls: calls.map(playgroundCallText).join(";") }),
        step,
        ...(code ? { code } : {}),
      });
      const at = random.randint(0, text.length);
      const put = random.choice([
        "0",
        "9",
        "99999999",
        "-",
        '"',
        "}",
        "[1]",
        "null",
        "true",
        "a",
        "e9",
        ".5",
        "",
      ]);
      return text.slice(0, at) + put + text.slice(at + random.randint(0, 3));
    }
  });
});

test.each(Object.keys(HEAP_KINDS))(
  "the largest links to a heap of kind %s open, and can be played",
  (kind) => {
    const heap = withKind({ ...FIRST_STATE.heap, heapSize: 2 ** 20, pageSize: 1 }, kind);
    const most = kind === "original" ? 4_000 : MOST_CALLS;
    const half = most / 2;
    const frees = Array.from({ length: half }, (_, i) => `-${(i * 7919) % half}`);
    const given = withCalls({ ...FIRST_STATE, heap }, parseCalls(`${"+1 ".repeat(half)}${frees.join(" ")}`));
    const begun = performance.now();
    const state = readLink(writeLink(given));
    const run = new CalledRun(state.calls, runOf(state));
    expect(run.stepOf(most)).toBe(run.history.length);
    console.log(`${kind}: ${most} operations in ${(performance.now() - begun).toFixed(0)} ms`);
  },
);

test("playgroundCallText and the parser agree on what a link says", () => {
  const state = withCalls(FIRST_STATE, anyCalls(seededRandom(3), 30));
  expect(readLink(writeLink(state)).calls.map(playgroundCallText)).toEqual(
    state.calls.map(playgroundCallText),
  );
});
