import { packageFile } from "./cell-stacks";

/** A module's code, or its value where it is the kernel's own. */
export type ModuleSource = { readonly value: unknown } | { readonly script: () => string };

/** `require` for cells and packages: the kernel's twins of Node's modules, the packages of the site, and modules of cells. */
export class Modules {
  readonly #sources = new Map<string, ModuleSource>();
  readonly #loaded = new Map<string, { exports: unknown }>();
  readonly #folder: string;

  /** @param folder where cells are compiled, and so where `./name` in a cell points */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Adds a module under the name by which it is imported. */
  add(name: string, source: ModuleSource): void {
    this.#sources.set(name, source);
  }

  /** Adds, or replaces, a module that a cell defined with `@module`. */
  addCellModule(path: string, script: string): void {
    this.#loaded.delete(path);
    this.#sources.set(path, { script: () => script });
  }

  /** What Node's `require` does, for those modules that are here. */
  readonly require = (name: string): unknown => this.#require(name, this.#folder);

  #require(name: string, folder: string): unknown {
    const found = this.#find(name.replace(/^node:/, ""), folder);
    if (found === undefined) throw moduleNotFound(name, [...this.#sources.keys()]);
    const loaded = this.#loaded.get(found);
    if (loaded) return loaded.exports;
    const source = this.#sources.get(found)!;
    const module = { exports: {} as unknown };
    this.#loaded.set(found, module);
    try {
      if ("value" in source) module.exports = source.value;
      else this.#evaluate(found, source.script(), module);
    } catch (error) {
      this.#loaded.delete(found);
      throw error;
    }
    return module.exports;
  }

  #find(name: string, folder: string): string | undefined {
    const path = name.startsWith(".") ? new URL(name, `file://${folder}/`).pathname : name;
    return [path, `${path}.js`, `${path}/index.js`].find((each) => this.#sources.has(each));
  }

  #evaluate(name: string, script: string, module: { exports: unknown }): void {
    const wrapped = `(function(exports, require, module, __dirname) { ${script}\n})\n//# sourceURL=${packageFile(name)}`;
    // biome-ignore lint/security/noGlobalEval: how a module of CommonJS is run without Node
    const run = globalThis.eval(wrapped) as (...args: unknown[]) => void;
    const folder = name.slice(0, Math.max(0, name.lastIndexOf("/"))) || this.#folder;
    const place = name.startsWith("/") ? folder : `${this.#folder}/node_modules/${name}`;
    run.call(module.exports, module.exports, (each: string) => this.#require(each, folder), module, place);
  }
}

/** Node's error, with what there is to import instead. */
function moduleNotFound(name: string, names: readonly string[]): Error {
  const there = names
    .filter((each) => !each.startsWith("/"))
    .sort()
    .join(", ");
  const message = `Cannot find module '${name}': in the browser there are ${there}.`;
  return Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
}
