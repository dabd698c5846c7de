import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anyCell } from "./testing/any-cell";
import { buildRunner, type CellResult, runCells } from "./testing/run-cells";

// The same cells under tslab and under the browser's kernel.

let runner: Awaited<ReturnType<typeof buildRunner>>;
beforeAll(async () => {
  runner = await buildRunner();
});
afterAll(() => runner.remove());

/**
 * What both kernels have to agree on: all text, the places in stacks aside. tslab's name lines of what was compiled, with such a
 * line above the message where Node's vm has put one; the browser's kernel names cells and their lines.
 */
function comparable({ ok, stdout, stderr, traceback, displays }: CellResult) {
  const said = [
    stderr.replace(/^evalmachine\.<anonymous>:.*\n.*\n *\^+\n+/gm, ""),
    ...traceback.filter((line) => !/^ {4}(?! at )/.test(line)),
  ].join("\n");
  const errors = said
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at /.test(line))
    .join("\n");
  return { ok, stdout, errors, displays };
}

/** Runs cells under both kernels and compares cell by cell. */
function compare(cells: readonly string[]): void {
  const under = (kernel: "tslab" | "browser") =>
    runCells(runner.folder, kernel, cells).map((result, i) => ({ cell: cells[i], ...comparable(result) }));
  expect(under("browser")).toEqual(under("tslab"));
}

test("what tslab documents, and what it does where it is surprising", () => {
  compare(documented);
});

const seed = Number(process.env.FREELIST_SEED ?? 20261126);

test(`drawn cells, seed ${seed}`, () => {
  const many = Number(process.env.FREELIST_CELLS ?? 150);
  compare(fc.sample(anyCell, { numRuns: many, seed }));
});

const documented = [
  "let x = 1; x",
  "x + 1",
  "let x = 'redeclared'; x",
  "const x = [x]; x", // An error: the new x is meant.
  "const y = { x, nested: { deep: { deeper: { deepest: 1 } } } }; y",
  "x = 5",
  "y.x = 'changed'; y",
  "const y: number = 'no'",
  "y",
  "class Point { constructor(readonly x: number, readonly y = 2) {} norm() { return Math.hypot(this.x, this.y); } }",
  "new Point(3, 4).norm()",
  "new Point(1)",
  "class Point { z = 1 }\nnew Point().z",
  "interface Shape { area(): number }\ntype Name = 'a' | 'b';\nenum Colour { Red, Green = 5 }",
  "const square: Shape = { area: () => 4 }; [square.area(), Colour.Green, Colour[0]]",
  "const name: Name = 'c'",
  "function twice(n: number) { return 2 * n }\ntwice(21)",
  "function twice(n: string) { return n + n }\ntwice('ab')",
  "const { a, b: [c, ...d] } = { a: 1, b: [2, 3, 4] }; [a, c, d]",
  "await Promise.resolve(42)",
  "const waited = await new Promise<string>((resolve) => setTimeout(resolve, 5, 'late')); waited",
  "for await (const n of (async function* () { yield 1; yield 2 })()) console.log(n)",
  "const later = async () => { await null; return 7 };\nawait later()",
  "function notAsync() { await 1 }",
  "throw new RangeError('too large')",
  "throw { code: 7 }",
  "throw 'a text'",
  "await Promise.reject(new TypeError('rejected'))",
  "let half = 1; throw new Error('after half')",
  "half",
  "null",
  "undefined",
  "0",
  "''",
  "'text'",
  "if (true) { 5 }",
  "5;\n// a comment\n",
  "import { display, newDisplay } from 'tslab'; display.html('<b>bold</b>'); display.text('plain')",
  "const place = newDisplay(); place.text('one'); place.text('two')",
  "display.raw('application/x', JSON.stringify({ a: 1 })); display.png(new Uint8Array([1, 2, 250]))",
  "import { strict as assert } from 'assert'; assert.equal(1, 1); assert.deepEqual({ a: [1] }, { a: [1] })",
  "import loose from 'assert'; loose(true); loose.ok(1); loose.equal('1', 1)",
  "import events from 'events'; new events.EventEmitter().on('e', () => console.log('heard')).emit('e')",
  "assert.throws(() => { throw new TypeError('x') }, TypeError)",
  "import * as path from 'path'; path.join('a', '..', 'b', 'c.txt')",
  "import { inspect } from 'util'; inspect({ a: { b: { c: {} } } }, { depth: 0 })",
  "import { nothing } from 'tslab'",
  "import nothing from 'no-such-package'",
  "console.log('%s is %d of %o', 'a', 1.5, { b: 2 }); console.error('wrong'); console.info([undefined, null])",
  "console.table([{ a: 1, b: 'x' }, { a: 2, c: { d: 1 } }]); console.table(new Map([['k', 1]])); console.table([1, 'b'])",
  "console.group('outer'); console.log('in\\nner'); console.groupEnd(); console.log('out')",
  "console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.assert(1 > 2, 'not %s', 'so'); console.count(); console.count()",
  "[new Map([[1, { a: 2 }]]), new Set(['x']), new Date(0), /re/g, Symbol('s'), 10n, -0, [,1], () => 1, class A {}]",
  "Promise.resolve({ settled: 1 })",
  "const failing = Promise.reject({ failed: [1, 2] }); failing.catch(() => {}); failing",
  "[new Promise(() => {}), Promise.resolve('a')]",
  "new Proxy({ a: 1 }, { get() { throw new Error('asked') }, ownKeys() { throw new Error('asked') } })",
  "[new Proxy([1], {}), new Proxy(class A {}, {})]; inspect(new Proxy([1], {}), { showProxy: true })",
  "new Proxy(() => 1, {})();\nclass P extends Promise<number> {}\nP.resolve(3)",
  "({ [Symbol.for('nodejs.util.inspect.custom')]: () => 'shown so' })",
  "Object.assign(Object.create(null), { a: 1 })",
  "new (class Deep { inner = { list: Array.from({ length: 120 }, (_, i) => i) } })()",
  "new Error('shown, not thrown').message",
  "Buffer.from('bytes')",
  "typeof setImmediate + typeof process.version + typeof globalThis",
  "new Uint8Array(3)",
  "const circle: any = { name: 'c' }; circle.self = circle; circle",
  "let loop = 0; for (let i = 0; i < 1000; i++) loop += i; loop",
  "const tsLastExpr = 10; tsLastExpr + 4",
  "tsLastExpr",
  "/** @module helper */\nexport const helped = (n: number) => n + 1;",
  "import { helped } from './helper'; helped(1)",
  "/** @module helper */\nexport const helped = (n: number) => n + 2;",
  "import { helped } from './helper'; helped(1)",
  "label: for (;;) { break label }",
  "var v = 1; var v = 2; v",
  "let l = 1; let l = 2;",
  "export const exported = 1; exported",
  "const shadow = 1; { const shadow = 2; console.log(shadow) } shadow",
  "const f = (shadow: number) => shadow * 10; f(shadow)",
  "delete (globalThis as any).nothing",
  "x =",
  "function () {}",
  "const unused: string[] = []; unused.push('a'); unused",
  "type Alias = { n: number }; const aliased: Alias = { n: 1 }; aliased satisfies Alias",
  "process.stdout.write('no newline')",
  "(await import('path')).basename('/a/b')",
];
