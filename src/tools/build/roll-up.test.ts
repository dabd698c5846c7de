import { expect, test } from "vitest";
import { rollUp } from "./roll-up";

/** Rolls up `index.d.ts` of some files. */
function rolled(files: Record<string, string>): string {
  return rollUp("index.d.ts", (file) => {
    const text = files[file];
    if (text === undefined) throw new Error(`There is no ${file}`);
    return text;
  });
}

test("rollUp writes what is exported and what that refers to, with its docstrings, and nothing else", () => {
  const text = rolled({
    "index.d.ts": `export { f } from "./a/f";\n`,
    "a/f.d.ts": `import type { T } from "../b/t";
/** What f does. */
export declare function f(t: T): void;
/** Out of reach. */
export declare function g(): void;
`,
    "b/t.d.ts":
      "/** What t is. */\nexport interface T {\n    /** What m is. */\n    readonly m: number;\n}\n",
  });
  expect(text).toBe(`/** What f does. */
declare function f(t: T): void;
/** What t is. */
interface T {
    /** What m is. */
    readonly m: number;
}
export { f };
`);
});

test("a name that is taken is changed wherever it is used, and is exported as itself", () => {
  const text = rolled({
    "index.d.ts": `export { type Options as BOptions, b } from "./b";\nexport { type Options, a } from "./a";\n`,
    "a.d.ts": "export interface Options {\n}\nexport declare function a(options: Options): Options;\n",
    "b.d.ts":
      "export interface Options {\n    Options: Options;\n}\nexport declare const b: readonly Options[];\n",
  });
  expect(text).toBe(`interface Options {
    Options: Options;
}
declare const b: readonly Options[];
interface Options$2 {
}
declare function a(options: Options$2): Options$2;
export { Options as BOptions, b, Options$2 as Options, a };
`);
});

test("rollUp follows renamed imports, re-exports, import types, heritage, typeof and overloads", () => {
  const text = rolled({
    "index.d.ts": `export { C } from "./c";\n`,
    "c.d.ts": `import { Base as Root } from "./middle";
import { KEY } from "./key";
export declare class C extends Root<typeof KEY> {
    #private;
    get other(): import("./other").Other;
    [KEY](): void;
}
`,
    "middle.d.ts": `export { Base } from "./base";\n`,
    "base.d.ts": "export declare abstract class Base<K> {\n}\n",
    "key.d.ts": `export declare const KEY: unique symbol;\nexport {};\n`,
    "other.d.ts": `import { f } from "./f";\nexport type Other = typeof f;\n`,
    "f.d.ts": "export declare function f(a: 1): 1;\nexport declare function f(a: 2): 2;\n",
  });
  expect(text).toBe(`declare class C extends Base<typeof KEY> {
    #private;
    get other(): Other;
    [KEY](): void;
}
declare abstract class Base<K> {
}
declare const KEY: unique symbol;
type Other = typeof f;
declare function f(a: 1): 1;
declare function f(a: 2): 2;
export { C };
`);
});

test("rollUp names a form that it does not know", () => {
  const refuse = (statement: string) =>
    expect(() => rolled({ "index.d.ts": `export { a } from "./a";\n`, "a.d.ts": statement })).toThrow(
      `a.d.ts: cannot roll up "${statement}"`,
    );
  refuse(`import * as b from "./b";`);
  refuse(`import b from "./b";`);
  refuse(`export * from "./b";`);
  refuse("export = a;");
  refuse("declare const a: number, b: number;");
});

test("rollUp refuses a type of another package where it is in reach, and only there", () => {
  const a = `import type { PNG } from "pngjs";\nexport declare const a: 1;\nexport declare const b: PNG;\n`;
  expect(rolled({ "index.d.ts": `export { a } from "./a";\n`, "a.d.ts": a })).not.toContain("PNG");
  expect(() => rolled({ "index.d.ts": `export { b } from "./a";\n`, "a.d.ts": a })).toThrow(
    "a.d.ts: cannot roll up PNG, which is of another package (pngjs)",
  );
});

test("rollUp names what is not there", () => {
  const index = `export { a } from "./a";\n`;
  expect(() => rolled({ "index.d.ts": index, "a.d.ts": "" })).toThrow("index.d.ts: a.d.ts declares no a");
  expect(() => rolled({ "index.d.ts": index })).toThrow("There is no a.d.ts");
});
