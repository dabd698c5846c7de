// @ts-check
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Compiles the declarations of the library and writes them as one file: the kernel's compiler reads one at a fraction of the cost
 * of a hundred.
 * @param {string} file the one file
 * @param {string} [folder] where the declarations of each module are left. Default: nowhere
 * @throws when the sources have errors; the compiler has printed them
 */
export async function writeDeclarations(file, folder) {
  const each = folder ?? mkdtempSync(join(tmpdir(), "freelist-lab-declarations-"));
  try {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const args = [compiler, "-p", join(root, "src/tsconfig.build.json"), "--outDir", each];
    if (spawnSync(process.execPath, args, { stdio: "inherit" }).status !== 0) {
      throw new Error("The sources have errors of type.");
    }
    const bundle = await rollup({
      input: join(each, "index.d.ts"),
      plugins: [dts({ respectExternal: false })],
      external: (id) => !/^[./]|^[A-Z]:/i.test(id),
    });
    await bundle.write({ file });
    await bundle.close();
  } finally {
    if (folder === undefined) rmSync(each, { recursive: true });
  }
}
