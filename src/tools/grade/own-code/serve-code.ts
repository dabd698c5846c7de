// The process in which a class or a fit of somebody else's answers calls: one line of JSON in, one out. It knows nothing but that
// code: neither this library nor what is right, so that nothing can be gained from it but the code's own answers. Who asks
// compares them, counts the time, and ends this process.

import { createInterface } from "node:readline";
import vm from "node:vm";
import type { AnsweredCode } from "../../../notebook/answer";

/**
 * Runs in the code's own world, before the code, and keeps what it needs of that world as it is now. Answers a call, both as texts.
 * An answer is `{ "value": … }`; `{ "odd": TEXT }` for what is no plain value; `{ "threw": TEXT }`.
 */
const ANSWERER = `(() => {
  "use strict";
  const { stringify, parse } = JSON;
  const { isArray, from } = Array;
  const { isFinite } = Number;
  const { freeze } = Object;
  const { apply } = Reflect;
  const text = String, { slice } = String.prototype;
  const Bytes = Uint8Array;
  let heap;
  const shown = (value) => {
    try { return apply(slice, typeof value === "bigint" ? value + "n" : text(value), [0, 200]); } catch { return typeof value; }
  };
  const plain = (value) => {
    if (value === null || value === true || value === false) return { __proto__: null, value };
    if (typeof value === "number" && isFinite(value)) return { __proto__: null, value };
    return { __proto__: null, odd: typeof value === "string" ? '"' + shown(value) + '"' : shown(value) };
  };
  const list = (holes) => {
    const all = [];
    let n = 0;
    for (const hole of holes) {
      if (++n > 10000) return null;
      const { address, size } = hole;
      if (typeof address !== "number" || typeof size !== "number") return null;
      all[n - 1] = [address, size];
    }
    return all;
  };
  const doing = {
    __proto__: null,
    make(main, a, b, options) {
      const isClass = /^class\\b/.test(shown(main)) || typeof main.prototype?.malloc === "function";
      heap = isClass ? new main(a, b, options) : main(a, b, options);
      const has = (name) => typeof heap?.[name] === "function";
      const { memory } = heap ?? {};
      return { __proto__: null, value: {
        malloc: has("malloc"), free: has("free"), realloc: has("realloc"), holes: has("holes"),
        memory: isArray(memory) || memory instanceof Bytes,
      } };
    },
    malloc: (main, request) => plain(heap.malloc(request)),
    free: (main, address) => plain(heap.free(address)),
    realloc: (main, address, request) => plain(heap.realloc(address, request)),
    holes: () => {
      let value = null;
      try { value = list(heap.holes()); } catch {}
      return { __proto__: null, value };
    },
    peek: (main, at, count) => {
      const value = [];
      for (let i = 0; i < count; i++) {
        const byte = heap.memory[at + i];
        value[i] = typeof byte === "number" ? byte : null;
      }
      return { __proto__: null, value };
    },
    poke: (main, bytes) => {
      for (let i = 0; i < bytes.length; i += 2) heap.memory[bytes[i]] = bytes[i + 1];
      return { __proto__: null, value: null };
    },
    choose: (main, holes, size) => {
      const given = freeze(from(holes, ([address, size]) => freeze({ address, size, free: true })));
      const chosen = main(given, size);
      if (chosen === null || chosen === undefined) return { __proto__: null, value: null };
      for (let i = 0; i < given.length; i++) if (given[i] === chosen) return { __proto__: null, value: i };
      return { __proto__: null, odd: shown(chosen) };
    },
  };
  return (main, line) => {
    let answer;
    try {
      const [name, ...given] = parse(line);
      answer = doing[name](main, ...given);
    } catch (error) {
      answer = { __proto__: null, threw: shown(error) };
    }
    try { return text(stringify(answer)); } catch { return '{"odd":"what cannot be told"}'; }
  };
})()`;

// A world without a module, a process or a console; nothing of this one is handed into it but texts.
const world = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
const answer = vm.runInContext(ANSWERER, world) as (main: unknown, line: string) => string;
let main: unknown;

/** Defines the parts, each as a variable and as a field of `exports`, as the kernel's compiler names those of other cells. */
function load({ main: name, parts }: AnsweredCode): void {
  const keep = vm.runInContext(
    "var exports = {}; ((name, made) => { exports[name] = globalThis[name] = made; })",
    world,
  ) as (name: string, made: unknown) => void;
  for (const part of parts) {
    const made: unknown = vm.runInContext(`(${part.source}\n)`, world, { filename: part.name });
    keep(part.name, made);
    if (part.name === name) main = made;
  }
  if (typeof main !== "function") throw new TypeError("what was answered is no class and no function");
}

const textOf = vm.runInContext(
  '(error) => { try { return String(error).slice(0, 200); } catch { return "an error"; } }',
  world,
) as (error: unknown) => string;

/** Loads the code from the first line, and answers the others. */
function reply(line: string): string {
  if (main !== undefined) return answer(main, line);
  try {
    load(JSON.parse(line) as AnsweredCode);
    return '{"value":true}';
  } catch (error) {
    return JSON.stringify({ threw: textOf(error) });
  }
}

createInterface({ input: process.stdin }).on("line", (line) => process.stdout.write(`${reply(line)}\n`));
