import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../random/seeded-random";
import { History } from "../../run/history";
import { ostep, ostepResult } from "./ostep";
import { ostepRun } from "./ostep-run";
import { OSTEP_QUIRKS, type OstepQuirkName } from "./quirks";

const EXAMPLES: readonly { flags: string[] }[] = JSON.parse(
  readFileSync(join(__dirname, "fixtures/examples.json"), "utf8"),
);

const SEED = Number(process.env.FREELIST_SEED ?? 17);

describe("OSTEP_QUIRKS", () => {
  test.each(Object.entries(OSTEP_QUIRKS))("%s is shown by its example", (_, { example, shows }) => {
    const { stdout, stderr } = ostepResult(example);
    expect(stdout + stderr).toContain(shows);
  });

  test.each<OstepQuirkName>(["list-neighbours", "unsorted", "ties", "no-bytes"])(
    "%s parts the heaps in its example, and is blamed",
    (name) => {
      const { difference, history } = ostepRun(OSTEP_QUIRKS[name].example);
      expect(difference?.quirk).toBe(name);
      expect(history.marks).toEqual([
        { step: difference!.step, text: `malloc.py differs from here on: ${name}` },
      ]);
    },
  );
});

/** The answers of a recorded run, as malloc.py's lines of drawn operations show them. */
function answersOf(history: History, header: number): string[] {
  return Array.from({ length: history.length }, (_, i) => {
    const { kind, address, freed } = history.operationAt(i + 1);
    const label = history.labelAt(i + 1);
    if (kind === "free") return `Free(${label}) ${freed ? 0 : -1}`;
    return `${label} ${address ?? header - 1}`;
  });
}

/** The same of a text. */
const answersIn = (text: string) =>
  [...text.matchAll(/^(?:(ptr.*) = Alloc.* returned (-?\d+)|(Free.*)\nreturned (-?\d+))/gm)].map(
    ([, pointer, address, free, answer]) => (free ? `${free} ${answer}` : `${pointer} ${address}`),
  );

test("the heaps agree where no quirk is at work, and say which is where they part", () => {
  const random = seededRandom(SEED);
  const counts: Record<string, number> = {};
  for (let run = 0; run < 300; run++) {
    const order = random.choice(["ADDRSORT", "SIZESORT+", "SIZESORT-", "INSERT-FRONT", "INSERT-BACK"]);
    const header = random.choice([0, 0, 4, 6, 8]);
    const coalesce = random.choice([true, false]);
    const flags = [
      ...["-l", order, "-p", random.choice(["FIRST", "BEST", "WORST"]), ...(coalesce ? ["-C"] : [])],
      ...["-H", `${header}`, "-a", random.choice(["-1", "4", "8"]), "-b", random.choice(["0", "1000"])],
      ...["-S", random.choice(["50", "100", "1000"]), "-s", `${random.randint(0, 1e6)}`, "-n", "40", "-c"],
    ];
    const { difference, history, error } = ostepRun(flags);
    const about = `seed ${SEED}, ${flags.join(" ")}`;
    expect(error, about).toBeNull();
    const apart = difference?.step ?? history.length + 1;
    expect(answersOf(history, header).slice(0, apart - 1), about).toEqual(
      answersIn(ostep(flags)).slice(0, apart - 1),
    );
    if (difference === null) expect(history.length, about).toBe(40);
    const possible =
      order === "ADDRSORT" || (order.startsWith("INSERT") && !coalesce)
        ? ["none"]
        : order.startsWith("INSERT")
          ? ["none", "list-neighbours"]
          : ["none", "ties", "unsorted", ...(coalesce ? ["list-neighbours"] : [])];
    const found = difference?.quirk ?? "none";
    expect(possible, about).toContain(found);
    counts[found] = (counts[found] ?? 0) + 1;
  }
  expect(Object.keys(counts).sort(), `seed ${SEED}`).toEqual(["list-neighbours", "none", "ties", "unsorted"]);
});

test.each(EXAMPLES)("$flags as a run, which opens again from its text", ({ flags }) => {
  const { history } = ostepRun(flags);
  expect(History.decode(history.encode()).toString()).toBe(history.toString());
});

test("a free that is skipped is no step; a traceback ends the run", () => {
  expect(ostepRun("-S 20 -A +30,+5,-1").history.length).toBe(2);
  expect(ostepRun("-S 20 -A +30,+5,-0,+5")).toMatchObject({ error: "KeyError: 0", difference: null });
});

test.each([
  ["-x", "no such option: -x"],
  ["--help", "makes no requests"],
  ["-p NEXT", "AssertionError"],
  ["-S 0", "heapSize must be an integer from 1"],
  ["-b -5", "options.base"],
  ["-H -1", "options.header"],
  ["-A +-5", "request must be an integer from 0"],
])("%s is refused: %s", (flags, reason) => {
  expect(() => ostepRun(flags)).toThrow(RangeError);
  expect(() => ostepRun(flags)).toThrow(reason);
});
