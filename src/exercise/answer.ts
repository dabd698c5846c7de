import { show } from "../base/wrong-argument";
import type { Extent } from "../heap/block";

/** What answers a question: a number, an address or null, one of the choices, records of the free list. Plain JSON. */
export type Answer = number | null | string | readonly Extent[];

/** The kind of answer that a question takes. Plain JSON. */
export type AnswerForm =
  | {
      /** A whole number of something. */
      readonly form: "number";
      /** Of what: "bytes", "records". */
      readonly unit: string;
    }
  | {
      /** An address, or null where there is none. */
      readonly form: "address";
      /** Whether null may be the answer, for a request that is denied. Default: it is none. */
      readonly denied?: true;
    }
  | {
      /** One of several texts. */
      readonly form: "choice";
      readonly choices: readonly string[];
    }
  | {
      /** The records of a free list, from its head on. */
      readonly form: "list";
    }
  | {
      /** One record: address and size of a hole. */
      readonly form: "record";
    };

type FormName = AnswerForm["form"];

/** How answers of one form are read, written and compared. */
interface AnswerReader<Form extends AnswerForm> {
  /** What such an answer looks like, as the end of a sentence. */
  readonly rule: (form: Form) => string;
  /** The answer in what was given; undefined when there is none in it. */
  readonly read: (given: unknown, form: Form) => Answer | undefined;
  /** The answer as a text that `read` takes. */
  readonly write: (answer: never, form: Form) => string;
  /** How a wrong answer differs from the right one, in a sentence; "" when there is no more to say than both. */
  readonly difference?: (given: never, right: never) => string;
  /** How far a wrong answer is right, in a sentence that does not tell the right one; "" when there is nothing to say. */
  readonly hint?: (given: never, right: never) => string;
}

/** Every form of an answer. */
const FORMS: { readonly [Name in FormName]: AnswerReader<Extract<AnswerForm, { form: Name }>> } = {
  number: {
    rule: ({ unit }) => `a whole number of ${unit}, such as 24`,
    read: readNumber,
    write: (answer: number, { unit }) => `${answer} ${answer === 1 ? unit.replace(/s$/, "") : unit}`,
  },
  address: {
    rule: ({ denied }) => `an address such as 64${denied ? ", or null where the request is denied" : ""}`,
    read(given) {
      const none = given === null || /^\s*(null|none|denied)\s*$/i.test(String(given));
      return none ? null : readNumber(given);
    },
    write: (answer: number | null) => String(answer),
  },
  choice: {
    rule: ({ choices }) => `one of ${choices.map(show).join(", ")}`,
    read(given, { choices }) {
      const text = plain(String(given));
      const close = choices.filter((choice) => plain(choice).startsWith(text));
      return (
        choices.find((choice) => plain(choice) === text) ??
        (text && close.length === 1 ? close[0] : undefined)
      );
    },
    write: (answer: string) => show(answer),
  },
  list: {
    rule: () => 'the records from the head of the list on, such as "[0: 16] -> [64: 8]", or "empty"',
    read: readRecords,
    write: (answer: readonly Extent[]) => listText(answer),
    hint(given: readonly Extent[], right: readonly Extent[]) {
      if (sameSet(given, right)) return WRONG_ORDER;
      const at = given.findIndex((hole, i) => !sameExtent(hole, right[i]));
      if (at >= 0 && at < right.length) return `Look at record ${at + 1} again.`;
      return given.length < right.length ? "A record is missing." : "There is a record too many.";
    },
    difference(given: readonly Extent[], right: readonly Extent[]) {
      if (sameSet(given, right)) return WRONG_ORDER;
      const at = right.findIndex((hole, i) => !sameExtent(hole, given[i]));
      if (at < 0) return `The list ends behind record ${right.length}.`;
      const is = given[at] ? `, not ${recordText(given[at])}` : ", and is missing";
      return `Record ${at + 1} is ${recordText(right[at]!)}${is}.`;
    },
  },
  record: {
    rule: () => 'a hole with address and size, such as "64: 8"',
    read(given) {
      const records = readRecords(given);
      return records?.length === 1 ? records : undefined;
    },
    write: (answer: readonly Extent[]) => answer.map(recordText).join(""),
    hint: recordDifference,
    difference: recordDifference,
  },
};

/** What an answer of this form looks like, as the end of a sentence: "an address such as 64, or null for none". */
export function answerRule(form: AnswerForm): string {
  return readerOf(form).rule(form as never);
}

