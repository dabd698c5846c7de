import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseNotebooks } from "../../commands/course-index";
import { notebookFolder } from "../../paths";
import { articleName, articleText } from "./article";
import { indexText } from "./index-page";

/** Writes the site's own pages beside its JupyterLite: the index, and a page a notebook. */
export function writePages(output: string): void {
  const notebooks = courseNotebooks();
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, "index.html"), indexText(notebooks));
  for (const notebook of notebooks) {
    writeFileSync(join(output, articleName(notebook)), articleText(notebook, notebooks));
  }
  const images = join(notebookFolder, "images");
  if (existsSync(images)) cpSync(images, join(output, "images"), { recursive: true });
}
