import { createContext, runInContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { seal } from "./seal";

/** What the realm of a worker has beside the language; much of it in prototypes, as there. */
const WORKER = `
class EventTarget { addEventListener() {} }
class WorkerGlobalScope extends EventTarget { get location() {} importScripts() {} fetch() {} }
Object.setPrototypeOf(Object.getPrototypeOf(globalThis), WorkerGlobalScope.prototype);
Object.assign(globalThis, { postMessage() {}, XMLHttpRequest: class {}, indexedDB: {}, setTimeout() {}, somethingNew: {} });
`;

describe("in a sealed realm", () => {
  let evaluate: (code: string) => unknown;
  beforeAll(() => {
    const realm = createContext({});
    evaluate = (code) => runInContext(code, realm);
    evaluate(WORKER);
    seal(evaluate("globalThis") as object, evaluate);
  });
  const type = (name: string) => evaluate(`typeof ${name}`);

  test.each([
    "fetch",
    "postMessage",
    "importScripts",
    "addEventListener",
    "location",
    "XMLHttpRequest",
    "indexedDB",
  ])("%s is gone", (name) => expect(type(name)).toBe("undefined"));

  test("what nobody has heard of is gone as well", () => expect(type("somethingNew")).toBe("undefined"));

  test.each(["eval", "Function", "WebAssembly", "Atomics", "SharedArrayBuffer", "setTimeout"])(
    "%s is gone",
    (name) => expect(type(name)).toBe("undefined"),
  );

  test.each([
    "(function(){})",
    "(() => {})",
    "(async () => {})",
    "(function*(){})",
    "(async function*(){})",
    "class {}",
    "Object",
    "Math.max",
    "(function(){}).bind()",
  ])("no code comes out of text by way of %s", (of) => {
    expect(() => evaluate(`(${of}).constructor("return 1")`)).toThrow(
      "Code cannot be made out of text here.",
    );
  });

  test.each([
    "Array.prototype.find = () => 1",
    "Object.prototype.then = () => 1",
    "Error.prepareStackTrace = () => 1",
    "Math.max = () => 1",
    "Object.getPrototypeOf([].values()).next = () => 1",
    "Object.getPrototypeOf(Object.getPrototypeOf(function*(){}).prototype).next = () => 1",
    "Object.defineProperty(Promise.prototype, 'then', { value: 1 })",
  ])("the language stays as it is: %s", (code) => {
    expect(() => evaluate(`"use strict"; ${code}`)).toThrow(/Cannot|extensible/);
  });

  test("the language works", () => {
    const code = `[...new Map([[1, new Set([2n, 3n])]]).values()].map((set) => [...set].join("").replace(/2/, () => \`\${Math.max(1, 2)}\`))[0]
      + JSON.stringify({ a: new Float64Array(2), ...class { static b = 1 } }) + typeof new Date() + [3, 1, 2].toSorted()`;
    expect(evaluate(code)).toBe('23{"a":{"0":0,"1":0},"b":1}object1,2,3');
  });
});
