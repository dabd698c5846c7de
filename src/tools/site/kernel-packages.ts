import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageEntry } from "../../kernel/packages";
import { projectRoot } from "../paths";

const packages = join(projectRoot, "node_modules");
const compiler = join(packages, "@tslab/typescript-for-tslab/lib");

/** The packages whose declarations the kernel cannot do without, and which of their files those are. */
const DECLARATIONS: Readonly<Record<string, (path: string) => boolean>> = {
  "@types/node": (path) => path.endsWith(".d.ts") || path === "package.json",
  "undici-types": (path) => path.endsWith(".d.ts") || path === "package.json",
  tslab: (path) => path === "dist/public.d.ts" || path === "package.json",
};

/**
 * The modules of Node that have no twin in a browser. Their declarations are left empty, which halves what the compiler reads
 * before the first cell; a cell that imports one is told by the compiler that it is not there.
 */
const ABSENT_MODULES = new Set(
  `async_hooks child_process cluster dgram diagnostics_channel dns dns/promises domain http http2 https inspector.generated module os
  punycode querystring repl sea string_decoder test tls trace_events v8 vm wasi`
    .split(/\s+/)
    .map((name) => `${name}.d.ts`),
);

/** The packages that `writeKernelPackages` copies files of. */
export const DECLARATION_PACKAGES = ["@tslab/typescript-for-tslab", ...Object.keys(DECLARATIONS)];

/** Writes the declarations of TypeScript's library, of Node and of tslab into a folder, and their index. */
export function writeKernelPackages(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const entries: Record<string, PackageEntry> = {};
  const add = (name: string, texts: Readonly<Record<string, string>>, version: string) => {
    const types = `${name.replace(/\W/g, "_")}.types.json`;
    writeFileSync(join(folder, types), JSON.stringify(texts));
    entries[name] = { version, types, files: Object.keys(texts) };
  };
  add("typescript", languageDeclarations(), versionOf("@tslab/typescript-for-tslab"));
  for (const [name, isWanted] of Object.entries(DECLARATIONS)) {
    const paths = readdirSync(join(packages, name), { recursive: true, encoding: "utf8" });
    const wanted = paths.map((path) => path.replaceAll("\\", "/")).filter(isWanted);
    const texts = wanted.sort().map((path) => {
      const isAbsent = name === "@types/node" && ABSENT_MODULES.has(path);
      return [path, isAbsent ? "" : readFileSync(join(packages, name, path), "utf8")] as const;
    });
    add(name, Object.fromEntries(texts), versionOf(name));
  }
  writeFileSync(join(folder, "packages.json"), JSON.stringify({ packages: entries }));
}

/** The declarations of JavaScript as of 2022, which is what tslab compiles cells against. */
function languageDeclarations(): Record<string, string> {
  const texts: Record<string, string> = {};
  const add = (name: string) => {
    const file = `lib.${name}.d.ts`;
    if (file in texts) return;
    const text = readFileSync(join(compiler, file), "utf8");
    texts[file] = text;
    for (const [, next] of text.matchAll(/<reference lib="(.*?)"/g)) add(next!);
  };
  add("es2022");
  return texts;
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as { version: string })
    .version;
}
