import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { notebookFolder } from "../paths";

/** Every notebook in a folder, by default of the project, in order of their names: the `.ipynb` files at any depth. */
export function findNotebooks(folder: string = notebookFolder): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ipynb") && !name.includes(".ipynb_checkpoints"))
    .sort()
    .map((name) => join(folder, name));
}
