import * as v from "valibot";
import {
  type DocumentKind,
  parseDocument,
  readDocument,
  refused,
  text,
  wholeNumber,
} from "../../base/document";
import type { HeapDescription } from "../../heap/heap";

/** A history as plain JSON: what `encode` writes. */
export interface HistoryJson {
  readonly format: "freelist-lab history";
  readonly version: 1;
  /** The heap, as `describe()` said. */
  readonly heap: HeapDescription;
  /** The heap's state before the first step, when it was not as made: that of its `snapshot()`. */
  readonly start?: unknown;
  /** Number of steps. */
  readonly steps: number;
  /** The operations, as base64. */
  readonly operations: string;
  /** Who made the requests, from which step on. */
  readonly labels?: StepTextsJson | undefined;
  /** Marked steps. */
  readonly marks?: StepTextsJson | undefined;
}

/** Texts at some steps of a run as plain JSON: the steps, ascending, and the text of each. */
export interface StepTextsJson {
  readonly steps: readonly number[];
  readonly texts: readonly string[];
}

/** As long as a text can be. */
const LONGEST = 2 ** 29;

const stepTexts = () =>
  v.optional(
    v.object({
      steps: v.pipe(
        v.array(wholeNumber()),
        v.check((steps) => steps.every((step, i) => i === 0 || step > steps[i - 1]!), "must ascend"),
      ),
      texts: v.array(text(LONGEST)),
    }),
  );

const HISTORY: DocumentKind<HistoryJson> = {
  name: "encoded history",
  format: "freelist-lab history",
  version: 1,
  remedy: "Give what history.encode() returned.",
  schema: v.object({
    format: v.literal("freelist-lab history"),
    version: v.literal(1),
    heap: v.object({
      kind: text(),
      heapSize: wholeNumber(),
      pageSize: wholeNumber(1),
      options: v.record(v.string(), v.unknown()),
    }),
    start: v.optional(v.unknown()),
    steps: wholeNumber(),
    operations: v.pipe(
      text(LONGEST),
      v.check(
        (letters) => letters.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(letters),
        "must be base64",
      ),
    ),
    labels: stepTexts(),
    marks: stepTexts(),
  }),
};

/**
 * The outside of an encoded history, checked: every field but the heap's options, its start and what the operations say.
 * @throws RangeError that names the first field that is wrong
 */
export function readHistory(encoded: unknown): HistoryJson {
  const json = readDocument(HISTORY, typeof encoded === "string" ? parseDocument(HISTORY, encoded) : encoded);
  // Who asks is named from the next step on, which a run that was stopped does not have.
  checkTexts("labels", json.labels, json.steps + 1);
  checkTexts("marks", json.marks, json.steps);
  return { ...json, heap: renamed(json.heap) };
}

/** The original program's heap was a free list in an order of its own before it became a kind. */
function renamed(heap: HeapDescription): HeapDescription {
  const { order, ...options } = heap.options;
  const isOriginal = heap.kind === "free-list" && order === "as-published";
  return isOriginal ? { ...heap, kind: "original", options } : heap;
}

/** Says why something is no encoded history. */
export function notAHistory(reason: string): RangeError {
  return refused(HISTORY, reason);
}

function checkTexts(name: string, json: StepTextsJson | undefined, last: number): void {
  const { steps, texts } = json ?? { steps: [], texts: [] };
  if (texts.length !== steps.length) {
    throw notAHistory(
      `its ${name} must have a text for each of the ${steps.length} steps, not ${texts.length}`,
    );
  }
  if ((steps.at(-1) ?? 0) > last) {
    throw notAHistory(`its ${name}.steps[${steps.length - 1}] must be at most ${last}, not ${steps.at(-1)}`);
  }
}
