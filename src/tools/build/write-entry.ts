/** A part of `npm run build`: makes the compiled table of contents quick to import. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lazyExports } from "./lazy-exports";
import { rollUp } from "./roll-up";

/** Rewrites `index.js` and `index.d.ts` in `folder`, where the compiler has just written them. */
function writeEntry(folder: string): void {
  const read = (file: string) => readFileSync(file, "utf8");
  const script = join(folder, "index.js");
  const declarations = join(folder, "index.d.ts");
  writeFileSync(script, lazyExports(read(script)));
  writeFileSync(declarations, rollUp(declarations, read));
}

if (require.main === module) writeEntry(join(__dirname, "../.."));
