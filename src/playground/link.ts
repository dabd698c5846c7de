import { deflateRaw, Inflate } from "pako";
import * as v from "valibot";
import { fromBase64, toBase64 } from "../base/base64";
import { type DocumentKind, parseDocument, readDocument, refused, text, wholeNumber } from "../base/document";
import { playgroundCallText } from "./calls";
import { checkHeap, makeHeap, withOption } from "./heap-choice";
import { MOST_CODE } from "./own-policy/policy-fault";
import { MOST_CALLS, parseCalls } from "./parse-calls";
import { callsOf, SOURCE_SCHEMA, type Source } from "./sources";
import type { PlaygroundState } from "./state";

/** Most letters of a link's text, and of what it unpacks to. */
const LONGEST_LINK = 100_000;
const LONGEST_DOCUMENT = 500_000;

/** What stands before the packed state: what it is, and the version of the format. */
const SIGN = "play1-";

/** A state as a link carries it. */
interface LinkDocument {
  readonly version: 1;
  readonly heap: {
    readonly kind: string;
    readonly heapSize: number;
    readonly pageSize: number;
    readonly options: Readonly<Record<string, unknown>>;
  };
  /** Its calls, as text, */
  readonly calls?: string | undefined;
  /** or what they are drawn from. */
  readonly source?: Source | undefined;
  readonly step: number;
  readonly code?: string | undefined;
}

const LINK: DocumentKind<LinkDocument> = {
  name: "playground's link",
  version: 1,
  remedy: "Copy the whole link again from the playground that it was made in.",
  schema: v.object({
    version: v.literal(1),
    heap: v.object({
      kind: text(40),
      heapSize: wholeNumber(),
      pageSize: wholeNumber(1),
      options: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(wholeNumber())])),
    }),
    calls: v.optional(text(LONGEST_DOCUMENT)),
    source: v.optional(SOURCE_SCHEMA),
    step: wholeNumber(0, MOST_CALLS),
    code: v.optional(text(MOST_CODE)),
  }),
};

/**
 * A state as a short text, for the fragment of an address (behind `#`) and for `playground(text)`: letters, digits, `-` and `_`. 100
 * operations with a fit of 25 lines take less than 2,000 characters.
 */
export function writeLink({ heap, calls, source, step, code }: PlaygroundState): string {
  const document: LinkDocument = {
    version: 1,
    heap: { ...heap },
    ...(source ? { source } : { calls: calls.map(playgroundCallText).join(";") }),
    step,
    ...(code === null ? {} : { code }),
  };
  return SIGN + toBase64Url(deflateRaw(JSON.stringify(document), { level: 9 }));
}

/**
 * The state that `writeLink` wrote; of an address, what stands behind its `#`. It may come from anywhere: it is unpacked no further than
 * it may be long, every field is checked, what it asks of the heap is bounded, and a fit of one's own in it is text, which nothing here runs.
 * @throws RangeError that says in a sentence what is wrong
 */
export function readLink(given: string): PlaygroundState {
  if (typeof given !== "string") throw refused(LINK, "it is no text");
  const packed = given.slice(given.indexOf("#") + 1).trim();
  if (!packed.startsWith(SIGN)) throw refused(LINK, `it does not begin with "${SIGN}"`);
  if (packed.length > LONGEST_LINK) {
    throw refused(LINK, `it has ${packed.length} letters, and a link at most ${LONGEST_LINK}`);
  }
  const document = readDocument(LINK, parseDocument(LINK, inflate(fromBase64Url(packed.slice(SIGN.length)))));
  try {
    return stateOf(document);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refused(LINK, `it cannot be played: ${reason.replace(/\.$/, "")}`);
  }
}

/** Whether a text, or an address, is meant to be such a link. */
export function isLink(given: string): boolean {
  return given
    .slice(given.indexOf("#") + 1)
    .trim()
    .startsWith(SIGN);
}

function stateOf({ heap, calls, source, step, code }: LinkDocument): PlaygroundState {
  checkHeap(heap, []);
  // What the heap says of itself is what counts: the heap as it is made.
  const custom = heap.options.fit === "custom";
  if (custom && code === undefined) throw new RangeError("it has no text for its own fit.");
  const made = makeHeap(heap).describe();
  const choice = custom ? withOption(made, "fit", "custom") : made;
  const all = source ? callsOf(source, choice) : parseCalls(calls ?? "");
  checkHeap(choice, all);
  return {
    heap: choice,
    calls: all,
    source: source ?? null,
    step: Math.min(step, all.length),
    code: code ?? null,
  };
}

/** Unpacks, up to the length that a document may have. @throws RangeError */
function inflate(bytes: Uint8Array): string {
  const inflating = new Inflate({ raw: true, chunkSize: 16_384 });
  const pieces: Uint8Array[] = [];
  let length = 0;
  inflating.onData = (piece) => {
    pieces.push(piece.slice());
    length += piece.length;
    // The only way to stop it.
    if (length > LONGEST_DOCUMENT) throw refused(LINK, `it unpacks to more than ${LONGEST_DOCUMENT} bytes`);
  };
  inflating.onEnd = () => {};
  const done = inflating.push(bytes, true);
  if (!done || inflating.err !== 0 || !inflating.ended) throw refused(LINK, "it is damaged or cut short");
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return new TextDecoder().decode(whole);
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(letters: string): Uint8Array {
  if (!/^[\w-]*$/.test(letters)) throw refused(LINK, "it has letters that no such link has");
  try {
    return fromBase64(letters.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw refused(LINK, "it is damaged or cut short");
  }
}
