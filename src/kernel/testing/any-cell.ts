import fc from "fast-check";

/** Few names, so that cells meet what cells before declared. */
const name = fc.constantFrom("a", "b", "c", "D", "E");

const literal = fc.oneof(
  fc.integer({ min: -5, max: 99 }).map(String),
  fc.constantFrom("'text'", "true", "null", "[1, 2]", "{ k: 1 }", "() => 1", "new Map([[1, 2]])", "10n"),
);

const expression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    literal,
    name,
    fc
      .tuple(tie("any"), fc.constantFrom("+", "??", "===", "&&"), tie("any"))
      .map((parts) => `(${parts.join(" ")})`),
    tie("any").map((inner) => `[${inner}]`),
    tie("any").map((inner) => `({ k: ${inner} })`),
    tie("any").map((inner) => `((x: any) => x)(${inner})`),
    tie("any").map((inner) => `(await ${inner})`),
    name.map((called) => `${called}()`),
    name.map((used) => `typeof ${used}`),
  ),
})).any;

const statement = fc.oneof(
  fc
    .tuple(fc.constantFrom("let", "const", "var"), name, expression)
    .map(([kind, n, e]) => `${kind} ${n} = ${e};`),
  fc
    .tuple(name, fc.constantFrom("number", "string", "any", "D"), expression)
    .map(([n, t, e]) => `let ${n}: ${t} = ${e};`),
  fc.tuple(name, expression).map(([n, e]) => `${n} = ${e};`),
  fc.tuple(name, expression).map(([n, e]) => `function ${n}() { return ${e.replaceAll("await ", "")}; }`),
  fc.tuple(name, expression).map(([n, e]) => `class ${n} { field = ${e.replaceAll("await ", "")}; }`),
  name.map((n) => `interface ${n} { k: number }`),
  name.map((n) => `type ${n} = { k: number } | number;`),
  name.map((n) => `enum ${n} { One = 1, Two }`),
  fc.tuple(name, name).map(([n, m]) => `const { k: ${n}, ...${m} } = { k: 1, l: 2 };`),
  fc.tuple(name, expression).map(([n, e]) => `{ const ${n} = ${e}; console.log(${n}); }`),
  expression.map((e) => `console.log(${e});`),
  expression.map((e) => `if (${e}) { ${"console.log('yes');"} }`),
  expression.map((e) => `throw ${e};`),
  fc.constantFrom(
    "import { display } from 'tslab';",
    "display.text('shown');",
    "import { basename as a } from 'path';",
    "await new Promise((resolve) => setTimeout(resolve, 1));",
  ),
);

/** A cell of a few statements; its last is mostly an expression. Many are wrong, which is compared as well. */
export const anyCell: fc.Arbitrary<string> = fc
  .tuple(fc.array(statement, { maxLength: 3 }), fc.option(expression))
  .map(([statements, last]) => [...statements, last ?? []].flat().join("\n"));
