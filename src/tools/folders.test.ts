import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "./paths";

// The core runs unchanged in a browser: it imports only itself and packages that are pure computation. `npm run types`
// compiles it without the types of the DOM and of Node; this test sees what types do not.

const core = ["base", "heap", "random", "trace", "workload", "run", "compare"];
const notInCore = ["tslab", "plotly.js-dist"];
const source = join(projectRoot, "src");

/** What a module imports, requires or exports from, dynamic imports included. */
function importsOf(code: string): string[] {
  const withoutComments = code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'`])([^"'`\n]+)\1/g;
  return [...withoutComments.matchAll(pattern)].map((match) => match[2] ?? "");
}

/** Why a module of the core may not import `specifier`; undefined when it may. */
function objection(file: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) {
    const folder = relative(source, resolve(dirname(file), specifier)).split(sep)[0] ?? "";
    return core.includes(folder) ? undefined : `${folder} is not part of the core`;
  }
  if (isBuiltin(specifier)) return "it is a part of Node";
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (notInCore.includes(name)) return "it is for pictures and notebooks";
  const { dependencies } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  return name in dependencies ? undefined : "it is not among the dependencies";
}

function modulesOf(folder: string): string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.startsWith(folder + sep) && /(?<!\.d|\.test)\.ts$/.test(name))
    .filter((name) => !name.split(sep).includes("testing"))
    .map((name) => join(source, name));
}

describe("the core imports only itself and pure packages", () => {
  for (const folder of core) {
    test(folder, () => {
      const modules = modulesOf(folder);
      expect(modules.length).toBeGreaterThan(3);
      const offences = modules.flatMap((file) =>
        importsOf(readFileSync(file, "utf8")).flatMap((specifier) => {
          const reason = objection(file, specifier);
          return reason ? [`${relative(source, file)} imports "${specifier}": ${reason}`] : [];
        }),
      );
      expect(offences).toEqual([]);
    });
  }
});

test("importsOf sees every way to import, and no comment", () => {
  const code = `import a from "a";
import "b";
import {
  c,
} from 'c';
export * from "d";
export type { E } from "./e";
const f = require("f");
const g = await import("g");
// import h from "h";
/* import i from "i"; */
`;
  expect(importsOf(code)).toEqual(["a", "b", "c", "d", "./e", "f", "g"]);
});

test("objection names what is wrong with an import", () => {
  const file = join(source, "heap", "free-list.ts");
  expect(objection(file, "./block")).toBeUndefined();
  expect(objection(file, "../random/random")).toBeUndefined();
  expect(objection(file, "seedrandom")).toBeUndefined();
  expect(objection(file, "../notebook/figure")).toBe("notebook is not part of the core");
  expect(objection(file, "node:fs")).toBe("it is a part of Node");
  expect(objection(file, "zlib")).toBe("it is a part of Node");
  expect(objection(file, "plotly.js-dist/plotly")).toBe("it is for pictures and notebooks");
  expect(objection(file, "tslab")).toBe("it is for pictures and notebooks");
  expect(objection(file, "vitest")).toBe("it is not among the dependencies");
});
