/**
 * The script of a module that only re-exports, as the compiler writes it, changed so that it loads nothing: each file is
 * loaded when one of its names is first asked for. Importing the table of contents costs what is used of it, not all of it.
 * @throws Error when a `require` is left that runs at once, so that a new form of the compiler's is noticed
 */
export function lazyExports(script: string): string {
  const files = new Map<string, string>();
  const withoutLoads = script.replace(/^(?:var|const) (\w+) = (require\(".*"\));\n/gm, (_, name, load) => {
    files.set(name, load);
    return "";
  });
  const lazy = withoutLoads.replace(
    /^Object\.defineProperty\(exports, ("\w+"), .* return (\w+)\.(\w+); \} \}\);$/gm,
    (all, exported, file, name) =>
      files.has(file) ? `lazily(${exported}, () => ${files.get(file)}.${name});` : all,
  );
  const rest = lazy.replace(/^lazily\(.*\n/gm, "");
  if (files.size === 0 || rest.includes("require(")) {
    throw new Error(`The compiler writes re-exports in a form that lazyExports does not know:\n${rest}`);
  }
  return `${lazy}${LAZILY}`;
}

// Once asked for, an export is an ordinary property.
const LAZILY = `function lazily(name, load) {
    const define = (property) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, ...property });
    define({ get: () => { const value = load(); define({ value }); return value; } });
}
`;