/**
 * The answer in what somebody gave: a value of the right kind, or a text such as "1,024 bytes", "0x40", "denied",
 * "[0: 16] -> [64: 8] -> end". Undefined when there is none in it.
 */
export function readAnswer(form: AnswerForm, given: unknown): Answer | undefined {
  try {
    return readerOf(form).read(given, form as never);
  } catch {
    // An object that will not be looked at.
    return undefined;
  }
}

/** An answer as a text. */
export function writeAnswer(form: AnswerForm, answer: Answer): string {
  return readerOf(form).write(answer as never, form as never);
}

/** Whether two answers are the same. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((record, i) => sameExtent(record, b[i]));
}

/** How a wrong answer differs from the right one, in a sentence; "" when there is no more to say than both. */
export function answerDifference(form: AnswerForm, given: Answer, right: Answer): string {
  return readerOf(form).difference?.(given as never, right as never) ?? "";
}

/** How far a wrong answer is right, in a sentence that does not tell the right one; "" when there is nothing to say. */
export function answerHint(form: AnswerForm, given: Answer, right: Answer): string {
  return readerOf(form).hint?.(given as never, right as never) ?? "";
}

/** A free list as a text: `[0: 16] -> [64: 8] -> end`. */
export function listText(list: readonly Extent[], rover: number | null = null): string {
  const records = list.map((hole) => `${hole.address === rover ? ">" : ""}${recordText(hole)}`);
  return [...records, "end"].join(" -> ");
}

/** A record as a text: `[64: 8]`. */
export function recordText({ address, size }: Extent): string {
  return `[${address}: ${size}]`;
}

const WRONG_ORDER = "These are the right holes, but not in the list's order.";

function recordDifference([given]: readonly Extent[], [right]: readonly Extent[]): string {
  if (given!.address === right!.address) return "The address is right, the size is not.";
  return given!.size === right!.size ? "The size is right, the address is not." : "";
}

function readerOf(form: AnswerForm): AnswerReader<never> {
  return FORMS[form.form] as unknown as AnswerReader<never>;
}

function readNumber(given: unknown): number | undefined {
  if (typeof given !== "number" && typeof given !== "bigint" && typeof given !== "string") return undefined;
  const text = String(given).trim().replace(/^=\s*/, "");
  const match = /^(0x[\da-f]+|\d{1,3}(?:,\d{3})+|\d+)(?:\s*[a-z]+)?$/i.exec(text);
  if (!match) return undefined;
  const number = Number(match[1]!.replaceAll(",", ""));
  return Number.isSafeInteger(number) ? number : undefined;
}

function readRecords(given: unknown): readonly Extent[] | undefined {
  if (typeof given === "string") return recordsIn(given);
  if (typeof given !== "object" || given === null) return undefined;
  const items: unknown[] = Symbol.iterator in given ? [...(given as Iterable<unknown>)] : [given];
  // One record as a pair of numbers.
  if (items.length === 2 && items.every((item) => typeof item === "number")) return recordsOf([items]);
  return recordsOf(items);
}

function recordsOf(items: readonly unknown[]): readonly Extent[] | undefined {
  const records = items.map((item) => {
    if (typeof item === "string") return recordsIn(item)?.[0];
    if (typeof item !== "object" || item === null) return undefined;
    const { address, size } = Array.isArray(item) ? { address: item[0], size: item[1] } : (item as Extent);
    const [a, s] = [readNumber(address), readNumber(size)];
    return a === undefined || s === undefined ? undefined : { address: a, size: s };
  });
  return records.includes(undefined) ? undefined : (records as Extent[]);
}

/** The records in a text such as `[0: 16] -> [64: 8] -> end`, `0:16, 64:8` or `empty`. */
function recordsIn(text: string): readonly Extent[] | undefined {
  const pair = /(\d+)\s*:\s*(\d+)/g;
  const rest = text.replace(pair, "").replace(/->|→|\bend\b|\bempty\b|\bnull\b|[[\](){}\s,;>]/gi, "");
  if (rest !== "" || text.trim() === "") return undefined;
  return Array.from(text.matchAll(pair), ([, address, size]) => ({
    address: Number(address),
    size: Number(size),
  }));
}

/** A choice as it is compared: without the case, quotes around it, and a full stop. */
function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^["']|["'.]+$/g, "");
}

function sameExtent(a: Extent, b: Extent | undefined): boolean {
  return a.address === b?.address && a.size === b.size;
}

function sameSet(a: readonly Extent[], b: readonly Extent[]): boolean {
  return a.length === b.length && a.every((hole) => b.some((other) => sameExtent(hole, other)));
}
