import { expect, test } from "vitest";
import { lazyExports } from "./lazy-exports";

const compiled = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.b = exports.c = exports.a = void 0;
// A comment.
var one_1 = require("./one");
Object.defineProperty(exports, "a", { enumerable: true, get: function () { return one_1.a; } });
Object.defineProperty(exports, "c", { enumerable: true, get: function () { return one_1.inner; } });
var two_1 = require("./two");
Object.defineProperty(exports, "b", { enumerable: true, get: function () { return two_1.b; } });
`;

/** Runs a CommonJS script whose `require` answers from `files`. */
function run(script: string, files: Record<string, object>) {
  const exports: Record<string, unknown> = {};
  const loaded: string[] = [];
  const load = (name: string) => {
    loaded.push(name);
    return files[name];
  };
  new Function("exports", "require", script)(exports, load);
  return { exports, loaded };
}

test("lazyExports loads a file when one of its names is first asked for, and once a name", () => {
  const { exports, loaded } = run(lazyExports(compiled), { "./one": { a: 1, inner: 3 }, "./two": { b: 2 } });
  expect(Object.keys(exports).sort()).toEqual(["a", "b", "c"]);
  expect(loaded).toEqual([]);
  expect([exports.a, exports.a, exports.c]).toEqual([1, 1, 3]);
  expect(loaded).toEqual(["./one", "./one"]);
  expect(exports.b).toBe(2);
});

test("an export stays lazy after its file failed to load", () => {
  const files: Record<string, object> = {};
  const { exports } = run(lazyExports(compiled), files);
  expect(() => exports.b).toThrow(TypeError);
  files["./two"] = { b: 2 };
  expect(exports.b).toBe(2);
});

test("lazyExports refuses a script with a require that it does not know, and one with none", () => {
  expect(() => lazyExports(`${compiled}require("./three");\n`)).toThrow('require("./three")');
  expect(() => lazyExports(compiled.replaceAll("var ", "let "))).toThrow(
    "a form that lazyExports does not know",
  );
  expect(() => lazyExports('"use strict";\n')).toThrow("a form that lazyExports does not know");
});
