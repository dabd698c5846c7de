import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { savePlayground } from "../../../notebook/playground";
import { courseNotebooks } from "../../commands/course-index";
import { notebookFolder } from "../../paths";
import { articleName, articleText } from "./article";
import { indexText } from "./index-page";

/** Traces that the site's playground offers: short ones. */
const TRACES = ["ls", "python"];

/** Writes the site's own pages beside its JupyterLite: the index, a page a notebook, and the playground, to which its links lead. */
export function writePages(output: string): void {
  const notebooks = courseNotebooks();
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, "index.html"), indexText(notebooks));
  for (const notebook of notebooks) {
    writeFileSync(join(output, articleName(notebook)), articleText(notebook, notebooks));
  }
  savePlayground(join(output, "playground.html"), { traces: TRACES });
  const images = join(notebookFolder, "images");
  if (existsSync(images)) cpSync(images, join(output, "images"), { recursive: true });
}
