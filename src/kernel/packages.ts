import type { FileTree } from "./compiler/file-tree";
import { LIB_FOLDER, WORK_FOLDER } from "./compiler/virtual-system";
import type { Modules } from "./modules";

/** What there is to import, and where it lies: `packages.json` beside the kernel, and one more of the site's builder. */
export interface PackageIndex {
  readonly packages: Readonly<Record<string, PackageEntry>>;
}

/** A package: its declarations, in one file, and its code, in another. Places are relative to the index. */
export interface PackageEntry {
  readonly version: string;
  /** A JSON file with the text of each of `files`. */
  readonly types?: string;
  /** The declarations, and package.json, by their paths in the package. */
  readonly files?: readonly string[];
  /** The package as a module of CommonJS, with everything in it that it imports. */
  readonly script?: string;
  /** The files that its code reads with `fs`, by their paths in the package; they lie in the folder NAME beside the index. */
  readonly assets?: readonly string[];
}

/** Where packages seem to lie, for the compiler and for `fs`. */
export const PACKAGE_FOLDER = `${WORK_FOLDER}/node_modules`;

/** The package that stands for the declarations of the language itself. */
const LANGUAGE = "typescript";

/**
 * Makes packages known to the compiler and to `require`. Nothing is fetched before a cell needs it.
 * @param fetchText reads a file of the index's folder at once
 */
export function addPackages(
  { packages }: PackageIndex,
  fetchText: (place: string) => string,
  files: FileTree,
  modules: Modules,
): void {
  for (const [name, { types, files: paths = [], script }] of Object.entries(packages)) {
    const folder = name === LANGUAGE ? LIB_FOLDER : `${PACKAGE_FOLDER}/${name}`;
    let texts: Readonly<Record<string, string>> | undefined;
    for (const path of types === undefined ? [] : paths) {
      files.add(`${folder}/${path}`, () => {
        texts ??= JSON.parse(fetchText(types!)) as Record<string, string>;
        return texts[path] ?? "";
      });
    }
    if (script !== undefined) modules.add(name, { script: () => fetchText(script) });
  }
}

/** The files that packages' code reads: their addresses by their paths. */
export function assetAddresses(
  { packages }: PackageIndex,
  address: string,
): [path: string, address: string][] {
  return Object.entries(packages).flatMap(([name, { assets = [] }]) =>
    assets.map((asset): [string, string] => [
      `${PACKAGE_FOLDER}/${name}/${asset}`,
      new URL(`${name}/${asset}`, address).href,
    ]),
  );
}
