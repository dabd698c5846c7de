import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ts from "@tslab/typescript-for-tslab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "./paths";

// The kernel checks types with TypeScript 5.0.4 and skips what it cannot read in declarations: an unreadable type silently
// becomes `any` there. So the declarations that the current compiler writes are compiled here with nothing skipped.

const folder = mkdtempSync(join(tmpdir(), "freelist-lab-declarations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
  const project = join(projectRoot, "src/tsconfig.build.json");
  const args = [compiler, "-p", project, "--emitDeclarationOnly", "--outDir", join(folder, "dist")];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

/** What the kernel's compiler has against a consumer of declarations in `folder`. The options are tslab's. */
function problems(name: string, source: string): string[] {
  const file = join(folder, name);
  writeFileSync(file, source);
  const program = ts.createProgram([file], {
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
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

test("the kernel's TypeScript is the one that tslab brings", () => {
  expect(ts.version).toBe("5.0.4");
});

test("the kernel's TypeScript reads every declaration that the library exports", () => {
  const source = `import * as lab from "./dist/index";
import { FreeList } from "./dist/index";
const heap: FreeList = new FreeList(64, 4);
const address: number | null = heap.malloc(8);
const matrix: number[][] = heap.asMatrix();
export { lab, address, matrix };
`;
  expect(problems("consumer.ts", source)).toEqual([]);
});

test("a wrong use of a declaration is noticed, so types do not silently become any", () => {
  const source = `import { FreeList } from "./dist/index";
export const wrong: string = new FreeList(64, 4).malloc(8);
`;
  expect(problems("wrong.ts", source).join()).toContain("is not assignable to type 'string'");
});

test("a declaration beyond TypeScript 5.0.4 is noticed", () => {
  writeFileSync(join(folder, "newer.d.ts"), "export declare const bytes: Uint8Array<ArrayBuffer>;\n");
  const source = `import { bytes } from "./newer";\nexport { bytes };\n`;
  expect(problems("of-newer.ts", source).join()).toContain("newer.d.ts: Type 'Uint8Array' is not generic");
});
