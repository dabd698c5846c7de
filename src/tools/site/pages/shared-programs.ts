import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scriptFile } from "../../../base/markup";

/** Shorter scripts stay in their page. */
const LEAST = 2000;

/** The programs that outputs carry, as files of a site: a page that has ten players asks for their program once, and the next page has it. */
export class SharedPrograms {
  readonly #programs = new Map<string, string>();

  /** A page's text with its programs taken out, and asked for in their places. */
  takeFrom(page: string): string {
    return page.replace(/<script>(.*?)<\/script>/gs, (script, program: string) => {
      if (program.length < LEAST) return script;
      const name = `${createHash("sha256").update(program).digest("hex").slice(0, 12)}.js`;
      this.#programs.set(name, program);
      return String(scriptFile(`programs/${name}`));
    });
  }

  /** Writes what was taken out of pages that lie in a folder. */
  write(folder: string): void {
    mkdirSync(join(folder, "programs"), { recursive: true });
    for (const [name, program] of this.#programs) writeFileSync(join(folder, "programs", name), program);
  }
}
