import { describe, expect, test } from "vitest";
import { HEAP_KINDS } from "../heap/create-heap";
import { FITS } from "../heap/fits";
import { OriginalHeap } from "../heap/original-heap";
import { seededRandom } from "../random/seeded-random";
import { History } from "../run/history";
import { originalRun, playAsIntended, playAsPublished } from "../workload/original-run";
import { begin, edit, look, redo, undo } from "./edits";
import { checkHeap, OPTION_FIELDS, withKind, withOption } from "./heap-choice";
import { parseCalls } from "./parse-calls";
import { play } from "./play";
import { ORIGINAL_HEAP, ORIGINAL_SOURCE } from "./sources";
import { atStep, cutOff, drawn, FIRST_STATE, runOf, withCall, withCalls, withHeap } from "./state";
import { anyHeap } from "./testing/any-state";

describe("heaps to choose from", () => {
  test("every option of every kind of heap can be chosen, and every fit is among the choices", () => {
    for (const { options } of Object.values(HEAP_KINDS)) {
      for (const name of options) expect(OPTION_FIELDS).toHaveProperty(name);
    }
    expect(OPTION_FIELDS.fit).toMatchObject({ choices: Object.keys(FITS) });
  });

  test("withKind makes of any heap one of any kind that is allowed", () => {
    const random = seededRandom(5);
    for (let i = 0; i < 300; i++) {
      const heap = anyHeap(random);
      for (const kind of Object.keys(HEAP_KINDS)) checkHeap(withKind(heap, kind), []);
    }
  });

  test("partitions say how large the heap is", () => {
    const heap = withOption(withKind(FIRST_STATE.heap, "fixed-partitions"), "partitions", [16, 64]);
    expect(heap.heapSize).toBe(80);
    checkHeap(heap, []);
  });

  test("a heap without coalesce() does not take calls of it", () => {
    const state = withCalls(FIRST_STATE, parseCalls("+1; coalesce()"));
    expect(() => withHeap(state, withKind(state.heap, "buddy"))).toThrow('kind "buddy" has no coalesce()');
  });
});

describe("changing a state", () => {
  const state = withCalls(FIRST_STATE, parseCalls("a = malloc(100); b = malloc(20); free(a)"));

  test("a call is made where the reader stands, and those behind it after it", () => {
    const more = withCall(atStep(state, 1), { op: "malloc", request: 7, as: "c" });
    expect(more.calls).toEqual(parseCalls("a = malloc(100); c = malloc(7); b = malloc(20); free(a)"));
    expect(more.step).toBe(2);
  });

  test("cutOff leaves what has been made", () => expect(cutOff(atStep(state, 1)).calls).toHaveLength(1));

  test("atStep takes the nearest step", () => {
    expect(atStep(state, 99).step).toBe(3);
    expect(atStep(state, -1).step).toBe(0);
    expect(atStep(state, Number.NaN).step).toBe(0);
  });
});

describe("the original notebook's run", () => {
  test.each([true, false])(
    "is, step for step, the one of the original program (published: %s)",
    (published) => {
      for (const parameters of [{}, { seed: 3, steps: 200, mallocProbability: 0.5 }]) {
        const heap = new OriginalHeap(8192, 4);
        const history = History.of(heap);
        const run = originalRun({ requests: 25, ...parameters });
        for (const _ of published ? playAsPublished(run, heap) : playAsIntended(run, heap));
        const source = { ...ORIGINAL_SOURCE, ...parameters, published };
        const state = drawn({ ...FIRST_STATE, heap: ORIGINAL_HEAP }, source);
        expect(runOf(state).encode()).toBe(history.stop().encode());
      }
    },
  );

  test("is drawn anew for another heap, and the step stays", () => {
    const state = atStep(
      drawn({ ...FIRST_STATE, heap: ORIGINAL_HEAP }, { ...ORIGINAL_SOURCE, published: false }),
      40,
    );
    const other = withHeap(state, withKind(withOption(state.heap, "fit", undefined), "free-list"));
    expect(other.step).toBe(40);
    expect(other.source).toEqual(state.source);
  });
});

describe("edits", () => {
  const text = (edits: ReturnType<typeof begin>) => edits.draft.text;
  const draft = (words: string) => ({ state: FIRST_STATE, text: words });

  test("undo goes back, redo on, and an edit in between forgets what was ahead", () => {
    let edits = edit(edit(begin(FIRST_STATE), draft("one")), draft("two"));
    edits = undo(edits);
    expect(text(edits)).toBe("one");
    expect(text(redo(edits))).toBe("two");
    edits = edit(edits, draft("three"));
    expect(redo(edits)).toBe(edits);
    expect(text(undo(undo(edits)))).toBeNull();
    expect(undo(undo(undo(edits)))).toEqual(undo(undo(edits)));
  });

  test("what comes in many small edits is undone at once", () => {
    let edits = begin(FIRST_STATE);
    for (const word of ["1", "12", "123"]) edits = edit(edits, draft(word), "typing");
    expect(text(undo(edits))).toBeNull();
    edits = edit(edits, draft("x"), "slider");
    expect(text(undo(edits))).toBe("123");
  });

  test("looking at another step is no edit", () => {
    const edits = look(begin(FIRST_STATE), atStep(withCalls(FIRST_STATE, parseCalls("+1")), 0));
    expect(undo(edits)).toBe(edits);
  });
});

test("play makes the calls of a list, or of a trace, on a heap", () => {
  const heap = new OriginalHeap(64, 4);
  expect(String(play("+10, -0, +3", heap))).toMatch(/^history of 3 steps \(2 malloc, 1 free\)/);
  expect(() => play(5 as never, heap)).toThrow("play takes a list of operations as text, or a trace, not 5.");
});
