import { type BlockName, blockName } from "../exercise/call";
import { TraceError } from "../trace/trace-error";
import { parseTrace } from "../trace/trace-parser";
import { callsOfTrace, type PlaygroundCall } from "./calls";

/** Most calls of a playground, and most letters of their text. */
export const MOST_CALLS = 10_000;
const LONGEST_TEXT = 1_000_000;

/** Says that a text is no list of operations: where, and why. */
export class CallsError extends SyntaxError {
  override readonly name = "CallsError";

  /**
   * @param line of the text, from 1 on
   * @param column of the line, from 1 on
   * @param at in the text, from 0 on
   */
  constructor(
    readonly line: number,
    readonly column: number,
    readonly at: number,
    readonly reason: string,
  ) {
    super(`Line ${line}, column ${column}: ${reason}`);
  }
}

/** An operation of a text, and the letters that say it: from `start` up to, not including, `end`. */
export interface PlacedCall {
  readonly call: PlaygroundCall;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads operations as they are typed or pasted. Between two stands a comma, a semicolon, a space or a new line; from `#` or `//` to
 * the line's end is a comment. An operation may be written in any of these ways, also mixed:
 * - `a = malloc(100)`, `malloc(100)` (the block gets the next free name), `free(a)`, `a = realloc(a, 50)`, `coalesce()`; `free(64)` and
 *   `realloc(64, 50)` give an address; the parentheses may be left out, and what stands in a cell (`const a = heap.malloc(100);`) is taken;
 * - as in OSTEP's homework: `+100`, and `-0`, which frees what the first allocation of the list gave;
 * - as in a `.rep` file: `a 0 100`, `r 0 50`, `f 0`, with or without its header of numbers.
 *
 * Else the text may be a trace of any format that `parseTrace` knows.
 * @throws CallsError with the place and one sentence, for a text that is none, and for one of more than 10,000 operations
 */
export function parseCalls(text: string): PlaygroundCall[] {
  return placedCalls(text).map(({ call }) => call);
}

/** The same, with the place of each in the text; in a trace of another format all of them are at its end. @throws as `parseCalls` */
export function placedCalls(text: string): PlacedCall[] {
  if (text.length > LONGEST_TEXT) {
    throw new CallsError(1, 1, 0, `the text has ${text.length} letters, and a list at most ${LONGEST_TEXT}.`);
  }
  const names = new Names();
  const found: PlacedCall[] = [];
  const header = /^(?:\s*\d+[ \t]*(?:\r?\n|$))+/.exec(text);
  let at = header?.[0].length ?? 0;
  for (;;) {
    BETWEEN.lastIndex = at;
    BETWEEN.exec(text);
    at = BETWEEN.lastIndex;
    if (at >= text.length) return found;
    const form = FORMS.find(({ pattern }) => {
      pattern.lastIndex = at;
      return pattern.test(text);
    });
    const end = form?.pattern.lastIndex ?? at;
    if (!form || /[\w.]/.test(text[end] ?? "") || /\.\d/.test(text.slice(at, end))) {
      const trace = found.length === 0 ? asTrace(text) : null;
      if (trace) return trace.map((call) => ({ call, start: text.length, end: text.length }));
      const word = /^[^\n;]{0,40}/.exec(text.slice(at))![0].replace(/\s+$/, "");
      throw errorAt(text, at, `${JSON.stringify(word)} is no operation; ${WAYS}`);
    }
    form.pattern.lastIndex = at;
    const call = form.read(form.pattern.exec(text)!, names);
    if (typeof call === "string") throw errorAt(text, at, call);
    if (found.length === MOST_CALLS) {
      throw errorAt(text, at, `a list has at most ${MOST_CALLS} operations, and here another one begins.`);
    }
    if (call) found.push({ call, start: at, end });
    at = end;
  }
}

const WAYS = "write a = malloc(100), free(a), a = realloc(a, 50), or as in OSTEP +100 and -0.";

const BETWEEN = /(?:[\s,;]|#[^\n]*|\/\/[^\n]*)*/y;

/** A way to write an operation. `read` returns a sentence for one that cannot be, null for one that says nothing. */
interface Form {
  readonly pattern: RegExp;
  read(match: RegExpExecArray, names: Names): PlaygroundCall | string | null;
}

const NUMBER = "(0x[\\da-fA-F]+|\\d+)";
const NAME = "([A-Za-z_]\\w*)";
const BLOCK = "((?:[A-Za-z_]\\w*(?:\\s*\\+\\s*\\d+)?)|0x[\\da-fA-F]+|\\d+)";
const ASSIGNS = `(?:(?:(?:const|let|var)\\s+)?${NAME}\\s*=\\s*)?`;
const OBJECT = "(?:[A-Za-z_]\\w*\\s*\\.\\s*)?";
const form = (pattern: string, read: Form["read"]): Form => ({ pattern: new RegExp(pattern, "y"), read });

const FORMS: readonly Form[] = [
  form(`${ASSIGNS}${OBJECT}malloc\\s*\\(?\\s*${NUMBER}\\s*\\)?`, (match, names) =>
    sized(match[2]!, (request) => names.malloc(request, match[1])),
  ),
  form(`${OBJECT}free\\s*(?:\\(\\s*${BLOCK}\\s*\\)|\\s${BLOCK})`, (match, names) => {
    const block = names.block((match[1] ?? match[2])!);
    return block instanceof NoBlock ? block.reason : { op: "free", block };
  }),
  form(
    `${ASSIGNS}${OBJECT}realloc\\s*\\(?\\s*${BLOCK}\\s*[,\\s]\\s*${NUMBER}\\s*\\)?(?:\\s*\\?\\?\\s*\\w+)?`,
    (match, names) => {
      const [, target, text, request] = match;
      const block = names.block(text!);
      if (block instanceof NoBlock) return block.reason;
      if (target !== undefined && target !== block) {
        return `a block keeps its name when it is resized: write ${block} = realloc(${block}, ${request}).`;
      }
      return sized(request!, (bytes) => ({ op: "realloc", block, request: bytes }));
    },
  ),
  form(`${OBJECT}coalesce(?:\\s*\\(\\s*\\))?`, () => ({ op: "coalesce" })),
  form(`\\+\\s*${NUMBER}`, (match, names) => sized(match[1]!, (request) => names.malloc(request))),
  form("-\\s*(\\d+)", (match, names) => {
    const block = names.allocated(Number(match[1]));
    return block === undefined
      ? `-${match[1]} frees what allocation ${match[1]} gave, counted from 0, and ${names.count === 0 ? "nothing has" : `only ${names.count} have`} been asked for before it.`
      : { op: "free", block };
  }),
  form("a[ \\t]+(\\d+)[ \\t]+(\\d+)", (match, names) =>
    sized(match[2]!, (request) => names.numbered(match[1]!, request)),
  ),
  form("r[ \\t]+(\\d+)[ \\t]+(\\d+)", (match, names) => {
    const block = names.ofNumber(match[1]!);
    if (block === undefined) return NOT_ALLOCATED(match[1]!);
    return sized(match[2]!, (request) => ({ op: "realloc", block, request }));
  }),
  form("f[ \\t]+(-1|\\d+)", (match, names) => {
    if (match[1] === "-1") return null;
    const block = names.ofNumber(match[1]!);
    return block === undefined ? NOT_ALLOCATED(match[1]!) : { op: "free", block };
  }),
];

const NOT_ALLOCATED = (number: string) =>
  `no line "a ${number} SIZE" before it has allocated block ${number}.`;

function sized(text: string, make: (bytes: number) => PlaygroundCall): PlaygroundCall | string {
  const bytes = Number(text);
  return Number.isSafeInteger(bytes)
    ? make(bytes)
    : `a request is a whole number of bytes below 2^53, not ${text}.`;
}

/** Why a text stands for no block. */
class NoBlock {
  constructor(readonly reason: string) {}
}

/** The names of blocks that a text has given so far. */
class Names {
  readonly #given = new Set<string>();
  /** In the order of the allocations. */
  readonly #allocated: string[] = [];
  readonly #numbered = new Map<string, string>();
  #next = 0;

  get count(): number {
    return this.#allocated.length;
  }

  malloc(request: number, name?: string): PlaygroundCall {
    const as = name ?? this.#free();
    this.#given.add(as);
    this.#allocated.push(as);
    return { op: "malloc", request, as };
  }

  numbered(number: string, request: number): PlaygroundCall {
    const call = this.malloc(request);
    this.#numbered.set(number, this.#allocated.at(-1)!);
    return call;
  }

  allocated(n: number): string | undefined {
    return this.#allocated[n];
  }

  ofNumber(number: string): string | undefined {
    return this.#numbered.get(number);
  }

  /** What a text in the place of a block stands for: a name, an address or null. */
  block(text: string): BlockName | NoBlock {
    if (/^\d/.test(text)) {
      const address = Number(text);
      return Number.isSafeInteger(address)
        ? address
        : new NoBlock(`an address is a whole number below 2^53, not ${text}.`);
    }
    if (text === "null" || text === "NULL") return null;
    const [name, distance] = text.split("+").map((part) => part.trim()) as [string, string?];
    if (this.#given.has(name)) return distance === undefined ? name : `${name} + ${Number(distance)}`;
    const known = [...this.#given];
    const some = known.length > 8 ? `${known.slice(0, 8).join(", ")}, …` : known.join(", ");
    return new NoBlock(
      `no malloc before it has given the name ${name}; ${known.length === 0 ? "none has been given yet" : `the names are ${some}`}.`,
    );
  }

  #free(): string {
    while (this.#given.has(blockName(this.#next))) this.#next++;
    return blockName(this.#next++);
  }
}

/** The operations of a text that is a trace of another format; null when it is none. @throws CallsError for a trace that is wrong */
function asTrace(text: string): PlaygroundCall[] | null {
  try {
    const trace = parseTrace(text);
    if (trace.length <= MOST_CALLS) return callsOfTrace(trace);
    throw new CallsError(
      1,
      1,
      0,
      `the trace has ${trace.length} operations, and a list at most ${MOST_CALLS}.`,
    );
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    if (error.format === null) return null;
    const start = text.split("\n", error.line - 1).join("\n").length;
    throw new CallsError(error.line, 1, start, `${error.reason}.`);
  }
}

function errorAt(text: string, at: number, reason: string): CallsError {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return new CallsError(line, at - before.lastIndexOf("\n"), at, reason);
}
