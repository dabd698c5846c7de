import { html } from "../base/markup";
import { show } from "../base/wrong-argument";
import { kernelDisplays, runningKernel } from "./kernel-display";

/** Functions, classes and constants as text: what stands alone where a class or a function of a notebook is tested. */
export interface AnsweredCode {
  /** Which of the parts is the answer. */
  readonly main: string;
  /** The answer and what it uses of other cells, each after those that it needs. JavaScript, as the kernel has compiled it. */
  readonly parts: readonly { readonly name: string; readonly source: string }[];
}

/** An answer as plain JSON. */
export type GivenAnswer =
  | { readonly name: string; readonly value: unknown }
  | { readonly name: string; readonly code: AnsweredCode };

/** The attribute in which an output carries an answer. */
const MARK = "data-freelist-lab-answer";

/** As long as an answer may be, in characters. */
const LONGEST = 200_000;

/**
 * Answers a question of an assignment: `answer("q1", 16)`. It is noted in the cell's output, and counts when the notebook is graded;
 * of several answers to a question the last one counts. Undefined is no answer yet.
 *
 * A question may ask for a number, an address or null, a text, holes (a list of `{ address, size }`, such as `heap.holes()`), or for a
 * class or function of one's own. That is graded by itself, with what it uses of the notebook's other cells and without this library.
 * @throws TypeError for what is no such answer; Error outside of a notebook
 */
export function answer(name: string, value: unknown): void {
  const { display } = kernelDisplays();
  if (typeof name !== "string" || name === "")
    throw new TypeError(`The name of a question is a text such as "q1", not ${show(name)}.`);
  if (value === undefined) {
    display.html(String(html`<div>${name}: no answer yet</div>`));
    return;
  }
  const code = typeof value === "function" ? codeOf(value as Named) : null;
  const given: GivenAnswer = code ? { name, code } : { name, value: plain(value) };
  const text = encodeURIComponent(JSON.stringify(given));
  if (text.length > LONGEST)
    throw new TypeError(`An answer has at most ${LONGEST} characters, and this one ${text.length}.`);
  display.html(
    String(html`<div data-freelist-lab-answer="${text}">${name}: ${describe(given)}</div>${warning(code)}`),
  );
}

/** The answer in the markup of an output; null when there is none in it. */
export function answerIn(markup: string): GivenAnswer | null {
  const match = new RegExp(`${MARK}="([^"]{1,${LONGEST}})"`).exec(markup);
  try {
    const given = JSON.parse(decodeURIComponent(match![1]!)) as GivenAnswer;
    if (typeof given.name !== "string") return null;
    if (!("code" in given)) return "value" in given ? { name: given.name, value: given.value } : null;
    const { main, parts } = given.code;
    const texts = parts.map(({ name, source }) => ({ name: String(name), source: String(source) }));
    return { name: given.name, code: { main: String(main), parts: texts } };
  } catch {
    return null;
  }
}

function describe(given: GivenAnswer): string {
  if (!("code" in given)) return typeof given.value === "string" ? given.value : JSON.stringify(given.value);
  const { main, parts } = given.code;
  const others = parts.filter(({ name }) => name !== main).map(({ name }) => name);
  return `${main}${others.length > 0 ? `, with ${others.join(", ")}` : ""}`;
}

/** Says of a code that it will not run where it is graded. */
function warning(code: AnsweredCode | null) {
  const used = code?.parts.flatMap(({ source }) =>
    [...source.matchAll(/\bfreelist_lab_\d+\.(\w+)/g)].map(([, name]) => name!),
  );
  const names = [...new Set([...(used ?? []), ...(code ? ofLibrary(code) : [])])];
  if (names.length === 0) return "";
  return html`<div>It uses ${names.join(", ")} of this library, which is not there when it is graded.</div>`;
}

type Value = number | boolean | string | null | readonly { address: unknown; size: unknown }[] | Value[];

/** An answer that is no code as plain JSON. */
function plain(value: unknown): Value {
  if (typeof value === "bigint") return String(value);
  if (value === null || ["number", "boolean", "string"].includes(typeof value)) return value as Value;
  if (typeof value === "object" && Symbol.iterator in value)
    return Array.from(value as Iterable<unknown>, plain) as Value;
  if (typeof value === "object" && "address" in value && "size" in value)
    return [{ address: Number(value.address), size: Number(value.size) }];
  throw new TypeError(
    `An answer is a number, null, a text, a list of holes, a class or a function, not ${show(value)}.`,
  );
}

// A function that is an answer is taken apart into texts, with whatever it uses of other cells. tslab keeps what cells declare in
// one object, `exports`, and in their compiled code other cells' names stand as `exports.NAME`.

interface Named {
  readonly name: string;
}

function codeOf(main: Named): AnsweredCode {
  const scope = cellScope();
  const parts = new Map<string, string>();
  const add = (name: string, value: unknown) => {
    if (parts.has(name) || library().has(value)) return;
    const source = sourceOf(value);
    if (source === undefined) return;
    parts.set(name, "");
    for (const used of namesIn(source))
      if (used !== name && Object.hasOwn(scope, used)) add(used, scope[used]);
    parts.delete(name);
    parts.set(name, source);
  };
  const name = main.name || "the answer";
  add(name, main);
  return { main: name, parts: [...parts].map(([name, source]) => ({ name, source })) };
}

/** What the code uses of the library, by way of another cell's import. */
function ofLibrary({ parts }: AnsweredCode): string[] {
  const scope = cellScope();
  const used = parts.flatMap(({ source }) =>
    [...source.matchAll(/\bexports\.([\w$]+)/g)].map(([, name]) => name!),
  );
  return used.filter((name) => Object.hasOwn(scope, name) && library().has(scope[name]));
}

function sourceOf(value: unknown): string | undefined {
  if (typeof value === "function") return Function.prototype.toString.call(value);
  try {
    const text = JSON.stringify(value);
    return text !== undefined && text.length < 10_000 ? text : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(source: string): Set<string> {
  return new Set(source.match(/[A-Za-z_$][\w$]*/g));
}

function cellScope(): Record<string, unknown> {
  return runningKernel()?.exports ?? {};
}

const PACKAGE = "freelist-lab";

/** Everything that this library exports. */
function library(): ReadonlySet<unknown> {
  try {
    return new Set(
      Object.values(runningKernel()!.require(PACKAGE) as object).filter(
        (value) => typeof value === "function",
      ),
    );
  } catch {
    return new Set();
  }
}
