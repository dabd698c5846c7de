import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseNotebooks } from "../../commands/course-index";
import { notebookFolder } from "../../paths";
import { articleName, articleText } from "./article";
import { indexText } from "./index-page";
import { PLAYGROUND, playgroundPage } from "./playground-page";
import { SharedPrograms } from "./shared-programs";

/** Writes the site's own pages beside its JupyterLite: the index, a page a notebook, and the playground, to which its links lead. */
export function writePages(output: string): void {
  const notebooks = courseNotebooks();
  const programs = new SharedPrograms();
  const write = (name: string, text: string) => writeFileSync(join(output, name), programs.takeFrom(text));
  mkdirSync(output, { recursive: true });
  write("index.html", indexText(notebooks));
  for (const notebook of notebooks) write(articleName(notebook), articleText(notebook, notebooks));
  write(PLAYGROUND, playgroundPage());
  programs.write(output);
  const images = join(notebookFolder, "images");
  if (existsSync(images)) cpSync(images, join(output, "images"), { recursive: true });
}
