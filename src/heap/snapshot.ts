import * as v from "valibot";
import { type DocumentKind, quantity, readDocument, refused, text, wholeNumber } from "../base/document";
import type { HeapDescription, HeapSnapshot } from "./heap";

const SNAPSHOT: Omit<DocumentKind<unknown>, "schema"> = {
  name: "snapshot of a heap",
  version: 1,
  remedy: "Give what snapshot() of a heap like this one returned.",
};

const DESCRIBED = v.object({
  version: v.literal(1),
  description: v.object({
    kind: text(100),
    heapSize: quantity(),
    pageSize: quantity(),
    options: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(wholeNumber())])),
  }),
});

/** Checks that `snapshot` is one, of a heap of this description. @throws RangeError */
export function checkSnapshot(snapshot: HeapSnapshot, wanted: HeapDescription): void {
  const { description } = readDocument({ ...SNAPSHOT, schema: DESCRIBED }, snapshot);
  if (canonical(description) === canonical(wanted)) return;
  const [is, want] = [JSON.stringify(description), JSON.stringify(wanted)];
  throw new RangeError(`A snapshot of the heap ${is} does not fit the heap ${want}; make one like it.`);
}

/**
 * Gives `take` the state in a snapshot, each of its fields checked by itself; `take` checks what they say together and throws a
 * RangeError, before it changes anything, with the field and the rule: "its state.list must have ...".
 * @throws RangeError that says so
 */
export function takeState<State>(
  snapshot: HeapSnapshot,
  state: v.GenericSchema<unknown, State>,
  take: (state: State) => void,
): void {
  const schema = v.object({ version: v.literal(1), state });
  const document = readDocument({ ...SNAPSHOT, schema }, snapshot) as { state: State };
  try {
    take(document.state);
  } catch (error) {
    throw error instanceof RangeError ? refused(SNAPSHOT, error.message) : error;
  }
}

/** What a description says, in one order of the options. */
function canonical({ kind, heapSize, pageSize, options }: HeapDescription): string {
  return JSON.stringify([kind, heapSize, pageSize, Object.entries(options).sort()]);
}
