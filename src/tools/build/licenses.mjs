// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The licenses of the packages that are part of what was built: their files, else what stands above their code.
 * @param {string} root the project's root
 * @param {readonly { metafile: { inputs: object } }[]} results what esbuild says of what it built
 * @param {readonly string[]} [more] packages of which files were copied
 * @returns {string}
 */
export function licenses(root, results, more = []) {
  /** @type {Map<string, string[]>} */
  const byPackage = new Map(more.map((name) => [name, []]));
  for (const file of results.flatMap(({ metafile }) => Object.keys(metafile.inputs))) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
    if (name) byPackage.set(name, [...(byPackage.get(name) ?? []), file]);
  }
  const texts = [...byPackage].sort().map(([name, files]) => {
    const folder = join(root, "node_modules", name);
    const license = readdirSync(folder).find((file) => /^licen[sc]e/i.test(file));
    const text = license
      ? readFileSync(join(folder, license), "utf8")
      : files
          .map(
            (file) =>
              /\/\*[\s\S]*?Copyright[\s\S]*?\*\//.exec(readFileSync(join(root, file), "utf8"))?.[0] ?? "",
          )
          .join("");
    if (text === "")
      throw new Error(`The license of ${name} was not found; without it, it can be no part of dist/.`);
    return `${name}\n\n${text.trim()}\n`;
  });
  return `Parts of these packages are in the files of this folder.\n\n${texts.join("\n\n")}`;
}
