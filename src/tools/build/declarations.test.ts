import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ts from "@tslab/typescript-for-tslab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeDeclarations } from "./declarations.mjs";

// The kernel checks types with TypeScript 5.0.4 and skips what it cannot read in declarations: an unreadable type silently
// becomes `any` there. So the declarations that the current compiler writes are compiled here with nothing skipped.

const folder = mkdtempSync(join(tmpdir(), "freelist-lab-declarations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => writeDeclarations(join(folder, "freelist-lab.d.ts"), join(folder, "dist")));

/** A consumer of declarations in `folder`, as the kernel's compiler sees it. The options are tslab's. */
function compiled(name: string, source: string): ts.Program {
  const file = join(folder, name);
  writeFileSync(file, source);
  return ts.createProgram([file], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: [],
    esModuleInterop: true,
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  });
}

/** What the kernel's compiler has against a consumer of declarations in `folder`. */
function problems(name: string, source: string): string[] {
  return ts
    .getPreEmitDiagnostics(compiled(name, source))
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

test("the kernel's TypeScript is the one that tslab brings", () => {
  expect(ts.version).toBe("5.0.4");
});

test("the kernel's TypeScript reads every declaration that the library exports", () => {
  const source = `import * as lab from "./freelist-lab";
import { FreeList } from "./freelist-lab";
const heap: FreeList = new FreeList(64, 4);
const address: number | null = heap.malloc(8);
const matrix: number[][] = heap.asMatrix();
export { lab, address, matrix };
`;
  expect(problems("consumer.ts", source)).toEqual([]);
});

test("a wrong use of a declaration is noticed, so types do not silently become any", () => {
  const source = `import { FreeList } from "./freelist-lab";
export const wrong: string = new FreeList(64, 4).malloc(8);
`;
  expect(problems("wrong.ts", source).join()).toContain("is not assignable to type 'string'");
});

test("a declaration beyond TypeScript 5.0.4 is noticed", () => {
  writeFileSync(join(folder, "newer.d.ts"), "export declare const bytes: Uint8Array<ArrayBuffer>;\n");
  const source = `import { bytes } from "./newer";\nexport { bytes };\n`;
  expect(problems("of-newer.ts", source).join()).toContain("newer.d.ts: Type 'Uint8Array' is not generic");
});

test("the one file of declarations exports every name of the many, each with its docstring", () => {
  const program = compiled("both.ts", 'import "./dist/index";\nimport "./freelist-lab";\n');
  const checker = program.getTypeChecker();
  const documented = (name: string) => {
    const file = program.getSourceFile(join(folder, name));
    const module = file && checker.getSymbolAtLocation(file);
    const exported = module ? checker.getExportsOfModule(module) : [];
    return exported.map((symbol) => {
      const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return `${symbol.name}: ${ts.displayPartsToString(own.getDocumentationComment(checker))}`;
    });
  };
  const one = documented("freelist-lab.d.ts");
  expect(one.length).toBeGreaterThan(50);
  expect(one.sort()).toEqual(documented("dist/index.d.ts").sort());
});
