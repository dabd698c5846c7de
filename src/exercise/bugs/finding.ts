import type { HistoryJson } from "../../run/codec/history-json";
import { type Call, callText } from "../call";
import { RULES, type RuleName } from "./rules";

/** How much was tried. */
export interface Tried {
  /** Sequences of calls that were made, each on a heap of its own. */
  readonly sequences: number;
  /** All sequences of up to so many calls were made, of the calls that are tried on a small heap. */
  readonly complete: number;
}

/** A fault that was found, with the calls that show it. Plain data, but for its texts. */
export class Bug {
  readonly found = true;
  /** The calls, from a heap as made; the last one shows the fault. */
  readonly calls: readonly Call[];
  /** The heap: `new Heap(heapSize, pageSize, options)`. */
  readonly heap: {
    readonly heapSize: number;
    readonly pageSize: number;
    readonly options: Readonly<Record<string, unknown>>;
  };
  /** The rule that is broken, a key of `RULES`. */
  readonly rule: RuleName;
  /** The blocks of a right heap before the last call. */
  readonly before: string;
  /** What a right heap answers or does at the last call. */
  readonly expected: string;
  /** What this one did. */
  readonly got: string;
  /** What a right heap does at the last call, and why. */
  readonly why: string;
  /** Whether no fault shows with fewer of the calls that are tried; else the calls were many and have been cut down. */
  readonly shortest: boolean;
  /**
   * The right heap's run of the calls: `show(History.decode(bug.run))`. Null for a fit that is a function, and where no call is a
   * step: free(null) is none.
   */
  readonly run: HistoryJson | null;
  readonly tried: Tried;

  /** @internal */
  constructor(fields: Omit<Bug, "found" | "toString" | "message">) {
    this.calls = fields.calls;
    this.heap = fields.heap;
    this.rule = fields.rule;
    this.before = fields.before;
    this.expected = fields.expected;
    this.got = fields.got;
    this.why = fields.why;
    this.shortest = fields.shortest;
    this.run = fields.run;
    this.tried = fields.tried;
  }

  /** The fault in a few lines. */
  toString(): string {
    const { heapSize, pageSize, options } = this.heap;
    const policy = Object.keys(options).length > 0 ? `, ${JSON.stringify(options)}` : "";
    const last = this.calls.at(-1);
    return [
      `A fault of a heap of ${heapSize} bytes in pages of ${pageSize}${policy}:`,
      ...this.calls.map((call, i) => `  ${i + 1}. ${callText(call)}`),
      ...(last === undefined ? [] : [`Before the last call the blocks are ${this.before || "none"}.`]),
      `Expected: ${this.expected}.`,
      `Came:     ${this.got}.`,
      `The rule: ${RULES[this.rule]}`,
      ...(this.why === "" ? [] : [`Right:    ${this.why}`]),
      this.shortest ? "No fault shows with fewer calls." : "The calls were cut down from a longer sequence.",
    ].join("\n");
  }

  /** What a notebook shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** That no fault was found, and how much was tried. */
export class NoBug {
  readonly found = false;

  /** @internal */
  constructor(readonly tried: Tried) {}

  toString(): string {
    const { sequences, complete } = this.tried;
    return `No fault found in ${sequences.toLocaleString("en-US")} sequences of calls: all of up to ${complete} on a small heap, and longer ones drawn at random. That is no proof that there is none.`;
  }

  /** What a notebook shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
