import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import * as library from "../index";
import { seededRandom } from "../random/seeded-random";
import type { History } from "../run/history";
import { asTypeScript } from "./as-typescript";
import { parseCalls } from "./parse-calls";
import { FIRST_STATE, runOf, withCalls } from "./state";
import { anyState } from "./testing/any-state";

/** Runs a cell, and returns what it shows. */
function shown(cell: string): History {
  const { code } = transformSync(cell, { loader: "ts", format: "cjs" });
  let history: History | undefined;
  const show = (run: History) => {
    history = run;
  };
  const require = () => ({ ...library, show });
  new Function("require", "module", "exports", code)(require, { exports: {} }, {});
  return history!;
}

test("the cell makes the same run, bit for bit", () => {
  const seed = 4;
  const random = seededRandom(seed);
  for (let i = 0; i < 300; i++) {
    const state = anyState(random);
    const cell = asTypeScript(state);
    expect(shown(cell).encode(), `seed ${seed}, state ${i}:\n${cell}`).toBe(runOf(state).encode());
  }
});

test("a cell reads as one would write it", () => {
  const calls = parseCalls("a = malloc(100); b = malloc(20); free(a); b = realloc(b, 40); coalesce()");
  const heap = { ...FIRST_STATE.heap, options: { fit: "best", coalesce: "never" } };
  expect(
    asTypeScript({ ...withCalls({ ...FIRST_STATE, heap }, calls), step: 3 }),
  ).toBe(`import { FreeList, History, show } from "freelist-lab";

const heap = new FreeList(1024, 16, { fit: "best", coalesce: "never" });
const history = History.of(heap);
const a = heap.malloc(100);
let b = heap.malloc(20);
heap.free(a);
b = heap.realloc(b, 40) ?? b;
heap.coalesce();
history.stop();
show(history, { step: 3 });
`);
});

test("names that are words of the language, or the cell's own, do no harm", () => {
  const calls = parseCalls(
    "heap = malloc(100); if_ = malloc(20); new = malloc(3); free(heap); new = realloc(new, 50)",
  );
  const state = withCalls(FIRST_STATE, calls);
  expect(shown(asTypeScript(state)).encode()).toBe(runOf(state).encode());
});

describe("a fit of one's own is part of the cell", () => {
  const heap = { ...FIRST_STATE.heap, options: { fit: "custom" } };
  const calls = parseCalls("+10,+20,+300,-0,-2,+5,+70");
  const lastFit = "(holes, size) => holes.filter((hole) => hole.size >= size).at(-1)";

  test.each([
    lastFit,
    `// The last hole that is large enough.\n${lastFit};\n`,
    `const enough = (size: number) => (hole: { size: number }) => hole.size >= size;\n\n(holes, size) => holes.filter(enough(size)).at(-1)`,
    `function lastFit(holes: readonly any[], size: number) {\n  return holes.filter((hole) => hole.size >= size).at(-1);\n}\n`,
    `export const lastFit = ${lastFit};`,
    `export default ${lastFit};`,
  ])("%j", (code) => {
    const state = { ...withCalls({ ...FIRST_STATE, heap }, calls), code };
    const ownFit: library.CustomFit = (holes, size) => holes.filter((hole) => hole.size >= size).at(-1);
    const cell = asTypeScript(state);
    expect(shown(cell).encode(), cell).toBe(runOf(state, ownFit).encode());
  });
});
