/** What is left of a realm: the language, without what makes code out of text, shares memory or reaches outside. */
const KEPT = new Set(
  (
    "Infinity NaN undefined globalThis isFinite isNaN parseFloat parseInt Object Boolean Symbol Number BigInt Math Date String RegExp " +
    "Array Map Set WeakMap WeakSet Promise Proxy Reflect JSON Intl Iterator ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray " +
    "Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array Error AggregateError EvalError " +
    "RangeError ReferenceError SyntaxError TypeError URIError structuredClone"
  ).split(" "),
);

/** One of each kind of function and iterator, whose prototypes have no name. */
const SAMPLES = [
  "(function(){})",
  "(async function(){})",
  "(function*(){})",
  "(async function*(){})",
  "[][Symbol.iterator]()",
  "new Map().entries()",
  "new Set().values()",
  '""[Symbol.iterator]()',
  '"".matchAll(/./g)',
];

/**
 * Takes from a realm whatever code in it could reach others with: every global that is not part of the language (`fetch`, `postMessage`,
 * `importScripts`, `indexedDB`, timers, workers …, by a list of what stays, so that what browsers come to have is gone as well), and what
 * makes code out of text (`eval`, the constructors of functions). Then freezes what is left, so that code which runs later finds
 * the language as it was. Whoever needs one of the things that go takes it before.
 *
 * Dynamic `import()` is syntax and stays; code that comes in has to be searched for it, and with `eval` gone no other can be made.
 * @param evaluate the realm's `eval`
 * @throws TypeError when something cannot be taken
 */
export function seal(global: object, evaluate: (code: string) => unknown): void {
  const samples = SAMPLES.map((code) => evaluate(code) as object);
  const root = Object.getPrototypeOf(evaluate("({})")) as object;
  // Much of a worker's global stands in its prototypes.
  for (let place: object | null = global; place && place !== root; place = Object.getPrototypeOf(place)) {
    for (const name of Reflect.ownKeys(place)) {
      if (place !== global || typeof name !== "string" || !KEPT.has(name)) take(place, name);
    }
  }
  for (const sample of samples.slice(0, 4)) {
    const prototype = Object.getPrototypeOf(sample) as object;
    Object.defineProperty(prototype, "constructor", { value: refuseCode, writable: false });
  }
  const frozen = new Set<object>();
  for (const name of KEPT) freezeAll((global as Record<string, unknown>)[name], frozen, global);
  for (const sample of samples) freezeAll(Object.getPrototypeOf(sample), frozen, global);
}

function take(place: object, name: PropertyKey): void {
  if (Reflect.deleteProperty(place, name)) return;
  const { value } = Reflect.getOwnPropertyDescriptor(place, name) ?? {};
  // Numbers that interfaces have as constants do no harm.
  if (typeof value === "number") return;
  throw new TypeError(`The global ${String(name)} cannot be taken away.`);
}

function refuseCode(): never {
  throw new TypeError("Code cannot be made out of text here.");
}

/** Freezes an object and all that can be reached from it, but for `except`. */
function freezeAll(value: unknown, frozen: Set<object>, except: object): void {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if ((typeof next !== "object" && typeof next !== "function") || next === null) continue;
    if (next === except || frozen.has(next)) continue;
    frozen.add(next);
    Object.freeze(next);
    waiting.push(Object.getPrototypeOf(next));
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(next)))
      waiting.push(value, get, set);
    for (const symbol of Object.getOwnPropertySymbols(next)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(next, symbol)!;
      waiting.push(value, get, set);
    }
  }
}
